"""What `watch` keeps in memory from round to round: quick pages first, the same bytes, reminders once."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from prepvault.errors import OutsideError, PrepVaultError, RefusedError
from prepvault.jobs import note_reminders, watch_keeper
from prepvault.jobs.build import BuildReport, build
from prepvault.jobs.context import Context, open_root
from prepvault.jobs.load import load
from prepvault.jobs.snooze import snooze
from prepvault.jobs.watch_keeper import Keeper
from prepvault.model.delivery import Channel, Delivery
from prepvault.model.vault import Vault
from prepvault.outside.output import MANIFEST
from tests.conftest import Maker
from tests.delivering import HOUR, MINUTE, NOTE, START, TOML, Desktop, desktop_on_path, note, settle

OTHER = """
=== Interviews/nova.md
---
id: int_nova_1
company: Nova
role: Designer
interview_type: phone_screen
scheduled_at: 2026-03-01T18:00:00
status: confirmed
---
See [[acme]].
"""
DAY_BEFORE = START - 24 * HOUR


@dataclass
class Desk:
    """A keeper with what it told and what it showed."""

    root: Path
    more: tuple[Channel, ...] = ()
    told: list[Delivery] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keeper = Keeper(
            tell=self.told.append, say=lambda title, lines: self.shown.append(title), more=self.more
        )

    def at(self, moment: datetime) -> Context:
        """The settings as they are now, at a moment."""
        return open_root(self.root, now=moment.isoformat())

    def build(self, *changed: str, at: datetime = DAY_BEFORE - 2 * HOUR) -> BuildReport:
        """A round; the first one, of everything, where nothing is said to have changed."""
        return self.keeper.build(self.at(at), frozenset(changed) if changed else None)

    def edit(self, old: str, new: str, name: str = "Interviews/acme.md") -> None:
        """Save a file with other text."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def page(self) -> bytes:
        return (self.root / "site" / "interviews" / "int_acme_1.html").read_bytes()

    def clean(self, folder: Path, at: datetime = DAY_BEFORE - 2 * HOUR) -> dict[str, bytes]:
        """What a build from nothing makes."""
        build(self.at(at), output=folder, use_cache=False)
        return files_in(folder)


@pytest.fixture
def desk(make_vault: Maker) -> Desk:
    root = make_vault(TOML + NOTE + OTHER).resolve()
    settle(root)
    return Desk(root)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    return desktop_on_path(tmp_path, monkeypatch)


