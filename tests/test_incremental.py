"""Builds that make only what changed: the same bytes as a clean build, and no more work than needed."""

import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from prepvault.jobs import build_cache, build_site, load, site_notes
from prepvault.jobs.build import BuildReport, build
from prepvault.jobs.build_cache import BuildCache
from prepvault.jobs.context import Context, open_root
from prepvault.jobs.glance import glance
from prepvault.outside import scan
from prepvault.outside.disk import read_note, stamp_of
from prepvault.outside.output import MANIFEST, Output, OutputReport
from prepvault.render.markdown_html import render_markdown
from tests.conftest import NOW, Maker, Ran

VAULT = """
=== Interviews/a.md
---
id: a
company: Acme
role: Data Engineer
interview_type: technical
scheduled_at: 2026-02-10T14:00:00
timezone: Europe/Berlin
status: scheduled
interviewer: Dana Roe
---
Ask about [[b]].

![[c]]

## Debrief

### Questions

- Why us? (mark: good)

### Promised

- They: answer by 2026-02-20
=== Interviews/b.md
---
id: b
company: Acme
role: Data Engineer
interview_type: panel
scheduled_at: 2026-01-20T09:00:00
status: completed
outcome: pending
---
It went well, see [[Notes on Acme]].
=== Interviews/deep/c.md
---
id: c
job_id: nova-1
company: Nova
role: Designer
interview_type: phone_screen
scheduled_at: 2026-03-01T18:00:00
status: confirmed
---
# Plan
- [ ] pack
=== Interviews/d.md
---
id: d
job_id: nova-1
company: Nova
role: Designer
interview_type: final_round
scheduled_at: 2025-11-03T10:00:00
status: completed
outcome: advanced
---
=== Companies/Acme.md
---
website: https://acme.example
aliases:
  - Notes on Acme
---
## Say
- they ship weekly
=== Stories/outage.md
---
title: The outage
competencies:
  - ownership
used:
  - b
---
## Situation
It broke.
## Task
Mend it.
## Action
I did.
## Result
40 % fewer pages.
=== Diary.md
Nothing of interest.
"""


@dataclass
class World:
    """A vault beside its site, a person who edits it, and a clock that is not this machine's."""

    root: Path
    folder: Path
    rng: random.Random
    now: datetime = NOW
    cache: BuildCache | None = None
    _saved: float = 1_700_000_000
    done: list[str] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    home: Path = field(init=False)

    def __post_init__(self) -> None:
        self.home = self.root.parent

    def keep(self) -> None:
        """Keep cache and site as a run of continuous integration does for the next."""
        place = self.home / f"kept{len(self.kept)}"
        shutil.copytree(os.environ["PREPVAULT_CACHE_DIR"], place / "cache")
        shutil.copytree(self.folder, place / "site")
        self.kept.append(place)

    def check_out(self, *, cache: int | None = -1, site: int | None = -1) -> None:
        """Begin on another machine: every file is new, but for what was kept of the last run or an older."""
        there = self.home / f"runner{len(list(self.home.glob('runner*')))}"
        shutil.copytree(self.root, there / self.root.name, copy_function=shutil.copyfile)
        home = Path(os.environ["PREPVAULT_CACHE_DIR"])
        shutil.rmtree(home)
        if cache is not None and self.kept:
            shutil.copytree(self.kept[cache] / "cache", home)
        if site is not None and self.kept:
            shutil.copytree(self.kept[site] / "site", there / "site")
        self.root, self.folder = there / self.root.name, there / "site"
        for path in (*self.notes(), self.root / "prepvault.toml"):
            self.settle(path)

    def notes(self) -> list[Path]:
        """Every note of the vault."""
        return sorted(each for each in self.root.rglob("*.md") if "site" not in each.parts)

    def save(self, path: Path, text: str) -> None:
        """Save as an editor would, some time after the last save."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.settle(path)

    def settle(self, path: Path) -> None:
        """Let a file have been saved long ago, at a time of its own."""
        self._saved += 60
        os.utime(path, (self._saved, self._saved))

    def edit(self) -> None:
        """Do one of the things that people and programs do to a vault."""
        edit = self.rng.choice(EDITS)
        self.done.append(edit.__name__)
        edit(self)

    def pick(self, having: str = "") -> Path | None:
        """Pick a note, of those with some text in them."""
        found = [each for each in self.notes() if having in each.read_text(encoding="utf-8")]
        return self.rng.choice(found) if found else None

    def build(self) -> BuildReport:
        """Build from what the last build left."""
        context = open_root(self.root, now=self.now.isoformat())
        return build(context, output=self.folder, allow_empty=True, cache=self.cache)

    def clean(self) -> tuple[dict[str, bytes], BuildReport]:
        """Build everything anew elsewhere."""
        elsewhere = self.folder.with_name("clean")
        shutil.rmtree(elsewhere, ignore_errors=True)
        context = open_root(self.root, now=self.now.isoformat())
        report = build(context, output=elsewhere, allow_empty=True, use_cache=False)
        return files_in(elsewhere), report


def files_in(folder: Path) -> dict[str, bytes]:
    """Everything in a site but our own list of it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def add_text(world: World) -> None:
    if path := world.pick():
        world.save(path, f"{path.read_text(encoding='utf-8')}\nmore {world.rng.random()}\n")


