"""What hostile notes say reaches every reader as text, and as nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from benchmarks.foreign import HOSTILE
from tests.conftest import Ran
from tests.ways_out import (
    HARMLESS,
    PAYLOADS,
    WAYS,
    Case,
    Skeleton,
    calendars,
    invite_of,
    make_hostile,
    pages,
    sections,
    tables,
)


@pytest.fixture(scope="module")
def harmless() -> dict[str, Case]:
    """Vaults with harmless words, kept from test to test with what came out of them."""
    return {}


@pytest.mark.parametrize("kind", PAYLOADS)
def test_no_way_out_lets_it_act(
    kind: str, harmless: dict[str, Case], tmp_path: Path, run: Callable[..., Ran]
) -> None:
    def made(kind: str) -> Case:
        made = Case(make_hostile(kind, tmp_path / kind), run)
        made.beside.mkdir()
        return made

    case, twin = made(kind), kept(harmless, "vault", made, run)
    faults = [
        f"{way.__name__}: {fault}"
        for way, kinds in WAYS.items()
        if kind in kinds
        for fault in way(case, twin)
    ]
    assert faults == []


def kept(harmless: dict[str, Case], name: str, made: Callable[[str], Case], run: Callable[..., Ran]) -> Case:
    """The harmless twin, made by the first test that asks for it."""
    if name not in harmless:
        harmless[name] = made(HARMLESS)
    harmless[name].run = run
    return harmless[name]


INVITED = ("--type", "panel", "--yes")


def invited(kind: str, folder: Path, run: Callable[..., Ran]) -> Case:
    """A vault whose one interview came by an invite."""
    case = Case(folder / kind, run)
    case.root.mkdir()
    case.beside.mkdir()
    (case.root / "prepvault.toml").write_text('[vault]\ntimezone = "UTC"\n')
    file = case.beside / "invite.ics"
    file.write_bytes(invite_of(kind))
    ran = case.say("import", str(file), "--company", "Acme", "--role", "SRE", *INVITED)
    assert ran.code == 0, ran
    assert not HOSTILE.search(ran.out + ran.err)
    return case


@pytest.mark.parametrize("kind", ["lines", "screens"])
def test_an_invite_becomes_one_note_and_no_way_out_lets_it_act(
    kind: str, harmless: dict[str, Case], tmp_path: Path, run: Callable[..., Ran]
) -> None:
    case = invited(kind, tmp_path, run)
    twin = kept(harmless, "invited", lambda kind: invited(kind, tmp_path, run), run)
    assert sorted(map(str, case.root.rglob("*.md"))) == [str(case.root / note) for note in case.notes]
    head, known = (
        yaml.safe_load((each.root / each.notes[0]).read_text(encoding="utf-8").split("\n---\n")[0][4:])
        for each in (case, twin)
    )
    assert head.keys() <= {*known.keys(), "location", "interviewer", "recruiter", "notes"}
    assert (head["interview_type"], head["status"]) == ("panel", known["status"])
    faults = [f"{way.__name__}: {fault}" for way in OF_INVITES for fault in way(case, twin)]
    assert faults == []


OF_INVITES = (pages, calendars, tables, sections)


def test_an_interview_called_like_a_part_of_a_page_is_not_taken_for_it(
    make_vault: Callable[[str], Path], run: Callable[..., Ran]
) -> None:
    head = "company: Acme\nrole: SRE\ninterview_type: panel\nscheduled_at: 2026-02-08T10:00:00\n"
    names = ("main", "templates", "due", "location", "stale")
    notes = (f"=== Interviews/{name}.md\n---\nid: {name}\nstatus: completed\n{head}---\n" for name in names)
    root = make_vault("".join(notes))
    run("build", vault=root)
    ids = Skeleton((root / "site" / "emails.html").read_text(encoding="utf-8")).ids
    assert sorted(ids) == sorted(set(ids))
    assert "location" not in ids
