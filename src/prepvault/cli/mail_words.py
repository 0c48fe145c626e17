"""How mails are shown on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

from prepvault.cli import report, wording

if TYPE_CHECKING:
    from prepvault.cli.options import Options
    from prepvault.jobs.compose import Composed
    from prepvault.jobs.mail_list import Suggested

_WIDTH = 79


def say_mail(composed: Composed) -> None:
    """Write the mail as data: its address, its subject and its text."""
    _write(composed, report.say)


def tell_mail(composed: Composed) -> None:
    """Show the mail to somebody who has to agree to it."""
    _write(composed, report.tell)


def _write(composed: Composed, line: Callable[..., None]) -> None:
    mail = composed.mail
    name = composed.person.name if composed.person else "you" if mail.recipient == "self" else ""
    whom = f"{name} <{mail.to}>" if name and mail.to else mail.to or name or f"the {mail.recipient}"
    line(report.Styled("To: ", "dim"), report.safe(whom))
    line(report.Styled("Subject: ", "dim"), report.Styled(report.safe(mail.subject), "strong"))
    line("")
    for text in mail.body.rstrip("\n").split("\n"):
        line(report.safe(wrapped(text), lines=True))


def wrapped(text: str) -> str:
    """Break a paragraph into lines that fit; a list's entry keeps its indent, a link stays whole."""
    indent = "  " if text.startswith("- ") else ""
    lines = textwrap.wrap(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines)


def tell_about(options: Options, composed: Composed, *, saved: str, file: str) -> None:
    """Say what is left to do, beside the mail itself."""
    options.tell("")
    if composed.draft:
        options.tell(f"text from {report.safe(composed.draft)}")
    _tell_gaps(options, composed)
    when = composed.template.fields.get("when", "")
    if when:
        options.tell(report.Styled(wrapped(f"when: {when}"), "dim"))
    if composed.person is None and composed.mail.recipient != "self" and not composed.mail.to:
        options.tell(
            wrapped(f"no {composed.mail.recipient} is named in the note; `--to` or `--person` says who")
        )
    if composed.others:
        names = ", ".join(report.safe(each.name) for each in composed.others)
        options.tell(wrapped(f"one mail for each person: --person for {names}"))
    if saved:
        options.tell(f"wrote {report.safe(saved)}")
    if file:
        options.tell(f"wrote {report.safe(file)}")
    options.tell("not sent; `--send` sends it" if composed.is_sendable else "not sent")


def _tell_gaps(options: Options, composed: Composed) -> None:
    """Name what is missing with what it means, and how to say it."""
    from prepvault.jobs.mail_record import meaning_of

    missing = composed.mail.missing
    if missing:
        options.tell("still yours to fill in:")
    for name in missing:
        told = meaning_of(name)
        options.tell(wrapped(f"- {name}: {told}" if told else f"- {name}"))
    if missing:
        options.tell(f'  like this: --set {missing[0]}="…"')


def say_suggested(found: Suggested, *, is_first: bool, is_only: bool) -> None:
    """Write one interview with the mails that suit it."""
    interview = found.interview
    if not is_first:
        report.say("")
    report.say(report.Styled(report.safe(interview.title), "strong"))
    report.say(
        report.Styled(f"  {wording.starts(interview)}, {interview.type_label.lower()}, {interview.id}", "dim")
    )
    rows = [
        ("", each.kind, f"to {each.whom}", f"due {wording.moment(each.due)}" if each.due else "")
        for each in found.mails
    ]
    report.say_table(rows)
    for kind, to in found.doubts:
        report.say(report.Styled(wrapped(f"in doubt: {kind} to {to}; look into your sent mail"), "warning"))
    if is_only:
        report.say(report.safe(wrapped(f"on request: {', '.join(found.more)}"), lines=True))