def set_property(world: World) -> None:
    lines = ("outcome: rejected", "reply_by: 2026-02-12", "publish: false", "round: 2", "job_id: nova-1")
    if path := world.pick("company:"):
        text = path.read_text(encoding="utf-8")
        world.save(path, re.sub(r"(?m)^(company: .*)$", rf"\1\n{world.rng.choice(lines)}", text, count=1))


def set_status(world: World) -> None:
    if path := world.pick("status:"):
        status = world.rng.choice(("scheduled", "completed", "cancelled", "nonsense"))
        text = path.read_text(encoding="utf-8")
        world.save(path, re.sub(r"(?m)^status: .*$", f"status: {status}", text, count=1))


def move_time(world: World) -> None:
    if path := world.pick("scheduled_at:"):
        moment = world.now + timedelta(hours=world.rng.randint(-900, 900))
        text = path.read_text(encoding="utf-8")
        line = f"scheduled_at: {moment:%Y-%m-%dT%H:%M:%S}"
        world.save(path, re.sub(r"(?m)^scheduled_at: .*$", line, text, count=1))


def rename(world: World) -> None:
    if path := world.pick():
        path.rename(path.with_name(f"{path.stem}{world.rng.randint(0, 9)}.md"))


def move(world: World) -> None:
    if path := world.pick():
        folder = world.root / world.rng.choice(("Interviews", "Interviews/other", "Elsewhere"))
        folder.mkdir(parents=True, exist_ok=True)
        path.rename(folder / path.name)


def delete(world: World) -> None:
    if path := world.pick():
        path.unlink()


def link(world: World) -> None:
    path, other = world.pick("interview_type:"), world.pick()
    if path and other:
        text = path.read_text(encoding="utf-8")
        world.save(
            path, f"{text}\nsee [[{other.stem}]], [[gone {world.rng.random()}]]\n\n![[{other.stem}]]\n"
        )


def copy(world: World) -> None:
    if path := world.pick("interview_type:"):
        twin = path.with_name(f"{path.stem} copy.md")
        shutil.copy(path, twin)
        world.settle(twin)


def write_company(world: World) -> None:
    name = world.rng.choice(("Acme", "Nova", "Zenith"))
    text = f"---\naliases:\n  - N{world.rng.randint(0, 3)}\n---\n## Say\n- {world.rng.random()}\n"
    world.save(world.root / "Companies" / f"{name}.md", text)


def write_story(world: World) -> None:
    uses = f"\nused:\n  - {world.rng.choice('abcd')}" if world.rng.random() < 0.5 else ""
    title = f"Story {world.rng.randint(0, 3)}"
    text = f"---\ntitle: {title}\ncompetencies:\n  - leadership{uses}\n---\n## Action\nx\n"
    world.save(world.root / "Stories" / f"s{world.rng.randint(0, 2)}.md", text)


