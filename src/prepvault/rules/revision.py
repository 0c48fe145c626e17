"""Revisions: how SEQUENCE and LAST-MODIFIED follow from what the note last recorded."""

from datetime import UTC, datetime, timedelta

from prepvault.model.feed import EventStamp
from prepvault.model.interview import Interview

_SECOND = timedelta(seconds=1)


def stamp_of(interview: Interview, fingerprint: str, now: datetime) -> EventStamp:
    """Stamp an interview's events.

    What the note recorded counts while its fingerprint still fits. A change not yet recorded counts
    one higher, at the file's time. A file's time in the future (another machine's clock) counts as `now`.
    """
    recorded = interview.revision
    touched = _whole(min(interview.modified, now))
    if recorded is None:
        sequence, modified = 0, touched
    elif recorded.fingerprint == fingerprint:
        sequence, modified = recorded.count, _whole(recorded.moment)
    else:
        sequence, modified = recorded.count + 1, max(touched, _whole(recorded.moment) + _SECOND)
    booked = interview.created_at or modified
    return EventStamp(sequence, min(_whole(booked), modified), modified)


def next_revision(interview: Interview, fingerprint: str, now: datetime) -> str | None:
    """Write the `revision` property anew, None while what is recorded still fits.

    `interview` is as the note will stand, `fingerprint` its own; the moment is now, and always later
    than the one recorded before.
    """
    recorded = interview.revision
    if recorded is None:
        return f"1 {_text(_whole(now))} {fingerprint}"
    if recorded.fingerprint == fingerprint:
        return None
    moment = max(_whole(now), _whole(recorded.moment) + _SECOND)
    return f"{recorded.count + 1} {_text(moment)} {fingerprint}"


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
