"""Drafts of calendar events: everything an event shows, before its stamp and before the hour is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from shlex import quote

from prepvault.model.interview import Interview, Person, Session, Status
from prepvault.model.reminder import Reminder, ReminderKind
from prepvault.model.settings import Settings
from prepvault.render.feed_uid import full_uid
from prepvault.render.feed_words import (
    DESCRIPTION_LIMIT,
    clean,
    day_text,
    days_words,
    fit,
    label_text,
    lead_words,
    one_line,
    people_text,
    safe_link,
    short_moment,
    span_text,
    zone_place,
)
from prepvault.render.zone_rules import writes_exactly

ALARM_LIMIT = 5
QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)
_HINT = "Your preparation is in the note of this interview."


@dataclass(frozen=True, slots=True)
class AlarmDraft:
    """One alarm; `trigger` is its place before the start, None for one that rings at `at` exactly."""

    uid: str
    at: datetime
    trigger: timedelta | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """One event; `zone` is the TZID to write with, empty for UTC; `kind` is None for the interview itself."""

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    kind: ReminderKind | None = None
    all_day: bool = False
    zone: str = ""
    description: str = ""
    location: str = ""
    link: str = ""
    link_label: str = ""
    status: str = "CONFIRMED"
    transparent: bool = False
    categories: tuple[str, ...] = ()
    related_to: str = ""
    alarms: tuple[AlarmDraft, ...] = ()


def draft_interview(
    interview: Interview, reminders: tuple[Reminder, ...], settings: Settings, uid: str
) -> tuple[EventDraft, ...]:
    """Draft the interview's event, or one per session: the same at every hour, all alarms included."""
    sessions = tuple(sorted(interview.sessions, key=lambda one: (one.starts.astimezone(UTC), one.title)))
    if not sessions:
        whole = Session("", interview.starts, interview.ends)
        return (_draft(interview, whole, reminders, settings, uid),)
    first = _draft(interview, sessions[0], reminders, settings, uid, part=1, parts=len(sessions))
    others = (
        _draft(interview, session, (), settings, uid, part=number, parts=len(sessions))
        for number, session in enumerate(sessions[1:], 2)
    )
    return (first, *others)


def draft_after(interview: Interview, reminder: Reminder, settings: Settings, uid: str) -> EventDraft:
    """Draft the event of a thank-you (a quarter of an hour) or a follow-up (a day); it rings when due."""
    is_day = reminder.kind is ReminderKind.FOLLOW_UP
    name = "Follow up" if is_day else "Thank-you note"
    summary = one_line(f"{name}: {_who(interview)}")
    starts, ends = (
        (_midnight(reminder.at), _midnight(reminder.at) + _DAY)
        if is_day
        else (reminder.at.astimezone(UTC), reminder.at.astimezone(UTC) + QUARTER)
    )
    alarm = AlarmDraft(
        full_uid(uid, f"alarm-{reminder.suffix}"), reminder.at, None if is_day else timedelta(), summary
    )
    return EventDraft(
        uid=full_uid(uid, reminder.suffix),
        starts=starts,
        ends=ends,
        summary=summary,
        kind=reminder.kind,
        all_day=is_day,
        description=_errand(interview, reminder) if settings.text("feed.detail") == "full" else "",
        transparent=True,
        categories=("Interview",),
        related_to=full_uid(uid),
        alarms=(alarm,),
    )


def _errand(interview: Interview, reminder: Reminder) -> str:
    """Whom to write to, about what, and the command that drafts it."""
    kind = "follow_up" if reminder.kind is ReminderKind.FOLLOW_UP else "thank_you"
    to = one_line(people_text(interview.people) or interview.company, 600)
    about = f"{interview.type_label}, {day_text(interview.starts)}"
    command = f"prepvault email {kind} {quote(interview.id)}"
    return fit(f"To: {to}\nAfter: {about}\nDraft: {one_line(command)}", DESCRIPTION_LIMIT)


def summary_of(interview: Interview, settings: Settings, session: Session | None = None) -> str:
    """The event's title at the chosen level of detail, without any prefix."""
    if settings.text("feed.detail") == "busy":
        return "Busy"
    what = f"{interview.company}, {session.title}" if session else _who(interview)
    return f"{interview.type_label}: {what}" if what else interview.type_label


def _who(interview: Interview) -> str:
    """Company and role as far as known; never a path."""
    return ", ".join(part for part in (interview.company, interview.role) if part)


