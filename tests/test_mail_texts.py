"""The nineteen mails that ship, read as their recipients would: with everything known, and with nothing."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from prepvault.jobs.mails import write_mail
from prepvault.model.card import Text
from prepvault.model.interview import Interview, InterviewType, Outcome, Person, Status, Venue
from prepvault.model.mail import Mail
from prepvault.model.settings import Settings
from prepvault.rules.mail_conditions import with_arrival
from prepvault.rules.mail_early import find_too_early
from prepvault.rules.mail_fields import MEANINGS, fields_of, meaning_of
from prepvault.rules.mail_fit import fitting_kinds
from prepvault.rules.mail_lint import letter_of, lint_mail
from prepvault.rules.mails import FIELD, KINDS, ORIGINALS, fields_in, fill_mail
from prepvault.rules.prose import placeholders, sentences, word_count
from tests.coaching_maker import library
from tests.conftest import NOW
from tests.dashboard import interview

RECIPIENTS = {
    "reminder": "self",
    "status_update": "self",
    "thank_you": "interviewer",
    "late_noshow_self": "interviewer",
    "no_show_them": "interviewer",
    "referral_thanks": "referrer",
}
DANA = Person("Dana Roe", "Staff Engineer", email="dana@example.com")
SAM = Person("Sam Lee", "Recruiter", email="sam@example.com")
KIM = Person("Kim Doe", email="kim@example.com")
SAID = {
    "topic_1": "how you rehearse a cutover",
    "topic_2": "keeping the ledger readable while it moves",
    "promise_1": "the write-up of our migration",
    "adjustment_1": "the questions in writing on the screen",
    "adjustment_2": "a break of ten minutes after the first hour",
    "slot_1": "Wednesday, 11 February, 14:00",
    "slot_2": "Thursday, 12 February, 9:30",
    "slot_3": "Friday, 13 February, 16:00",
    "offer_point_1": "the base pay: 84,000 would match the range that the posting names",
    "offer_point_2": "the level, because I would lead the migration from the first month",
    "offer_point_3": "the start on Wednesday, 1 April, so that I can hand over well",
    "extra_1": "two days a week from home",
    "extra_2": "30 days of leave",
    "other_deadline": "Friday, 20 February",
    "new_date": "Wednesday, 18 February",
    "start_date": "Wednesday, 1 April",
    "pay": "78,000 euros a year and the yearly bonus",
    "reason_short": "a family matter",
    "news": "I finished the certificate that we talked about",
    "owed": "- the write-up of our migration",
    "next_items": "- Say the payment story aloud\n- Open the meeting link\n- Write down three questions",
}


def known(kind: str) -> dict[str, str]:
    """Everything that could be known about one interview."""
    over = kind not in {"reminder", "confirm", "format_ask", "adjustment", "reschedule"}
    subject = interview(
        hours=-0.5 if over else 29,
        company="Northwind Ledger",
        role="Senior Backend Engineer",
        zone="Europe/Berlin",
        people=(DANA,),
        recruiter=SAM,
        referrer=KIM,
        venue=Venue("https://meet.example.com/abc", "video", "", "https://meet.example.com/abc"),
        reply_by=date(2026, 2, 17),
        deadline=date(2026, 2, 16),
        outcome=Outcome.ADVANCED if kind == "referral_thanks" else None,
    )
    values = {**Settings().values, "profile.name": "Robin Doe", "profile.phone": "+49 30 901820"}
    return {**fields_of(subject, Settings(values=values), now=NOW), **SAID}


def full(kind: str, **more: str) -> Mail:
    return fill_mail(template(kind), with_arrival({**known(kind), **more}))


def empty(kind: str) -> Mail:
    """A mail of a note that says only what it must."""
    return fill_mail(template(kind), with_arrival(fields_of(interview(hours=29), Settings())))


def template(kind: str) -> Text:
    return library().mails[kind]


def test_every_kind_ships_and_nothing_else() -> None:
    assert set(library().mails) == set(KINDS)
    assert len(KINDS) == 19
    assert set(ORIGINALS) < set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_says_whom_when_and_how_long(kind: str) -> None:
    fields = template(kind).fields
    assert fields["to"] == RECIPIENTS.get(kind, "recruiter")
    assert fields["when"]
    assert re.fullmatch(r"\d+-\d+", fields["words"])
    assert [name for name in fields_in(template(kind)) if not meaning_of(name)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_with_everything_known_a_mail_is_ready_and_clean(kind: str) -> None:
    mail = full(kind)
    assert mail.is_ready
    text = f"{mail.subject}\n{mail.body}"
    assert placeholders(text) == ()
    assert not FIELD.search(text)
    companies = ("Northwind Ledger", "Acme", "Globex")
    findings = lint_mail(
        mail,
        "a.md",
        company="Northwind Ledger",
        companies=companies,
        fillers=library().words["mail_fillers"],
        budget=template(kind).fields["words"],
    )
    assert [(each.code, each.message) for each in findings] == []


@pytest.mark.parametrize("kind", KINDS)
def test_with_nothing_known_only_what_is_needed_is_missing_and_named(kind: str) -> None:
    mail = empty(kind)
    text = f"{mail.subject}\n{mail.body}"
    asked = {
        name
        for name, mark in FIELD.findall(f"{template(kind).fields['subject']}\n{template(kind).body}")
        if not mark
    }
    assert set(mail.missing) <= asked
    assert sorted(placeholders(text)) == sorted(
        f"[{name.replace('_', ' ')}]"
        for name in mail.missing
        for _ in range(text.count(f"[{name.replace('_', ' ')}]"))
    )
    assert not FIELD.search(text)
    assert (mail.recipient == "self") <= mail.is_ready, "a mail to oneself can always be sent"
    assert not re.search(r":\n\n|\n\n\n| ,| \.|\(\)|^- *$|\?\?", text, re.MULTILINE) or kind in LISTS


LISTS = {"format_ask", "adjustment", "reschedule", "accept", "negotiate", "confirm"}
"""Mails with a blank line between the sentence that announces a list and the list."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_is_plain_text_that_begins_and_ends_as_letters_do(kind: str) -> None:
    for mail in (full(kind), empty(kind)):
        first, *_, last = mail.body.strip().split("\n")
        assert re.fullmatch(r"(Dear|Hi|Hello)\b.*,", first)
        assert "\nBest regards,\n" in mail.body
        assert not re.search(
            r"[<>*_`#|\t]|\b(Mr|Ms|Mrs|Sir|Madam)\b",
            mail.body.replace("_", " ") if "note" in last else mail.body,
        )
        assert letter_of(mail.body)
        assert max(word_count(sentence) for sentence in sentences(letter_of(mail.body))) <= 45


