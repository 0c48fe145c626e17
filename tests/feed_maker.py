"""Interviews and feeds for tests: one call each, everything else at its usual value."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from prepvault.model.feed import FeedEntry
from prepvault.model.interview import Interview, InterviewType, Session
from prepvault.model.settings import Settings, SettingValue
from prepvault.model.zones import zone_of
from prepvault.render.feed import fingerprint, render_feed, render_reminder_feed
from prepvault.render.feed_uid import name_events
from prepvault.rules.reminders import plan_reminders
from prepvault.rules.revision import stamp_of
from tests.conftest import NOW

TOUCHED = datetime(2026, 2, 1, tzinfo=UTC)


def local(zone: str, *parts: int, fold: int = 0) -> datetime:
    """A wall time in a zone."""
    year, month, day, hour, minute = (*parts, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=zone_of(zone), fold=fold)


def interview(
    *when: int, zone: str = "Europe/Berlin", minutes: int = 60, name: str = "acme", **more: Any
) -> Interview:
    """An interview at a wall time, by default a technical one on Thursday 12 February 2026 at 14:00."""
    starts = local(zone, *(when or (2026, 2, 12, 14)))
    facts: dict[str, Any] = {
        "id": f"int_{name}_1",
        "path": f"Interviews/{name}.md",
        "company": "Acme Robotics",
        "role": "Backend Engineer",
        "type": InterviewType.TECHNICAL,
        "starts": starts,
        "ends": (starts.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone_of(zone)),
        "zone": zone,
        "modified": TOUCHED,
    }
    return Interview(**{**facts, **more})


def settings(**values: SettingValue) -> Settings:
    """Settings with some values of their own; `feed__detail` stands for `feed.detail`."""
    changed = {key.replace("__", "."): value for key, value in values.items()}
    return Settings(values=MappingProxyType({**Settings().values, **changed}))


def entries(
    interviews: Sequence[Interview], chosen: Settings | None = None, now: datetime = NOW
) -> list[FeedEntry]:
    """What the job hands to the renderer."""
    chosen = chosen or settings()
    names = name_events(interviews, hidden=chosen.text("feed.detail") == "busy")
    made = []
    for one in interviews:
        reminders = plan_reminders(one, chosen, now)
        stamp = stamp_of(one, fingerprint(one, reminders, chosen), now)
        made.append(FeedEntry(one, reminders, stamp, names[one.path]))
    return made


def feed(*interviews: Interview, chosen: Settings | None = None, now: datetime = NOW) -> bytes:
    """The main feed of these interviews."""
    chosen = chosen or settings()
    return render_feed(entries(interviews, chosen, now), chosen, now, version="1.2.3")


def reminder_feed(*interviews: Interview, chosen: Settings | None = None, now: datetime = NOW) -> bytes:
    """The second feed of these interviews."""
    chosen = chosen or settings()
    return render_reminder_feed(entries(interviews, chosen, now), chosen, now, version="1.2.3")


def unfolded(data: bytes) -> list[str]:
    """The feed's properties, one per line."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def events(data: bytes) -> dict[str, list[str]]:
    """Each event's lines by its UID, without the domain."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in unfolded(data):
        if line == "BEGIN:VEVENT":
            current = []
        elif line == "END:VEVENT":
            uid = next(each for each in current if each.startswith("UID:"))
            found[uid.removeprefix("UID:").removesuffix("@prepvault")] = current
        else:
            current.append(line)
    return found


def values(lines: list[str], name: str) -> list[str]:
    """The values of one property, parameters dropped."""
    return [line.partition(":")[2] for line in lines if line.partition(":")[0].partition(";")[0] == name]


def on_site(*hours: int, day: int = 24) -> tuple[Session, ...]:
    """Sessions of fifty minutes in Berlin, in February 2026."""
    return tuple(
        Session(
            f"Part {hour}",
            local("Europe/Berlin", 2026, 2, day, hour),
            local("Europe/Berlin", 2026, 2, day, hour, 50),
        )
        for hour in hours
    )


def print_of(one: Interview, **chosen: str | int) -> str:
    """The fingerprint of an interview under these settings."""
    use = settings(**chosen)
    return fingerprint(one, plan_reminders(one, use, NOW), use)
