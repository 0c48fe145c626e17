"""What the last build of a site left behind, piece by piece, and whether it still holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from prepvault.jobs.pickled import dumped, loaded
from prepvault.outside.cache import Cache, Row
from prepvault.outside.disk import FileStamp

Kind = TypeVar("Kind")
Head = dict[str, Any]
"""What is known of a piece without reading it: its `key`, its `files`, and more of its own.

`made` is the moment, in seconds, at which it was drawn, `until` that at which it has to be drawn anew
although nothing was edited.
"""


_BATCH = 256


@dataclass(slots=True)
class Kept:
    """The pieces of one output folder. Without a cache nothing is found and nothing is kept.

    `old` gives the pieces of the last build, `outputs` are its files with their stamps then, `lying` those in
    the folder with their stamps now. `heads` are the pieces that
    this build leaves behind, `memory` is what they give to others, of the kinds that it `holds` for the
    next build in this process, `fresh` what of it the cache does not have yet.
    """

    cache: Cache | None = None
    old: Callable[[], Mapping[str, Head]] = dict
    outputs: Mapping[str, FileStamp] = field(default_factory=dict)
    lying: Mapping[str, FileStamp] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)
    memory: dict[Row, tuple[str, object]] = field(default_factory=dict)
    fresh: dict[Row, bytes] = field(default_factory=dict)
    holds: frozenset[str] = frozenset()

    def find(self, name: str, key: str, now: float) -> Head | None:
        """Give the head of a piece that is still what it was made from, and whose files lie untouched."""
        head = self.old().get(name)
        if head is None or head["key"] != key:
            return None
        if now != head["made"] and not head["made"] <= now < head["until"]:
            return None
        if any(self.lying.get(file) != self.outputs.get(file, ()) for file in head["files"]):
            return None
        return head

    def keep(self, name: str, head: Head) -> None:
        """Take a piece over into what this build leaves behind."""
        self.heads[name] = head

    def put(self, kind: str, name: str, head: Head, value: object) -> None:
        """Keep what a piece gives to others, bound to its head."""
        made = _bound(head)
        if self.cache is None or kind in self.holds:
            self.memory[kind, name] = (made, value)
        if self.cache is not None:
            self.fresh[kind, name] = dumped(made, value)
            if len(self.fresh) > _BATCH:
                self.cache.write(self.fresh.items())
                self.fresh = {}

    def get(self, kind: str, name: str, head: Head, expected: type[Kind]) -> Kind | None:
        """Give what a piece gave to others when it was made; None where that is lost or damaged."""
        held = self.memory.get((kind, name))
        if (held is None or held[0] != _bound(head)) and self.cache is not None:
            held = loaded(self.fresh.get((kind, name)) or self.cache.read(kind, name))
        if held is None or held[0] != _bound(head) or not isinstance(held[1], expected):
            return None
        if kind in self.holds:
            self.memory[kind, name] = held
        return held[1]


def _bound(head: Head) -> str:
    """What a row must say to belong to a head: the same inputs give another page at another hour."""
    return f"{head['key']} {head['made']}"
