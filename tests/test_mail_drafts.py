"""Drafts: the right ones at the right time, fields merged, the missing named, files that cannot be abused."""

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import SMTP
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from prepvault.errors import UsageError
from prepvault.jobs.mails import drafts_of, write_mail
from prepvault.model.card import Library, Norms, Text
from prepvault.model.debrief import Debrief, Promise
from prepvault.model.interview import Interview, Outcome, Person, Status, Venue
from prepvault.model.mail import Mail
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.settings import Settings
from prepvault.model.site import Progress
from prepvault.render.eml import render_eml
from prepvault.render.links import command, mailto, safe_link
from prepvault.rules.mail_conditions import with_arrival
from prepvault.rules.mail_fields import fields_of
from prepvault.rules.mail_fit import fitting_kinds
from prepvault.rules.mails import fill_mail, numbered
from tests.conftest import NOW
from tests.dashboard import decided, interview

KIM = Person("Kim Doe", email="kim@example.com")
WAITING = ("thank_you", "status_update")


@pytest.mark.parametrize(
    ("subject", "kinds"),
    [
        (interview(hours=5), ("reminder", "confirm", "status_update")),
        (interview(hours=5, status=Status.CONFIRMED), ("reminder", "status_update")),
        (interview(hours=50), ("reminder", "confirm", "format_ask", "status_update")),
        (interview(hours=50, format="coding"), ("reminder", "confirm", "status_update")),
        (
            interview(hours=50, format="coding", adjustments=("captions",)),
            ("reminder", "confirm", "adjustment", "status_update"),
        ),
        (interview(hours=0.5), ("reminder", "late_noshow_self", "status_update")),
        (interview(hours=-0.5), ("late_noshow_self", "no_show_them", "status_update")),
        (interview(hours=-5), WAITING),
        (interview(hours=-5, status=Status.COMPLETED), WAITING),
        (interview(hours=-30, status=Status.COMPLETED), ("thank_you", "ask_timeline", *WAITING[1:])),
        (interview(hours=-30, status=Status.COMPLETED, reply_by=date(2026, 2, 20)), WAITING),
        (interview(hours=-5, referrer=KIM), ("thank_you", "referral_thanks", *WAITING[1:])),
        (interview(hours=5, status=Status.CANCELLED), ()),
        (decided("a", Outcome.ADVANCED, -30), ("thank_you", "status_update")),
        (decided("a", Outcome.REJECTED, -30), ("rejection_reply",)),
        (decided("a", Outcome.WITHDRAWN, -30), ()),
        (decided("a", Outcome.NO_SHOW, -30), ("no_show_them",)),
        (decided("a", Outcome.NO_RESPONSE, -24 * 20), ("follow_up", "status_update")),
        (
            decided("a", Outcome.OFFER, -24 * 20, deadline=date(2026, 2, 12)),
            ("status_update", "negotiate", "extension", "accept", "decline_offer"),
        ),
        (
            decided("a", Outcome.OFFER, -24 * 20, deadline=date(2026, 2, 2)),
            ("status_update", "negotiate", "accept", "decline_offer"),
        ),
        (interview(hours=-24 * 90, status=Status.COMPLETED), ()),
    ],
)
def test_each_interview_gets_the_mails_that_fit(subject: Interview, kinds: tuple[str, ...]) -> None:
    assert fitting_kinds(subject, NOW) == kinds


def test_what_was_sent_and_what_is_no_news_is_left_out() -> None:
    done = interview(hours=-30, status=Status.COMPLETED)
    sent = Reminder(
        NOW, done.id, ReminderKind.THANK_YOU, "thanks", "k", timedelta(0), NOW, ReminderState.SENT
    )
    assert fitting_kinds(done, NOW, (sent,), is_latest=False) == ("ask_timeline",)


def test_an_offer_elsewhere_is_a_reason_to_press_for_time() -> None:
    offer = decided("b", Outcome.OFFER, -50, company="Globex")
    held = interview(hours=-24 * 20, status=Status.COMPLETED)
    assert "update_recruiter" in fitting_kinds(held, NOW, others=(held, offer))
    assert "update_recruiter" not in fitting_kinds(held, NOW, others=(held,))
    assert "update_recruiter" not in fitting_kinds(offer, NOW, others=(held, offer))


