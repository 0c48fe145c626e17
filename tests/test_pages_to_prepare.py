"""Pages about stories, companies, applications, letters, guides and findings: what each says, and when."""

from datetime import timedelta

import pytest

from prepvault.model.card import Stage
from prepvault.model.mail import Mail
from prepvault.model.pitch import Pitch, PitchBlock
from prepvault.render.pages_check import pasted
from prepvault.render.pages_mails import overdue
from prepvault.render.pages_prep import stage_rows
from prepvault.render.pages_stories import short_name
from prepvault.render.pieces import letter_pieces, pitch_pieces, ticked_pieces
from tests.conftest import NOW, Maker
from tests.dashboard import DEBRIEF, VAULT, Page
from tests.test_site import built

PROFILE = """=== prepvault.toml
[vault]
timezone = "Europe/Berlin"
[profile]
name = "Robin Doe"
role = "backend engineer at a hospital supplier"
achievements = ["Cut wrong records from 1,100 to none in six months (cv)"]
"""

MADE_AN_OFFER = """=== Interviews/Offer.md
---
id: int_offer
job_id: offer_job
company: Lumen
role: Analyst
interview_type: final_round
scheduled_at: 2026-02-05T10:00:00
status: completed
outcome: offer
deadline: 2026-02-16
---
=== Interviews/Silent.md
---
id: int_silent
job_id: silent_job
company: Quiet & Co
role: Analyst
interview_type: panel
scheduled_at: 2026-02-03T10:00:00
status: completed
reply_by: 2026-02-06
---
"""


def test_the_matrix_says_which_interview_a_story_is_for(make_vault: Maker) -> None:
    page = Page(built(make_vault(VAULT))["stories.html"])
    matrix = page.shown.partition("What the bank covers")[2].partition("The bank")[0]
    assert "Asked by interviews to come, most first" in matrix
    assert "its main point" in matrix
    assert "to tell at Acme: Acme Robotics, Backend Engineer, technical, round 2, Tue 10 Feb 2026" in matrix
    assert "No story yet. prepvault story new --for problem-solving" in matrix


def test_a_story_says_how_strong_it_is_how_long_it_takes_and_where_it_was_told(make_vault: Maker) -> None:
    shown = Page(built(make_vault(VAULT))["stories.html"]).shown
    for said in (
        "3 of 4, good",
        "4 s aloud, 9 words",
        "40 minutes to 5",
        "Told once on Mon 2 Feb 2026",
        "Mend first:",
        "1 active story: 1 draft",
    ):
        assert said in shown, said


def test_a_pitch_stands_there_once_the_settings_give_one(make_vault: Maker) -> None:
    text = built(make_vault(VAULT + PROFILE))["stories.html"]
    shown = Page(text).shown
    assert "I’m Robin Doe, a backend engineer at a hospital supplier." in shown
    assert '<mark class="gap">[what you want next, in one line; about 5 words]</mark>' in text
    assert "2 minutes" in shown
    assert "Still unset in [profile] of prepvault.toml: present" in shown


def test_without_a_profile_the_page_says_which_lines_to_write(make_vault: Maker) -> None:
    shown = Page(built(make_vault('=== prepvault.toml\n[vault]\ntimezone = "UTC"\n'))["stories.html"]).shown
    assert 'role = "backend engineer at a hospital supplier"' in shown
    assert "The story bank is empty" in shown
    assert "I’m " not in shown


def test_strangers_see_no_pitch(make_vault: Maker) -> None:
    shown = Page(built(make_vault(VAULT + PROFILE), incognito=True)["stories.html"]).shown
    assert "Not shown on a page for strangers." in shown
    assert "hospital" not in shown


@pytest.mark.parametrize(
    ("company", "short"),
    [
        ("Acme", "Acme"),
        ("Kestrel Health", "Kestrel"),
        ("3M Health Solutions", "3M Health S…"),
        ("Überfirmagesellschaft", "Überfirmage…"),
        ("", ""),
    ],
)
def test_a_long_company_has_a_short_name_in_the_matrix(company: str, short: str) -> None:
    assert short_name(company) == short