def write_hold(world: World) -> None:
    day = (world.now + timedelta(days=world.rng.randint(-2, 9))).date()
    head = f"held:\n  - {day} 10:00-12:00\nheld_until: {day + timedelta(days=1)}\n"
    said = f"{head}offered_at: {world.now - timedelta(hours=world.rng.randint(0, 99)):%Y-%m-%dT%H:%M:%S}\n"
    world.save(world.root / "Holds" / f"{world.rng.choice(('Acme', 'Nova'))}.md", f"---\n{said}---\n")


def write_settings(world: World) -> None:
    zone, days = world.rng.choice(("UTC", "Asia/Tokyo")), world.rng.choice((7, 90))
    text = f'[vault]\ntimezone = "{zone}"\n\n[feed]\npast_days = {days}\n'
    world.save(world.root / "prepvault.toml", text)


def damage_output(world: World) -> None:
    found = sorted(world.folder.rglob("*.html"))
    if found:
        world.rng.choice(found).write_text("<p>somebody else", encoding="utf-8")


def start_elsewhere(world: World) -> None:
    world.keep()
    older = world.rng.randrange(len(world.kept))
    cache, site = world.rng.choice(
        ((-1, -1), (-1, -1), (-1, -1), (None, -1), (-1, None), (older, -1), (-1, older))
    )
    world.check_out(cache=cache, site=site)


EDITS: tuple[Callable[[World], None], ...] = (
    *(add_text, add_text, set_property, set_status, move_time, rename, move, delete, link, copy),
    *(write_company, write_story, write_hold, write_hold, write_settings, damage_output),
)
STEPS = tuple(timedelta(seconds=each) for each in (0, 0, 40, 420, 3600, 86_400, 700_000, -86_400))


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, that trusts files at once: here nobody saves twice within a step of time."""
    monkeypatch.setenv("PREPVAULT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(build_cache, "UNSURE_NS", 0)
    return tmp_path / "cache"


@pytest.fixture
def world(make_vault: Maker, tmp_path: Path) -> World:
    root = make_vault(VAULT).resolve()
    made = World(root, tmp_path / "site", random.Random(0))  # noqa: S311
    for path in (*made.notes(), root / "prepvault.toml"):
        made.settle(path)
    return made


def live_through(world: World, steps: int) -> None:
    """Edit, let time pass and build, and hold each site against a clean one."""
    for _ in range(steps):
        report = world.build()
        clean, other = world.clean()
        lying = files_in(world.folder)
        differing = sorted(name for name in {*lying, *clean} if lying.get(name) != clean.get(name))
        assert not differing, f"after {world.done[-4:]} at {world.now}"
        assert report.findings == other.findings
        if os.environ.get("CI"):
            start_elsewhere(world)
        for _ in range(world.rng.randint(0, 2)):
            world.edit()
        world.now += world.rng.choice(STEPS)


@pytest.mark.parametrize("in_memory", [False, True], ids=["new processes", "one process"])
@pytest.mark.parametrize("seed", range(2))
def test_any_edits_give_the_bytes_of_a_clean_build(world: World, seed: int, *, in_memory: bool) -> None:
    world.rng.seed(seed)
    world.cache = BuildCache(world.root, world.folder, keeps_objects=True) if in_memory else None
    live_through(world, 10)


def test_any_edits_and_checkouts_give_the_bytes_of_a_clean_build(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    live_through(world, 6)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [20])
def test_many_checkouts_give_the_bytes_of_a_clean_build(
    world: World, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("CI", "true")
    world.rng.seed(seed)
    live_through(world, 20)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(10, 13))
def test_many_edits_give_the_bytes_of_a_clean_build(world: World, seed: int) -> None:
    world.rng.seed(seed)
    world.cache = BuildCache(world.root, world.folder, keeps_objects=True) if seed % 2 else None
    live_through(world, 25)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What builds do: notes that are opened, notes whose text is rendered, notes looked into."""
    seen: dict[str, list[str]] = {"opened": [], "rendered": [], "sniffed": []}
    read, render, sniff = read_note, render_markdown, scan._Walk._sniff

    def reading(root: Path, path: str) -> object:
        seen["opened"].append(path)
        return read(root, path)

    def rendering(text: str, *rest: object, **more: object) -> str:
        seen["rendered"].append(text.strip()[:12])
        return str(render(text, *rest, **more))  # type: ignore[arg-type]

    def sniffing(walk: scan._Walk, path: str) -> bool:
        seen["sniffed"].append(path)
        return sniff(walk, path)

    monkeypatch.setattr(load, "read_note", reading)
    monkeypatch.setattr(site_notes, "render_markdown", rendering)
    monkeypatch.setattr(scan._Walk, "_sniff", sniffing)
    return seen


