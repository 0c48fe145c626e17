"""Day cards by what they are made from: whose they are, what fits late, what is worth most, what runs."""

import json
import re
import shlex
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from prepvault.model.day_card import CardLine
from prepvault.rules.day_offer import FAILED, MUST, SHOULD, Offer, choose
from tests.conftest import Maker, Ran
from tests.test_today import MOMENTS, STARTS, TYPES

LEAST_OWN = 0.5
LEAST_OWN_OF_A_BARE_NOTE = 0.3
"""A note with only company, role, type and time reaches this on average over the moments, since hour and day
are its own: from nothing nine days before to 0.6 in the last hours. More would be invented."""

MATERIAL = """=== Jobs/ashby.md
# {role}

We plan timetables, and timetables change every week.

## Required

- Three years of planning work with published timetables
- Explaining a change to people who did not ask for it
=== Companies/{company}.md
# {company}

## In one breath

- **Say**: the night lines were split from the day lines in January
- **Ask**: what the split changed for the control room
- **Watch**: two heads of operations left within a year
=== Stories/The week without a timetable.md
---
type: story
id: S-1
title: The week without a timetable
primary: problem-solving
strength: 3
---
## Action
I rebuilt it by hand.
## Result
Every line ran on the Friday.
=== Stories/The depot that said no.md
---
type: story
id: S-2
title: The depot that said no
primary: influence
strength: 4
---
## Action
I went there and listened.
## Result
They agreed after 2 weeks.
"""
FILLED = """interviewer: Lena Fox (Head of Planning)
recruiter: Ola Berg <ola@corvid.example>
location: https://zoom.us/j/1
job_description: "[[Jobs/ashby]]"
"""


def note(kind: str, more: str = "", *, company: str = "Corvid Labs", role: str = "Transport Planner") -> str:
    return (
        f"=== Interviews/a.md\n---\nid: int_a_1\ncompany: {company}\nrole: {role}\n"
        f"interview_type: {kind}\nscheduled_at: 2026-02-10T13:00:00\nduration_minutes: 60\n{more}---\n"
    )


def filled(kind: str) -> str:
    return note(kind, FILLED) + MATERIAL.format(company="Corvid Labs", role="Transport Planner")


def card_of(run: Callable[..., Ran], root: Path, before: timedelta, *more: str) -> dict[str, Any]:
    ran = run("today", "int_a_1", "--json", *more, vault=root, now=STARTS - before)
    assert ran.code == 0, ran.err
    return dict(json.loads(ran.out)["cards"][0])


def lines_of(run: Callable[..., Ran], root: Path, before: timedelta, *more: str) -> list[dict[str, Any]]:
    return list(card_of(run, root, before, *more)["lines"])


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_most_lines_name_more_than_company_and_role(
    kind: str, moment: str, make_vault: Maker, run: Callable[..., Ran]
) -> None:
    card = card_of(run, make_vault(filled(kind)), MOMENTS[moment])
    lines = card["lines"]
    assert isinstance(lines, list)
    plain = {"Corvid Labs", "Transport Planner"}
    own = [line for line in lines if set(line["values"]) - plain]
    assert len(own) / len(lines) >= LEAST_OWN, [line["text"] for line in lines]
    assert float(str(card["specificity"])) == round(len(own) / len(lines), 2)


