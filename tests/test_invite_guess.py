"""What titles tell: company, role and type where words say so, nothing where they could mean two things."""

import pytest

from prepvault.rules.invite_clues import Clues
from prepvault.rules.invite_guess import guess
from tests.invite_maker import WORDS, calendar, event, read_one

CLUES = Clues(WORDS, own_name="Sam Field")
SELF = frozenset({"sam@gmail.com"})

TITLES = [
    ("Interview with Acme", "", "", ""),
    ("Phone Screen with Dana Roe", "", "", "phone_screen"),
    ("Interview: Senior Backend Engineer", "", "Senior Backend Engineer", ""),
    ("Sam Field <> Acme: Intro call", "Acme", "", "phone_screen"),
    ("Acme x Sam Field | Technical Interview", "Acme", "", "technical"),
    ("Acme / Sam Field - Recruiter Screen", "Acme", "", "phone_screen"),
    ("Sam Field and Jo Marsh", "", "", ""),
    ("Candidate Interview: Sam Field - Software Engineer II", "", "Software Engineer II", ""),
    ("Hiring Manager Interview with Jo Marsh (VP Engineering)", "", "", "video_interview"),
    ("Hiring Manager Interview with Jo Marsh, VP Engineering", "", "", "video_interview"),
    ("Interview for the position of Product Designer", "", "Product Designer", ""),
    (
        "Vorstellungsgespräch Softwareentwickler (m/w/d) bei Muster GmbH",
        "Muster GmbH",
        "Softwareentwickler",
        "",
    ),
    (
        "Entretien technique - Développeur Python chez Exemple SA",
        "Exemple SA",
        "Développeur Python",
        "technical",
    ),
    ("Invitation: Interview with Acme Robotics @ Tue Mar 10, 2026", "", "", ""),
    ("Zoom Interview - Customer Success Manager", "", "Customer Success Manager", "video_interview"),
    (
        "Acme - Final Round Panel - Staff Site Reliability Engineer (Remote)",
        "",
        "Staff Site Reliability Engineer",
        "final_round",
    ),
    ("Talk about Engineering Manager role", "", "Engineering Manager", ""),
    ("Interview with John at Acme", "Acme", "", ""),
    ("Head of Product for Europe - Onsite", "", "Head of Product for Europe", "on_site"),
    ("HackerRank CodePair Interview", "", "", ""),
]


@pytest.mark.parametrize(("title", "company", "role", "kind"), TITLES, ids=[row[0] for row in TITLES])
def test_a_title_tells_what_it_says_and_no_more(title: str, company: str, role: str, kind: str) -> None:
    lines = event(SUMMARY=title.replace(",", "\\,"), ORGANIZER="mailto:jo.marsh@gmail.com")
    invite = read_one(calendar([*lines, "ATTENDEE;CN=Sam Field:mailto:sam@gmail.com"]))
    found = guess(invite, CLUES, "", SELF)
    assert (found.company, found.role, found.type or "") == (company, role, kind)
    assert len(found.remarks) == sum(map(bool, (company, role, kind)))


def test_a_name_of_the_title_counts_where_an_address_agrees() -> None:
    for title in (
        "Interview with Acme Robotics",
        "Coding - Acme Robotics",
        "Acme Robotics / Engineer / Panel",
    ):
        invite = read_one(calendar(event(SUMMARY=title, ORGANIZER="mailto:jo@acme-robotics.co.uk")))
        found = guess(invite, CLUES, "", frozenset())
        assert found.company == "Acme Robotics"
        assert "from the title" in found.remarks[0]
    invite = read_one(calendar(event(SUMMARY="Interview", ORGANIZER="mailto:jo@mail.acme-robotics.co.uk")))
    assert "is only read from the address" in guess(invite, CLUES, "", frozenset()).remarks[0]


def test_the_place_tells_the_type_where_no_word_does() -> None:
    invite = read_one(calendar(event(SUMMARY="Interview: Engineer")))
    kinds = [guess(invite, CLUES, kind, frozenset()).type for kind in ("video", "phone", "in_person", "")]
    assert kinds == ["video_interview", "phone_screen", "on_site", None]
