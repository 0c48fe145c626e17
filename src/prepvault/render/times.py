"""Moments in words, the same everywhere: weekday, day, hour and the zone beside it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from prepvault.model.interview import Interview
from prepvault.model.site import Awaited
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


def at_home(interview: Interview, zone: str) -> Interview:
    """The same interview on the user's own clock; one of a whole day has none."""
    if interview.all_day:
        return interview
    here = zone_of(zone)
    return replace(interview, starts=interview.starts.astimezone(here), ends=interview.ends.astimezone(here))


def local_text(interview: Interview, zone: str) -> str:
    """The same start on another clock, where that differs; empty where it does not."""
    if interview.all_day:
        return ""
    here = interview.starts.astimezone(zone_of(zone))
    if here.utcoffset() == interview.starts.utcoffset():
        return ""
    day = "" if here.date() == interview.starts.date() else f"{day_text(here.date())}, "
    return f"{day}{here:%H:%M} in {city_of(zone)}"


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


def short_day(day: date, now: datetime) -> str:
    """A day for people who look at it about `now`: `Tue 10 Feb`, with its year where that is another."""
    return f"{day:%a} {day.day} {day:%b}" if day.year == now.year else day_text(day)


def here_text(interview: Interview, zone: str, now: datetime) -> str:
    """When an interview is, on the user's own clock: `Tue 10 Feb, 20:00–21:00`."""
    if interview.all_day:
        return when_text(interview)
    here = zone_of(zone)
    starts, ends = interview.starts.astimezone(here), interview.ends.astimezone(here)
    end = f"{ends:%H:%M}" if ends.date() == starts.date() else f"{short_day(ends, now)}, {ends:%H:%M}"
    return f"{short_day(starts, now)}, {starts:%H:%M}–{end}"


def there_text(interview: Interview, zone: str, now: datetime) -> str:
    """The same start on their clock, where that differs: `14:00 in New York`; empty where it does not."""
    here = interview.starts.astimezone(zone_of(zone))
    if interview.all_day or here.utcoffset() == interview.starts.utcoffset():
        return ""
    day = "" if here.date() == interview.starts.date() else f"{short_day(interview.starts, now)}, "
    return f"{day}{interview.starts:%H:%M} in {city_of(interview.zone)}"


def clock_text(moment: datetime, zone: str, now: datetime) -> str:
    """A moment on the user's own clock, for pages that name its zone once: `Tue 10 Feb, 14:00`."""
    here = moment.astimezone(zone_of(zone))
    return f"{short_day(here, now)}, {here:%H:%M}"


def city_of(zone: str) -> str:
    """The place that gives a zone its name: `America/New_York` becomes `New York`; others stay."""
    area, _, place = zone.rpartition("/")
    return place.replace("_", " ") if area and area != "Etc" else zone


def awaited_text(awaited: Awaited, today: date) -> str:
    """How an answer that is out stands on a day; app.js says the same."""
    if awaited.promised is not None:
        days = (today - awaited.promised).days
        if days > 0:
            return f"{_days(days)} past their own date"
        return f"promised in {_days(-days)}" if days else "promised for today"
    return f"{_days(max(0, (today - awaited.since).days))} without a word"


def _days(number: int) -> str:
    return f"{number} {'day' if number == 1 else 'days'}"
