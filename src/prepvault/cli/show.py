"""`prepvault show`: one interview with what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepvault.cli import report, wording
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options, interview_argument, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from prepvault.jobs.listing import Shown


@vault_command("show", example="prepvault show kestrel")
@interview_argument
@json_option
@pass_options
def command(options: Options, interview: str, *, as_json: bool) -> None:
    """Show one interview: an id, a unique part of one, a path, or words that match one."""
    from prepvault.jobs.listing import show, shown_record

    context, vault, picked = options.pick(interview)
    shown = show(context, vault, picked)
    if as_json:
        report.say_json("interview", shown_record(shown))
        return
    report.say(report.Styled(f"{picked.title}: {picked.type_label.lower()}", "strong"))
    report.say_table(
        [(report.Styled(name, "dim"), text) for name, text in _facts(shown, context.now) if text]
    )
    tell_findings(options, shown.findings)


def _facts(shown: Shown, now: datetime) -> Iterator[tuple[str, str]]:
    interview = shown.interview
    yield "when", f"{wording.starts(interview)} ({wording.countdown(interview.starts, now)})"
    yield "length", "" if interview.all_day else f"{interview.minutes} min"
    yield "where", interview.venue.text
    yield "with", "; ".join(_person(each.name, each.title) for each in interview.people)
    for session in interview.sessions:
        yield "session", f"{session.starts:%H:%M}-{session.ends:%H:%M} {session.title}"
    yield "status", interview.status.label.lower()
    yield "outcome", interview.outcome.label.lower() if interview.outcome else ""
    yield "prepared", _prepared(shown)
    yield "ready", shown.readiness.summary if shown.readiness else ""
    for text in _next(shown):
        yield "next", text
    yield "reply by", str(interview.reply_by or "")
    yield "moved from", ", ".join(interview.rescheduled_from)
    for reminder in shown.reminders:
        words = f"{wording.moment(reminder.at)} {reminder.suffix} ({reminder.state})"
        yield "reminder", words
    yield "overlaps", ", ".join(shown.clashes)
    yield "feedback", interview.feedback
    yield "notes", interview.notes
    yield "id", interview.id
    yield "note", interview.path


def _next(shown: Shown) -> Iterator[str]:
    """What raises readiness most per minute; for an interview that is over, what was left on its list."""
    if shown.readiness:
        for step in shown.readiness.missing:
            yield f"{wording.shortened(step.text, 64)} ({step.minutes} min, +{step.points:.1f} %)"
    elif shown.interview.is_open:
        yield from (wording.shortened(item.text) for item in shown.progress.next_items)


def _prepared(shown: Shown) -> str:
    progress = shown.progress
    counted = f", {progress.done} of {progress.total} ticked" if progress.total else ""
    return f"yes{counted}" if shown.interview.preparation_complete else f"not yet{counted}"


def _person(name: str, title: str) -> str:
    return f"{name} ({title})" if title else name
