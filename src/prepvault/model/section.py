"""A coaching section: a part of a note between our markers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One managed section as it stands in a note.

    `start` and `end` are byte offsets in the note's whole file, from the first byte of the begin marker's
    line to past the end marker's line end; `inner_start` and `inner_end` bound the text between the two
    marker lines. `line` is the begin marker's line, from 1. `recorded` is the checksum in the marker,
    `actual` the checksum of what stands there now.
    """

    name: str
    version: int
    start: int
    inner_start: int
    inner_end: int
    end: int
    line: int
    recorded: str
    actual: str

    @property
    def is_edited(self) -> bool:
        """True when a person changed more than ticks and white space."""
        return self.recorded != self.actual
