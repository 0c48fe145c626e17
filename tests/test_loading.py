"""Loading a whole vault: identities, whole-vault checks, and that one bad note stops nothing."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from prepvault.jobs import build_site, library, readiness, site_model, site_sections, site_text
from prepvault.jobs.build_site import site_files
from prepvault.jobs.coach import plan_coaching
from prepvault.jobs.context import open_root
from prepvault.jobs.gallery import Gallery
from prepvault.jobs.load import load
from prepvault.model.card import Library
from prepvault.model.coaching import Coaching
from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import Interview
from prepvault.model.section import Section
from prepvault.model.vault import Vault
from prepvault.parse.cards import parse_library
from prepvault.parse.sections import find_sections
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.identity import new_id, path_id
from prepvault.rules.overview import find_clashes
from tests.conftest import NOW, Maker

FULL = {
    "company": "Acme",
    "role": "Dev",
    "interview_type": "panel",
    "scheduled_at": "2026-02-10T14:00:00",
    "status": "scheduled",
    "created_at": "2026-01-22T10:30:00",
    "revision": "1 2026-02-01T10:00:00Z 3f2a9c1d",
}


def note(name: str, **changes: str | None) -> str:
    lines = [f"{key}: {value}" for key, value in {**FULL, **changes}.items() if value is not None]
    return f"=== Interviews/{name}.md\n---\n" + "\n".join(lines) + "\n---\n"


def read(root: Path) -> Vault:
    return load(open_root(root.resolve(), now=NOW.isoformat()))


def told(vault: Vault) -> list[str]:
    return [f"{each.severity} {each.code} {each.place}" for each in vault.findings]


def test_a_vault_without_notes_is_fine(make_vault: Maker) -> None:
    vault = read(make_vault(""))
    assert (vault.interviews, vault.findings, vault.name) == ((), (), "vault")


def test_interviews_are_in_order_of_start(make_vault: Maker) -> None:
    root = make_vault(
        note("late", id="b", scheduled_at="2026-03-01T09:00:00")
        + note("tie", id="a", scheduled_at="2026-03-01T09:00:00", status="cancelled")
        + note("early", id="z")
    )
    assert [interview.id for interview in read(root).interviews] == ["z", "a", "b"]


def test_a_note_without_id_is_known_by_its_path(make_vault: Maker) -> None:
    vault = read(make_vault(note("a")))
    assert (vault.interviews[0].id, vault.interviews[0].has_id) == (path_id("Interviews/a.md"), False)
    assert told(vault) == ["warning id/missing Interviews/a.md:1"]


def test_two_notes_with_one_id_are_both_kept_and_both_named(make_vault: Maker) -> None:
    root = make_vault(
        note("acme", id="x") + note("acme second round", id="x", scheduled_at="2026-02-12T14:00:00")
    )
    vault = read(root)
    assert [interview.id for interview in vault.interviews] == [
        "x",
        path_id("Interviews/acme second round.md"),
    ]
    assert told(vault) == ["error id/duplicate Interviews/acme second round.md:9"]
    assert "Interviews/acme.md" in vault.findings[0].message


def test_a_numbered_copy_with_the_same_id_and_time_is_a_conflict_copy(make_vault: Maker) -> None:
    vault = read(make_vault(note("acme", id="x") + note("acme 2", id="x", status="odd")))
    assert [interview.path for interview in vault.interviews] == ["Interviews/acme.md"]
    assert told(vault) == ["warning vault/conflict-copy Interviews/acme 2.md:9"]
    assert "Interviews/acme 2.md" not in vault.notes


def test_a_numbered_note_with_another_id_or_time_is_a_note(make_vault: Maker) -> None:
    root = make_vault(
        note("acme", id="x")
        + note("acme 2", id="y", scheduled_at="2026-02-11T14:00:00")
        + note("acme 3", id="x", scheduled_at="2026-02-12T14:00:00")
    )
    assert len(read(root).interviews) == 3


def test_one_bad_note_never_stops_the_others(make_vault: Maker) -> None:
    root = make_vault(
        note("good", id="x")
        + "=== Interviews/broken.md\n---\ncompany: [\n---\n"
        + "=== Interviews/unclosed.md\n---\ncompany: Acme\nscheduled_at: 2026-02-11T09:00:00\n"
        + note("unread", id="u", scheduled_at="soon")
        + "=== Interviews/plain.md\njust text\n"
    )
    (root / "Interviews" / "binary.md").write_bytes(b"---\n\0\0\xff")
    (root / "Interviews" / "huge.md").write_bytes(b"---\n" + b"x" * (3 << 20))
    vault = read(root)
    assert [interview.path for interview in vault.interviews] == [
        "Interviews/good.md",
        "Interviews/unclosed.md",
    ]
    assert {unread.title for unread in vault.unread} == {"broken", "unread", "binary", "huge"}
    errors = {each.place.path for each in vault.findings if each.severity is Severity.ERROR}
    assert errors == {f"Interviews/{name}.md" for name in ("broken", "unclosed", "unread", "binary", "huge")}
    assert "warning frontmatter/missing Interviews/plain.md:1" in told(vault)


def test_interviews_that_overlap(make_vault: Maker) -> None:
    root = make_vault(
        note("a", id="a", duration_minutes="60")
        + note("b", id="b", scheduled_at="2026-02-10T14:30:00")
        + note("c", id="c", scheduled_at="2026-02-10T14:40:00", status="cancelled")
        + note("d", id="d", scheduled_at="2026-02-10")
        + note("e", id="e", scheduled_at="2026-02-10T10:00:00", timezone="America/New_York")
    )
    assert told(read(root)) == [
        "warning interview/overlap Interviews/b.md:5",
        "warning interview/overlap Interviews/e.md:5",
    ]


def test_back_to_back_is_no_overlap(make_vault: Maker) -> None:
    later = note("b", id="b", scheduled_at="2026-02-10T15:00:00")
    assert told(read(make_vault(note("a", id="a", duration_minutes="60") + later))) == []


def test_one_application_is_at_one_company(make_vault: Maker) -> None:
    root = make_vault(
        note("a", id="a", job_id="j")
        + note("b", id="b", job_id="j", company="Acme Robotics", scheduled_at="2026-02-11T14:00:00")
        + note("c", id="c", job_id="j", company="Globex", scheduled_at="2026-02-12T14:00:00")
    )
    assert told(read(root)) == ["warning job/two-companies Interviews/c.md:10"]


def test_links_that_lead_nowhere_are_remarks(make_vault: Maker) -> None:
    people = '["[[People/Dana Roe]]", "[[dana roe|Dana]]", "[[Nobody]]", "Plain Name"]'
    root = make_vault(
        note("a", id="a", job_id="j1", interviewer=people, job_description="Files/posting.pdf")
        + note(
            "b", id="b", job_id="j2", scheduled_at="2026-02-11T14:00:00", job_description="Files/other.pdf"
        )
        + "=== People/Dana Roe.md\nx\n=== Jobs/j1.md\ny\n=== Files/posting.pdf\nz\n"
    )
    assert told(read(root)) == [
        "info link/missing Interviews/a.md:11",
        "info posting/unreadable Interviews/a.md:12",
        "info job/unknown Interviews/b.md:10",
        "info posting/missing Interviews/b.md:11",
    ]


def test_without_any_note_about_applications_none_is_missed(make_vault: Maker) -> None:
    assert told(read(make_vault(note("a", id="a", job_id="j1")))) == []


def test_families_and_outcomes(make_vault: Maker) -> None:
    root = make_vault(
        note("a", id="a", role_family="back end", outcome="offer")
        + note("b", id="b", role_family="backend", scheduled_at="2026-02-11T14:00:00", status="completed")
        + note("c", id="c", outcome="pending", scheduled_at="2026-02-12T14:00:00")
    )
    vault = read(root)
    assert told(vault) == [
        "warning role/family Interviews/a.md:10",
        "info interview/outcome-early Interviews/a.md:11",
    ]


def test_stories_and_their_competencies(make_vault: Maker) -> None:
    root = make_vault(
        "=== Stories/a.md\n---\nid: s\nprimary: problem solvin\nsecondary: [juggling]\n---\n## Situation\nx\n"
        "=== Stories/bb.md\n---\nid: s\nprimary: delivery\nstrength: 5\n---\n"
        "=== Stories/Read me.md\nHow to write stories.\n"
    )
    vault = read(root)
    assert [story.path for story in vault.stories] == ["Stories/a.md", "Stories/bb.md"]
    assert told(vault) == [
        "info story/unfinished Stories/a.md:1",
        "info story/tag Stories/a.md:3",
        "error story/duplicate Stories/bb.md:2",
        "error property/range Stories/bb.md:4",
    ]


def test_times_without_any_zone_are_remarked_upon_once(make_vault: Maker) -> None:
    root = make_vault(
        "=== prepvault.toml\n[vault]\n"
        + note("a", id="a")
        + note("b", id="b", scheduled_at="2026-02-11T14:00:00")
        + note("c", id="c", scheduled_at="2026-02-12T14:00:00", timezone="Asia/Tokyo")
    )
    vault = read(root)
    assert told(vault) == ["warning zone/unset prepvault.toml"]
    assert "2 notes" in vault.findings[0].message


def test_findings_of_the_settings_are_in_the_vault(make_vault: Maker) -> None:
    vault = read(make_vault("=== prepvault.toml\n[vault]\ntimezone = 'UTC'\nnme = 'x'\n" + note("a", id="a")))
    assert told(vault) == ["warning settings/unknown prepvault.toml:3"]


def test_ids_are_made_of_job_or_company_and_never_twice() -> None:
    assert new_id("Acme Robotics", "", NOW) == f"int_acme-robotics_{int(NOW.timestamp())}"
    assert new_id("Acme", "job_123", NOW) == f"int_job_123_{int(NOW.timestamp())}"
    first = new_id("Acme", "", NOW)
    assert new_id("Acme", "", NOW, {first}) == f"{first}_2"
    assert new_id("Acme", "", NOW, {first, f"{first}_2"}) == f"{first}_3"


def test_the_identity_of_a_path_does_not_depend_on_how_accents_are_stored() -> None:
    assert path_id("Interviews/Zoe\u0301.md") == path_id("Interviews/Zo\u00e9.md")
    assert path_id("a.md") != path_id("b.md")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The folders and files of cards that each parse of the library was given."""
    found: list[set[str]] = []
    parse = parse_library

    def counting(texts: Mapping[str, str]) -> tuple[Library, tuple[Finding, ...]]:
        found.append({path.partition("/")[0] for path in texts})
        return parse(texts)

    library._shipped.cache_clear()
    library._merged.cache_clear()
    monkeypatch.setattr(library, "parse_library", counting)
    return found


