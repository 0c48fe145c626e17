"""Drafts: the right ones at the right time, fields merged, the missing named, files that cannot be abused."""

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import SMTP
from urllib.parse import parse_qs, urlsplit

import pytest

from prepvault.errors import UsageError
from prepvault.jobs.mails import drafts_of, write_mail
from prepvault.model.card import Library, Text
from prepvault.model.interview import Interview, Outcome, Person, Status, Venue
from prepvault.model.mail import Mail
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState
from prepvault.model.settings import Settings
from prepvault.model.site import Progress
from prepvault.render.eml import render_eml
from prepvault.render.links import command, mailto, safe_link
from prepvault.rules.mails import fields_of, fill_mail, fitting_kinds
from tests.conftest import NOW
from tests.dashboard import decided, interview

ALL = ("reminder", "thank_you", "follow_up", "status_update")


@pytest.mark.parametrize(
    ("subject", "kinds"),
    [
        (interview(hours=5), ("reminder", "status_update")),
        (interview(hours=-5), ("thank_you", "follow_up", "status_update")),
        (interview(hours=-5, status=Status.COMPLETED), ("thank_you", "follow_up", "status_update")),
        (interview(hours=5, status=Status.CANCELLED), ()),
        (decided("a", Outcome.ADVANCED, -30), ("thank_you", "status_update")),
        (decided("a", Outcome.REJECTED, -30), ("thank_you",)),
        (decided("a", Outcome.WITHDRAWN, -30), ()),
        (decided("a", Outcome.NO_RESPONSE, -24 * 20), ("follow_up", "status_update")),
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
    assert fitting_kinds(done, NOW, (sent,), is_latest=False) == ("follow_up",)


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
        "To",
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
