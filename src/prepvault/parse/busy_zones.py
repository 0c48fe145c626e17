"""The zones that a calendar file defines itself, by their rules; taken out before a library reads the rest.

A library works out every change of a zone's clock for a century, for as many rules as somebody wrote, and
keeps the first zone of a name for all files that follow. Here one moment is asked for at a time.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from prepvault.parse.ics_lines import Part, read_text
from prepvault.parse.invite_offsets import Rules

_BEGIN = re.compile(r"BEGIN:VTIMEZONE\s*", re.IGNORECASE)
_END = re.compile(r"END:VTIMEZONE\s*", re.IGNORECASE)


class OwnZone(tzinfo):
    """A zone by the rules of a file; a moment that these do not settle raises ValueError."""

    def __init__(self, part: Part) -> None:
        self._rules = Rules(part)

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """The offset at a wall time."""
        offset = self._rules.offset_at(at.replace(tzinfo=None)) if at else None
        if at and offset is None:
            raise ValueError(f"the rules of {self.tzname(at)} cannot be followed")
        return offset

    def dst(self, at: datetime | None) -> timedelta:
        """Nothing: which part of the offset is summer time does not matter here."""
        return timedelta()

    def tzname(self, at: datetime | None) -> str:
        """The name that the file gives it."""
        return self._rules.zone.text("TZID")

    def fromutc(self, at: datetime) -> datetime:
        """The wall time at a moment: by the offset there, not by that of the same figures in UTC."""
        guess = at + (self.utcoffset(at) or timedelta())
        return at + (self.utcoffset(guess) or timedelta())

    def __deepcopy__(self, memo: dict[int, Any]) -> "OwnZone":
        """It never changes, so a copy of an event may share it."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuild it from its rules, where somebody pickles an event."""
        return type(self), (self._rules.zone,)


def take_zones(text: str) -> tuple[list[str], Mapping[str, OwnZone]]:
    """Unfold a calendar's lines and part them into those outside zones, and the zones by their names."""
    kept: list[str] = []
    taken: list[str] = []
    inside = False
    for line in _unfolded(text):
        inside = inside or bool(_BEGIN.fullmatch(line))
        (taken if inside else kept).append(line)
        inside = inside and not _END.fullmatch(line)
    return kept, _zones(read_text("\r\n".join(taken))[0])


def _zones(root: Part) -> dict[str, OwnZone]:
    """Every zone by its name; a name that stands for two clocks in one file stands for none."""
    found: dict[str, Part] = {}
    unclear: set[str] = set()
    for part in root.inside("VTIMEZONE"):
        name = part.text("TZID").replace("\\", "").strip()
        if _rules(found.setdefault(name, part)) != _rules(part):
            unclear.add(name)
    return {name: OwnZone(part) for name, part in found.items() if name not in unclear}


def _rules(part: Part) -> tuple[object, ...]:
    """What a zone says, wherever in the file it says so."""
    return *((line.name, line.value) for line in part.lines), *map(_rules, part.parts)


def _unfolded(text: str) -> list[str]:
    """Join folded lines and drop empty ones, in one pass however many there are."""
    lines: list[list[str]] = []
    for line in text.split("\n"):
        line = line.removesuffix("\r")
        if line[:1] in {" ", "\t"} and lines:
            lines[-1].append(line[1:])
        elif line:
            lines.append([line])
    return ["".join(pieces) for pieces in lines]