def test_loading_parses_only_the_cards_that_the_notes_ask_for(
    make_vault: Maker, parsed: list[set[str]]
) -> None:
    read(make_vault(note("a", id="a")))
    assert parsed == [{"types"}]
    parsed.clear()
    read(make_vault(note("a", id="a", role_family="backend") + "=== Companies/Acme.md\nvalues: [x]\n"))
    assert parsed == [{"families"}]


def test_the_cards_are_parsed_once_a_command(make_vault: Maker, parsed: list[set[str]]) -> None:
    root = make_vault(
        "=== prepvault.toml\n[vault]\ntimezone = 'UTC'\n[coaching]\ncontent = 'Cards'\n"
        "=== Cards/texts/star.md\n---\nid: star\ntitle: Mine\nodd: x\n---\nMine\n"
        "=== Cards/checklist/mine.yaml\n- id: mine\n  text: Mine\n  phase: noon\n" + note("a", id="a")
    )
    context = open_root(root.resolve(), now=NOW.isoformat())
    vault = load(context)
    plan = plan_coaching(context, vault)
    assert len(parsed) == 1
    assert [f"{each.code} {each.place}" for each in vault.findings] == [
        "card/field Cards/checklist/mine.yaml:1"
    ]
    assert [each.code for each in plan.findings] == ["card/field"]
    (root / "Cards/checklist/mine.yaml").write_text("[")
    assert told(load(context)) == ["error card/unreadable Cards/checklist/mine.yaml:1"]


