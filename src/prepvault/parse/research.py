"""Read a research note's text: facts by part, conclusions, and the lines of its last block."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from prepvault.model.company import Fact
from prepvault.parse.fact import FactLine, plain_words, read_fact, read_pieces, split_name
from prepvault.parse.hidden import without_comments

BLOCK = "block"
"""The id under which the last block, `In one breath`, stands among the parts."""

_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (part, re.compile(pattern, re.IGNORECASE))
    for part, pattern in (
        (BLOCK, "in one breath|in short|one[- ]liners|say, ask"),
        ("overview", "overview|what they do|the company"),
        ("product", "product"),
        ("culture", "culture|values"),
        ("news", "news"),
        ("money", "money|financ|funding"),
        ("market", "market|compet|landscape|rivals"),
        ("role", r"\brole|job description|posting|\bJD\b"),
        ("people", "manager|people|interviewers|your team|the team"),
        ("work", "how they work|ways of working|stack|engineering|tech"),
        ("process", "process|terms|stages"),
    )
)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?=.)")
_BULLET = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,2}[.)])[ \t]+(?:\[.\][ \t]+)?(?P<text>.*)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_LABELS = ("say", "ask", "watch", "unknown")
_SO_WHAT = re.compile(r"so what\b", re.IGNORECASE)
_GUIDE = re.compile(
    r"where to look\b|form of a line\b|checked against a second source\s*:?\s*$", re.IGNORECASE
)
_BEGINS_ASIDE = re.compile(r"[*_> ]*(?:so what|where to look|sources?)\b[^.]*:", re.IGNORECASE)
_SOURCE = re.compile(r"sources?(?: and dates?)?\b|read on\b", re.IGNORECASE)
_TABLE_HEAD = frozenset({"field", "what", "fact", "name", "question", ""})


@dataclass(slots=True)
class Research:
    """What a research note's text says; `parts` are the headings, signs included, by the id of their part."""

    facts: list[Fact] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=lambda: {label: [] for label in _LABELS})
    so_whats: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    doubtful: list[tuple[int, str]] = field(default_factory=list)


def part_of_heading(title: str) -> str:
    """The id of the part that a heading begins; empty for a heading of the user's own."""
    return next((part for part, pattern in _PARTS if pattern.search(title)), "")


def read_research(body: str, first_line: int) -> Research:
    """Read a note's text; never raises. `first_line` is the number of the body's first line in the file."""
    reading = _Reading()
    for number, line in _shown_lines(body, first_line):
        reading.read(line, number)
    reading.settle()
    return reading.found


def _shown_lines(body: str, first_line: int) -> Iterator[tuple[int, str]]:
    """The lines that are no comment and no code, by their numbers."""
    is_code = False
    text = without_comments(body).replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), first_line):
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code:
            yield number, line