def files_in(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def read_by(loader: Callable[[Context], Vault], context: Context) -> Vault:
    """The vault without the digests that only a cache works out and needs."""
    return replace(loader(context), facts={})


def before_each(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> list[object]:
    """Put down what `do` gives as the round itself begins, when quick pages are drawn already."""
    seen: list[object] = []

    def first(*words: Any, **more: Any) -> BuildReport:
        seen.append(do())
        return build(*words, **more)

    monkeypatch.setattr(watch_keeper, "build", first)
    return seen


class TestBuild:
    """Rounds from memory."""

    def test_the_edited_page_comes_before_the_round(
        self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.build()
        desk.edit("My own words.", "Some other words.")
        seen = before_each(monkeypatch, lambda: b"Some other words." in desk.page())
        desk.build("Interviews/acme.md")
        assert seen == [True]
        assert files_in(desk.root / "site") == desk.clean(tmp_path / "clean")

    def test_a_page_that_came_first_is_told_as_written(self, desk: Desk) -> None:
        desk.build()
        desk.edit("My own words.", "Some other words.")
        output = desk.build("Interviews/acme.md").output
        assert output.written.count("interviews/int_acme_1.html") == 1
        assert len(output.written) + output.unchanged == len(files_in(desk.root / "site"))

    def test_an_edit_that_changes_no_page_writes_none(self, desk: Desk) -> None:
        desk.build()
        desk.edit("My own words.", "My own words.\n\n\n")
        written = desk.build("Interviews/acme.md").output.written
        assert [name for name in written if name.endswith(".html")] == []

    def test_a_page_that_came_first_stays_ours_when_its_note_goes(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A page that was kept for somebody else's would shut out every later build."""
        path = desk.root / "Interviews" / "acme.md"
        desk.build()
        desk.edit("My own words.", "Some other words.")
        text = path.read_bytes()
        with monkeypatch.context() as patch:
            before_each(patch, path.unlink)
            desk.build("Interviews/acme.md")
        path.write_bytes(text.replace(b"Some other", b"Still other"))
        desk.build("Interviews/acme.md")
        assert b"Still other words." in desk.page()

    def test_a_folder_that_was_deleted_is_made_whole_by_the_next_round(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        """A single page in it would make it look like somebody else's folder."""
        desk.build()
        shutil.rmtree(desk.root / "site")
        desk.edit("My own words.", "Some other words.")
        desk.build("Interviews/acme.md")
        assert files_in(desk.root / "site") == desk.clean(tmp_path / "clean")

    def test_a_cache_that_was_deleted_costs_nothing_but_time(
        self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PREPVAULT_CACHE_DIR", str(tmp_path / "cache"))
        desk.build()
        assert list((tmp_path / "cache").iterdir())
        shutil.rmtree(tmp_path / "cache")
        desk.edit("My own words.", "Some other words.")
        desk.build("Interviews/acme.md")
        assert files_in(desk.root / "site") == desk.clean(tmp_path / "clean")

    def test_many_edits_are_drawn_by_the_round_alone(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.build()
        desk.edit("My own words.", "Some other words.")
        seen = before_each(monkeypatch, lambda: b"Some other words." in desk.page())
        desk.build("Interviews/acme.md", *(f"Interviews/{number}.md" for number in range(3)))
        assert seen == [False]
        assert b"Some other words." in desk.page()

    def test_other_settings_count_from_the_next_round_on(self, desk: Desk, tmp_path: Path) -> None:
        desk.build()
        desk.edit("Europe/Berlin", "Asia/Tokyo", "prepvault.toml")
        desk.build("prepvault.toml")
        assert b"Tokyo" in desk.page()
        assert files_in(desk.root / "site") == desk.clean(tmp_path / "clean")

    @pytest.mark.parametrize(
        ("name", "text"),
        [("own/interview.html", "{{ page.nothing }}"), ("cards/tips/odd.md", "---\nid: [\n---\n")],
        ids=["a template", "a card"],
    )
    def test_what_failed_and_was_taken_away_leaves_nothing(
        self, desk: Desk, tmp_path: Path, name: str, text: str
    ) -> None:
        """The settings are those of the last good round again, but what was read meanwhile is not."""
        (desk.root / "own").mkdir()
        (desk.root / "cards" / "tips").mkdir(parents=True)
        desk.edit(
            'id = "v1"',
            'id = "v1"\n[site]\ntemplates = "own"\n[coaching]\ncontent = "cards"',
            "prepvault.toml",
        )
        desk.build()
        odd = desk.root / name
        odd.write_text(text, encoding="utf-8")
        with suppress(PrepVaultError):
            desk.build(name)
        odd.unlink()
        desk.build(name)
        desk.edit("My own words.", "Some other words.")
        desk.build("Interviews/acme.md")
        assert files_in(desk.root / "site") == desk.clean(tmp_path / "clean")

    def test_own_templates_that_are_given_up_leave_nothing(self, desk: Desk, tmp_path: Path) -> None:
        """Inside the sandbox the same text is compiled into something else."""
        (desk.root / "own").mkdir()
        desk.edit('id = "v1"', 'id = "v1"\n[site]\ntemplates = "own"', "prepvault.toml")
        desk.build()
        desk.edit('templates = "own"', 'templates = ""', "prepvault.toml")
        desk.build("prepvault.toml")
        desk.edit("My own words.", "Some other words.")
        desk.build("Interviews/acme.md")
        assert files_in(desk.root / "site") == desk.clean(tmp_path / "clean")

    def test_another_output_folder_is_filled_and_the_old_one_stays(self, desk: Desk, tmp_path: Path) -> None:
        desk.build()
        old = files_in(desk.root / "site")
        desk.edit('id = "v1"', 'id = "v1"\noutput = "pages"', "prepvault.toml")
        desk.build("prepvault.toml")
        desk.edit("My own words.", "Some other words.")
        desk.build("Interviews/acme.md")
        assert files_in(desk.root / "site") == old
        assert files_in(desk.root / "pages") == desk.clean(tmp_path / "clean")


class TestLoad:
    """The vault as coaching needs it."""

    @pytest.mark.parametrize("is_built", [True, False], ids=["after a round", "before the first"])
    def test_it_is_what_reading_everything_gives(self, desk: Desk, *, is_built: bool) -> None:
        if is_built:
            desk.build()
        desk.edit("My own words.", "Some other words.")
        context = desk.at(DAY_BEFORE - HOUR)
        assert read_by(desk.keeper.load, context) == read_by(load, context)

    def test_it_reads_by_the_settings_of_now(self, desk: Desk) -> None:
        desk.build()
        desk.edit("Europe/Berlin", "Asia/Tokyo", "prepvault.toml")
        context = desk.at(DAY_BEFORE - HOUR)
        assert read_by(desk.keeper.load, context) == read_by(load, context)
        assert {each.zone for each in desk.keeper.load(context).interviews} == {"Asia/Tokyo"}


class TestRemind:
    """What is due, by the last round."""

    def test_each_channel_tells_it_once(self, desk: Desk, desktop: Desktop) -> None:
        desk.edit('["desktop"]', '["desktop", "terminal"]', "prepvault.toml")
        desk.build(at=DAY_BEFORE)
        for _ in range(3):
            desk.keeper.remind(desk.at(DAY_BEFORE))
        assert len(desktop.titles) == len(desk.shown) == 1
        assert [len(done.reports) for done in desk.told] == [2]

    def test_a_channel_of_the_command_line_comes_to_those_of_the_settings(
        self, desk: Desk, desktop: Desktop
    ) -> None:
        desk.edit('["desktop"]', '["terminal"]', "prepvault.toml")
        also = Desk(desk.root, more=(Channel.DESKTOP, Channel.TERMINAL))
        also.build(at=DAY_BEFORE)
        also.keeper.remind(also.at(DAY_BEFORE))
        assert (len(desktop.titles), len(also.shown)) == (1, 1)

    def test_without_a_channel_nothing_is_told_or_awaited(self, desk: Desk) -> None:
        desk.edit('["desktop"]', "[]", "prepvault.toml")
        desk.build(at=DAY_BEFORE)
        assert desk.keeper.remind(desk.at(DAY_BEFORE)) is None
        assert desk.told == []

    def test_it_goes_by_the_vault_of_the_last_round(
        self, desk: Desk, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.build(at=DAY_BEFORE)
        monkeypatch.setattr(watch_keeper, "load", lambda *_: pytest.fail("everything was read again"))
        desk.keeper.remind(desk.at(DAY_BEFORE))
        assert len(desktop.titles) == 1

    def test_after_a_round_that_failed_the_notes_count_as_they_are(
        self, desk: Desk, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Else a moved interview would be told by its old hour for as long as the disk is full."""
        desk.build(at=DAY_BEFORE - HOUR)
        desk.edit("2026-02-12T14:00", "2026-02-19T14:00")

        def fail(*_: object, **__: object) -> BuildReport:
            raise OutsideError("the disk is full")

        monkeypatch.setattr(watch_keeper, "build", fail)
        with pytest.raises(OutsideError):
            desk.build("Interviews/acme.md", at=DAY_BEFORE)
        desk.keeper.remind(desk.at(DAY_BEFORE))
        assert desktop.titles == []

    def test_why_nothing_is_told_is_said_once_and_again_when_it_is_another(self, desk: Desk) -> None:
        desk.edit('channels = ["desktop"]', 'channels = ["desktop"]\nmachine = "desk"', "prepvault.toml")
        desk.build(at=DAY_BEFORE)
        for _ in range(3):
            desk.keeper.remind(desk.at(DAY_BEFORE))
        desk.edit('"desk"', '"tower"', "prepvault.toml")
        desk.keeper.remind(desk.at(DAY_BEFORE))
        assert [name in done.held for name, done in zip(("desk", "tower"), desk.told, strict=True)] == [
            True
        ] * 2

    def test_that_a_note_was_written_is_told_and_once(self, desk: Desk, desktop: Desktop) -> None:
        """Else the round that follows this write has no reason that anybody could see."""
        context = desk.at(DAY_BEFORE)
        desk.build(at=DAY_BEFORE)
        desk.edit("My own words.", "Just saved.")
        desk.keeper.remind(context)
        assert [done.noted for done in desk.told] == [()]
        settle(desk.root)
        for _ in range(3):
            desk.build("Interviews/acme.md", at=DAY_BEFORE)
            desk.keeper.remind(context)
        assert [done.noted for done in desk.told] == [(), ("Interviews/acme.md",)]
        assert note(desk.root).count("24h desktop") == 1

    def test_a_note_that_cannot_be_written_is_told_once(
        self, desk: Desk, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.build(at=DAY_BEFORE)

        def refuse(*_: object, **__: object) -> None:
            raise RefusedError("read-only")

        monkeypatch.setattr(note_reminders, "change_note", refuse)
        for minute in range(3):
            desk.keeper.remind(desk.at(DAY_BEFORE + minute * MINUTE))
        assert [done.unwritten for done in desk.told] == [{"Interviews/acme.md": "read-only"}]

    def test_a_wish_of_another_process_is_found_within_a_minute(self, desk: Desk, desktop: Desktop) -> None:
        """`remind --snooze 5m` is put down in the ledger only: no file of the vault tells of it."""
        desk.build(at=DAY_BEFORE)
        next_at = desk.keeper.remind(desk.at(DAY_BEFORE))
        context = desk.at(DAY_BEFORE)
        snooze(context, load(context).interviews[0], "5m")
        for _ in range(11):
            assert next_at is not None
            next_at = desk.keeper.remind(desk.at(next_at))
        assert next_at is not None
        assert next_at <= DAY_BEFORE + 10 * MINUTE
        assert len(desktop.titles) == 2
