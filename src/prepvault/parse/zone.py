"""Read a time zone as people write it, and suggest the zone they meant."""

import re
from dataclasses import dataclass

from prepvault.model.near import find_near, plain_word
from prepvault.model.zones import zone_names

_ABBREVIATIONS = {
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
_WORLD = frozenset({"UTC", "GMT", "Etc/UTC", "Etc/GMT", "Zulu", "UCT", "Universal", "Greenwich"})
_OFFSET = re.compile(r"(?:utc|gmt)?\s*[+-]\s*\d{1,2}(?::?\d{2})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ZoneRead:
    """What a zone's text means: `name` is empty where it is unknown, `exact` false where it was respelled.

    `suggestion` is the zone probably meant, where the text names none or only an abbreviation;
    `is_offset` is true for `UTC+2`, which is no zone.
    """

    name: str
    exact: bool = True
    suggestion: str = ""
    is_offset: bool = False


def read_zone(text: str) -> ZoneRead:
    """Read a zone's name; case, blanks and hyphens are forgiven, nothing else is guessed."""
    text = text.strip()
    if text in zone_names():
        doubtful = "/" not in text and text not in _WORLD
        return ZoneRead(text, suggestion=_ABBREVIATIONS.get(text.lower(), "") if doubtful else "")
    same = [name for name in zone_names() if plain_word(name) == plain_word(text)] if "/" in text else []
    if same:
        return ZoneRead(min(same), exact=False)
    if text.upper() in _WORLD:
        return ZoneRead(text.upper(), exact=False)
    return ZoneRead("", suggestion=suggest_zone(text), is_offset=bool(_OFFSET.fullmatch(text)))


def suggest_zone(text: str) -> str:
    """Suggest the zone meant by an abbreviation, a city or a misspelling; empty where nothing is close."""
    plain = plain_word(text)
    if plain in _ABBREVIATIONS:
        return _ABBREVIATIONS[plain]
    names = sorted(name for name in zone_names() if "/" in name and not name.startswith("Etc/"))
    cities = {plain_word(name.rpartition("/")[2]): name for name in reversed(names)}
    city = plain_word(text.rpartition("/")[2])
    if city in cities:
        return cities[city]
    near = find_near(text, names, closeness=0.8)
    return near or cities.get(find_near(city, cities, closeness=0.8), "")
