"""Readiness: each part moves the number as told, and the number is the same wherever it is shown."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from prepvault.model.company import Company, Fact
from prepvault.model.interview import Interview, InterviewType, Person, Session, Venue
from prepvault.model.readiness import FORMULA, LABELS, SAID_SO, Readiness, ReadinessPart
from prepvault.model.settings import SETTINGS_BY_KEY
from prepvault.model.story import Story
from prepvault.parse.own_questions import count_questions
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.preparation import ITEMS, Preparation
from prepvault.rules.progress import is_before, progress_of
from prepvault.rules.readiness import readiness_of
from prepvault.rules.readiness_note import FULFILLED
from prepvault.rules.research import research_state
from tests.coaching_maker import (
    DANA,
    ROOM,
    STARTS,
    booked,
    dossier,
    interview,
    library,
    settings,
    stories,
)
from tests.conftest import Maker, Ran
from tests.dashboard import build_site

CALL_LINK = Venue("https://meet.example.com/a", "video", link="https://meet.example.com/a")
BARE = Company(name="Acme", path="Companies/Acme.md")
PROFILE: dict[str, Any] = {
    "profile__name": "Robin",
    "profile__role": "Engineer",
    "profile__present": "I keep ledgers right.",
    "profile__achievements": ("Cut costs by 40 %",),
    "profile__goal": "a team",
}


def facts(*parts: str) -> tuple[Fact, ...]:
    """Fill every field of these parts of a research note."""
    found = [part for part in library().research if part.id in parts]
    return tuple(Fact(part=part.id, name=name, value="so it is") for part in found for name in part.fields)


def known(
    made: Interview | None = None,
    *,
    ticks: Mapping[str, str] | None = None,
    company: Company | None = BARE,
    bank: tuple[Story, ...] = (),
    questions: int = 0,
    **values: Any,
) -> Preparation:
    """Make a preparation in which nothing is done but what the test says."""
    made = made or interview()
    told = settings(**values)
    what = dossier(made, company=company, posting=None, earlier=(), stories=bank)
    coaching = pick_coaching(library(), made, told, what)
    states = research_state(company or Company(made.company, ""), library().research, STARTS.date())
    return Preparation(
        interview=made,
        coaching=coaching,
        progress=progress_of(coaching.items, ticks or {}),
        ticks=ticks or {},
        research=states,
        questions=questions,
        settings=told,
    )


def weigh(prepared: Preparation) -> Readiness:
    found = readiness_of(prepared)
    assert found
    return found


def part(prepared: Preparation, key: str) -> ReadinessPart | None:
    return next((each for each in weigh(prepared).parts if each.key == key), None)


def ticked(prepared: Preparation, wanted: Callable[[str], bool]) -> Mapping[str, str]:
    """Tick the items before the interview whose priority is wanted."""
    items = prepared.coaching.items
    return {each.id: "x" for each in items if is_before(each) and wanted(each.priority)}


EVERYTHING = facts(*(part.id for part in library().research))
FULL = replace(BARE, facts=EVERYTHING, ask=("one more thing?",))


@pytest.mark.parametrize(
    ("key", "prepared", "share", "found"),
    [
        ("research", known(company=None), 0, "no research note yet"),
        ("research", known(), 0, "0 of 56 research fields filled"),
        # Seventeen fields of a first pass count double: 34 of 73.
        (
            "research",
            known(company=replace(BARE, facts=facts("overview", "news", "people"))),
            34 / 73,
            "17 of 56 research fields filled",
        ),
        ("research", known(company=FULL), 1, "56 of 56 research fields filled"),
        (
            "research",
            known(
                interview(InterviewType.PHONE_SCREEN),
                company=replace(BARE, facts=facts("overview", "news", "people")),
            ),
            1,
            "17 of 17 research fields filled",
        ),
        ("stories", known(), 0, "0 of 3 stories, 0 of 5 needs answered"),
        (
            "stories",
            known(bank=stories(("S-1", "One", "technical-depth"))),
            (1 / 3 + 1 / 5) / 2,
            "1 of 3 stories, 1 of 5 needs answered",
        ),
        ("questions", known(), 0, "0 of 3 questions to ask written down"),
        ("questions", known(questions=1, company=FULL), 2 / 3, "2 of 3 questions to ask written down"),
        ("questions", known(questions=9), 1, "3 of 3 questions to ask written down"),
        ("questions", known(ticks={"questions": "x"}), 1, "questions to ask are ticked"),
        ("pitch", known(), 0, "0 of 5 parts of the pitch filled in"),
        ("pitch", known(profile__name="Robin"), 1 / 5, "1 of 5 parts of the pitch filled in"),
        ("pitch", known(**PROFILE), 1, "5 of 5 parts of the pitch filled in"),
        ("pitch", known(ticks={"pitch": "X"}), 1, "the pitch is ticked"),
        ("facts", known(), 1 / 4, "1 of 4 facts known"),
        ("facts", known(interview(all_day=True)), 0, "0 of 4 facts known"),
        ("facts", known(interview(venue=ROOM)), 2 / 4, "2 of 4 facts known"),
        ("facts", known(interview(venue=Venue("Zoom", "video", "Zoom"))), 1 / 4, "1 of 4 facts known"),
        (
            "facts",
            known(interview(venue=CALL_LINK, people=(DANA,), job_description="[[Acme posting]]")),
            1,
            "4 of 4 facts known",
        ),
    ],
)
def test_a_part_counts_what_stands_in_the_vault(
    key: str, prepared: Preparation, share: float, found: str
) -> None:
    measured = part(prepared, key)
    assert measured
    assert measured.share == pytest.approx(share)
    assert measured.found == found
    assert bool(measured.missing) == bool(measured.step) == (share < 1)


def test_a_must_on_the_checklist_counts_double() -> None:
    prepared = known()
    counted = [each for each in prepared.coaching.items if is_before(each)]
    musts = sum(each.priority == "must" for each in counted)
    found = part(known(ticks=ticked(prepared, lambda each: each == "must")), "checklist")
    assert found
    assert found.found == f"{musts} of {len(counted)} ticked"
    assert found.share == pytest.approx(2 * musts / (musts + len(counted)))


def test_the_percent_is_the_average_of_the_parts_by_their_weights() -> None:
    plain = weigh(known(**PROFILE))
    assert [round(each.weight) for each in plain.parts] == [40, 15, 20, 10, 5, 10]
    assert plain.percent == 7  # the pitch's 5 points, and a quarter of the 10 for facts
    alone: dict[str, Any] = dict.fromkeys(
        (f"readiness__{key}" for key in LABELS if key not in {"pitch", "facts"}), 0
    )
    two = weigh(known(**PROFILE, **alone))
    assert [each.key for each in two.parts] == ["pitch", "facts"]
    assert two.percent == 50  # five of fifteen, and a quarter of ten of fifteen
    nothing: dict[str, Any] = dict.fromkeys((f"readiness__{key}" for key in LABELS), 0)
    assert readiness_of(known(**nothing)) is None


def test_all_done_is_a_hundred_and_nothing_less_is() -> None:
    made = interview(venue=CALL_LINK, people=(DANA,), job_description="[[Acme posting]]", format="coding")
    asked = known(made).coaching.dossier.demands
    bank = stories(*((f"S-{at}", f"Story {at}", each.tag) for at, each in enumerate(asked)))
    whole: dict[str, Any] = {"company": FULL, "bank": bank, "questions": 3, **PROFILE}
    ticks = ticked(known(made, **whole), lambda _: True)
    ready = weigh(known(made, ticks=ticks, **whole))
    assert (ready.percent, ready.missing, ready.summary) == (100, (), "100 %")
    assert not ready.is_complete
    for name in ticks:
        assert weigh(known(made, ticks={**ticks, name: " "}, **whole)).percent < 100, name


def test_the_word_of_the_user_is_a_hundred_and_says_so() -> None:
    ready = weigh(known(interview(preparation_complete=True)))
    assert (ready.percent, ready.missing) == (100, ())
    assert ready.summary == f"100 %: {SAID_SO}"
    assert ready.parts[0].share == 0


@pytest.mark.parametrize(
    ("prepared", "missing"),
    [
        (known(), set()),
        (known(interview(InterviewType.DEBRIEF)), {"research", "stories", "pitch"}),
        (known(interview(InterviewType.VIDEO_INTERVIEW, format="recorded")), {"questions"}),
        (known(interview(company="")), {"research"}),
        (known(company=replace(BARE, publish=False)), {"research"}),
        (known(ticks={"research": "-", "pitch": "-"}), {"research", "pitch"}),
        (known(interview(coaching=False)), {"checklist"}),
        (known(coaching__enabled=False), {"checklist"}),
        (known(coaching__sections=("brief",)), {"checklist"}),
        (known(booked(timedelta(hours=1))), set(ITEMS)),
    ],
)
def test_only_what_an_interview_needs_counts(prepared: Preparation, missing: set[str]) -> None:
    ready = weigh(prepared)
    assert set(LABELS) - {each.key for each in ready.parts} == missing
    assert sum(each.weight for each in ready.parts) == pytest.approx(100)


def test_steps_raise_the_percent_by_what_they_promise() -> None:
    prepared = known()
    ready = weigh(prepared)
    assert len(ready.missing) == 3
    rates = [each.points / each.minutes for each in ready.missing]
    assert rates == sorted(rates, reverse=True)
    for step in (each.step for each in ready.parts if each.step and each.step.item):
        after = weigh(known(ticks={step.item: "x"}))
        gained = sum(each.weight * each.share for each in after.parts) - sum(
            each.weight * each.share for each in ready.parts
        )
        # The research step holds its fields, too.
        assert gained == pytest.approx(step.points) or step.part == "research", step


def test_a_step_is_offered_once_and_none_that_has_to_wait() -> None:
    """Naming the people ends the item that asks for them, and the last hours are no work for today."""
    shown = known()
    offered = {each.item for each in weigh(shown).missing}
    late = {each.id for each in shown.coaching.items if each.phase in {"T-2h", "T-10min"} or not each.minutes}
    assert not offered & (late | {"people-ask", "place-ask"})
    made = interview(venue=CALL_LINK, people=(DANA,), job_description="[[P]]")
    items = known(made, company=FULL, **PROFILE).coaching.items
    waiting = {each.id for each in items if each.phase in {"T-2h", "T-10min"} or not each.minutes}
    ticks = {each.id: "x" for each in items if each.id not in waiting}
    full = known(made, ticks=ticks, company=FULL, **PROFILE)
    quiet = replace(full, settings=settings(readiness__stories=0, **PROFILE))
    left = {each.item for each in weigh(quiet).missing}
    assert left
    assert left <= waiting


def test_a_story_that_was_begun_is_finished_first() -> None:
    begun = replace(
        stories(("S-1", "The outage", "technical-depth"))[0], parts=(("situation", "It was down."),)
    )
    found = part(known(bank=(begun,)), "stories")
    assert found
    assert found.step
    assert found.step.text.startswith("Finish your story “The outage”")
    assert found.share == 0


def test_the_docs_show_the_formula_and_the_weights() -> None:
    page = (Path(__file__).parents[1] / "docs" / "coaching.md").read_text(encoding="utf-8")
    assert FORMULA in " ".join(page.split())
    for key in LABELS:
        assert f"| {key} | {SETTINGS_BY_KEY[f'readiness.{key}'].default} |" in page


def test_items_named_here_are_items_that_ship() -> None:
    shipped = {each.id: each for each in library().items}
    assert {name for names in ITEMS.values() for name in names} <= set(shipped)
    leaving = {"no_stories", "people_unknown", "place_unknown", "all_day", "format_unknown"}
    assert {each.id for each in shipped.values() if leaving & set(each.conditions)} == set(FULFILLED)


def test_work_that_was_ticked_keeps_its_worth_when_its_line_leaves_the_list() -> None:
    """The first story ends the item that asks for it: who ticked it must not lose by writing one."""
    begun = part(known(ticks={"first-stories": "x"}), "checklist")
    told = part(known(ticks={"first-stories": "x"}, bank=stories()), "checklist")
    assert begun
    assert told
    assert begun.share == told.share > 0
    assert told.found.startswith("0 of ")


def test_a_session_tells_the_hour_and_the_people() -> None:
    talk = Session("Talk", STARTS, STARTS, (Person("Ada Noll"),))
    found = part(known(interview(all_day=True, sessions=(talk,))), "facts")
    assert found
    assert found.missing == "the place, the posting"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("## Questions to ask\n\n- What changed in March?\n- [ ] Who owns imports?\n", 2),
        ("## Questions to ask\nHow do you\nWhat is it?\nwhat is it ?\n", 1),
        ("# My questions\n## For Dana\n1. Who reviews the code?\n# Notes\n- Is this one not?\n", 1),
        ("## What they asked\n- Why do you leave?\n", 0),
        ("### Questions as asked\n- Why do you leave? · gap\n", 0),
        ("## Questions to ask\n- Why?\n```\n- Is this code, too?\n```\n%% - Is this a comment? %%\n", 0),
        ("- Nobody asked for this line?\n", 0),
        ("## Questions for them\n- Once more, please?\n- once more,  please?\n", 1),
    ],
)
def test_own_questions_are_counted_where_they_are_meant(body: str, count: int) -> None:
    assert count_questions(body) == count


NOTES = """
=== prepvault.toml
[vault]
timezone = "UTC"
[profile]
name = "Robin"
=== Interviews/acme.md
---
id: int_acme_1
company: Acme
role: Engineer
interview_type: technical
scheduled_at: 2026-02-19T14:00:00
interviewer: Dana Roe (Staff Engineer)
location: https://meet.example.com/a
---
## Questions to ask