def test_companies_are_listed_by_what_comes_next(make_vault: Maker) -> None:
    shown = Page(built(make_vault(VAULT))["companies/index.html"]).shown
    live, _, rest = shown.partition("Behind you")
    names = ("Acme Robotics", "Oddity", "Überfirma & Söhne <GmbH>", "Lumen")
    assert sorted(names, key=live.index) == list(names)
    assert "Technical, round 2 Tue 10 Feb 2026" in live
    assert "1 held1 to come" in live
    assert "Nope Inc" in rest
    assert "nothing booked" in rest


def test_a_company_shows_who_sat_in_which_round_and_how_each_ended(make_vault: Maker) -> None:
    shown = Page(built(make_vault(VAULT))["companies/acme-robotics.html"]).shown
    assert "Kim Lee Recruiter Phone screen Mon 2 Feb 2026" in shown
    assert "Dana Roe Staff Engineer Technical, round 2 Tue 10 Feb 2026" in shown
    assert "Phone screen Advanced Mon 2 Feb 2026" in shown
    assert "Technical, round 2 Next Tue 10 Feb 2026" in shown


def test_an_application_carries_on_what_earlier_rounds_left(make_vault: Maker) -> None:
    text = built(make_vault(VAULT + DEBRIEF))["loops/acme_backend.html"]
    shown = Page(text).shown
    for said in (
        "Up to you Send the plan, as promised in the phone screen of Mon 2 Feb 2026, by Thu 5 Feb 2026",
        "Up to them An answer, as promised in the phone screen of Mon 2 Feb 2026, by Thu 12 Feb 2026",
        "Doubts to answerdepth in robots",
        "Questions that went badlyWhy leave?",
        "They know these stories The outagetold in the phone screen",
    ):
        assert said in shown, said
    assert shown.index("Up to you") < shown.index("Up to them")
    assert 'data-since="2026-02-04T23:00:00Z"' in text, "the day begins at midnight in Berlin"


def test_an_application_says_who_waits(make_vault: Maker) -> None:
    files = built(make_vault(VAULT + MADE_AN_OFFER))
    offer, silent = Page(files["loops/offer_job.html"]).shown, Page(files["loops/silent_job.html"]).shown
    assert "Up to you Their offer waits for your answer, by Mon 16 Feb 2026" in offer
    assert "Up to them Their answer to the panel of Tue 3 Feb 2026, by Fri 6 Feb 2026" in silent
    assert "Ask from Mon 9 Feb 2026 on." in silent


def test_strangers_see_no_promise_of_an_application(make_vault: Maker) -> None:
    files = built(make_vault(VAULT + DEBRIEF), incognito=True)
    every = " ".join(text for name, text in files.items() if name.startswith("loops/"))
    assert "All rounds" in every
    assert "promised" not in every
    assert "depth in robots" not in every


def test_letters_that_are_due_stand_first_with_their_gaps_marked(make_vault: Maker) -> None:
    text = built(make_vault(VAULT + MADE_AN_OFFER))["emails.html"]
    shown = Page(text).shown
    due, _, ahead = shown.partition("For the next interviews")
    assert "Quiet & Co, Analyst" in due
    assert "Thank-youdue Tue 3 Feb 2026 5 days overdue" in due
    assert "Acme Robotics, Backend Engineer" in ahead
    assert '<mark class="gap">[topic 1]</mark>' in text
    assert 'data-copy="mails-int_silent-thank-you-subject"' in text


def test_a_page_of_letters_stays_small_in_a_long_search(make_vault: Maker) -> None:
    note = (
        "=== Interviews/{n}.md\n---\nid: int_many_{n}\ncompany: Firm {n}\nrole: Cook\n"
        "interview_type: panel\nscheduled_at: 2026-02-1{d}T10:00\n---\n"
    )
    root = make_vault(VAULT + "".join(note.format(n=n, d=n % 8 + 1) for n in range(120)))
    text = built(root)["emails.html"]
    assert text.count('class="sheet-of-paper"') <= 24 + 19, "letters and templates"
    assert len(text) < 200_000
    assert "more interviews with drafts" in Page(text).shown


