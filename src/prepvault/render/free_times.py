"""Free times as text for a mail, on the clock of who is to choose, with one's own beside it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from prepvault.model.free_time import Offer, Span
from prepvault.model.zones import zone_of
from prepvault.render.times import city_of

_SHORT = {
    "America/New_York": "ET",
    "America/Chicago": "CT",
    "America/Denver": "MT",
    "America/Los_Angeles": "PT",
}
"""What a zone is called where it is the only one of that name; other abbreviations mean several."""


def zone_word(zone: str) -> str:
    """What to put behind a time: `ET`, `UTC`, `Berlin time`."""
    city = city_of(zone)
    return _SHORT.get(zone) or (city if city == zone else f"{city} time")


def say_offer(offer: Offer, zone: str, home: str) -> str:
    """Say the free times of one day: `Tuesday 17 February, 10:00–12:00 ET (16:00–18:00 my time)`."""
    theirs = _listed([_clock(each, zone) for each in offer.spans])
    line = f"{offer.day:%A} {offer.day.day} {offer.day:%B}, {theirs} {zone_word(zone)}"
    if all(_is_same(each.starts, zone, home) and _is_same(each.ends, zone, home) for each in offer.spans):
        return line
    ours = _listed([_own_clock(each, offer.day, home) for each in offer.spans])
    return f"{line} ({ours} my time)"


def say_offers(offers: Iterable[Offer], zone: str, home: str) -> tuple[str, ...]:
    """Say each day on a line of its own."""
    return tuple(say_offer(each, zone, home) for each in offers)


def say_slots(offers: Iterable[Offer], zone: str, home: str) -> Iterator[str]:
    """Say each free time by itself, for a mail that lists them."""
    for offer in offers:
        for span in offer.spans:
            yield say_offer(Offer(offer.day, (span,)), zone, home)


def _clock(span: Span, zone: str) -> str:
    here = zone_of(zone)
    starts, ends = span.starts.astimezone(here), span.ends.astimezone(here)
    return f"{starts:%H:%M}–{'24:00' if f'{ends:%H:%M}' == '00:00' else f'{ends:%H:%M}'}"


def _own_clock(span: Span, day: date, home: str) -> str:
    """The same on one's own clock; the day is said where it is another."""
    starts = span.starts.astimezone(zone_of(home))
    said = "" if starts.date() == day else f"{starts:%a} "
    return f"{said}{_clock(span, home)}"


def _is_same(moment: datetime, zone: str, home: str) -> bool:
    return moment.astimezone(zone_of(zone)).utcoffset() == moment.astimezone(zone_of(home)).utcoffset()


def _listed(texts: list[str]) -> str:
    return " and ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else texts[0]