@pytest.mark.parametrize("kind", [kind for kind in KINDS if RECIPIENTS.get(kind) != "self"])
def test_a_mail_to_others_asks_for_one_thing_and_begs_for_nothing(kind: str) -> None:
    body = full(kind).body
    assert body.count("?") <= 1
    assert len(re.findall(r"\b(?:sorry|apologise|apology)\b", body, re.IGNORECASE)) <= 1
    assert not re.search(r"!|\b(?:asap|urgent|unfortunately|sadly|desperate)\b", body, re.IGNORECASE)


@pytest.mark.parametrize("kind", KINDS)
def test_the_greeting_fits_the_recipient(kind: str) -> None:
    names = {
        "interviewer": "Dear Dana,",
        "recruiter": "Dear Sam,",
        "referrer": "Dear Kim,",
        "self": "Hi Robin,",
    }
    assert full(kind).body.startswith(names[template(kind).fields["to"]])
    nobody = {"referrer": "Hello,", "self": "Hi,"}
    assert empty(kind).body.startswith(nobody.get(template(kind).fields["to"], "Hello Acme team,"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_but_the_users_own_ideas_suggests_itself_at_some_time(kind: str) -> None:
    def at(hours: float, **more: Any) -> Interview:
        return interview(hours=hours, referrer=KIM, adjustments=("captions",), **more)

    offer = at(
        -30, status=Status.COMPLETED, outcome=Outcome.OFFER, deadline=date(2026, 2, 12), company="Globex"
    )
    held = at(-30, status=Status.COMPLETED)
    others = (held, offer)
    silent = at(-24 * 9, status=Status.COMPLETED)
    situations = (at(50), at(0.2), at(-0.5), held, offer, silent, replace(held, outcome=Outcome.REJECTED))
    fitting = {each for subject in situations for each in fitting_kinds(subject, NOW, others=others)}
    assert (kind in fitting) is (kind not in {"reschedule", "withdraw"})


@pytest.mark.parametrize(
    "norms", ["direct-individual", "formal-hierarchical", "relationship-first", "consensus"]
)
@pytest.mark.parametrize("kind", ["confirm", "thank_you", "referral_thanks"])
def test_customs_change_the_greeting_only(kind: str, norms: str) -> None:
    customs = library().norms[norms]
    for fields in (known(kind), {}):
        usual = fill_mail(template(kind), fields).body.split("\n")
        custom = fill_mail(template(kind), fields, norms=customs).body.split("\n")
        assert custom[1:] == usual[1:]
        assert custom[0].endswith(",")
        assert "{" not in custom[0]


def test_a_reminder_says_first_how_long_it_is_and_then_what_to_do() -> None:
    body = full("reminder").body
    assert body.split("\n")[2].startswith("It starts in 1 day 5 hours.")
    assert body.index("Say the payment story aloud") < body.index("Pre-Interview Checklist:")
    assert "Where you are: Tuesday 14:00 (UTC)" in body
    assert "It starts" not in empty("reminder").body


def test_who_is_late_apologises_once_and_who_missed_it_offers_times() -> None:
    late = full("late_noshow_self", eta="14:10")
    assert late.subject == "Running late for our call – Senior Backend Engineer"
    assert "will be with you at 14:10 (Europe/Berlin)" in late.body
    assert "missed" not in late.body
    missed = full("late_noshow_self")
    assert missed.subject == "I missed our call – Senior Backend Engineer"
    assert "running late" not in missed.body
    assert "- Wednesday, 11 February, 14:00" in missed.body


def test_who_confirms_asks_for_the_place_where_none_is_known() -> None:
    assert "Could you send me the link or the address?" in empty("confirm").body
    assert "one thing I would like to know" not in empty("confirm").body
    there = full("confirm", topic_1="is there a lift?").body
    assert "Could you send" not in there
    assert "\n\nThere is one thing I would like to know beforehand: is there a lift?\n\n" in there


def test_who_was_not_met_says_today_only_on_the_day() -> None:
    assert full("no_show_them").subject.startswith("Our 09:30 call today")
    assert empty("no_show_them").subject.startswith("Our 14:00 interview on Tuesday")


def test_an_arrangement_is_asked_for_without_a_reason() -> None:
    assert not re.search(r"diagnos|disab|condition|because|medical", full("adjustment").body, re.IGNORECASE)


@pytest.mark.parametrize("kind", list(InterviewType))
def test_a_type_reads_well_in_a_sentence(kind: InterviewType) -> None:
    mail = fill_mail(template("ask_timeline"), fields_of(interview(hours=-30, type=kind), Settings()))
    assert re.search(r"the [a-z-]+ ?(interview|screen|round|debrief|)\b at Acme", mail.body)


def test_no_meaning_is_told_of_a_field_that_no_mail_has() -> None:
    used = {re.sub(r"_\d+$", "", name) for kind in KINDS for name in fields_in(template(kind))}
    spare = {"status", "interviewer_full", "recruiter_full", "referrer_full", "weekday", "when_local"}
    assert set(MEANINGS) - used - spare == set()


SEVEN = (
    "Research company",
    "job description",
    "STAR stories",
    "common interview",
    "3-5 questions",
    "webcam",
    "Arrive",
)


@pytest.mark.parametrize(
    ("hours", "venue", "shown"),
    [
        (29, "in_person", SEVEN),
        (12, "video", SEVEN),
        (5, "video", (SEVEN[1], *SEVEN[3:])),
        (1, "video", SEVEN[5:]),
        (1, "in_person", SEVEN[6:]),
        (1, "phone", SEVEN[6:]),
        (0.1, "video", ()),
    ],
)
def test_a_reminder_lists_what_still_fits(hours: float, venue: str, shown: tuple[str, ...]) -> None:
    fields = fields_of(interview(hours=hours, venue=Venue("x", venue), people=(DANA,)), Settings(), now=NOW)
    mail = fill_mail(template("reminder"), fields)
    assert [each for each in SEVEN if each in mail.body] == list(shown)
    assert ("Pre-Interview Checklist:" in mail.body) is bool(shown)
    assert "Looking forward to speaking with Dana Roe is easier once" in mail.body


def test_thanks_after_an_answer_do_not_wait_for_one() -> None:
    subject = interview(hours=-30, outcome=Outcome.ADVANCED, reply_by=date(2026, 2, 17), people=(DANA,))
    mail = fill_mail(template("thank_you"), {**fields_of(subject, Settings(), now=NOW), "topic_1": "x"})
    assert "before you decide" not in mail.body
    assert "I will hear from you" not in mail.body
    assert "next round, and I look forward to it." in mail.body


@pytest.mark.parametrize(
    ("more", "asked", "left_out"),
    [
        (
            {},
            ("- which kind it will be: live coding", "who will be there", "AI assistants"),
            ("the role of",),
        ),
        (
            {"people": (KIM,), "format": "coding"},
            ("- the role of Kim Doe in",),
            ("which kind", "who will be"),
        ),
        (
            {"people": (DANA,), "type": InterviewType.ON_SITE},
            ("how long",),
            ("AI assist", "the role of", "kind"),
        ),
        ({"type": InterviewType.PANEL}, ("open conversation with several",), ("AI assistants",)),
    ],
)
def test_questions_about_the_format_ask_for_what_is_lacking(
    more: dict[str, Any], asked: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    body = write_mail(library(), "format_ask", interview(hours=50, **more), Settings()).body
    assert [each for each in asked if each not in body] == []
    assert [each for each in left_out if each in body] == []


def test_who_is_late_without_an_hour_is_asked_for_it() -> None:
    late = write_mail(library(), "late_noshow_self", interview(hours=0.2), Settings(), now=NOW)
    assert late.missing[0] == "eta"
    missed = write_mail(library(), "late_noshow_self", interview(hours=-0.5), Settings(), now=NOW)
    assert missed.missing[0] == "slot_1"
    there = interview(hours=0.2, venue=Venue("Main St 1", "in_person"))
    said = write_mail(library(), "late_noshow_self", there, Settings(), values={"eta": "14:10"}, now=NOW)
    assert said.subject == "Running late for our interview – Engineer"
    assert "call" not in said.body


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"type": InterviewType.PHONE_SCREEN}, "or shall I call you, and on which number?"),
        ({"venue": Venue("Phone", "phone")}, "or shall I call you, and on which number?"),
        ({"venue": Venue("+1 555 0142", "phone", "", "tel:+15550142")}, ""),
        ({"type": InterviewType.ON_SITE}, "Could you send me the address"),
        ({"type": InterviewType.VIDEO_INTERVIEW}, "Could you send me the link?"),
    ],
)
def test_who_confirms_asks_for_the_way_in_of_its_kind(more: dict[str, Any], said: str) -> None:
    body = write_mail(library(), "confirm", interview(hours=50, **more), Settings()).body
    assert said in body
    assert body.count("?") == bool(said)