def test_the_dashboard_looks_for_sections_once_a_note(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def counting(data: bytes, path: str = "") -> tuple[tuple[Section, ...], tuple[Finding, ...]]:
        looked.append(path)
        return find_sections(data, path)

    for module in (site_sections, site_text, readiness):
        monkeypatch.setattr(module, "find_sections", counting)
    context = open_root(make_vault(note("a", id="a") + "\nMine.\n").resolve(), now=NOW.isoformat())
    list(site_files(context, load(context), library.load_library(context)[0], Gallery()).all())
    assert looked == ["Interviews/a.md"]


def test_redacting_coaches_only_for_the_number_and_for_the_page(
    make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number is that of all that is known, the page shows what a stranger may see."""
    picked: list[str] = []

    def counting(cards: Library, interview: Interview, *rest: Any) -> Coaching:
        picked.append(interview.id)
        return pick_coaching(cards, interview, *rest)

    for module in (build_site, site_model, readiness):
        monkeypatch.setattr(module, "pick_coaching", counting, raising=False)
    context = open_root(make_vault(note("a", id="a")).resolve(), now=NOW.isoformat())
    cards = library.load_library(context)[0]
    list(site_files(context, load(context), cards, Gallery(), incognito=True).all())
    assert len(picked) == 2


def test_very_many_at_one_hour_are_counted_and_not_all_named(make_vault: Maker) -> None:
    """A faulty import gave every interview one hour: findings must not grow with the square of them."""
    notes = "".join(note(f"n{number:02}", id=f"n{number:02}") for number in range(40))
    vault = load(open_root(make_vault(notes).resolve(), now=NOW.isoformat()))
    told = [each for each in vault.findings if each.code == "interview/overlap"]
    assert len(told) < 40 * 7
    assert any(each.message == "this begins while 34 more interviews still run" for each in told)
    assert len(find_clashes(vault.interviews)["n00"]) == 20
