"""What is said about a mail before it goes out."""

import pytest

from prepvault.model.finding import Severity
from prepvault.model.mail import Mail, is_address
from prepvault.rules.mail_lint import letter_of, lint_mail

FRAME = "Dear Dana,\n\n{}\n\nBest regards,\nRobin\n"


def found(
    text: str, *, subject: str = "S", recipient: str = "recruiter", **how: str
) -> list[tuple[str, str]]:
    mail = Mail("x", "X", recipient, subject, FRAME.format(text))
    companies = ("Acme", "Globex", "Kestrel Health", "Acme Labs", "IT")
    findings = lint_mail(mail, "a.md", company="Acme", companies=companies, **how)
    return [(each.code, each.found) for each in findings]


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("Thank you, Globex is great.", "mail/wrong-company", "Globex"),
        ("At Kestrel Health I would start.", "mail/wrong-company", "Kestrel Health"),
        ("Our talk about [topic 1].", "mail/unresolved", "`[topic 1]`"),
        ("I owe you the TODO.", "mail/unresolved", "`TODO`"),
        ("I am just checking in.", "mail/filler", "just checking in"),
        ("I hope this finds you well.", "mail/filler", "hope this finds you well"),
        ("See you on 17 February.", "mail/weekday", "17 February"),
        ("See you on March 3rd.", "mail/weekday", "March 3rd"),
        ("See you on 2026-03-03.", "mail/weekday", "2026-03-03"),
        (
            "Could you tell me when? Could you also tell me who?",
            "mail/two-asks",
            "Could you also tell me who?",
        ),
    ],
)
def test_what_is_wrong_is_found(text: str, code: str, shown: str) -> None:
    assert found(text) == [(code, shown)]


@pytest.mark.parametrize(
    "text",
    [
        "Acme is great, and so is the work at Acme.",
        "I would like globex-like speed.",
        "It is about IT.",
        "See you on Tuesday, 17 February 2026.",
        "See you on Tue 17 Feb.",
        "See you on Tuesday, March 3rd.",
        "All of it is in Interviews/2026-03-03 Acme.md today.",
        "Could you tell me when? I would be glad.",
        "I checked in the code on Friday.",
    ],
)
def test_what_is_fine_stays_unremarked(text: str) -> None:
    assert found(text) == []


def test_a_company_within_this_ones_own_name_is_not_foreign() -> None:
    mail = Mail("x", "X", "recruiter", "Acme Labs", FRAME.format("Acme Labs is great."))
    assert lint_mail(mail, "a.md", company="Acme Labs", companies=("Acme", "Acme Labs")) == ()
    slip = Mail("x", "X", "recruiter", "S", FRAME.format("Acme Labs is great."))
    assert [each.found for each in lint_mail(slip, "a.md", company="Acme", companies=("Acme Labs",))] == [
        "Acme Labs"
    ]


def test_a_slip_in_the_subject_counts() -> None:
    assert found("Fine.", subject="Hello Globex") == [("mail/wrong-company", "Globex")]


def test_only_what_must_not_go_out_is_an_error() -> None:
    mail = Mail(
        "x",
        "X",
        "recruiter",
        "S",
        FRAME.format("Globex [name], just checking in on 3 March."),
        missing=("name",),
    )
    findings = lint_mail(mail, "a.md", company="Acme", companies=("Globex",), budget="50-90")
    errors = {each.code for each in findings if each.severity is Severity.ERROR}
    assert errors == {"mail/unresolved", "mail/wrong-company"}
    assert {each.code for each in findings} - errors == {"mail/filler", "mail/weekday"}


@pytest.mark.parametrize(
    ("words", "codes"), [(9, ["mail/length"]), (10, []), (20, []), (21, ["mail/length"])]
)
def test_the_length_counts_what_stands_between_greeting_and_closing(words: int, codes: list[str]) -> None:
    assert [code for code, _ in found("word " * words, budget="10-20")] == codes


@pytest.mark.parametrize(
    "closing", ["Best regards,", "Kind regards", "Thanks,", "Many thanks", "Warm wishes,", "Sincerely,"]
)
def test_a_letter_is_what_stands_between(closing: str) -> None:
    assert letter_of(f"Hello,\n\nOne two.\n\n{closing}\nRobin\n") == "One two."


def test_a_mail_to_oneself_may_ask_whatever_it_likes() -> None:
    assert found("Is it done? Could you call? Will you write?", recipient="self") == []


def test_own_lists_of_fillers_count() -> None:
    mail = Mail("x", "X", "recruiter", "S", FRAME.format("I am reaching out, just checking in."))
    assert [each.found for each in lint_mail(mail, "a.md", fillers=("reaching out",))] == ["reaching out"]


@pytest.mark.parametrize("text", ["a@b.example", "dana.roe+x@mail.example.com", "o'neil@example.com"])
def test_plain_addresses(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dana",
        "a@b@c",
        "a b@c.d",
        "a@b.c, d@e.f",
        "<a@b.c>",
        "a@b.c\n",
        "a@b.c\r\nBcc: x@y.z",
        "é@b.c",
        "-x@b.c",
        "a@-b",
        "a..b@c.d",
    ],
)
def test_what_is_no_plain_address(text: str) -> None:
    assert not is_address(text)
