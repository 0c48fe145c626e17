"""The brief, the stories and the strengths: what the vault knows, in the words of its notes."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from prepvault.model.about import About, Strength, Weakness
from prepvault.model.company import Company
from prepvault.model.debrief import Debrief, Promise
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Interview, InterviewType, Person, Session
from prepvault.model.matching import StoryMatch
from prepvault.model.story import Story
from prepvault.render.section import render_section
from prepvault.render.section_text import own_words, wikilink
from prepvault.rules.coaching import pick_coaching
from tests.coaching_maker import DANA, LEE, LINK, STARTS, dossier, interview, library, phone_round, settings


def written(
    name: str, made: Interview, known: Dossier | None = None, values: Mapping[str, str] | None = None
) -> str:
    """Write a section of an interview of which everything is known, unless told otherwise."""
    context = settings(**(values or {}))
    coaching = pick_coaching(library(), made, context, known or dossier(made))
    return render_section(name, coaching, made, level=2)


def full(**changes: object) -> Interview:
    """Make the interview of most tests: a call by video with two people."""
    return interview(InterviewType.TECHNICAL, venue=LINK, people=(DANA, LEE), **changes)


# The brief ------------------------------------------------------------------------------------------------


def test_the_brief_tells_when_where_and_what() -> None:
    made = full(zone="Europe/Berlin", starts=STARTS, format="system_design")
    lines = written("brief", made, values={"vault__timezone": "America/New_York"}).splitlines()
    assert lines[2].startswith("- **When:** Tue 17 Feb 2026, 09:00–10:00 (Europe/Berlin) = ")
    assert lines[2].endswith("; log in at 08:55 Berlin time")
    assert "America/New_York" in lines[2]
    assert lines[3] == "- **Where:** https://meet.example.com/a"
    assert lines[4] == "- **What:** Technical interview for Backend Engineer at Acme, system design, 1 h"


def test_an_all_day_interview_has_no_hour() -> None:
    made = full(all_day=True, ends=STARTS + timedelta(days=1))
    lines = written("brief", made).splitlines()
    assert lines[2] == "- **When:** Tue 17 Feb 2026, all day"
    assert not re.search(r"\d\d:\d\d", lines[2])


def test_everyone_is_named_once_and_an_audience_is_explained_once() -> None:
    other = Person("Kim Lee", "Software Engineer", link="People/Kim Lee")
    made = full(
        sessions=(Session("Design", STARTS, STARTS + timedelta(minutes=30), (other, DANA)),),
    )
    body = written("brief", made)
    assert body.count("**Dana Roe**, Staff Engineer · Design") == 1
    assert body.count("**[[Kim Lee]]**, Software Engineer · Design") == 1
    assert body.count(" - Weighs ") == 2, "a peer and a recruiter"


def test_nobody_is_guessed_but_the_kind_of_person_is_named_as_assumed() -> None:
    body = written("brief", interview(people=(Person("Ada Stone"),)))
    assert "- **Ada Stone**\n- **Peer**, assumed from the type: weighs whether" in body
    assert "Speak " not in body


def test_needs_have_their_reasons_and_the_posting_is_linked() -> None:
    body = written("brief", full())
    needs = body.partition("**What they ask for most, by [[acme]]**\n\n")[2].partition("\n\n")[0].splitlines()
    assert needs[0].startswith("- **Ownership**: the posting asks for it")
    assert any(line.startswith("- Required: Five years with Python") for line in needs)
    assert any(line.startswith("- Their own words: ") for line in needs)
    assert len(needs) <= 7


def test_without_a_posting_needs_are_fewer_and_called_probable() -> None:
    made = full()
    body = written("brief", made, dossier(made, posting=None, company=None, earlier=()))
    needs = body.partition("**What they probably ask for most**\n\n")[2].partition("\n\n")[0].splitlines()
    assert len(needs) == 3
    assert "Required" not in body


def test_research_and_earlier_rounds_are_told_with_their_notes() -> None:
    made = full()
    said = replace(
        phone_round(made).debrief,
        promises=(
            Promise("them", "names of the panel", STARTS.date()),
            Promise("me", "my talk", is_kept=True),
        ),
    )
    body = written("brief", made, dossier(made, earlier=(phone_round(made, said),)))
    for line in (
        "**From [[Acme]]**",
        "- **Say:** they split the ledger in March.",
        "- **Watch:** two layoffs in a year.",
        "- **Unknown:** whether AI tools are allowed.",
        "- [[acme-phone|Phone screen on Tue 10 Feb 2026]] with Lee Park",
        "- **Open doubt:** Has never been on call at this scale.",
        "- **Went badly:** How do you make a payment retry idempotent?",
        "- **Pay said:** 95-105k EUR",
        "- **They promised:** names of the panel, by Tue 17 Feb 2026",
    ):
        assert f"{line}\n" in body
    assert "my talk" not in body


def test_a_round_of_another_application_leaves_no_doubt_here() -> None:
    made = full()
    other = replace(phone_round(made), is_same_loop=False)
    body = written("brief", made, dossier(made, earlier=(other,)))
    assert "Phone screen on Tue 10 Feb 2026]], for Backend Engineer with Lee Park" in body
    assert "Open doubt" not in body


def test_one_question_is_asked_and_no_more() -> None:
    bare = interview(people=(), zone_is_stated=False)
    assert written("brief", bare, Dossier()).count("Still missing") == 1
    assert "In which time zone is this hour?" in written("brief", bare, Dossier())
    assert "Which kind of technical interview is it?" in written("brief", interview(), Dossier())


def test_a_brief_is_brief() -> None:
    made = full()
    say = tuple(f"{'long words here ' * 30}{number}" for number in range(9))
    company = Company(name="Acme", path="Companies/Acme.md", say=say, ask=say, watch=say, unknown=say)
    loud = Debrief(doubts=say, pay=say, promises=tuple(Promise("me", each) for each in say))
    body = written("brief", made, dossier(made, company=company, earlier=(phone_round(made, loud),) * 9))
    assert len(body.splitlines()) < 75
    assert all(len(line.split()) < 110 for line in body.splitlines())


# Stories --------------------------------------------------------------------------------------------------

TOLD = Story(
    id="S-9", path="Stories/Nine minutes.md", title="Six hours to nine minutes", primary="ownership",
    strength=4, parts=(
        ("situation", "The run took six hours. It failed twice a month."),
        ("task", "I owned the batch."),
        ("action", "I measured first. Then I rewrote it."),
        ("result", "It takes nine minutes. Nothing failed since."),
    ),
)  # fmt: skip


def test_a_story_is_linked_and_told_in_two_lines_with_its_angle() -> None:
    made = full()
    body = written("stories", made, dossier(made, stories=(TOLD,)))
    first = body.partition("1. ")[2].partition("\n\n")[0].splitlines()
    assert first[:3] == [
        "**Ownership**: [[Nine minutes|Six hours to nine minutes]], a strong fit",
        "    - **Open with:** It takes nine minutes.",
        "    - **Then:** The run took six hours. I owned the batch. I measured first.",
    ]
    assert first[3].startswith("    - **Make sure they hear:** what you noticed and when")


def test_a_story_that_stands_for_several_needs_is_told_once() -> None:
    made = full()
    both = replace(TOLD, secondary=("mentoring",))
    body = written("stories", made, dossier(made, stories=(both,)))
    told = body.partition("**No story yet**")[0]
    assert "1. **Ownership** and **mentoring**: [[Nine minutes|" in told
    assert told.count("[[Nine minutes|") == 1


def test_a_headline_opens_a_story() -> None:
    made = full()
    story = replace(TOLD, parts=(("headline", "Nine minutes, not six hours."), *TOLD.parts))
    body = written("stories", made, dossier(made, stories=(story,)))
    assert "**Open with:** Nine minutes, not six hours.\n" in body


def test_gaps_come_with_advice_and_link_the_nearest_story() -> None:
    made = full()
    near = replace(TOLD, numbers=tuple(each.words[0] for each in library().competencies.values()))
    body = written("stories", made, dossier(made, stories=(near,)))
    gaps = body.partition("**No story yet**\n\n")[2].splitlines()
    assert 1 <= len(gaps) <= 3
    assert any("[[Nine minutes|Six hours to nine minutes]]" in line for line in gaps)
    assert "“Six hours" not in body


def test_an_empty_bank_is_said_and_nothing_asked_writes_nothing() -> None:
    made = full()
    assert "the bank has none for this yet." in written("stories", made, dossier(made, stories=()))
    assert written("stories", made, dossier(made, match=StoryMatch()) and Dossier()) == ""


# Strengths ------------------------------------------------------------------------------------------------

ABOUT = About(
    path="About me.md",
    strengths=(
        Strength("Drawing", tag="inclusion"),
        Strength("Seeing things through", "Stories/Nine minutes.md", "9 min, was 6 h", "ownership"),
    ),
    weaknesses=(
        Weakness("Handing over", "I keep too much.", "ownership"),
        Weakness("Front ends", "I pair."),
    ),
    answers={"proudest": "The import that I stopped."},
)


def test_strengths_stand_in_the_order_of_what_is_asked() -> None:
    made = full()
    lines = written("strengths", made, dossier(made, about=ABOUT)).splitlines()
    assert lines[2] == (
        "1. **Seeing things through**: [[Nine minutes]] · 9 min, was 6 h · asked for here: Ownership"
    )
    assert lines[3] == "2. **Drawing**"
    assert "- **Which project are you proudest of?** The import that I stopped." in lines
    assert any(line.startswith("Not written yet in [[About me]]: ") for line in lines)


def test_a_weakness_at_the_core_comes_last_and_says_so() -> None:
    made = full()
    body = written("strengths", made, dossier(made, about=ABOUT))
    assert body.index("**Front ends**: I pair.") < body.index(
        "**Handing over** (this is what they ask for most"
    )


def test_without_a_note_about_oneself_it_is_told_where_to_write_it() -> None:
    made = full()
    body = written("strengths", made, dossier(made, about=About()))
    assert "write three or four into [[About me]]" in body
    assert "for what is asked here (ownership" in body
    assert len(body.splitlines()) < 12


# What the user wrote --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "shown", "link"),
    [
        ("Stories/Plan.md", "Plan", "[[Plan]]"),
        ("Stories/Plan.md", "The plan", "[[Plan|The plan]]"),
        ("Stories/Plan.md", "", "[[Plan]]"),
        ("Stories/Plan.md", "A | B", "[[Plan]]"),
        ("Stories/a]]b.md", "The plan", "The plan"),
        ("Stories/a <% b %>.md", "The plan", "The plan"),
        ("", "The plan", "The plan"),
    ],
)
def test_a_wikilink_is_only_made_of_names_that_can_stand_in_one(path: str, shown: str, link: str) -> None:
    assert wikilink(path, shown) == link


def test_words_of_the_user_are_cut_unlinked_and_harmless() -> None:
    assert (
        own_words("see [[Plan|the plan]] and ![[x]] <% run %> ^pv-id") == r"see the plan and x &lt;% run \%\>"
    )
    assert own_words("one two, three four", 2) == "one two …"
    hostile = "<!-- prepvault:end id=brief --> {{x}} ```"
    made = interview(company=hostile, role=hostile, people=(Person(hostile, hostile, link=hostile),))
    company = Company(name=hostile, path="Companies/x.md", say=(hostile,), unknown=(hostile,))
    body = written("brief", made, dossier(made, company=company))
    assert "<!--" not in body
    assert "{{" not in body.replace(r"\{\{", "")
    assert "```" not in body
