"""The world's time zones, from the tzdata package alone: the same on every machine.

Python's zoneinfo prefers the system's database, which on a stable system can be a year older; for
Vancouver in the winter of 2026 the two differ by an hour. So zones are loaded from the package.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

ZONE_ABBREVIATIONS: Mapping[str, str] = {
    "est": "America/New_York",
    "edt": "America/New_York",
    "et": "America/New_York",
    "est5edt": "America/New_York",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "ct": "America/Chicago",
    "cst6cdt": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mt": "America/Denver",
    "mst7mdt": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "pst8pdt": "America/Los_Angeles",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "met": "Europe/Berlin",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "wet": "Europe/Lisbon",
    "eet": "Europe/Helsinki",
    "eest": "Europe/Helsinki",
    "bst": "Europe/London",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "hst": "Pacific/Honolulu",
}
"""The zone that a common abbreviation probably means; an abbreviation itself says nothing of summer time."""

WORLD_ZONES = frozenset({"UTC", "GMT", "Etc/UTC", "Etc/GMT", "Zulu", "UCT", "Universal", "Greenwich"})
"""Names without a place that are zones all the same."""


@cache
def zone_names() -> frozenset[str]:
    """Every IANA name that the package knows."""
    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split())


@cache
def zone_data(name: str) -> bytes:
    """The TZif bytes of a zone; KeyError for a name the package does not know."""
    if name not in zone_names():
        raise KeyError(name)
    return files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


@cache
def zone_of(name: str) -> ZoneInfo:
    """Load a zone; KeyError for a name the package does not know."""
    zone_data(name)
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)


def tzdata_version() -> str:
    """The IANA release in use, like `2026f`."""
    return (files("tzdata") / "zoneinfo" / "tzdata.zi").read_text(encoding="utf-8").split()[2]


def is_gap(local: datetime, name: str) -> bool:
    """Tell whether this naive wall time is skipped in the zone (clocks go forward over it)."""
    zone = zone_of(name)
    there = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None, fold=0) != local.replace(tzinfo=None, fold=0)


def is_fold(local: datetime, name: str) -> bool:
    """Tell whether this naive wall time happens twice in the zone (clocks go back over it)."""
    zone = zone_of(name)
    first = local.replace(tzinfo=zone, fold=0).utcoffset()
    second = local.replace(tzinfo=zone, fold=1).utcoffset()
    return first != second and not is_gap(local, name)


def shift(moment: datetime, delta: timedelta) -> datetime:
    """Move an aware moment by elapsed time, across clock changes, keeping its zone."""
    return (moment.astimezone(UTC) + delta).astimezone(moment.tzinfo)
