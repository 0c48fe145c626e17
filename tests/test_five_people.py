"""What five people of five trades read: their own words, no more work than fits, nothing asked twice."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from prepvault.model.about import About
from prepvault.model.card import PHASES
from prepvault.model.dossier import Dossier
from prepvault.model.interview import Interview, InterviewType, Person, Venue
from prepvault.model.posting import PostingText
from prepvault.parse.posting import posting_inside
from prepvault.render.section import render_section
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.demand import demands_of
from prepvault.rules.posting import decode_posting
from prepvault.rules.role_words import role_leanings
from tests.coaching_maker import CALL, STARTS, booked, dossier, interview, library, settings
from tests.conftest import Ran

ROLES = (
    "Night Nurse",
    "Head Chef",
    "Primary School Teacher",
    "Warehouse Operations Manager",
    "Head of Fundraising",
)
MOST = {InterviewType.PHONE_SCREEN: 150, InterviewType.DEBRIEF: 150}
WARD = """We look for a night nurse. Symptom control is what we do, and symptom control is what you bring.
## Requirements
- Registered nurse
"""


def shown(name: str, made: Interview, known: Dossier | None = None) -> str:
    return render_section(name, pick_coaching(library(), made, settings(), known), made, level=2)


def items(made: Interview, known: Dossier | None = None) -> dict[str, str]:
    return {each.id: each.text for each in pick_coaching(library(), made, settings(), known).items}


def bare(role: str, kind: InterviewType = InterviewType.BEHAVIORAL) -> Interview:
    return interview(kind, role=role)


# Time


@pytest.mark.parametrize("minutes", [30, 74, 75])
def test_no_moment_before_the_booking_is_named(minutes: int) -> None:
    made = booked(timedelta(minutes=minutes), kind=InterviewType.BEHAVIORAL)
    coaching = pick_coaching(library(), made, settings())
    assert "last_input" not in coaching.slots
    assert "nothing new in the last hour" in items(made)["stop"]


def test_a_booking_after_the_start_names_no_moment_either() -> None:
    made = interview(created_at=STARTS + timedelta(minutes=5))
    assert "last_input" not in pick_coaching(library(), made, settings()).slots


@pytest.mark.parametrize("hours", [None, 1, 20, 50, 71])
@pytest.mark.parametrize("kind", InterviewType)
def test_the_musts_of_a_phase_can_be_done(kind: InterviewType, hours: int | None) -> None:
    for form in ("", *(each.id for each in library().guides[kind].formats)):
        made = booked(timedelta(hours=hours), kind=kind) if hours else interview(kind)
        made = interview(kind, created_at=made.created_at, format=form)
        for known in (None, dossier(made)):
            picked = pick_coaching(library(), made, settings(), known).items
            for phase in PHASES:
                musts = [each for each in picked if each.phase == phase and each.priority == "must"]
                work = {each.id: each.minutes for each in musts}
                assert sum(work.values()) <= MOST.get(kind, 240), (form, phase, work)


@pytest.mark.parametrize(
    "made",
    [
        interview(InterviewType.PHONE_SCREEN),
        booked(timedelta(hours=60), kind=InterviewType.PANEL),
    ],
)
def test_research_is_quick_before_a_call_and_after_a_late_booking(made: Interview) -> None:
    research = next(
        each for each in pick_coaching(library(), made, settings()).items if each.id == "research"
    )
    assert research.minutes == 10
    assert research.done_when.startswith("parts 1, 4 and 8")


# Asking


@pytest.mark.parametrize("kind", InterviewType)
def test_the_same_person_is_asked_once_for_kind_and_rules(kind: InterviewType) -> None:
    asked = items(interview(kind))
    if "ask-format" in asked:
        assert not {"subformat", "ai-policy"} & asked.keys()
        assert "AI tools" in asked["ask-format"]
        assert "which kind" in asked["ask-format"]


def test_with_a_known_kind_the_rules_are_still_asked() -> None:
    asked = items(interview(format="coding"))
    assert "ai-policy" in asked
    assert "ask-format" not in asked


def test_titles_of_named_people_are_asked_for_by_name() -> None:
    made = interview(InterviewType.ON_SITE, people=(Person("Jo Hart"), Person("Ben Ito"), Person("Cy Low")))
    brief = shown("brief", made)
    assert "What is the job title of Jo Hart, Ben Ito and Cy Low?" in brief
    assert "Who will be there" not in brief


def test_a_call_is_told_as_a_call() -> None:
    for venue in (CALL, Venue("", "")):
        made = interview(InterviewType.PHONE_SCREEN, venue=venue)
        assert "be by the phone at" in shown("brief", made)
        assert not re.search(r"webcam|log in", shown("brief", made) + shown("checklist", made), re.I)


def test_earlier_rounds_that_the_vault_does_not_hold_are_remembered_not_reread() -> None:
    texts = items(bare("Head of Fundraising", InterviewType.FINAL_ROUND))
    assert texts["open-doubts"].startswith("Write down what you remember of the earlier rounds with Acme")
    assert not re.search(r"Reread|what you said in earlier", " ".join(texts.values()))
    made = bare("Head of Fundraising", InterviewType.FINAL_ROUND)
    assert "the phone screen on" in items(made, dossier(made))["open-doubts"]


# Questions


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", [kind for kind in InterviewType if kind is not InterviewType.DEBRIEF])
def test_half_of_the_questions_name_the_role_or_the_company(role: str, kind: InterviewType) -> None:
    made = bare(role, kind)
    questions = pick_coaching(library(), made, settings()).questions
    assert sum(role in each.text or "Acme" in each.text for each in questions) * 2 >= len(questions)
    posting = decode_posting(PostingText("x.md", WARD), library().competencies)
    known = Dossier(posting=posting, demands=demands_of(made, library(), posting=posting))
    asked = pick_coaching(library(), made, settings(), known).questions
    assert sum(role in each.text or "“symptom control”" in each.text for each in asked) * 2 >= len(asked)


def test_trades_do_not_all_open_with_the_same_questions() -> None:
    orders = {
        role: tuple(each.id for each in pick_coaching(library(), bare(role), settings()).questions)
        for role in ROLES
    }
    assert len(set(orders.values())) == len(ROLES)
    assert len({order[0] for order in orders.values()}) >= 3


def test_a_level_changes_the_order() -> None:
    def order(role: str) -> tuple[str, ...]:
        return tuple(each.id for each in pick_coaching(library(), bare(role), settings()).questions)

    assert order("Head Teacher") != order("Trainee Teacher")


def test_a_trade_without_words_leans_nowhere() -> None:
    assert role_leanings("Astronaut") == {}
    assert next(iter(role_leanings("Night Nurse"))) == "integrity"


def test_posting_words_stand_in_quotes_in_every_question() -> None:
    families = [question for card in library().families.values() for question in card.questions]
    audiences = [question for card in library().audiences.values() for question in card.questions]
    told = [text for question in (*families, *audiences) for text in question.told]
    assert [
        text for text in told if re.search(r"(?<!“)\{\{keyword_\d\}\}|\{\{keyword_\d\}\}(?!”)", text)
    ] == []


SOFTWARE = re.compile(
    r"Friday afternoon|tooling|inventions|side projects?\b|people operations|engineer\b|\bbonus worked", re.I
)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", [kind for kind in InterviewType if kind is not InterviewType.TECHNICAL])
def test_no_trade_reads_the_words_of_another(role: str, kind: InterviewType) -> None:
    made = interview(kind, role=role, people=(Person("Kim Low", "HR Manager"), Person("Jo Poe", role)))
    names = ("brief", "checklist", "questions", "ask", "tips", "strengths")
    assert SOFTWARE.findall("\n".join(shown(name, made) for name in names)) == []


# Strengths


def test_strengths_without_a_note_say_what_to_write_and_where() -> None:
    made = bare("Night Nurse")
    known = Dossier(about=About(), demands=demands_of(made, library()))
    lines = [line for line in shown("strengths", made, known).splitlines() if line]
    assert lines[1].startswith("- **Strengths:** write three or four into [[About me]]")
    assert "handling conflict" in lines[1]
    assert "--type behavioral --section strengths`" in lines[3]
    assert "→" not in "".join(lines)
    assert "Pick 3-4" in library().texts["strengths"].fields["strengths"]


# Postings in the note


@pytest.mark.parametrize("title", ["Posting", "Job posting", "Job description", "Stellenanzeige", "posting:"])
def test_a_posting_in_the_note_ends_where_the_note_goes_on(title: str) -> None:
    text = f"My doubts\n\n## {title}\n\n{WARD}\n### Extras\nParking\n\n## Worries\nPay is low\n"
    read = posting_inside(f"---\ncompany: Acme\n---\n{text}".encode(), "Interviews/a.md")
    assert read.startswith("We look for a night nurse")
    assert "Registered nurse" in read
    assert "Parking" in read
    assert "doubts" not in read
    assert "Pay" not in read


def test_a_note_without_such_a_heading_holds_no_posting() -> None:
    assert posting_inside(b"---\na: b\n---\n## Notes\nA posting\n", "a.md") == ""


NURSE = """---
company: Hospice
role: Night Nurse
interview_type: behavioral
scheduled_at: 2026-02-10T14:00:00
timezone: UTC
{}---

## Job posting

"""


def test_the_posting_of_the_note_is_read_where_none_is_linked(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    notes = {
        "Interviews/a.md": NURSE.format("") + WARD,
        "Interviews/b.md": NURSE.format('job_description: "[[Other]]"\n') + WARD,
        "Jobs/Other.md": "# Other\n\nKnows wound care, and wound care again.\n",
    }
    for name, text in notes.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "prepvault.toml").write_text("", encoding="utf-8")
    assert run("coach", vault=tmp_path).code == 0
    a, b = ((tmp_path / "Interviews" / name).read_text(encoding="utf-8") for name in ("a.md", "b.md"))
    assert "**What they ask for most, by the posting**" in a
    assert "symptom control (twice)" in a
    assert "Where is the posting?" not in a
    assert "[[Other]]**" in b
    assert "symptom control (twice)" not in b
