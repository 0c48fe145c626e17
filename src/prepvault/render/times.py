"""Moments in words, the same everywhere: weekday, day, hour and the zone beside it."""

from datetime import UTC, date, datetime, timedelta

from prepvault.model.interview import Interview
from prepvault.model.zones import zone_of


def utc_text(moment: datetime) -> str:
    """A moment for machines, in UTC: `2026-02-10T14:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_text(day: date) -> str:
    """A day for people: `Tue 10 Feb 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def moment_text(moment: datetime, zone: str) -> str:
    """A moment on the user's own clock, zone named: `Tue 10 Feb 2026, 14:00 (Europe/Berlin)`."""
    here = moment.astimezone(zone_of(zone))
    return f"{day_text(here)}, {here:%H:%M} ({zone})"


def when_text(interview: Interview) -> str:
    """When an interview is, on its own clock: day, from, to; a day alone when it takes the whole day."""
    starts, ends = interview.starts, interview.ends
    if interview.all_day:
        last = (ends - timedelta(days=1)).date()
        days = day_text(starts.date())
        return f"{days}, all day" if last <= starts.date() else f"{days} to {day_text(last)}, all day"
    end = f"{ends:%H:%M}" if ends.date() == starts.date() else f"{day_text(ends.date())}, {ends:%H:%M}"
    return f"{day_text(starts.date())}, {starts:%H:%M}–{end}"


def local_text(interview: Interview, zone: str) -> str:
    """The same start on the user's own clock, where that differs; empty where it does not."""
    if interview.all_day:
        return ""
    here = interview.starts.astimezone(zone_of(zone))
    if here.utcoffset() == interview.starts.utcoffset():
        return ""
    day = "" if here.date() == interview.starts.date() else f"{day_text(here.date())}, "
    return f"{day}{here:%H:%M} in {zone}"


def span_text(minutes: int) -> str:
    """A length in words: `45 min`, `1 h 30 min`, `2 days`."""
    if minutes >= 1440 and minutes % 1440 == 0:
        days = minutes // 1440
        return f"{days} day" if days == 1 else f"{days} days"
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def distance_text(delta: timedelta) -> str:
    """How far away a moment is, in at most two units: `3 days 4 h`, `25 min`; app.js counts the same way."""
    minutes = int(abs(delta.total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days >= 14:
        return f"{days} days"
    if days:
        word = "day" if days == 1 else "days"
        return f"{days} {word} {hours} h" if hours else f"{days} {word}"
    if hours:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{rest} min" if rest else "less than a minute"


def countdown_text(interview: Interview, now: datetime) -> str:
    """Where the clock stands to an interview: `in 3 h`, `now, 20 min left`, `ended 2 days ago`."""
    if now < interview.starts:
        return f"in {distance_text(interview.starts - now)}"
    if now < interview.ends:
        return f"now, {distance_text(interview.ends - now)} left"
    return f"ended {distance_text(now - interview.ends)} ago"
