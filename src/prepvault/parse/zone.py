"""Read a time zone as people write it, and suggest the zone they meant."""

import re
from dataclasses import dataclass

from prepvault.model.near import find_near, plain_word
from prepvault.model.zones import WORLD_ZONES, ZONE_ABBREVIATIONS, zone_names

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
        doubtful = "/" not in text and text not in WORLD_ZONES
        return ZoneRead(text, suggestion=ZONE_ABBREVIATIONS.get(text.lower(), "") if doubtful else "")
    same = [name for name in zone_names() if plain_word(name) == plain_word(text)] if "/" in text else []
    if same:
        return ZoneRead(min(same), exact=False)
    if text.upper() in WORLD_ZONES:
        return ZoneRead(text.upper(), exact=False)
    return ZoneRead("", suggestion=suggest_zone(text), is_offset=bool(_OFFSET.fullmatch(text)))


def suggest_zone(text: str) -> str:
    """Suggest the zone meant by an abbreviation, a city or a misspelling; empty where nothing is close."""
    plain = plain_word(text)
    if plain in ZONE_ABBREVIATIONS:
        return ZONE_ABBREVIATIONS[plain]
    names = sorted(name for name in zone_names() if "/" in name and not name.startswith("Etc/"))
    cities = {plain_word(name.rpartition("/")[2]): name for name in reversed(names)}
    city = plain_word(text.rpartition("/")[2])
    if city in cities:
        return cities[city]
    near = find_near(text, names, closeness=0.8)
    return near or cities.get(find_near(city, cities, closeness=0.8), "")
