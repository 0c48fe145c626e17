"""The lines and parts of an iCalendar file, read strictly: every liberty taken becomes a remark."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Remark = tuple[int, str]
"""A line of the file, from 1, and what is wrong there."""

_LONGEST = 75
_NAME = r"[A-Za-z0-9-]+"
_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_PARAMETER = rf";({_NAME})=({_VALUE}(?:,{_VALUE})*)"
_LINE = re.compile(rf"({_NAME})((?:{_PARAMETER})*):(.*)", re.DOTALL)
_EACH_PARAMETER = re.compile(_PARAMETER)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One property, unfolded; `number` is its first line in the file."""

    number: int
    name: str
    parameters: Mapping[str, str]
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """One component: its properties and the components inside it."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    def values(self, name: str) -> list[Line]:
        """All properties of that name."""
        return [line for line in self.lines if line.name == name]

    def find(self, name: str) -> Line | None:
        """The first property of that name."""
        return next(iter(self.values(name)), None)

    def text(self, name: str) -> str:
        """The value of the first property of that name, empty where there is none."""
        line = self.find(name)
        return line.value if line else ""

    def inside(self, name: str) -> list["Part"]:
        """The components of that name directly inside."""
        return [part for part in self.parts if part.name == name]


def read_parts(data: bytes) -> tuple[Part, tuple[Remark, ...]]:
    """Read a file into a root part; never raises, whatever the bytes."""
    root, remarks = read_text(data.decode("utf-8", "replace"))
    return root, (*_byte_remarks(data), *remarks)


def read_text(text: str) -> tuple[Part, tuple[Remark, ...]]:
    """Read a decoded file into a root part; the remarks are about its lines, whatever their bytes were."""
    remarks: list[Remark] = []
    root = Part("", 0)
    open_parts = [root]
    for number, line_text in _unfolded(text):
        found = _LINE.fullmatch(line_text)
        if not found:
            remarks.append((number, f"`{line_text[:40]}` is not a property"))
            continue
        line = Line(number, found[1].upper(), _parameters(found[2]), found[found.re.groups])
        _place(line, open_parts, remarks)
    if len(open_parts) > 1:
        remarks.append((open_parts[-1].number, f"{open_parts[-1].name} is never closed"))
    return root, tuple(remarks)


def _place(line: Line, open_parts: list[Part], remarks: list[Remark]) -> None:
    """Add a property to the innermost open component, or open or close one."""
    if line.name == "BEGIN":
        part = Part(line.value.upper(), line.number)
        open_parts[-1].parts.append(part)
        open_parts.append(part)
    elif line.name != "END":
        open_parts[-1].lines.append(line)
    elif len(open_parts) == 1 or open_parts[-1].name != line.value.upper():
        remarks.append((line.number, f"END:{line.value} closes nothing that is open"))
    else:
        open_parts.pop()


def _parameters(text: str) -> dict[str, str]:
    return {name.upper(): value.strip('"') for name, value in _EACH_PARAMETER.findall(text)}


def _byte_remarks(data: bytes) -> Iterator[Remark]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield 1, "a byte-order mark stands before the calendar"
    if not data.endswith(b"\r\n"):
        yield data.count(b"\n") + 1, "the file does not end in CRLF"
    for number, line in enumerate(data.removesuffix(b"\r\n").split(b"\r\n"), 1):
        if b"\n" in line or b"\r" in line:
            yield number, "a line ends in something other than CRLF"
        if len(line) > _LONGEST:
            yield number, f"a line has {len(line)} octets, more than {_LONGEST}"
        if _CONTROL.search(line):
            yield number, "a control character stands here"
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            yield number, "this is not UTF-8, or a fold splits a character"


def _unfolded(text: str) -> Iterator[Remark]:
    """Join folded lines, each with the number of its first line."""
    start, joined = 1, ""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line[:1] in {" ", "\t"} and joined:
            joined += line[1:]
            continue
        if joined:
            yield start, joined
        start, joined = number, line
    if joined:
        yield start, joined