@pytest.mark.parametrize(
    ("more", "kind", "fits"),
    [
        ({"mails_sent": ("confirm sam@x.com 2026-02-08T10:00:00Z",)}, "confirm", False),
        (
            {"mails_sent": ("confirm s@x.com 2026-02-08T10:00:00Z",), "rescheduled_from": ("2026-02-10",)},
            "confirm",
            True,
        ),
        ({"mails_sent": ("format_ask s@x.com 2026-02-08T10:00:00Z uncertain",)}, "format_ask", False),
        ({"mails_sent": ("reminder me@x.com 2026-02-08T10:00:00Z",)}, "reminder", True),
        ({"mails_sent": ("confirm",)}, "confirm", True),
    ],
)
def test_what_the_note_tells_to_be_sent_is_done(more: dict[str, Any], kind: str, fits: bool) -> None:
    assert (kind in fitting_kinds(interview(hours=50, **more), NOW)) is fits


def test_thanks_are_done_when_everyone_has_theirs() -> None:
    people = (Person("Dana Roe", email="dana@x.com"), Person("Sam Poe", email="sam@x.com"))
    half = interview(hours=-5, people=people, mails_sent=("thank_you DANA@x.com 2026-02-09T08:00:00Z",))
    assert "thank_you" in fitting_kinds(half, NOW)
    whole = replace(half, mails_sent=(*half.mails_sent, "thank_you sam@x.com 2026-02-09T08:01:00Z"))
    assert "thank_you" not in fitting_kinds(whole, NOW)


def test_no_page_shows_which_arrangements_were_asked_for() -> None:
    templates = {"adjustment": Text("adjustment", "A", "{{adjustment_1}}", {"to": "recruiter"})}
    drafts = drafts_of(
        Library(mails=templates),
        interview(hours=50, adjustments=("captions",)),
        Settings(),
        NOW,
        reminders=(),
        progress=Progress(),
        is_latest=True,
    )
    assert drafts == ()


def test_thanks_are_not_offered_where_they_are_not_the_custom() -> None:
    norms = {"formal-hierarchical": NORMS}
    values = dict(Settings().values) | {"profile.norms": "formal-hierarchical"}
    library = Library(mails={"thank_you": Text("thank_you", "T", "x")}, norms=norms)
    done = interview(hours=-5)
    how: dict[str, Any] = {"reminders": (), "progress": Progress(), "is_latest": True}
    assert drafts_of(library, done, Settings(values=values), NOW, **how) == ()
    assert len(drafts_of(library, done, Settings(), NOW, **how)) == 1


def test_fields_are_merged_and_what_is_missing_stands_in_brackets() -> None:
    template = Text(
        "thank_you",
        "Thanks",
        "Dear {{interviewer_first}},\n{{ topic_1 }}\n{{company}} {{topic_1}}",
        {"to": "interviewer", "subject": "Hi {{company}}\n{{role}}"},
    )
    mail = fill_mail(template, fields_of(interview(people=(Person("Dana Roe"),)), Settings()))
    assert mail.subject == "Hi Acme Engineer"
    assert mail.body == "Dear Dana,\n[topic 1]\nAcme [topic 1]\n"
    assert mail.missing == ("topic_1",)
    assert not mail.is_ready


NORMS = Norms(
    id="formal-hierarchical",
    title="Formal",
    greeting="Dear {{name}},",
    greeting_nobody="Good day,",
    thank_you="not customary",
)


@pytest.mark.parametrize(
    ("line", "people", "norms", "greeting"),
    [
        ("Dear {{interviewer_first}},", (Person("Dana Roe"),), None, "Dear Dana,"),
        ("Dear {{interviewer_first}},", (), None, "Hello Acme team,"),
        ("Dear {{referrer_first}},", (), None, "Hello,"),
        ("Dear {{interviewer_first}},", (Person("Dana Roe"),), NORMS, "Dear Dana Roe,"),
        ("Dear {{interviewer_first}},", (), NORMS, "Good day,"),
        ("Dear {{interviewer_first}},", (Person("S. Chen"),), None, "Dear S. Chen,"),
        ("Dear {{interviewer_first}},", (Person("Dr. Ada Noll"),), None, "Dear Dr. Ada Noll,"),
        ("Dear {{interviewer_first}},", (Person("Prof Ada Noll"),), None, "Dear Prof Ada Noll,"),
        ("Hi {{my_name}},", (), None, "Hi,"),
        ("Dear {{interviewer_first}},", (Person("{{my_name}}"),), None, "Dear { {my_name}},"),
    ],
)
def test_a_greeting_uses_the_name_or_guesses_nothing(
    line: str, people: tuple[Person, ...], norms: Norms | None, greeting: str
) -> None:
    template = Text("x", "X", f"{line}\n\nText.", {"subject": "s"})
    mail = fill_mail(template, fields_of(interview(people=people), Settings()), norms=norms)
    assert mail.body.split("\n")[0] == greeting
    assert mail.is_ready


