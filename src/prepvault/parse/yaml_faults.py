"""What is wrong with a YAML text, in words that name the fix."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml import MarkedYAMLError


class YamlFault(ValueError):  # noqa: N818 - a fault in a note is reported, it is no error of ours
    """A YAML text that cannot be read: message, place from 1 in that text, a hint, and the code of
    the finding that tells of it.
    """

    def __init__(
        self, message: str, line: int = 1, column: int = 1, hint: str = "", code: str = "frontmatter/invalid"
    ) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.hint = hint
        self.code = code


_LINE_END = re.compile(r"\r\n|\r|\n")
_KEY = re.compile(r"^(\s*(?:- +)*)([^\s:#'\"\[\]{},&*!|>%@`-][^:#]*?)\s*:(?:\s+(.*\S))?\s*$")
_GLUED = re.compile(r"^\s*([A-Za-z_][\w-]*):(\S.*)$")
_QUOTE_STARTS = {
    "@": "a value cannot begin with `@`",
    "`": "a value cannot begin with a backtick",
    "%": "a value cannot begin with `%`",
    "*": "`*` at the start of a value means an alias",
    "&": "`&` at the start of a value means an anchor",
    "!": "`!` at the start of a value means a type",
    ">": "`>` at the start of a value means folded text",
    "|": "`|` at the start of a value means a block of text",
    "[": "`[` at the start of a value means a list",
    "{": "`{` at the start of a value means a map",
}


def quote(text: str) -> str:
    """Put a text into double quotes as a person would type it in front matter."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def explain_fault(fault: "MarkedYAMLError", text: str) -> YamlFault:
    """Find the line that a person must change and say how."""
    lines = _LINE_END.split(text)
    marks = [mark for mark in (fault.context_mark, fault.problem_mark) if mark is not None]
    spots = [(min(mark.line, len(lines) - 1), mark.column) for mark in marks] or [(0, 0)]
    for number, column in spots:
        told = _explain_line(lines[number], column)
        if told:
            return YamlFault(told[0], number + 1, told[2], told[1])
    number, column = spots[-1]
    glued = _explain_glued(lines[number - 1]) if number else None
    if glued:
        return YamlFault(glued[0], number, glued[2], glued[1])
    opened = _explain_quotes(str(fault.context or ""), str(fault.problem or ""))
    if opened:
        return YamlFault(opened[0], spots[0][0] + 1, spots[0][1] + 1, opened[1])
    problem = str(fault.problem or "it cannot be read").replace("\n", " ")
    return YamlFault(
        f"this line is not YAML: {problem}", number + 1, column + 1, "put the value in double quotes"
    )


def _explain_line(line: str, column: int) -> tuple[str, str, int] | None:
    """Message, hint and column for the usual mistakes of one line."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return "found a tab before the text, expected spaces", "indent with two spaces", 1
    matched = _KEY.match(line)
    if matched and matched[3]:
        return _explain_value(matched[1], matched[2], matched[3], line)
    glued = _explain_glued(line)
    if glued:
        return glued
    stripped = line.strip()
    if stripped.startswith("- "):
        return _explain_value(indent + "- ", "", stripped[2:].strip(), line)
    if stripped[:1] in {"%", "@", "`"}:
        return f"a line cannot begin with `{stripped[0]}`", "write it as key: value", len(indent) + 1
    if stripped and ":" not in stripped and not stripped.startswith(("#", "'", '"', "[", "{")):
        return (
            f"found `{stripped[:40]}`, expected `key: value`",
            "give it a name, or a `#` in front",
            column + 1,
        )
    return None


def _explain_glued(line: str) -> tuple[str, str, int] | None:
    """A line without a blank after the colon, which YAML takes for one word."""
    found = _GLUED.match(line)
    if not found:
        return None
    return f"found no blank after `{found[1]}:`", f"write it as {found[1]}: {found[2]}", line.index(":") + 1


def _explain_value(before: str, key: str, value: str, line: str) -> tuple[str, str, int] | None:
    """What is wrong with the text after `key:` or `-`."""
    at = line.rfind(value) + 1
    fixed = f"write it as {key}: {quote(value)}" if key else f"write it as {before.strip()} {quote(value)}"
    if value.startswith("[["):
        return "a link in a property needs quotes around it", fixed, at
    if value[0] in {'"', "'"}:
        return _explain_quoted(value, fixed, at)
    if value.startswith("{{"):
        return "a template placeholder needs quotes around it", fixed, at
    if value[0] in _QUOTE_STARTS:
        return f"{_QUOTE_STARTS[value[0]]}, found `{value[:40]}`", fixed, at
    if re.search(r":(?:\s|$)", value):
        return "found a second `: ` in the value, which needs quotes", fixed, at
    return None


def _explain_quoted(value: str, fixed: str, at: int) -> tuple[str, str, int] | None:
    """A quoted value that never ends, or goes on after its closing quote."""
    mark = value[0]
    closing = value.find(mark, 1)
    if closing < 0:
        return "found an opening quote without a closing one", f"add {mark} at the end of the value", at
    if value[closing + 1 :].strip() and not value[closing + 1 :].lstrip().startswith("#"):
        inner = value.replace(mark, "")
        head = fixed[: fixed.find(quote(value))] if quote(value) in fixed else "write "
        return "found text after the closing quote", f"{head}{quote(inner)}", at
    return None


def _explain_quotes(context: str, problem: str) -> tuple[str, str] | None:
    """A quote that was opened and never closed, over several lines."""
    if "quoted scalar" in context and "end of stream" in problem:
        return "found an opening quote without a closing one", "close the quote at the end of the value"
    if "flow" in context:
        return (
            "found an opening bracket without a closing one",
            "close the bracket, or put the value in quotes",
        )
    return None
