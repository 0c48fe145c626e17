"""How moments, counts and interviews are worded on a terminal."""

from datetime import datetime, timedelta

from prepvault.cli.report import Piece, Styled
from prepvault.model.interview import Interview, Status

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_STATUS_STYLES = {
    Status.COMPLETED: "ok",
    Status.CANCELLED: "dim",
    Status.CONFIRMED: "strong",
    Status.IN_PROGRESS: "strong",
}


def moment(at: datetime, zone: str = "") -> str:
    """Write a moment with its weekday: `Tue 2026-02-10 14:00 Europe/Berlin`."""
    return f"{_DAYS[at.weekday()]} {at:%Y-%m-%d %H:%M}" + (f" {zone}" if zone else "")


def starts(interview: Interview, home: str = "") -> str:
    """Write when an interview starts, in its own zone, which is named unless it is `home`."""
    if interview.all_day:
        return f"{_DAYS[interview.starts.weekday()]} {interview.starts:%Y-%m-%d} all day"
    return moment(interview.starts, "" if interview.zone == home else interview.zone)


def countdown(at: datetime, now: datetime) -> str:
    """Write how far a moment is away, in its two largest units: `in 1 day 5 h`, `2 days ago`."""
    gap = at - now
    if abs(gap) < timedelta(minutes=1):
        return "now"
    minutes = int(abs(gap).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        words = plural(days, "day") + (f" {hours} h" if hours and days < 7 else "")
    else:
        words = " ".join(
            part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part
        )
    return f"in {words}" if gap > timedelta(0) else f"{words} ago"


def plural(count: int, noun: str) -> str:
    """Count things: `1 error`, `3 errors`, `2 replies`."""
    if count == 1:
        return f"1 {noun}"
    if noun == "person":
        return f"{count} people"
    return f"{count} {noun[:-1]}ies" if noun.endswith("ry") else f"{count} {noun}s"


def shortened(text: str, length: int = 84) -> str:
    """Cut a text at a word to fit a line of a terminal."""
    if len(text) <= length:
        return text
    return f"{text[: length - 1].rpartition(' ')[0].rstrip(' ,;:')} …"


def row(interview: Interview, home: str) -> tuple[Piece, ...]:
    """Write one interview as cells of a table; `home` is the zone that goes without saying."""
    return (
        Styled(starts(interview, home), "strong" if interview.is_open else "dim"),
        interview.type_label,
        interview.title,
        Styled(interview.status.label.lower(), _STATUS_STYLES.get(interview.status, "")),
        interview.outcome.label.lower() if interview.outcome else "",
        Styled(interview.id, "dim"),
    )


HEADINGS: tuple[Piece, ...] = tuple(
    Styled(word, "dim") for word in ("WHEN", "TYPE", "INTERVIEW", "STATUS", "OUTCOME", "ID")
)
"""What stands above the cells of `row`."""


def wrapped(text: str, *, indent: str = "", hanging: str | None = None) -> list[str]:
    """Break a text into lines of at most 78 columns; a blank line between paragraphs stays."""
    from textwrap import wrap

    follow = indent if hanging is None else hanging
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += wrap(
            paragraph, 78, initial_indent=indent, subsequent_indent=follow, break_on_hyphens=False
        ) or [""]
    return lines
