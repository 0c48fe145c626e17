"""Read the debrief block of an interview's note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prepvault.model.debrief import Asked, Debrief, Promise
from prepvault.model.finding import Finding
from prepvault.parse.debrief_lines import block_lines, label_of, part_of
from prepvault.parse.debrief_parts import read_asked, read_promise, read_scores

HEADING = "Debrief"
"""The heading under which a debrief stands in a note, whatever its level."""

_LONGEST = 4000
"""Letters of one entry that are read, over all its lines."""
_MOST_BELOW = 50


def parse_debrief(body: str, path: str, first_line: int) -> tuple[Debrief, tuple[Finding, ...]]:
    """Read what stands under the debrief heading; never raises. `first_line` is the body's in the file."""
    reading = _Reading(path)
    for entry in _entries(body, first_line):
        reading.read(entry)
    debrief = Debrief(
        asked=tuple(reading.asked),
        scores=reading.scores,
        promises=tuple(reading.promises),
        doubts=tuple(dict.fromkeys(reading.texts.get("doubts", ()))),
        learned=tuple(dict.fromkeys(reading.texts.get("learned", ()))),
        pay=tuple(dict.fromkeys(reading.texts.get("pay", ()))),
        change=reading.texts.get("change", [""])[-1],
    )
    return debrief, tuple(reading.findings)


def part_titles(body: str) -> Mapping[str, str]:
    """Name the parts that the debrief block of a note has headings for, each as its heading writes it.

    A part whose heading stands before the block too is left out: what is added under it would go astray.
    """
    inside: dict[str, str] = {}
    headings = [line for line in block_lines(body, 1) if line.level]
    for line in headings:
        if line.is_inside and (part := part_of(line.title)):
            inside.setdefault(part, line.title)
    before = {line.title.casefold() for line in headings if not line.is_inside}
    return {part: title for part, title in inside.items() if title.casefold() not in before}


def has_debrief(body: str) -> bool:
    """Tell whether a note has a debrief block, filled in or not."""
    return any(line.is_inside for line in block_lines(body, 1))


def block_heading(body: str) -> tuple[int, str]:
    """Give level and title of the heading over the debrief block; level 0 where there is none."""
    found = next((line for line in block_lines(body, 1) if line.is_inside), None)
    return (found.level, found.title) if found else (0, "")


@dataclass(slots=True)
class _Entry:
    """One thing that was written: the part it belongs to, its text with what hangs below it, its line."""

    part: str
    texts: list[str]
    number: int
    tick: str = ""
    below: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says itself, over however many lines."""
        return _joined(self.texts)


def _entries(body: str, first_line: int) -> list[_Entry]:
    """Cut the block into entries: a list item, a row of a table or a paragraph, with its continuation."""
    entries: list[_Entry] = []
    part, is_open = "", False
    for line in block_lines(body, first_line):
        if not line.text:
            part = part_of(line.title) if line.level and line.is_inside else part
            is_open = False
        elif is_open and line.is_below:
            entries[-1].below.append(line.text)
        elif is_open and not line.is_item:
            entries[-1].texts.append(line.text)
        else:
            named, text = label_of(line.text)
            part = named if named and not line.is_item else part
            entries.append(_Entry(named or part, [text], line.number, line.tick))
            is_open = True
    return entries


def _joined(texts: Sequence[str]) -> str:
    return " ".join(texts)[:_LONGEST]


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    path: str
    asked: list[Asked] = field(default_factory=list)
    scores: dict[str, int] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def read(self, entry: _Entry) -> None:
        """Read one entry as what its part says it is; text outside the parts is the user's own."""
        text = entry.text.strip()
        if entry.part == "scores":
            scores, findings = read_scores(_joined([text, *entry.below]), self.path, entry.number)
            self.scores |= scores
            self.findings += findings
        elif not text:
            return
        elif entry.part == "asked":
            question = read_asked(text, entry.below[:_MOST_BELOW], entry.number)
            self.asked += [question] if question.text else []
        elif entry.part == "promises":
            promise, findings = read_promise(text, entry.tick, self.path, entry.number)
            self.promises += [promise] if promise else []
            self.findings += findings
        elif entry.part:
            self.texts.setdefault(entry.part, []).append(_joined([text, *entry.below]))