def test_the_recruiter_is_the_one_named_or_the_interviewer_who_is_one() -> None:
    lee, sam = Person("Lee Park", "Recruiter"), Person("Sam Poe", email="sam@x.com")
    assert fields_of(interview(people=(lee,)), Settings())["recruiter_first"] == "Lee"
    assert fields_of(interview(people=(lee,), recruiter=sam), Settings())["recruiter_first"] == "Sam"
    assert fields_of(interview(people=(Person("Dana", "Engineer"),)), Settings())["recruiter_first"] == ""


def test_a_sentence_with_an_unknown_optional_field_goes_and_takes_its_heading_along() -> None:
    body = "One. It is {{news?}}. Two.\n\nNext:\n- {{slot_1?}}\n- {{slot_2?}}\n\n{{topic_1?}}\n\nEnd"
    template = Text("x", "X", body, {"subject": "s"})
    assert fill_mail(template, {}).body == "One. Two.\n\nEnd\n"
    known = {"news": "good. Yes", "slot_2": "now"}
    assert fill_mail(template, known).body == "One. It is good. Yes. Two.\n\nNext:\n- now\n\nEnd\n"
    blank = fill_mail(template, {}, is_blank=True)
    assert blank.missing == ("news", "slot_1", "slot_2", "topic_1")
    assert "- [slot 1]" in blank.body


def test_points_fill_the_first_numbered_fields() -> None:
    template = Text("x", "X", "{{promise_1?}} {{slot_1}} {{slot_2?}} {{topic_1?}}")
    assert numbered(template, ("a", "b")) == {"promise_1": "a", "promise_2": "b"}
    assert numbered(Text("x", "X", "nothing"), ("a",)) == {"topic_1": "a"}


def test_of_a_debrief_only_promises_get_into_a_mail() -> None:
    debrief = Debrief(
        promises=(
            Promise("me", "send the write-up."),
            Promise("me", "kept one", is_kept=True),
            Promise("them", "an answer", date(2026, 2, 13)),
        ),
        doubts=("they doubt my SQL",),
        pay=("80k",),
        learned=("Dana was bored",),
    )
    fields = fields_of(interview(), Settings(), debrief=debrief)
    assert (fields["promise_1"], fields["next_step_date"]) == ("send the write-up", "Friday, 13 February")
    assert "promise_2" not in fields
    assert not any(word in " ".join(fields.values()) for word in ("SQL", "80k", "bored", "kept one"))


def test_nothing_is_told_that_ages_without_a_now() -> None:
    subject = interview(hours=29)
    assert fields_of(subject, Settings())["time_left"] == ""
    assert fields_of(subject, Settings(), now=NOW)["time_left"] == "1 day 5 hours"
    assert fields_of(interview(hours=0.5), Settings(), now=NOW)["time_left"] == "30 minutes"


def test_who_says_when_they_come_is_late_and_else_has_missed_it() -> None:
    late = with_arrival({**fields_of(interview(hours=-0.5), Settings(), now=NOW), "eta": "14:10"})
    assert (late["lateness"], late["missed_call"]) == ("Running late for our interview", "")
    missed = with_arrival(fields_of(interview(hours=-0.5), Settings(), now=NOW))
    assert (missed["lateness"], missed["missed_call"]) == (
        "I missed our interview",
        "our technical interview",
    )
    early = with_arrival(fields_of(interview(hours=5), Settings(), now=NOW))
    assert (early["late"], early["missed"]) == ("yes", "")
    offered = with_arrival({**fields_of(interview(hours=5), Settings(), now=NOW), "slot_1": "Friday"})
    assert (offered["late"], offered["missed"]) == ("", "yes")