- What did the split change for Zanzibar?
=== Interviews/over.md
---
id: int_over_1
company: Acme
role: Engineer
interview_type: phone_screen
scheduled_at: 2026-02-02T14:00:00
---
=== Companies/Acme.md
---
name: Acme
---
## 1. Company overview
- What they do: arms that fold
=== Stories/outage.md
---
type: story
primary: technical-depth
strength: 3
---
## Action
I read the log.
## Result
It was up in 5 minutes.
"""


def test_the_number_is_the_same_everywhere(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(NOTES)
    assert run("coach", vault=root).code == 0
    note = root / "Interviews" / "acme.md"
    text = note.read_text(encoding="utf-8")
    ticks = [line for line in text.splitlines() if line.endswith(("^pv-jd-decode", "^pv-pitch"))]
    for line in ticks:
        text = text.replace(line, line.replace("[ ]", "[x]"))
    note.write_text(text, encoding="utf-8")

    shown = json.loads(run("show", "int_acme_1", "--json", vault=root).out)["readiness"]
    assert {each["part"]: each["found"] for each in shown["parts"]} == {
        "checklist": f"2 of {shown['parts'][0]['found'].split()[2]} ticked",
        "research": "1 of 56 research fields filled",
        "stories": "1 of 3 stories, 1 of 5 needs answered",
        "questions": "1 of 3 questions to ask written down",
        "pitch": "the pitch is ticked",
        "facts": "3 of 4 facts known",
    }
    percent = shown["percent"]
    assert percent == int(sum(each["weight"] * each["share"] for each in shown["parts"]))
    assert f"ready     {shown['summary']}" in run("show", "int_acme_1", vault=root).out
    assert f"ready     {percent} %: " in run("today", vault=root).out
    cards = json.loads(run("today", "--json", vault=root).out)["cards"]
    assert cards[0]["readiness"] == shown
    ahead = json.loads(run("upcoming", "--days", "30", "--json", vault=root).out)
    assert ahead["readiness"] == {"int_acme_1": percent}
    run("build", vault=root)
    answers = root / "site" / "api" / "interviews"
    assert json.loads((answers / "int_acme_1.json").read_text(encoding="utf-8"))["readiness"] == shown
    assert json.loads((answers / "int_over_1.json").read_text(encoding="utf-8"))["readiness"] is None
    assert json.loads(run("show", "int_over_1", "--json", vault=root).out)["readiness"] is None


def test_a_page_for_strangers_keeps_the_number_and_none_of_the_words(tmp_path: Path) -> None:
    plain = build_site(tmp_path / "a", NOTES) / "api" / "interviews" / "int_acme_1.json"
    hidden = build_site(tmp_path / "b", NOTES, incognito=True) / "api" / "interviews" / "interview-02.json"
    own, theirs = (json.loads(path.read_text(encoding="utf-8"))["readiness"] for path in (plain, hidden))
    assert (theirs["percent"], theirs["missing"]) == (own["percent"], [])
    for mine, shown in zip(own["parts"], theirs["parts"], strict=True):
        assert shown == {**mine, "missing": "", "step": None}
    assert not any(word in json.dumps(theirs) for word in ("Acme", "Zanzibar", "Dana", "outage"))


def test_what_is_not_published_counts_for_its_owner_only(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(NOTES.replace("name: Acme\n---\n## 1", "name: Acme\npublish: false\n---\n## 1"))
    run("build", vault=root)
    page = json.loads((root / "site/api/interviews/int_acme_1.json").read_text(encoding="utf-8"))
    own = json.loads(run("show", "int_acme_1", "--json", vault=root).out)
    assert "research" in {each["part"] for each in own["readiness"]["parts"]}
    assert "research" not in {each["part"] for each in page["readiness"]["parts"]}


def test_nobody_is_told_a_number_in_the_last_hours(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(NOTES)
    near = run("today", vault=root, now=datetime(2026, 2, 19, 12, 30, tzinfo=UTC)).out
    assert "Acme" in near
    assert "ready " not in near