def _draft(
    interview: Interview,
    session: Session,
    reminders: tuple[Reminder, ...],
    settings: Settings,
    uid: str,
    *,
    part: int = 1,
    parts: int = 1,
) -> EventDraft:
    detail = settings.text("feed.detail")
    cancelled = interview.status is Status.CANCELLED
    all_day = interview.all_day and parts == 1 and not interview.sessions
    link = safe_link(interview.venue.link) if detail == "full" else ""
    summary = summary_of(interview, settings, session if interview.sessions else None)
    exact = not all_day and writes_exactly(interview.zone, session.starts, session.ends)
    return EventDraft(
        uid=full_uid(uid, f"part{part}" if part > 1 else ""),
        starts=session.starts,
        ends=max(session.ends, session.starts + timedelta(minutes=1), key=lambda end: end.astimezone(UTC)),
        summary=one_line(f"Cancelled: {summary}" if cancelled else summary),
        all_day=all_day,
        zone=interview.zone if exact else "",
        description=_description(interview, session, settings, part=part, parts=parts),
        location=one_line(interview.venue.text) if detail == "full" else "",
        link=link,
        link_label=label_text(interview.venue.platform) or "Join",
        status=_status(interview),
        transparent=cancelled or all_day,
        categories=("Busy",) if detail == "busy" else ("Interview", interview.type_label),
        related_to=full_uid(uid) if part > 1 else "",
        alarms=tuple(_alarms(interview, session, reminders, settings, uid, all_day=all_day)),
    )


def _status(interview: Interview) -> str:
    """A moved interview is tentative until it is confirmed again."""
    by_status = {Status.CANCELLED: "CANCELLED", Status.RESCHEDULED: "TENTATIVE"}
    return by_status.get(interview.status, "CONFIRMED")


def _description(interview: Interview, session: Session, settings: Settings, *, part: int, parts: int) -> str:
    """What the chosen detail allows, times first so that they survive a cut; none of the note's body."""
    detail = settings.text("feed.detail")
    if detail == "busy":
        return ""
    when = span_text(interview, session.starts, session.ends, settings.text("vault.timezone"))
    if detail == "title":
        return when
    lines = (when, *_facts(interview, session, part=part, parts=parts), "", _HINT)
    return fit(clean("\n".join(lines)), DESCRIPTION_LIMIT)


def _facts(interview: Interview, session: Session, *, part: int, parts: int) -> Iterator[str]:
    minutes = int((session.ends.astimezone(UTC) - session.starts.astimezone(UTC)).total_seconds() // 60)
    all_day = interview.all_day and not interview.sessions
    yield f"{interview.type_label}" + ("" if all_day else f", {minutes} minutes")
    if parts > 1:
        yield f"Part {part} of {parts}: {session.title}"
    if _who(interview):
        yield one_line(_who(interview), 600)
    people: tuple[Person, ...] = session.people or interview.people
    if people:
        yield f"With {one_line(people_text(people), 600)}"
    if interview.venue.text:
        yield f"Where: {one_line(interview.venue.text, 600)}"
    link = safe_link(interview.venue.link)
    if link and link not in interview.venue.text:
        yield f"Link: {link}"


def _alarms(
    interview: Interview,
    session: Session,
    reminders: tuple[Reminder, ...],
    settings: Settings,
    uid: str,
    *,
    all_day: bool,
) -> Iterator[AlarmDraft]:
    """At most five alarms, the nearest ones; the one of a day before first, for apps that keep only one."""
    before = (ReminderKind.BEFORE, ReminderKind.CATCH_UP)
    nearest = sorted((one for one in reminders if one.kind in before), key=lambda one: one.lead)
    summary = summary_of(interview, settings)
    for reminder in sorted(nearest[:ALARM_LIMIT], key=lambda one: (one.lead != _DAY, -one.lead)):
        trigger = (
            _midnight(session.starts) - reminder.at.replace(tzinfo=UTC)
            if all_day
            else session.starts.astimezone(UTC) - reminder.at.astimezone(UTC)
        )
        text = f"{summary}, {when_words(interview, session.starts, reminder)}"
        yield AlarmDraft(full_uid(uid, f"alarm-{reminder.suffix}"), reminder.at, trigger, one_line(text))


def when_words(interview: Interview, starts: datetime, reminder: Reminder) -> str:
    """When it is and how long until then: `Tue 24 Nov 09:00 Berlin, in 24 hours`."""
    if interview.all_day and not interview.sessions:
        return f"{day_text(starts)}, {days_words((starts.date() - reminder.at.date()).days)}"
    return f"{short_moment(starts)} {zone_place(interview.zone)}, {lead_words(reminder.lead)}"


def _midnight(moment: datetime) -> datetime:
    """The local date as an instant that knows no clock changes."""
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
