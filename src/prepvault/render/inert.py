"""Text that means nothing to the programs that read notes: no markers, templates, queries, tags, fences."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_ESCAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<(?=[A-Za-z/?!%])"), "&lt;"),
    (re.compile(r"--(?=>)"), "-\\\\-"),
    (re.compile(r"%(?=[%>])"), "%\\\\"),
    (re.compile(r"\{(?=[{%])"), "{\\\\"),
    (re.compile(r"\[(?=\[)"), "\\\\["),
    (re.compile(r":(?=:)"), ":\\\\"),
    (re.compile(r"\$(?=\$)"), "\\\\$"),
    (re.compile(r"`(?=``|\s*\$?=)"), "\\\\`"),
    (re.compile(r"~(?=~~)"), "\\\\~"),
    (re.compile(r"\^(?=pv-)"), ""),
    (re.compile(r"(^|(?<=\s))#(?=\w)"), "\\\\#"),
)
_HEADING = re.compile(r"(#{1,6})(?=[ \t])")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|=+[ \t]*|(?:\.){3}[ \t]*)")


def inert_line(text: str) -> str:
    """Write a text on one line that is only read, whatever it holds."""
    line = _CONTROL.sub("", " ".join(text.split()))
    for pattern, harmless in _ESCAPES:
        line = pattern.sub(harmless, line)
    return line


def inert_body(text: str, *, level: int) -> str:
    """Write Markdown that is only read: its headings begin at this level, rules and underlines are gone."""
    lines = text.expandtabs(4).splitlines()
    levels = [len(found[1]) for line in lines if (found := _HEADING.match(line))]
    down = level - min(levels, default=level)
    written = []
    for line in lines:
        if _RULE.fullmatch(line):
            continue
        indent = line[: len(line) - len(line.lstrip())]
        found = _HEADING.match(line)
        marks = "#" * max(1, min(6, len(found[1]) + down)) if found else ""
        written.append(
            indent + marks + (" " if marks else "") + inert_line(line[len(found[1]) if found else 0 :])
        )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in written)).strip("\n")