@dataclass(slots=True)
class _Reading:
    """What has been read, and where the next line stands: its part, and the field that waits for a value."""

    found: Research = field(default_factory=Research)
    part: str = ""
    label: str = ""
    waiting: str = ""
    indent: int = -1
    prose: list[str] = field(default_factory=list)
    prose_line: int = 0
    sources: dict[str, tuple[str, date | None]] = field(default_factory=dict)

    def read(self, line: str, number: int) -> None:
        """Read the next line of the note."""
        heading, bullet = _HEADING.match(line), _BULLET.fullmatch(line)
        if (
            heading
            or bullet
            or not line.strip()
            or line.lstrip().startswith("|")
            or _BEGINS_ASIDE.match(line)
        ):
            self._end_prose()
        if heading:
            self._begin(heading[1], line[heading.end() :].rstrip(" \t#"))
        elif bullet:
            self._bullet(bullet["text"].strip(), len(bullet["indent"].expandtabs(4)), number)
        elif line.lstrip().startswith("|"):
            self._row(line, number)
        elif line.strip():
            self.prose_line = self.prose_line if self.prose else number
            self.prose.append(line.strip().lstrip("> "))

    def settle(self) -> None:
        """End the last paragraph, and give each part's source to those of its facts that have none."""
        self._end_prose()
        facts = self.found.facts
        for at, fact in enumerate(facts):
            source, day = self.sources.get(fact.part, ("", None))
            facts[at] = replace(fact, source=fact.source or source, read_on=fact.read_on or day)

    def _begin(self, signs: str, title: str) -> None:
        bare = plain_words(title).casefold().strip(" :")
        self.label, self.waiting, self.indent = "", "", -1
        if bare in _LABELS:
            self.label = bare
            return
        self.part = part_of_heading(title)
        if self.part:
            self.found.parts.setdefault(self.part, f"{signs} {title}")

    def _bullet(self, text: str, indent: int, number: int) -> None:
        label, rest = _label_of(text)
        if label:
            self.label, self.indent = label, indent
            self._say(rest)
        elif self.label and (indent > self.indent or self.indent < 0):
            self._say(text)
        elif self.waiting and indent > self.indent:
            self._add(replace(read_fact(text), name=self.waiting), number)
        else:
            self.label = ""
            self._field(text, indent, number)

    def _field(self, text: str, indent: int, number: int) -> None:
        self.waiting, self.indent = "", indent
        if self._is_aside(text):
            return
        said = read_fact(text)
        if not said.value:
            self.waiting = said.name
        self._add(said, number)

    def _row(self, line: str, number: int) -> None:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        is_head = cells[0].casefold() in _TABLE_HEAD or all(set(cell) <= set(":- ") for cell in cells)
        if not is_head and len(cells) > 1:
            self._add(read_pieces(plain_words(cells[0]), cells[1:]), number)

    def _end_prose(self) -> None:
        text = " ".join(self.prose)
        self.prose = []
        label, rest = _label_of(text)
        if label:
            self.label, self.indent = label, -1
            self._say(rest)
        elif text and not self.label and not self._is_aside(text):
            self._add(read_fact(text), self.prose_line)

    def _is_aside(self, text: str) -> bool:
        """Take conclusions, hints where to look and a part's common source out of the facts."""
        bare = plain_words(text)
        if _SO_WHAT.match(bare):
            said = re.sub(r"^so what\s*(?:\([^()]*\))?\s*:?\s*", "", bare, flags=re.IGNORECASE)
            if said and self.part:
                self.found.so_whats[self.part] = said
            self._tag(text)
        elif _SOURCE.match(bare) and split_name(text)[0]:
            pieces = re.split(r",\s+|\s+·\s+", split_name(text)[1])
            line = read_pieces("", ["-", *pieces])
            self.sources[self.part] = (line.source, line.read_on)
        elif not _GUIDE.match(bare):
            return False
        return True

    def _add(self, said: FactLine, number: int) -> None:
        """Keep a line of one of the parts as a fact, if it says anything."""
        if self.part and said.doubtful:
            self.found.doubtful.append((number, said.doubtful))
        if self.part == "culture":
            self._tag(f"{said.name} {said.value}")
        if (
            self.part
            and self.part != BLOCK
            and any(letter.isalnum() or letter == "?" for letter in said.value)
        ):
            self.found.facts.append(
                Fact(
                    part=self.part,
                    name=said.name,
                    value=said.value,
                    source=said.source,
                    read_on=said.read_on,
                    confidence=said.confidence,
                    line=number,
                )
            )

    def _tag(self, text: str) -> None:
        if self.part == "culture":
            self.found.tags += re.findall(r"(?<!\S)#(?:values?/)?([a-z][\w-]+)", text)

    def _say(self, text: str) -> None:
        """Add to the last block; several things on one line are parted by semicolons."""
        said = (plain_words(piece).strip(" .") for piece in text.split(";"))
        self.found.lines[self.label] += [piece for piece in said if piece]


def _label_of(text: str) -> tuple[str, str]:
    """Read `**Say** (three facts to weave in): text`; the label is empty for every other line."""
    found = re.fullmatch(
        r"(?:\*\*|__)?(\w+)(?:\*\*|__)?\s*(?:\([^()]*\))?\s*:\s*(?:\*\*|__)?(.*)", text.strip()
    )
    label = found[1].casefold() if found else ""
    return (label, found[2].strip()) if found and label in _LABELS else ("", text)
