"""Text that means nothing to the programs that read notes: no markers, templates, queries, tags, fences."""

import re
from functools import lru_cache

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_ANGLE = re.compile(r"<(?=[A-Za-z/?!%])")
_LIVE = re.compile(
    r"`{3,}|~{3,}|\[{2,}|\${2,}|%[%>]+|\{[{%]+|:{2,}|-{2,}(?=>)|`(?=\s*\$?=)|(?:^|(?<=\s))#(?=\w)"
)
_BLOCK_ID = re.compile(r"\^(?=pv-)")
_HEADING = re.compile(r"(#{1,6})(?=[ \t])")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|=+[ \t]*|(?:\.){3}[ \t]*)")


@lru_cache(maxsize=4096)
def inert_line(text: str) -> str:
    """Write a text on one line that is only read, whatever it holds."""
    line = _BLOCK_ID.sub("", _CONTROL.sub("", " ".join(text.split())))
    return _LIVE.sub(_escaped, _ANGLE.sub("&lt;", line))


def _escaped(found: re.Match[str]) -> str:
    """Put a backslash before every character, so that no two of them are neighbours."""
    return "".join(f"\\{char}" for char in found[0])


@lru_cache(maxsize=256)
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
