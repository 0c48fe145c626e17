"""Task boxes of coaching items, found by block id, and the checksum that leaves them out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

_BOX = re.compile(r"(?P<lead>[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[)(?P<tick>.)\](?=[ \t])")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_STAMPS = re.compile(
    r"(?:[ \t]{1,4}(?:[✅❌][ \t]{0,2}\d{4}-\d\d-\d\d|\[(?:completion|cancelled)::[^\]]{1,40}\]))+$"
)
_LONGEST_STAMPS = 120
_LINE_END = re.compile(r"\r\n|\r|\n")
_BULLET = re.compile(r"^([ \t]*)[*+](?=[ \t])", re.MULTILINE)
_DASHES = re.compile(r"-{3,}")
_KEPT_TITLE = "Ticked earlier"


@dataclass(frozen=True, slots=True)
class _Item:
    """The parts of an item's line; `stamp` is the done-date that a task plugin wrote."""

    lead: str
    tick: str
    words: str
    stamp: str
    name: str

    def written(self, tick: str, stamp: str) -> str:
        """Write the line with this tick and this done-date."""
        return f"{self.lead}{tick}]{self.words}{stamp} ^pv-{self.name}"


def _item_in(line: str) -> _Item | None:
    """Read an item's line, `- [x] words ^pv-name`; None for every other line."""
    if "^pv-" not in line:
        return None
    head, mark, name = line.rstrip(" \t").rpartition("^pv-")
    box = _BOX.match(head) if mark and _NAME.fullmatch(name) and head[-1:] in {" ", "\t"} else None
    if not box:
        return None
    words = head[box.end() :].rstrip(" \t")
    stamps = _STAMPS.search(words[-_LONGEST_STAMPS:])
    stamp = stamps[0] if stamps else ""
    return _Item(box["lead"], box["tick"], words[: len(words) - len(stamp)], stamp, name)


def _items(text: str) -> Iterator[_Item]:
    """Read every item of a text."""
    return (item for line in _LINE_END.split(text) if (item := _item_in(line)))


def ticks_of(text: str) -> Mapping[str, str]:
    """Read the tick of every item: item id to the character in its box, a blank while it is open."""
    return {item.name: item.tick for item in _items(text)}


def stamps_of(text: str) -> Mapping[str, str]:
    """Read the done-date of every item, as a task plugin wrote it after the words; often empty."""
    return {item.name: item.stamp for item in _items(text)}


def carry_ticks(body: str, ticks: Mapping[str, str], stamps: Mapping[str, str] | None = None) -> str:
    """Give the items of a fresh body the ticks, and the done-dates, that the same items had before."""
    dates = stamps or {}
    return "\n".join(
        item.written(ticks.get(item.name, item.tick), dates.get(item.name, item.stamp))
        if (item := _item_in(line))
        else line
        for line in body.split("\n")
    )


def keep_ticked(body: str, old: str) -> str:
    """End a fresh body with the items that were ticked in the old text and are not in the fresh one.

    They stand under a heading of their own, one level below that of the body, word for word. An item that
    is in the fresh body is not listed again: there it takes its tick from `carry_ticks`.
    """
    names = ticks_of(body)
    kept = {item.name: item for item in _items(old) if item.tick.strip() and item.name not in names}
    if not kept:
        return body
    level = len(body) - len(body.lstrip("#")) + 1
    heading = f"{'#' * level} {_KEPT_TITLE}" if 1 < level <= 6 else f"**{_KEPT_TITLE}**"
    lines = "\n".join(replace(item, lead="- [").written(item.tick, item.stamp) for item in kept.values())
    return f"{body.rstrip()}\n\n{heading}\n\n{lines}"


@lru_cache(maxsize=256)
def section_sum(text: str) -> str:
    """Name a section's text in ten hexadecimal digits.

    White space, the ticks of items with their done-dates, the width of tables, and which of `-`, `*` and
    `+` makes a bullet do not count: editors change them without anyone having written anything.
    """
    lines = (item.written(" ", "") if (item := _item_in(line)) else line for line in _LINE_END.split(text))
    plain = _DASHES.sub("---", _BULLET.sub(r"\1-", "\n".join(lines)))
    plain = " ".join(plain.split())
    return sha256(plain.encode("utf-8", "replace")).hexdigest()[:10]
