"""Zones at the end of a time: IANA names and offsets are understood, abbreviations are asked about."""

import re
from datetime import timedelta
from functools import cache

from prepvault.model.zones import zone_names
from prepvault.parse.when_fault import UnclearError

_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_WIDEST = 14 * 60

_MEANINGS = {
    "ET": ("America/New_York", "America/Toronto"),
    "EST": ("America/New_York", "America/Panama"),
    "EDT": ("America/New_York", "America/Toronto"),
    "CT": ("America/Chicago", "America/Mexico_City"),
    "CST": ("America/Chicago", "Asia/Shanghai"),
    "CDT": ("America/Chicago", "America/Havana"),
    "MT": ("America/Denver", "America/Phoenix"),
    "MST": ("America/Denver", "America/Phoenix"),
    "MDT": ("America/Denver", "America/Boise"),
    "PT": ("America/Los_Angeles", "America/Tijuana"),
    "PST": ("America/Los_Angeles", "Asia/Manila"),
    "PDT": ("America/Los_Angeles", "America/Tijuana"),
    "AST": ("America/Halifax", "Asia/Riyadh"),
    "HST": ("Pacific/Honolulu", "America/Adak"),
    "GMT": ("Europe/London", "UTC"),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "IST": ("Asia/Kolkata", "Europe/Dublin"),
    "WET": ("Europe/Lisbon", "Atlantic/Canary"),
    "WEST": ("Europe/Lisbon", "Atlantic/Canary"),
    "CET": ("Europe/Berlin", "Africa/Algiers"),
    "CEST": ("Europe/Berlin", "Europe/Madrid"),
    "MEZ": ("Europe/Berlin", "Europe/Vienna"),
    "MET": ("Europe/Berlin", "Europe/Brussels"),
    "EET": ("Europe/Helsinki", "Africa/Tripoli"),
    "EEST": ("Europe/Helsinki", "Europe/Bucharest"),
    "MSK": ("Europe/Moscow", "Europe/Simferopol"),
    "SGT": ("Asia/Singapore", "+08:00"),
    "JST": ("Asia/Tokyo", "+09:00"),
    "KST": ("Asia/Seoul", "+09:00"),
    "AEST": ("Australia/Sydney", "Australia/Brisbane"),
    "AEDT": ("Australia/Sydney", "Australia/Melbourne"),
    "NZST": ("Pacific/Auckland", "+12:00"),
    "NZDT": ("Pacific/Auckland", "+13:00"),
}


def find_zone(word: str) -> str | timedelta | None:
    """Read a zone's name or an offset; None for another word, UnclearError for an abbreviation."""
    if word.upper() in {"UTC", "Z"}:
        return "UTC"
    if word.upper() in _MEANINGS:
        message = f"`{word}` is not the name of one zone, and its clock may differ by season"
        raise UnclearError(message, part=word, choices=_MEANINGS[word.upper()])
    if "/" in word:
        return _names().get(word.casefold())
    found = _OFFSET.fullmatch(word)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > _WIDEST:
        raise UnclearError(f"no place on earth is `{word}` away from UTC")
    return timedelta(minutes=minutes if found[1] == "+" else -minutes)


def find_places(words: str) -> tuple[str, ...]:
    """The zones that a place's name could mean: `new york` gives `America/New_York`."""
    wanted = "/" + words.casefold().replace(" ", "_")
    found = [name for lowered, name in _names().items() if lowered.endswith(wanted)]
    return tuple(sorted(found, key=lambda name: (name.count("/"), name)))[:2]


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(zone_names()) if "/" in name}