@pytest.mark.parametrize("kind", TYPES)
def test_a_bare_note_gets_what_it_can(kind: str, make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(note(kind))
    reached = [float(str(card_of(run, root, before)["specificity"])) for before in MOMENTS.values()]
    assert sum(reached) / len(reached) >= LEAST_OWN_OF_A_BARE_NOTE, reached


def test_the_companys_name_alone_makes_no_line_ones_own(make_vault: Maker, run: Callable[..., Ran]) -> None:
    card = card_of(run, make_vault(note("technical")), timedelta(hours=50))
    lines = card["lines"]
    assert isinstance(lines, list)
    assert any(set(line["values"]) <= {"Corvid Labs", "Transport Planner"} for line in lines)
    assert float(str(card["specificity"])) < 1


PEOPLE = {
    "engineer, technical": ("technical", "Senior Backend Engineer", "Kestrel", "Dana Roe (Staff Engineer)"),
    "nurse, panel": ("panel", "Community Nurse", "Harbor", "Joan Miller (Head of Nursing); Peter Shah (HR)"),
    "manager, final": ("final_round", "Product Manager", "Finch", "Carla Reyes (Chief Product Officer)"),
    "analyst, phone": ("phone_screen", "Data Analyst", "Osprey", "Sam Lee (Recruiter)"),
    "lead, on site": ("on_site", "Engineering Manager", "Lumen", "Ruth Adeyemi (VP Engineering)"),
    "designer, behavioral": ("behavioral", "Product Designer", "Wren", "Ines Vogt (Design Lead)"),
}
PLACES = {"panel": "Harbor House, Room 2", "on_site": "Torstr. 12", "phone_screen": "+49 30 1234"}


def story(title: str, tag: str) -> str:
    return (
        f"=== Stories/{title}.md\n---\ntype: story\ntitle: {title}\nprimary: {tag}\n---\n"
        "## Action\nI did it.\n## Result\nIt took 9 days.\n"
    )


def masked_lines(run: Callable[..., Ran], make_vault: Maker, who: str, before: timedelta) -> set[str]:
    """Give a card's lines without company, role and the names: what is left must differ by itself."""
    kind, role, company, people = PEOPLE[who]
    place = PLACES.get(kind, "https://zoom.us/j/1")
    names = "".join(f"  - {each.strip()}\n" for each in people.split(";"))
    root = make_vault(
        note(kind, f"interviewer:\n{names}location: {place}\n", company=company, role=role)
        + story("The long night", "ownership")
        + story("The late ship", "conflict")
    )
    hidden = [company, role, *re.findall(r"[A-Z]\w+", people)]
    texts = [line["text"] for line in lines_of(run, root, before)]
    for each in hidden:
        texts = [text.replace(each, "…") for text in texts]
    return set(texts)


@pytest.mark.parametrize("hours", [200, 50, 26, 6])
def test_two_peoples_cards_differ(hours: int, make_vault: Maker, run: Callable[..., Ran]) -> None:
    cards = {who: masked_lines(run, make_vault, who, timedelta(hours=hours)) for who in PEOPLE}
    for one, other in combinations(cards, 2):
        shared = len(cards[one] & cards[other])
        assert shared <= 0.6 * min(len(cards[one]), len(cards[other])), (
            one,
            other,
            cards[one] & cards[other],
        )


def test_a_vaults_own_plan_says_what_fits_late(make_vault: Maker, run: Callable[..., Ran]) -> None:
    root = make_vault(filled("technical"))
    usual = lines_of(run, root, timedelta(hours=5))
    assert any(line["item"] == "stories" for line in usual)
    plan = (
        "- hours: 1\n  text: Go.\n  items:\n    - {id: settle, minutes: 3}\n"
        "- hours: 24\n  text: Little.\n  items:\n"
        "    - {id: pitch, minutes: 7}\n    - {id: jd-decode, minutes: 4}\n"
    )
    (root / "Cards").mkdir()
    (root / "Cards" / "late.yaml").write_text(plan, encoding="utf-8")
    settings = '[vault]\ntimezone = "UTC"\n[coaching]\ncontent = "Cards"\n'
    (root / "prepvault.toml").write_text(settings, encoding="utf-8")
    work = [line for line in lines_of(run, root, timedelta(hours=5)) if line["slot"] in {"now", "then"}]
    assert [(line["item"], line["minutes"]) for line in work] == [("pitch", 7), ("jd-decode", 4)]
    early = lines_of(run, root, timedelta(minutes=100))
    assert not any(line["text"].startswith("Eat") for line in early), "the tightest plan begins at one hour"
    last = lines_of(run, root, timedelta(minutes=50))
    assert {line["item"] for line in last if line["slot"] != "know"} <= {"settle", None}
    assert max(line["minutes"] for line in last if line["item"] == "settle") <= 5


def offer(topic: str, priority: float, weight: float, minutes: int, *ids: str) -> Offer:
    return Offer(topic, priority, weight, CardLine(slot="now", text=topic, minutes=minutes), ids)


def chosen(*offers: Offer, budget: int = 60, most: int = 3, order: tuple[str, ...] = ()) -> list[str]:
    return [line.text for line in choose(offers, hours_left=30, budget=budget, most=most, order=order)]


def test_what_is_chosen_is_priority_times_weight_by_minutes() -> None:
    dear = offer("dear", MUST, 5, 60)
    short = offer("short", SHOULD, 5, 10)
    light = offer("light", MUST, 1, 10)
    assert (dear.worth, short.worth, light.worth) == (0.25, 1.0, 0.3)
    assert chosen(dear, short, light, most=1) == ["short"]
    assert chosen(dear, short, light, budget=60) == ["short", "light"]
    assert chosen(dear, short, light, budget=80) == ["short", "light", "dear"]
    assert chosen(dear, budget=59) == []


def test_of_one_kind_only_the_best_is_chosen_and_too_late_is_left_out() -> None:
    late = Offer("late", MUST, 9, CardLine(slot="now", text="late", minutes=5), (), 40.0)
    assert chosen(offer("a", MUST, 1, 10), offer("a", MUST, 3, 10), late) == ["a"]


def test_the_plan_gives_the_order_and_what_went_badly_comes_first() -> None:
    offers = (offer("b", MUST, 9, 10, "b"), offer("a", MUST, 1, 10, "a"), offer("bad", FAILED, 1, 10, "c"))
    assert chosen(*offers, order=("a", "b", "c")) == ["bad", "a", "b"]


@pytest.mark.parametrize("kind", TYPES)
def test_every_command_runs_as_printed(kind: str, make_vault: Maker, run: Callable[..., Ran]) -> None:
    """Run each command of every card, of bare and of filled notes, as a shell would read it."""
    seen = set()
    for text in (
        note(kind),
        filled(kind),
        note(kind, "status: completed\noutcome: offer\ndeadline: 2026-02-14\n"),
    ):
        root = make_vault(text)
        for moment in MOMENTS.values():
            for line in lines_of(run, root, moment):
                if line["command"] and "://" not in line["command"]:
                    seen.add((text, moment, line["command"]))
    for text, moment, command in sorted(seen, key=str):
        root = make_vault(text)
        program, *words = shlex.split(command)
        assert program == "prepvault"
        ran = run(*words, vault=root, now=STARTS - moment)
        assert ran.code == 0, (command, ran.err)
    assert seen


def test_a_call_without_a_number_is_settled_first(make_vault: Maker, run: Callable[..., Ran]) -> None:
    for before in (timedelta(hours=26), timedelta(hours=1)):
        first = lines_of(run, make_vault(note("phone_screen")), before)[0]
        assert first["text"].startswith("Who calls whom at 13:00, and on which number: ask Corvid Labs")
    known = lines_of(run, make_vault(note("phone_screen", "location: +49 30 1234\n")), timedelta(hours=1))
    assert not any("Who calls whom" in line["text"] for line in known)


def test_on_the_last_day_only_one_line_is_for_anybody(make_vault: Maker, run: Callable[..., Ran]) -> None:
    lines = lines_of(run, make_vault(filled("technical")), timedelta(minutes=70))
    assert sum(line["slot"] == "now" for line in lines) == 1
    plain = {"Corvid Labs", "Transport Planner"}
    assert sum(not set(line["values"]) - plain for line in lines) <= 1


def test_at_a_place_the_clock_of_the_place_counts(make_vault: Maker, run: Callable[..., Ran]) -> None:
    text = note("panel", "timezone: Europe/London\nlocation: Harbor House, Room 2\n").replace("T13:", "T11:")
    root = make_vault('=== prepvault.toml\n[vault]\ntimezone = "Europe/Berlin"\n' + text)
    (line,) = [each for each in lines_of(run, root, timedelta(hours=22)) if each["slot"] == "tonight"]
    assert "you are there by 10:45; it starts at 11:00;" in line["text"]
    out = run("today", vault=root, now=STARTS - timedelta(hours=22)).out
    assert "11:00 London = 12:00 Berlin; hours below are London’s" in " ".join(out.split())
    assert out.count("Berlin") == 1, "both clocks stand there once"


def test_during_a_part_of_the_day_its_own_person_is_asked(make_vault: Maker, run: Callable[..., Ran]) -> None:
    people = "interviewer:\n  - Ruth Adeyemi (VP Engineering)\n  - Ines Vogt (People Partner)\n"
    parts = 'sessions:\n  - "13:00-14:00 Lead (Ruth Adeyemi)"\n  - "14:00-15:00 Values (Ines Vogt)"\n'
    root = make_vault(note("on_site", f"{people}{parts}location: Torstr. 12\n"))
    asked = []
    for before in (-timedelta(minutes=20), -timedelta(minutes=80)):
        first = lines_of(run, root, before)[0]["text"]
        asked.append(first.partition("ask “")[2])
    assert "Lead" not in asked[1]
    assert asked[0] != asked[1], "what Ruth is asked is not what Ines is asked"


def test_a_due_reminder_names_the_interview(make_vault: Maker, run: Callable[..., Ran]) -> None:
    later = note("panel", company="Harbor").replace("a.md", "b.md").replace("a_1", "b_1")
    root = make_vault(note("technical") + later.replace("2026-02-10", "2026-02-12"))
    out = run("today", vault=root, now=STARTS - timedelta(hours=1) + timedelta(minutes=1)).out
    assert "int_b_1" not in out
    assert "reminder due: 72h before Harbor, Transport Planner" in out


def test_who_has_done_the_plan_goes_on_with_what_is_left(make_vault: Maker, run: Callable[..., Ran]) -> None:
    """A day and a half ahead, all of the week before ticked: the day before's own lines come next."""
    root = make_vault(filled("video_interview"))
    assert run("coach", vault=root).code == 0
    file = root / "Interviews" / "a.md"
    early, late = file.read_text(encoding="utf-8").split("### The day before", 1)
    file.write_text(early.replace("- [ ]", "- [x]") + "### The day before" + late, encoding="utf-8")
    lines = lines_of(run, root, timedelta(hours=33))
    work = {line["item"] for line in lines if line["slot"] in {"now", "then"}}
    undone = {line.rpartition("^pv-")[2] for line in late.splitlines() if line.startswith("- [ ]")}
    assert len(work & undone) >= 2
