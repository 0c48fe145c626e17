"""Read the times that were offered to a company, from the note that holds them; and write such a note."""

import re
from datetime import UTC, date, datetime, timedelta

from prepvault.model.finding import Finding, Severity
from prepvault.model.free_time import Hold, Span
from prepvault.model.note import Head, Note
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_names, zone_of
from prepvault.parse.emit import emit_head
from prepvault.parse.fields import Fields, shown

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]+(\d\d:\d\d)\s*[-–/]\s*(\d\d:\d\d)")
_LONGEST = timedelta(days=1)


def parse_hold(note: Note, head: Head, home: str) -> tuple[Hold, tuple[Finding, ...]]:
    """Read one note of the folder of holds; times that cannot be read are reported and hold nothing."""
    fields = Fields(note.path, head, Settings())
    zone = fields.line("timezone") or home
    if zone not in zone_names():
        message = f"{{}} should be an IANA zone, found `{shown(zone)}`, so nothing is held"
        fields.report("slots/hold", "timezone", message, severity=Severity.WARNING, found=zone)
        return Hold(company=fields.line("company") or note.stem, path=note.path, zone=home), tuple(
            fields.findings
        )
    spans = []
    for text in fields.words("held") or ():
        span = _span(text, zone)
        if span:
            spans.append(span)
        else:
            message = f"a time of {{}} should be like 2026-02-17 10:00-12:00, found `{shown(text)}`"
            fields.report("slots/hold", "held", message, severity=Severity.WARNING, found=text)
    last = fields.line("held_until")
    if last and _day(last) is None:
        message = (
            f"{{}} should be a day like 2026-02-16, found `{shown(last)}`, so nothing ends the hold early"
        )
        fields.report("slots/hold", "held_until", message, severity=Severity.WARNING, found=last)
    hold = Hold(
        company=fields.line("company") or note.stem,
        path=note.path,
        zone=zone,
        spans=tuple(sorted(spans)),
        until=_day(last),
        offered_at=_moment(fields.line("offered_at"), home),
    )
    return hold, tuple(fields.findings)


def held_text(span: Span, zone: str) -> str:
    """Write one offered time as it stands in the note."""
    here = zone_of(zone)
    starts, ends = span.starts.astimezone(here), span.ends.astimezone(here)
    return f"{starts:%Y-%m-%d %H:%M}-{ends:%H:%M}"


def new_hold(company: str, zone: str, held: tuple[str, ...], until: str, offered_at: str) -> str:
    """Write the front matter of a new note."""
    pairs: tuple[tuple[str, str | tuple[str, ...]], ...] = (
        ("company", company),
        ("timezone", zone),
        ("held", held),
        ("held_until", until),
        ("offered_at", offered_at),
    )
    return emit_head(pairs)


def _span(text: str, zone: str) -> Span | None:
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    try:
        starts, ends = (datetime.fromisoformat(f"{found[1]}T{found[at]}") for at in (2, 3))
    except ValueError:
        return None
    ends += _LONGEST if ends <= starts else timedelta()
    here = zone_of(zone)
    return Span(starts.replace(tzinfo=here).astimezone(UTC), ends.replace(tzinfo=here).astimezone(UTC))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _moment(text: str, zone: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone_of(zone))