@pytest.mark.parametrize(
    ("hours", "more", "fits"),
    [
        (-24 * 3, {"reply_by": date(2026, 2, 6)}, True),
        (-24 * 9, {"reply_by": date(2026, 2, 9)}, False),
        (-24 * 6, {}, False),
        (-24 * 7 - 2, {}, True),
    ],
)
def test_a_follow_up_waits_for_its_day(hours: float, more: dict[str, Any], fits: bool) -> None:
    subject = interview(hours=hours, status=Status.COMPLETED, **more)
    assert ("follow_up" in fitting_kinds(subject, NOW)) is fits


@pytest.mark.parametrize(
    ("kind", "subject", "is_early"),
    [
        ("thank_you", interview(hours=5), True),
        ("thank_you", interview(hours=-5), False),
        ("accept", interview(hours=-5), True),
        ("accept", interview(hours=-5, outcome=Outcome.OFFER), False),
        ("rejection_reply", interview(hours=-5, outcome=Outcome.ADVANCED), True),
        ("rejection_reply", interview(hours=-5, outcome=Outcome.REJECTED), False),
        ("no_show_them", interview(hours=5), True),
        ("confirm", interview(hours=5), False),
    ],
)
def test_a_mail_without_its_occasion_is_told(kind: str, subject: Interview, is_early: bool) -> None:
    found = find_too_early(kind, subject, (), NOW, "a.md")
    assert [each.code for each in found] == ["mail/too-early"] * is_early
    offer = replace(subject, id="b", outcome=Outcome.OFFER)
    assert find_too_early("accept", subject, (offer,), NOW, "a.md") == ()


SITUATIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("format_ask", {"hours": 50}),
    ("format_ask", {"hours": 50, "people": (KIM,), "format": "coding"}),
    ("format_ask", {"hours": 50, "type": InterviewType.PANEL}),
    ("format_ask", {"hours": 50, "type": InterviewType.ON_SITE, "people": (DANA,)}),
    ("confirm", {"hours": 50, "type": InterviewType.PHONE_SCREEN}),
    ("late_noshow_self", {"hours": 0.2}),
    ("late_noshow_self", {"hours": -0.5}),
    ("thank_you", {"hours": -5, "outcome": Outcome.ADVANCED, "people": (DANA,)}),
    ("reminder", {"hours": 1, "people": (DANA,)}),
    ("reminder", {"hours": 29, "people": (DANA,)}),
)


@pytest.mark.parametrize(("kind", "more"), SITUATIONS)
def test_a_mail_keeps_to_its_length_in_each_situation(kind: str, more: dict[str, Any]) -> None:
    subject = interview(**more)
    values = {name: SAID[name] for name in ("topic_1", "topic_2", "promise_1", "slot_1")}
    if kind == "late_noshow_self":
        values = (
            {"eta": "14:10"} if subject.starts > NOW else {"slot_1": SAID["slot_1"], "slot_2": SAID["slot_2"]}
        )
    if kind in {"format_ask", "confirm"}:
        values = {}
    settings = Settings(values={**Settings().values, "profile.name": "Robin Doe"})
    items = (
        "Open the link on the machine you will use: camera, sound, name",
        "Say your first sentence aloud",
    )
    mail = write_mail(library(), kind, subject, settings, values=values, undone=items, now=NOW)
    found = lint_mail(mail, "a.md", budget=template(kind).fields["words"])
    assert [each.message for each in found] == []
