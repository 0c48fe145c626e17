"""What the commands that change one note say afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepvault.cli import report, wording
from prepvault.cli.options import Options

if TYPE_CHECKING:
    from prepvault.jobs.one_note import Changed


def tell(options: Options, changed: Changed, *, as_json: bool) -> None:
    """Say what an interview is now, and whether its note was written."""
    from prepvault.jobs.listing import interview_record

    interview = changed.interview
    if as_json:
        record = interview_record(interview)
        report.say_json(
            "changed", {"written": changed.written, "changes": dict(changed.changes), "interview": record}
        )
        return
    report.say(
        report.Styled(interview.title, "strong"), f": {wording.starts(interview)}, {_standing(changed)}"
    )
    for name, value in changed.changes:
        options.tell(f"  {name}: {value}")
    words = f"wrote {interview.path}" if changed.written else "nothing to change, it says so already"
    options.tell(report.Styled(words, "dim"))


def _standing(changed: Changed) -> str:
    interview = changed.interview
    outcome = f", {interview.outcome.label.lower()}" if interview.outcome else ""
    away = f" ({wording.countdown(interview.starts, changed.now)})" if interview.is_open else ""
    return f"{interview.status.label.lower()}{outcome}{away}"