def forget(work: Mapping[str, list[str]]) -> None:
    for each in work.values():
        each.clear()


def test_a_build_of_nothing_new_opens_nothing_and_writes_nothing(
    world: World, work: dict[str, list[str]]
) -> None:
    world.build()
    before = {path: path.stat().st_mtime_ns for path in world.folder.rglob("*")}
    forget(work)
    report = world.build()
    assert work == {"opened": [], "rendered": [], "sniffed": []}
    assert report.output.written == ()
    assert report.output.unchanged == len(files_in(world.folder))
    assert {path: path.stat().st_mtime_ns for path in world.folder.rglob("*")} == before


def test_one_edit_opens_one_note_and_draws_its_page(world: World, work: dict[str, list[str]]) -> None:
    world.build()
    forget(work)
    note = world.root / "Interviews/b.md"
    world.save(note, f"{note.read_text(encoding='utf-8')}\nOne more line.\n")
    report = world.build()
    assert work["opened"] == ["Interviews/b.md"]
    assert work["rendered"] == ["It went well"]
    assert "interviews/b.html" in report.output.written
    pages = [name for name in report.output.written if name.endswith(".html")]
    assert pages == ["interviews/b.html"]


@pytest.mark.parametrize("is_recorded", [False, True])
def test_a_fresh_checkout_draws_only_what_changed(
    world: World,
    work: dict[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    run: Callable[..., Ran],
    *,
    is_recorded: bool,
) -> None:
    """Calendars tell of a note's time of change, which a checkout makes new, until `revision` records one."""
    monkeypatch.setenv("CI", "true")
    if is_recorded:
        run("check", "--fix", vault=world.root)
    world.build()
    world.keep()
    world.check_out()
    note = world.root / "Interviews/b.md"
    world.save(note, f"{note.read_text(encoding='utf-8')}\nOne more line.\n")
    forget(work)
    report = world.build()
    paths = {each.relative_to(world.root).as_posix() for each in world.notes()}
    assert sorted(work["opened"]) == sorted(paths - {"Diary.md"})
    assert work["rendered"] == ["It went well"]
    written = set(report.output.written)
    assert {name for name in written if not name.endswith(".ics")} == {"interviews/b.html"}
    files = {f"interviews/{each}.ics" for each in "abcd"} | {"interviews.ics", "reminders.ics"}
    assert {name for name in written if name.endswith(".ics")} == (set() if is_recorded else files)
    assert files_in(world.folder) == world.clean()[0]


def test_a_checkout_without_the_site_draws_it_anew_from_notes_that_are_known(
    world: World, work: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    world.build()
    world.keep()
    world.check_out(site=None)
    with monkeypatch.context() as patched:
        patched.setattr(load, "parse_interview", None)
        report = world.build()
    assert report.output.unchanged == 0
    assert files_in(world.folder) == world.clean()[0]


def test_templates_of_ones_own_may_show_when_a_note_was_saved(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    world.save(world.root / "own/interview.html", "<p>{{ page.interview.modified }}</p>")
    shown = "{% for page in site.interviews.values() %}{{ page.interview.modified }}{% endfor %}"
    world.save(world.root / "own/stats.html", f"<p>{shown}</p>")
    world.save(world.root / "prepvault.toml", '[vault]\ntimezone = "UTC"\n[site]\ntemplates = "own"\n')
    world.build()
    world.keep()
    world.check_out()
    world.build()
    assert files_in(world.folder) == world.clean()[0]


def test_a_site_of_another_run_than_the_cache_is_not_believed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each was kept by a run of its own: as many bytes, others, and a list that names those."""
    monkeypatch.setenv("CI", "true")
    world.build()
    world.keep()
    note = world.root / "Interviews/b.md"
    text = note.read_text(encoding="utf-8")
    world.save(note, text.replace("It went well", "It went ill!"))
    world.build()
    world.keep()
    world.save(note, text)
    world.check_out(cache=0, site=1)
    world.build()
    assert b"It went well" in (world.folder / "interviews/b.html").read_bytes()
    assert files_in(world.folder) == world.clean()[0]


def test_files_that_are_newer_than_the_moment_asked_for_are_left_too(
    world: World, work: dict[str, list[str]]
) -> None:
    """As in a checkout of now that is built with a `--now` of the past."""
    world.now = NOW.replace(year=2021)
    world.build()
    forget(work)
    note = world.root / "Interviews/b.md"
    world.save(note, f"{note.read_text(encoding='utf-8')}\nOne more line.\n")
    world.build()
    assert work["rendered"] == ["It went well"]
    assert files_in(world.folder) == world.clean()[0]


def test_a_note_that_another_shows_draws_both(world: World, work: dict[str, list[str]]) -> None:
    world.build()
    note = world.root / "Interviews/deep/c.md"
    world.save(note, f"{note.read_text(encoding='utf-8')}\nOne more line.\n")
    report = world.build()
    assert b"One more line." in (world.folder / "interviews/a.html").read_bytes()
    pages = [name for name in report.output.written if name.endswith(".html")]
    assert pages == ["interviews/a.html", "interviews/c.html"]


def test_an_unrelated_note_costs_one_look(world: World, work: dict[str, list[str]]) -> None:
    world.build()
    forget(work)
    world.save(world.root / "Diary.md", "Still nothing.\n")
    assert world.build().output.written == ()
    assert work == {"opened": [], "rendered": [], "sniffed": ["Diary.md"]}


def test_a_time_of_change_that_lies_is_seen_through(world: World) -> None:
    """Some programs set a file's time back after they wrote; the folder knows better."""
    world.build()
    note = world.root / "Interviews/b.md"
    status, text = note.stat(), note.read_text(encoding="utf-8")
    note.write_text(text.replace("It went well", "It went ill!"), encoding="utf-8")
    os.utime(note, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert note.stat().st_size == status.st_size
    world.build()
    assert b"It went ill!" in (world.folder / "interviews/b.html").read_bytes()


def test_two_saves_within_one_step_of_the_clock_are_both_seen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = world.root / "Interviews/b.md"
    text = note.read_text(encoding="utf-8")
    note.write_text(text.replace("It went well", "It went on.."), encoding="utf-8")
    monkeypatch.setattr(build_cache, "UNSURE_NS", 2_000_000_000)
    world.build()
    stamp = note.stat()
    note.write_text(text.replace("It went well", "It went by.."), encoding="utf-8")
    real = stamp_of

    def stuck(status: os.stat_result) -> tuple[int, int, int, int]:
        same = status.st_ino == stamp.st_ino
        return real(stamp if same else status)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "stamp_of", stuck)
        world.build()
    assert b"It went by.." in (world.folder / "interviews/b.html").read_bytes()


@pytest.mark.parametrize("harm", ["gone", "torn", "flipped", "foreign", "folder"])
@pytest.mark.parametrize("part", ["table", "pieces", "rows"])
def test_a_damaged_cache_costs_only_time(world: World, own_cache: Path, part: str, harm: str) -> None:
    world.build()
    (file,) = own_cache.glob(f"*/{part}")
    data = file.read_bytes()
    file.unlink()
    if harm == "torn":
        file.write_bytes(data[: len(data) // 2])
    elif harm == "flipped":
        file.write_bytes(bytes(each ^ 0xFF if number % 97 == 0 else each for number, each in enumerate(data)))
    elif harm == "foreign":
        file.write_bytes(b"something else entirely")
    elif harm == "folder":
        file.mkdir()
    note = world.root / "Interviews/b.md"
    world.save(note, f"{note.read_text(encoding='utf-8')}\nOne more line.\n")
    world.build()
    assert files_in(world.folder) == world.clean()[0]


def test_a_row_of_another_moment_is_not_taken_for_this_one(world: World, own_cache: Path) -> None:
    world.build()
    (rows,) = own_cache.glob("*/rows")
    with sqlite3.connect(rows) as opened:
        opened.execute("update rows set data = (select data from rows where kind = 'page' limit 1)")
    opened.close()
    world.now += timedelta(days=2)
    world.edit()
    world.build()
    assert files_in(world.folder) == world.clean()[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_cache_that_cannot_be_written_is_done_without(world: World, own_cache: Path) -> None:
    own_cache.mkdir(mode=0o500)
    world.build()
    assert files_in(world.folder) == world.clean()[0]


class Killed(BaseException):
    """The end of a process in the middle of a build."""


@pytest.fixture
def killed(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world whose last build, after an edit, was killed before it put the first page in place."""
    world.build()
    note = world.root / "Companies/Acme.md"
    text, stamp = note.read_text(encoding="utf-8"), note.stat().st_mtime
    world.save(note, f"{text}\nmore\n")

    def die(self: Path, target: Path) -> Path:
        if ".prepvault-new-" in str(self):
            raise Killed
        return self.rename(target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", die)
        with pytest.raises(Killed):
            world.build()
    note.write_text(text, encoding="utf-8")
    os.utime(note, (stamp, stamp))
    return world


def test_what_a_killed_build_left_is_still_known_for_ours(killed: World) -> None:
    """The old pages lie there under a list that names new ones; both are taken away when they have to go."""
    killed.build()
    for name in ("Companies/Acme.md", "Interviews/a.md", "Interviews/b.md"):
        (killed.root / name).unlink()
    assert killed.build().output.kept == ()
    assert files_in(killed.folder) == killed.clean()[0]


def test_pages_for_strangers_after_a_killed_build_name_nobody(killed: World) -> None:
    context = open_root(killed.root, now=killed.now.isoformat())
    assert build(context, output=killed.folder, incognito=True).output.kept == ()
    assert not [name for name, data in files_in(killed.folder).items() if b"Acme" in data]


@pytest.mark.parametrize("is_deleted", [False, True])
def test_a_build_that_another_overtook_leaves_nothing_behind(
    world: World, monkeypatch: pytest.MonkeyPatch, *, is_deleted: bool
) -> None:
    """The slower one knows nothing of the page that the quicker one made."""
    world.build()
    note, new = world.root / "Interviews/b.md", world.root / "Interviews/new.md"
    text = f"{note.read_text(encoding='utf-8')}\nmore\n"
    world.save(note, text)
    finish = Output.finish

    def overtaken(self: Output, **known: Any) -> OutputReport:
        monkeypatch.setattr(Output, "finish", finish)
        world.save(new, text.replace("id: b", "id: new"))
        world.build()
        return finish(self, **known)

    monkeypatch.setattr(Output, "finish", overtaken)
    world.build()
    if is_deleted:
        new.unlink()
    else:
        world.now += timedelta(days=1)
        world.save(new, f"{new.read_text(encoding='utf-8')}\nmore\n")
    world.build()
    assert files_in(world.folder) == world.clean()[0]


def test_a_page_whose_time_of_change_was_set_back_is_drawn_anew(world: World) -> None:
    world.build()
    page = world.folder / "interviews/a.html"
    status = page.stat()
    page.write_bytes(page.read_bytes()[::-1])
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    world.build()
    assert files_in(world.folder) == world.clean()[0]


def test_a_template_whose_time_of_change_was_set_back_is_read_anew(world: World) -> None:
    style = world.root / "own/style/99-own.css"
    world.save(style, "p { color: red }")
    world.save(world.root / "prepvault.toml", '[vault]\ntimezone = "UTC"\n[site]\ntemplates = "own"\n')
    world.build()
    status = style.stat()
    style.write_text("p { color: tan }", encoding="utf-8")
    os.utime(style, ns=(status.st_atime_ns, status.st_mtime_ns))
    world.build()
    assert files_in(world.folder) == world.clean()[0]


@pytest.mark.parametrize("is_undone", [True, False], ids=["and back", "for good"])
def test_a_template_that_changed_during_a_build_leaves_nothing_behind(
    world: World, monkeypatch: pytest.MonkeyPatch, *, is_undone: bool
) -> None:
    page, first = world.root / "own/interview.html", "<p>first {{ page.interview.id }}</p>"
    world.save(page, first)
    world.save(world.root / "prepvault.toml", '[vault]\ntimezone = "UTC"\n[site]\ntemplates = "own"\n')
    read = build_site.load_templates

    def later(context: Context) -> Mapping[str, str]:
        monkeypatch.setattr(build_site, "load_templates", read)
        world.save(page, "<p>second</p>")
        return read(context)

    monkeypatch.setattr(build_site, "load_templates", later)
    world.build()
    if is_undone:
        world.save(page, first)
    world.build()
    assert files_in(world.folder) == world.clean()[0]


def test_a_posting_that_changed_during_a_build_is_read_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting, note = world.root / "Jobs/p.md", world.root / "Interviews/a.md"
    world.save(posting, "Must have Go.\n")
    text = note.read_text(encoding="utf-8")
    world.save(note, text.replace("company: Acme", "job_description: Jobs/p.md\ncompany: Acme"))
    make = build_site.site_files

    def later(*all_of: Any, **more: Any) -> Any:
        monkeypatch.setattr(build_site, "site_files", make)
        world.save(posting, "You will own Kubernetes and SQL. Must lead mentoring.\n")
        return make(*all_of, **more)

    monkeypatch.setattr(build_site, "site_files", later)
    world.build()
    world.build()
    assert files_in(world.folder) == world.clean()[0]


def test_the_cache_lies_outside_the_vault_and_is_for_its_owner_only(world: World, own_cache: Path) -> None:
    world.folder = world.root / "site"
    world.build()
    names = {path.name for path in world.root.rglob("*") if "site" not in path.parts}
    assert not {"table", "pieces", "rows", "used"} & names
    (folder,) = (each for each in own_cache.iterdir() if each.is_dir())
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_cache_that_nobody_used_for_long_goes(world: World, own_cache: Path) -> None:
    old = own_cache / "0123"
    old.mkdir(parents=True)
    (old / "used").touch()
    os.utime(old / "used", (1, 1))
    world.build()
    assert not old.exists()


def test_without_the_cache_everything_is_made_anew(
    world: World, own_cache: Path, run: Callable[..., Ran], work: dict[str, list[str]]
) -> None:
    world.build()
    forget(work)
    run("build", "--no-cache", "-o", str(world.folder), vault=world.root)
    assert len(work["opened"]) == 6
    assert files_in(world.folder) == world.clean()[0]


def test_a_build_of_another_process_in_between_is_taken_over(
    world: World, work: dict[str, list[str]]
) -> None:
    """As when somebody runs `build` by hand beside `watch`."""
    world.cache = BuildCache(world.root, world.folder, keeps_objects=True)
    world.build()
    world.cache, ours = None, world.cache
    add_text(world)
    world.build()
    forget(work)
    world.cache = ours
    assert world.build().output.written == ()
    assert work["opened"] == []


def test_strangers_pages_are_never_kept(world: World, own_cache: Path) -> None:
    context = open_root(world.root, now=NOW.isoformat())
    build(context, output=world.folder, incognito=True)
    assert not list(own_cache.glob("*/rows"))


def test_by_the_clock_an_edit_of_text_leaves_the_other_pages_alone(world: World) -> None:
    """They would say nothing new; only the note's own page and its event's time of change do."""
    build(open_root(world.root), output=world.folder)
    note = world.root / "Interviews/b.md"
    world.save(note, f"{note.read_text(encoding='utf-8')}\nOne more line.\n")
    report = build(open_root(world.root), output=world.folder)
    assert "interviews/b.html" in report.output.written
    assert {name for name in report.output.written if not name.endswith(".ics")} == {"interviews/b.html"}


def test_a_fault_in_a_template_leaves_the_last_site_whole(world: World) -> None:
    world.build()
    before = files_in(world.folder)
    world.save(world.root / "own/interview.html", "{{ page.nothing }}")
    world.save(world.root / "prepvault.toml", '[vault]\ntimezone = "UTC"\n[site]\ntemplates = "own"\n')
    with pytest.raises(Exception, match=r"interview\.html"):
        world.build()
    assert files_in(world.folder) == before
    assert not list(world.folder.glob(".prepvault-new-*"))


class TestGlance:
    """The page of an edited note, drawn before the round that settles everything."""

    @pytest.fixture
    def lived(self, world: World) -> World:
        world.cache = BuildCache(world.root, world.folder, keeps_objects=True)
        world.build()
        return world

    def look(self, world: World, path: str) -> str:
        assert world.cache is not None
        return glance(open_root(world.root, now=world.now.isoformat()), world.cache, path)

    def test_it_is_the_page_that_the_round_draws(self, lived: World) -> None:
        note = lived.root / "Interviews/a.md"
        lived.save(note, note.read_text(encoding="utf-8").replace("Ask about", "Mind [[d]], ask about"))
        assert self.look(lived, "Interviews/a.md") == "interviews/a.html"
        seen = (lived.folder / "interviews/a.html").read_bytes()
        assert b"Mind " in seen
        lived.build()
        assert (lived.folder / "interviews/a.html").read_bytes() == seen
        assert files_in(lived.folder) == lived.clean()[0]

    @pytest.mark.parametrize("is_deleted", [False, True])
    def test_a_page_drawn_early_goes_with_its_note(self, lived: World, *, is_deleted: bool) -> None:
        """Nobody else changed it: it must not stay in the folder when its note is private or gone."""
        note = lived.root / "Interviews/b.md"
        lived.save(note, f"{note.read_text(encoding='utf-8')}\nmore\n")
        assert self.look(lived, "Interviews/b.md") == "interviews/b.html"
        if is_deleted:
            note.unlink()
        else:
            text = note.read_text(encoding="utf-8")
            lived.save(note, text.replace("company: Acme", "publish: false\ncompany: Acme"))
        assert lived.build().output.kept == ()
        assert files_in(lived.folder) == lived.clean()[0]

    def test_a_change_of_what_others_show_waits_for_the_round(self, lived: World) -> None:
        note = lived.root / "Interviews/a.md"
        lived.save(note, note.read_text(encoding="utf-8").replace("status: scheduled", "status: cancelled"))
        assert self.look(lived, "Interviews/a.md") == ""

    def test_what_is_no_interview_or_cannot_be_read_waits(self, lived: World) -> None:
        note = lived.root / "Interviews/a.md"
        lived.save(note, "---\ncompany: [\n---\n")
        assert self.look(lived, "Interviews/a.md") == ""
        assert self.look(lived, "Companies/Acme.md") == ""
        note.unlink()
        assert self.look(lived, "Interviews/a.md") == ""

    def test_before_the_first_round_there_is_nothing_to_draw_from(self, world: World) -> None:
        world.cache = BuildCache(world.root, world.folder, keeps_objects=True)
        assert self.look(world, "Interviews/a.md") == ""


def test_heavy_modules_stay_away_from_a_build_of_nothing_new(
    world: World, run: Callable[..., Ran], own_cache: Path
) -> None:
    """Counted in a process of its own: what is imported costs more than everything else."""
    import subprocess
    import sys

    world.build()
    code = (
        "import sys\nfrom prepvault.__main__ import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(*sorted(each for each in sys.modules if '.' not in each or each.startswith('prepvault')))\n"
    )
    arguments = ["--vault", str(world.root), "--now", world.now.isoformat(), "build", "-o", str(world.folder)]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert "0 files written" in done.stderr
    assert not {"jinja2", "markdown_it", "icalendar", "frontmatter", "yaml", "prepvault.jobs.load"} & loaded
    assert sum(each.startswith("prepvault") for each in loaded) <= 60
