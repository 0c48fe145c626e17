"""The bank as a whole: uses, health, what is asked of it, the matrix on the dashboard, what `check` says."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from prepvault.jobs.context import open_root
from prepvault.jobs.load import load
from prepvault.jobs.stories import read_bank
from prepvault.model.bank import Bank
from prepvault.model.competency import Demand
from prepvault.model.debrief import Asked, Debrief
from prepvault.model.dossier import Dossier, Round
from prepvault.model.interview import Interview, InterviewType, Status
from prepvault.model.settings import Settings
from prepvault.model.story import Story, StoryNumber, StoryUse
from prepvault.model.vault import Vault
from prepvault.rules.bank import review_bank
from prepvault.rules.coverage import coverage, needs_of
from prepvault.rules.matching import match_stories
from prepvault.rules.uses import heard_by, told_in, use_counts
from tests.coaching_maker import interview, library
from tests.conftest import NOW, Maker

CV = (StoryNumber(text="9 min", value="9 min", provenance="cv"),)


def story(name: str, primary: str = "", *secondary: str, **more: object) -> Story:
    made = Story(
        id=name, path=f"Stories/{name}.md", title=name, primary=primary, secondary=secondary, strength=3
    )
    return replace(made, **more)  # type: ignore[arg-type]


def use(where: str, landed: str = "") -> StoryUse:
    return StoryUse(interview=where, landed=landed)


def held(name: str, **more: object) -> Interview:
    made = interview(InterviewType.PHONE_SCREEN, id=f"int_{name}", path=f"Interviews/{name}.md")
    return replace(made, status=Status.COMPLETED, **more)  # type: ignore[arg-type]


def test_a_use_told_of_in_two_places_counts_once() -> None:
    told = story("a", uses=(use("int_one"), use("Interviews/two"), use("somewhere else")))
    other = story("b")
    answers = {
        "Interviews/one.md": Debrief(asked=(Asked("Why?", stories=("a", "Stories/b#Result", "unknown")),)),
        "Interviews/two.md": Debrief(asked=(Asked("How?", stories=("a",)), Asked("When?", stories=("A",)))),
    }
    vault = Vault(
        name="v",
        settings=Settings(),
        interviews=(held("one"), held("two")),
        stories=(told, other),
        debriefs=answers,
    )
    assert use_counts(vault) == {"a": 3, "b": 1}
    assert told_in(vault) == {"a": ("int_one", "int_two"), "b": ("int_one",)}


def test_a_company_has_heard_what_its_earlier_rounds_were_told() -> None:
    stories = (
        story("noted", uses=(use("one"),)),
        story("linked"),
        story("elsewhere", uses=(use("int_two"),)),
    )
    debrief = Debrief(asked=(Asked("Why?", stories=("Stories/linked",)),))
    earlier = (Round(held("one"), debrief, is_same_loop=True),)
    assert heard_by(interview(), earlier, stories) == {"noted", "linked"}
    assert heard_by(interview(), (), stories) == frozenset()


def asked(made: Interview, bank: list[Story], *tags: str) -> tuple[Interview, Dossier]:
    demands = tuple(Demand(tag, len(tags) - at) for at, tag in enumerate(tags))
    return made, Dossier(demands=demands, match=match_stories(made, demands, bank, library(), told={}))


def read(bank: list[Story], *rounds: tuple[Interview, Dossier], told: dict[str, int] | None = None) -> Bank:
    return review_bank(bank, rounds, library(), told=told or {}, per_minute=140, year=2026)


def missed(bank: Bank) -> set[str]:
    return {line.id for line in bank.health if not line.is_met}


def test_a_full_bank_is_healthy() -> None:
    tags = list(library().competencies)[:10]
    bank = [
        story(f"s{at}", tag, *({"failure"} if at == 0 else ()), domain=f"d{at % 4}", facts=CV, scope="team")
        for at, tag in enumerate(tags)
    ]
    found = read(bank, asked(interview(role="Senior Engineer"), bank, *tags[:5]))
    assert missed(found) == set()
    assert {line.id for line in found.health} == {
        "size", "always", "projects", "strong", "proved", "worn", "demand", "reach",
    }  # fmt: skip
    assert found.next_need is None
    assert len(found.reviews) == len(bank)


def test_what_a_thin_bank_lacks() -> None:
    thin = [story("only", "delivery", strength=2, scope="self")]
    found = read(
        thin, asked(interview(role="Staff Engineer"), thin, "conflict", "delivery"), told={"only": 4}
    )
    assert missed(found) == {"size", "always", "projects", "strong", "proved", "worn", "demand", "reach"}
    worn = next(line for line in found.health if line.id == "worn")
    assert worn.found == "“only” 4 times"
    assert (
        next(line for line in found.health if line.id == "always").hint == "prepvault story new --for failure"
    )


def test_retired_stories_count_for_nothing() -> None:
    bank = [story("old", "failure", "conflict", retired=True)]
    assert "always" in missed(read(bank))


def test_a_story_that_failed_twice_is_better_retired() -> None:
    poor = story("poor", "delivery", uses=(use("a", "no"), use("b", "no"), use("c", "yes")))
    assert "poor" in missed(read([poor]))
    assert "poor" not in missed(read([replace(poor, uses=(use("a", "no"), use("c", "yes")))]))


def test_needs_add_up_over_all_interviews_to_come() -> None:
    bank = [story("a", "delivery", "ownership")]
    first = asked(replace(interview(), id="one"), bank, "conflict", "delivery")
    second = asked(replace(interview(), id="two"), bank, "delivery", "ownership", "conflict")
    needs = {need.tag: need for need in needs_of((first, second), library().competencies)}
    assert next(iter(needs)) == "delivery"
    assert needs["delivery"].weight == 1 + 3
    assert needs["delivery"].asked_by == ("one", "two")
    assert needs["conflict"].open_in == ("one", "two")
    assert needs["ownership"].shared_in == ("two",)
    found = read(bank, first, second)
    assert found.next_need == needs["conflict"]


def test_the_matrix_puts_first_what_is_asked_and_marks_what_is_told_where() -> None:
    bank = [story("a", "delivery"), story("b", "ownership", reframes=("influence",))]
    round_one = asked(replace(interview(), id="one"), bank, "conflict", "delivery")
    matrix = coverage(bank, (round_one,), library().competencies)
    first, second, *rest = matrix.table
    assert (first.need.tag, first.is_gap, first.need.open_in) == ("conflict", True, ("one",))
    assert (second.need.tag, second.cells[0].mark, second.cells[0].told_in) == (
        "delivery",
        "primary",
        ("one",),
    )
    influence = next(row for row in rest if row.need.tag == "influence")
    assert [cell.mark for cell in influence.cells] == ["", "reframe"]
    assert dict(matrix.rows)["influence"] == ("", "")
    assert matrix.gaps[0] == "conflict"


BANK = """=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: behavioral
scheduled_at: 2026-02-12T14:00:00
duration_minutes: 45
status: scheduled
created_at: 2026-02-01
---
=== Interviews/over.md
---
id: int_over_1
company: Globex
role: Engineer
interview_type: phone_screen
scheduled_at: 2026-02-02T14:00:00
status: completed
---
=== Stories/Half.md
---
type: story
primary: conflict
used: [int_over_1, Nowhere]
scope: the Berlin office
---
## Situation
Sales promised [what] in March.
## Action
I asked.
=== Stories/Planned.md
---
type: story
primary: failure
---
## Situation

