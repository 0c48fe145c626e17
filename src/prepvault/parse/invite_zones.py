"""Which IANA zone a TZID means: known names first, then the file's own zone by its offsets, else asked.

A name that could mean two things is never settled here: candidates are given, and somebody asks.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from prepvault.model.zones import ZONE_ABBREVIATIONS, zone_names, zone_of
from prepvault.parse.invite_offsets import Rules
from prepvault.parse.zone import read_zone, suggest_zone

# Half a year away can be summer time too, where that lasts seven months, so a quarter is looked at as well.
_PROBES = tuple(timedelta(days=days) for days in (0, -91, 91, -183, 183))
_UTC_NAMES = frozenset({"utc", "z", "etc/utc", "gmt", "etc/gmt", "tzone://microsoft/utc"})
_COUNTED = re.compile(r" \d{1,2}$")
_MOST = 4


@dataclass(frozen=True, slots=True)
class ZoneFound:
    """What a TZID means: `name` is empty where it must be asked for; `remark` says how it was taken."""

    name: str
    candidates: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ZoneHints:
    """What may settle a name that says nothing: the file's own zones, its calendar's zone, the vault's."""

    own: Mapping[str, Rules]
    calendar: str = ""
    vault: str = "UTC"

    @property
    def names(self) -> tuple[str, ...]:
        """The zones that are likely, the likeliest first."""
        return tuple(dict.fromkeys(name for name in (self.calendar, self.vault) if name))


def find_zone(tzid: str, local: datetime, hints: ZoneHints) -> ZoneFound:
    """Settle what a TZID means at a wall time; a known name counts, held against the file's own rules."""
    own = hints.own.get(tzid)
    named = named_zone(tzid)
    offsets = tuple(map(own.offset_at, _probes(local))) if own else ()
    if named:
        return ZoneFound(named, remark=_difference(tzid, named, local, offsets[:1]))
    if offsets and None not in offsets:
        return _by_offsets(tzid, local, offsets, own, hints)
    likely = suggest_zone(_COUNTED.sub("", tzid)) or named_zone(_COUNTED.sub("", tzid))
    return ZoneFound("", tuple(dict.fromkeys(filter(None, (likely, *hints.names))))[:_MOST])


def named_zone(tzid: str) -> str:
    """The zone that a name certainly means: IANA however spelled, with a prefix, or Windows; else empty."""
    text = " ".join(tzid.strip().strip('"').split())[:200]
    if text.casefold() in _UTC_NAMES:
        return "UTC"
    if text.startswith("/"):
        parts = text.split("/")
        tails = ("/".join(parts[-count:]) for count in (3, 2))
        return next((tail for tail in tails if tail in zone_names()), "")
    if "/" in text and not text.startswith("tzone:"):
        return read_zone(text).name
    return _windows_zones().get(text.casefold(), "")


def _by_offsets(
    tzid: str, local: datetime, offsets: tuple[timedelta | None, ...], own: Rules | None, hints: ZoneHints
) -> ZoneFound:
    """Find a zone whose clock agrees with the file's own, then and up to half a year before and after."""
    place = own.zone.text("X-LIC-LOCATION") if own else ""
    guesses = (named_zone(place) if place else "", named_zone(_COUNTED.sub("", tzid)), *hints.names)
    for name in filter(None, guesses):
        if _fits(name, local, offsets):
            return ZoneFound(name, remark=f"the zone `{tzid}` has the clock of {name}, which is written")
    fitting = tuple(name for name in _usual_zones() if _fits(name, local, offsets))
    if len(fitting) == 1:
        return ZoneFound(fitting[0], remark=f"of the usual zones only {fitting[0]} has the clock of `{tzid}`")
    return ZoneFound("", fitting[:_MOST])


def _fits(name: str, local: datetime, offsets: tuple[timedelta | None, ...]) -> bool:
    zone = zone_of(name)
    there = tuple(moment.replace(tzinfo=zone).utcoffset() for moment in _probes(local))
    return there == offsets


def _difference(tzid: str, named: str, local: datetime, offsets: tuple[timedelta | None, ...]) -> str:
    """Say where the file's own zone has another clock than the zone that it names."""
    if not offsets or offsets[0] is None:
        return ""
    there = local.replace(tzinfo=zone_of(named)).utcoffset() or timedelta()
    if there == offsets[0]:
        return ""
    said = (local - offsets[0] + there).strftime("%H:%M")
    return f"the file's own rules for `{tzid}` differ from {named}, by them it would be {said} there; ask"


def _probes(local: datetime) -> Iterator[datetime]:
    yield from (local + away for away in _PROBES)


@cache
def _windows_zones() -> Mapping[str, str]:
    """The table of Windows names, which icalendar brings."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    known = zone_names()
    return {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items() if zone in known}


@cache
def _usual_zones() -> tuple[str, ...]:
    """The zones of the Windows table, those that most people mean first."""
    often = set(ZONE_ABBREVIATIONS.values())
    return tuple(sorted(set(_windows_zones().values()), key=lambda name: (name not in often, name)))
