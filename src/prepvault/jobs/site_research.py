"""What the dashboard shows of research: how far a company's note is, what was written, the blank template."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from prepvault.model.card import Library
from prepvault.model.company import Company
from prepvault.model.research import ResearchState
from prepvault.model.zones import zone_of
from prepvault.parse.research import BLOCK, part_of_heading
from prepvault.render.research import research_body
from prepvault.rules.research import research_state

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.+?)[ \t#]*")
_BULLET = re.compile(r"([ \t]*)[-*+][ \t]+(?:\[.\][ \t]+)?(.*)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_EMPTY = re.compile(r"[^:]{1,80}(?:\([^()]*\))?\s*(?:\*\*|__)?:(?:\*\*|__)?\s*")
_LABEL = re.compile(
    r"(?:\*\*|__)?(?:say|ask|watch|unknown)\b(?:\*\*|__)?\s*(?:\([^()]*\))?\s*:.*", re.IGNORECASE
)
_FORM = re.compile(r"form of a line\s*:", re.IGNORECASE)
_WHERE = re.compile(r"where to look\s*:", re.IGNORECASE)
_SO_WHAT = re.compile(
    r"(?:\*\*|__)?so what\b(?:\*\*|__)?\s*(?:\([^()]*\))?\s*:?(?:\*\*|__)?\s*", re.IGNORECASE
)


def research_at(company: Company | None, library: Library, now: datetime, zone: str) -> ResearchState | None:
    """Tell how a company's research stands on the day of a build; None where it has no note."""
    if company is None:
        return None
    return research_state(company, library.research, now.astimezone(zone_of(zone)).date())


def research_template(library: Library) -> str:
    """Write all ten parts with nothing filled in, as Markdown."""
    return research_body(library.research, {}, is_deep=False)


def written_research(body: str) -> str:
    """Leave out of a research note's text what is only its form: empty fields, hints, conclusions not drawn.

    The lines of its last block go too: the page shows them on their own. All other text stays as it is.
    """
    reading = _Reading()
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        reading.read(line, below)
    return "\n".join(reading.finish())


@dataclass(slots=True)
class _Reading:
    """What was kept so far, the paragraph that is being read, the part it stands in, a label's indent."""

    kept: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    part: str = ""
    is_code: bool = False
    label: int | None = None

    def read(self, line: str, below: str) -> None:
        """Read a line; `below` is the next one."""
        heading, bullet = _HEADING.fullmatch(line), _BULLET.fullmatch(line)
        if _FENCE.match(line):
            self.is_code = not self.is_code
        elif not self.is_code and not heading and not bullet and line.strip():
            self.prose.append(line)
            return
        self._end_prose()
        if self.is_code or not (heading or bullet):
            self.kept.append(line)
        elif heading:
            self.part, self.label = part_of_heading(heading[1]), None
            self.kept.append(line)
        elif bullet:
            self.kept += self._bullet(line, len(bullet[1].expandtabs(4)), bullet[2], below)

    def finish(self) -> list[str]:
        """End the last paragraph and give what was kept."""
        self._end_prose()
        return self.kept

    def _bullet(self, line: str, indent: int, text: str, below: str) -> Iterator[str]:
        if self.part == BLOCK:
            if _LABEL.fullmatch(text):
                self.label = indent
            elif self.label is None or indent <= self.label:
                self.label = None
                yield line
        elif not self.part or not _EMPTY.fullmatch(text) or _is_deeper(below, indent):
            yield line

    def _end_prose(self) -> None:
        lines, self.prose = self.prose, []
        text = " ".join(line.strip() for line in lines)
        so_what = _SO_WHAT.match(text) if self.part else None
        if so_what:
            said = text[so_what.end() :]
            self.kept += [f"**So what:** {said}"] if said else []
        elif self.part == BLOCK and _LABEL.fullmatch(text):
            self.label = -1
        elif not _FORM.match(text) and not (self.part and _WHERE.match(text)):
            self.kept += lines


def _is_deeper(line: str, indent: int) -> bool:
    """Tell whether a line hangs below an item of that indent."""
    return bool(line.strip()) and len(line) - len(line.lstrip()) > indent