%% Who, when? %%
"""


def test_check_says_little_about_stories(make_vault: Maker) -> None:
    vault = load(open_root(make_vault(BANK), now=NOW.isoformat()))
    found = [
        (each.code, each.place.path.rpartition("/")[2], each.place.line)
        for each in vault.findings
        if each.code.startswith("story/")
    ]
    assert found == [
        ("story/unfinished", "Half.md", 1),
        ("story/use", "Half.md", 4),
        ("story/scope", "Half.md", 5),
    ]


def test_the_bank_is_asked_by_what_is_to_come_only(make_vault: Maker) -> None:
    context = open_root(make_vault(BANK), now=NOW.isoformat())
    read_now = read_bank(context, load(context))
    assert [each.id for each, _ in read_now.asked] == ["int_acme_1"]
    later = replace(context, now=NOW + timedelta(days=30))
    assert read_bank(later, load(later)).asked == ()
    assert read_now.told == {"Half": 2}


def test_the_page_shows_the_matrix_and_no_bank_to_strangers(make_vault: Maker) -> None:
    from prepvault.jobs.build import build

    root = make_vault(BANK)
    context = open_root(root, now=NOW.isoformat())

    def page(folder: str, *, incognito: bool) -> str:
        build(context, output=str(root / folder), incognito=incognito, allow_empty=False, strict=False)
        return Path(root, folder, "stories.html").read_text(encoding="utf-8")

    own, strange = page("site", incognito=False), page("public", incognito=True)
    assert "Write next:" in own
    assert "How the bank stands" in own
    assert "asked in 1" in own
    assert "Berlin" in own
    for private in ("Write next:", "How the bank stands", "Mend first", "Berlin", "Half", "Sales"):
        assert private not in strange
