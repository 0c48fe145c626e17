"""Times that were offered to a company, as tentative events of the calendar."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import NAMESPACE_DNS, uuid5

from prepvault.model.feed import EventStamp
from prepvault.model.free_time import Hold, Span
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_of
from prepvault.render.feed import EventPart, event_part
from prepvault.render.feed_drafts import EventDraft
from prepvault.render.feed_uid import full_uid
from prepvault.render.feed_words import clean, day_text, one_line
from prepvault.render.zone_rules import writes_exactly

_NAMESPACE = uuid5(NAMESPACE_DNS, "holds.prepvault")
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def render_holds(holds: Iterable[Hold], settings: Settings, now: datetime) -> tuple[EventPart, ...]:
    """Write an event for each held time; its identity is made from the note and the time alone."""
    parts = []
    for hold in holds:
        made = min((hold.offered_at or _LONG_AGO).astimezone(UTC), now.astimezone(UTC)).replace(microsecond=0)
        stamp = EventStamp(0, made, made)
        parts += [event_part(_draft(hold, span, settings), stamp, now) for span in hold.spans]
    return tuple(parts)


def _draft(hold: Hold, span: Span, settings: Settings) -> EventDraft:
    here, detail = zone_of(hold.zone), settings.text("feed.detail")
    starts, ends = span.starts.astimezone(here), span.ends.astimezone(here)
    named = f"{hold.path}\n{span.starts.isoformat()}\n{span.ends.isoformat()}"
    return EventDraft(
        uid=full_uid(str(uuid5(_NAMESPACE, named.encode("utf-8", "backslashreplace").decode()))),
        starts=starts,
        ends=ends,
        summary="Busy" if detail == "busy" else one_line(f"Hold: {hold.company}"),
        zone=hold.zone if writes_exactly(hold.zone, starts, ends) else "",
        description=_text(hold) if detail == "full" else "",
        status="TENTATIVE",
        categories=("Busy",) if detail == "busy" else ("Hold",),
    )


def _text(hold: Hold) -> str:
    until = f" until {day_text(hold.until)}" if hold.until else ""
    return clean(f"Offered to {one_line(hold.company)}, held{until} or until the interview is in your notes.")