@pytest.mark.parametrize(
    ("hours", "words"),
    [(1, ""), (0, "due now"), (-23.9, "due now"), (-24, "1 day overdue"), (-49, "2 days overdue")],
)
def test_what_is_late_says_for_how_many_days(hours: float, words: str) -> None:
    assert overdue(NOW + timedelta(hours=hours), NOW) == words


def test_the_gaps_of_a_letter_are_its_missing_fields_alone() -> None:
    mail = Mail("x", "X", "self", "", "", missing=("topic_1", "name"))
    text = "See [topic 1] and [my own]\n[name]"
    pieces = letter_pieces(text, mail)
    assert [piece for piece, is_gap in pieces if is_gap] == ["[topic 1]", "[name]"]
    assert "".join(piece for piece, _ in pieces) == text


def test_the_gaps_of_a_pitch_are_what_it_asks_for() -> None:
    pitch = Pitch(30, (PitchBlock("goal", "Next [what (next)?; about 5 words]", 5, "what (next)?"),))
    assert pitch_pieces(pitch.text, pitch) == (("Next ", False), ("[what (next)?; about 5 words]", True))


def test_what_stands_between_ticks_is_marked() -> None:
    assert ticked_pieces("write `a: b`, not `") == (("write ", False), ("a: b", True), (", not `", False))


def test_a_type_shows_its_stages_on_one_line_of_time() -> None:
    rows = stage_rows((Stage("Hello", "5-15"), Stage("Talk", "30")))
    assert [(row["start"], row["width"]) for row in rows] == [("0.00", "25.00"), ("25.00", "75.00")]
    assert rows[0]["minutes"] == "5–15"


def test_the_guide_says_when_a_type_comes_next(make_vault: Maker) -> None:
    files = built(make_vault(VAULT))
    shown = Page(files["prep/index.html"]).shown
    assert "Acme Robotics Tue 10 Feb 2026" in shown
    assert "No interview of this type is in the vault." in Page(files["prep/debrief.html"]).shown
    technical = Page(files["prep/technical.html"])
    assert "To come Acme Robotics, Backend Engineer" in technical.shown
    anchors = technical.values("id")
    inside = [each[1:] for each in technical.values("href") if each.startswith("#")]
    assert {"stages", "kinds", "checklist", "questions"} <= set(inside) <= set(anchors)


def test_findings_stand_by_note_the_gravest_first(make_vault: Maker) -> None:
    shown = Page(built(make_vault(VAULT))["check.html"]).shown
    assert shown.index("Error A date") < shown.index("Error A word") < shown.index("Remark Properties")
    assert "Interviews/Broken.md 1 error" in shown
    assert "next tuesday 2ish" in shown
    assert "The outageStories/The outage.md" in shown
    assert "run prepvault check --fixCopy" in shown, "the command stands there once, to copy"


def test_a_vault_in_order_says_so(make_vault: Maker) -> None:
    shown = Page(built(make_vault('=== prepvault.toml\n[vault]\ntimezone = "UTC"\n'))["check.html"]).shown
    assert "Every note is in order" in shown
    assert "There is no note yet" in shown


@pytest.mark.parametrize(
    ("hint", "paste"),
    [
        ('prepvault story check "A, b"', 'prepvault story check "A, b"'),
        ("run `prepvault check --fix`", "prepvault check --fix"),
        ("write each on its own line, like `company: Acme`", "company: Acme"),
        ("write `a: b` or run `prepvault undo`", "prepvault undo"),
        ("add a line `---` after the last property", ""),
        ("keep another one ready", ""),
    ],
)
def test_of_a_hint_only_a_command_or_a_line_can_be_pasted(hint: str, paste: str) -> None:
    assert pasted(hint) == paste