def test_values_are_never_read_as_templates() -> None:
    tricky = interview(company="{{my_name}}")
    mail = fill_mail(Text("x", "X", "{{company}}", {"subject": "s"}), fields_of(tricky, Settings()))
    assert mail.body == "{{my_name}}\n"


def test_dates_name_weekday_and_zone() -> None:
    fields = fields_of(interview(zone="America/New_York", reply_by=date(2026, 2, 17)), Settings())
    assert fields["date_local"] == "Tuesday, 10 February 2026"
    assert (fields["time_local"], fields["tz"]) == ("04:00", "America/New_York")
    assert fields["next_step_date"] == "Tuesday, 17 February"


@pytest.mark.parametrize(
    ("subject", "word"),
    [
        (interview(), "INTERVIEW SCHEDULED"),
        (decided("a", Outcome.OFFER), "OFFER"),
        (decided("a", Outcome.ADVANCED), "NEXT ROUND"),
        (decided("a", Outcome.PENDING), "PENDING"),
    ],
)
def test_the_status_update_speaks_the_originals_words(subject: Interview, word: str) -> None:
    assert fields_of(subject, Settings())["status_word"] == word


def test_thanks_go_to_each_person_apart_and_mail_to_oneself_has_the_address() -> None:
    values = dict(Settings().values) | {"profile.email": "me@example.com"}
    mails = {
        "thank_you": Text("thank_you", "Thanks", "Dear {{interviewer_first}}", {"to": "interviewer"}),
        "status_update": Text("status_update", "Update", "x", {"to": "self"}),
    }
    done = interview(hours=-5, people=(Person("Dana Roe"), Person("Sam Poe")))
    drafts = drafts_of(
        Library(mails=mails),
        done,
        Settings(values=values),
        NOW,
        reminders=(),
        progress=Progress(),
        is_latest=True,
    )
    assert [(draft.key, draft.mail.body.strip(), draft.mail.to) for draft in drafts] == [
        ("thank-you-1", "Dear Dana", ""),
        ("thank-you-2", "Dear Sam", ""),
        ("status-update", "x", "me@example.com"),
    ]


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UsageError) as unknown:
        write_mail(Library(mails={"reminder": Text("reminder", "R", "")}), "brag", interview(), Settings())
    assert "reminder" in unknown.value.hint


HOSTILE = "Hi\r\nBcc: all@example.com\x0b\x85\u2028X-Evil: 1"


def test_a_draft_file_has_one_subject_line_and_no_extra_headers() -> None:
    mail = Mail(
        "thank_you", "T", "interviewer", HOSTILE, "Zoë said “hi”\nend\n", to="a@example.com\nBcc: b@c"
    )
    data = render_eml(mail)
    message = message_from_bytes(data, policy=SMTP)
    assert set(message.keys()) == {
        "X-Unsent",
        "Subject",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }
    assert message.get_body().get_content().replace("\r\n", "\n") == mail.body  # type: ignore[union-attr]
    assert all(byte < 128 for byte in data)
    assert data == render_eml(mail)


def test_a_mailto_link_carries_everything_encoded_or_leaves_the_body_out() -> None:
    mail = Mail("reminder", "R", "self", "A & B?", "one\ntwo & three", to="me@example.com")
    parts = urlsplit(mailto(mail))
    assert parts.path == "me@example.com"
    assert parse_qs(parts.query) == {"subject": ["A & B?"], "body": ["one\r\ntwo & three"]}
    long = Mail("reminder", "R", "self", "S", "x" * 3000)
    assert "body" not in mailto(long)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:x",
        "data:text/html,x",
        "//evil",
        "vbscript:x",
        "http://[",
        "file:///etc",
    ],
)
def test_only_plain_schemes_become_links(link: str) -> None:
    assert safe_link(link) == ""


def test_good_links_stay() -> None:
    assert safe_link("https://meet.example.com/a?b=c") == "https://meet.example.com/a?b=c"
    assert safe_link("tel:+49301") == "tel:+49301"


def test_a_command_to_paste_cannot_run_anything_else() -> None:
    evil = interview("$(rm -rf ~); `x` 'y'", venue=Venue())
    assert command(evil, "status", "@") == """prepvault status '$(rm -rf ~); `x` '"'"'y'"'"'' @"""
    assert command(interview("a", has_id=False), "status") == "prepvault status Interviews/a.md"
