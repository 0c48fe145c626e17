"""Read a STAR story from its note."""

import re
from collections.abc import Iterator

from prepvault.model.finding import Finding
from prepvault.model.note import Head, Note, Value
from prepvault.model.settings import Settings
from prepvault.model.story import Story
from prepvault.parse.fields import Fields, plain_text
from prepvault.parse.links import unwrap_link

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.+?)[ \t#]*")
_LABEL = re.compile(r"[ \t]*(?:[-*+][ \t]+)?\*\*([A-Za-z]{4,12}):?\*\*[ \t]*:?[ \t]*(.*)")
_PARTS = ("situation", "task", "action", "result", "reflection")
_SAID_OTHERWISE = {"learning": "reflection", "learnings": "reflection", "outcome": "result"}


def parse_story(note: Note, head: Head) -> tuple[Story | None, tuple[Finding, ...]]:
    """Read one note of the stories folder; None for a note that has neither properties nor a STAR part."""
    fields = Fields(note.path, head, Settings())
    parts = tuple(_read_parts(head.body))
    if not head.valid or (not parts and not (fields.has("primary") or fields.text("type") == "story")):
        return None, ()
    strength = fields.number("strength", (1, 4))
    story = Story(
        id=fields.line("id") or note.stem,
        path=note.path,
        title=fields.line("title") or _first_heading(head.body) or note.stem,
        primary=_tag(fields.line("primary")),
        secondary=tuple(_tag(word) for word in fields.words("secondary") or () if _tag(word)),
        strength=strength or 0,
        scope=fields.line("scope"),
        when=fields.line("when"),
        numbers=_texts(fields.value("numbers")),
        used=tuple(unwrap_link(text) for text in _texts(fields.value("used"))),
        retired=fields.flag("retired", default=False, unreadable=False),
        parts=parts,
    )
    return story, tuple(fields.findings)


def _tag(word: str) -> str:
    return "-".join(word.strip().lstrip("#").lower().replace("_", " ").replace("-", " ").split())


def _texts(value: Value) -> tuple[str, ...]:
    """A list of texts; a map among them, as other tools write it, becomes `name: value, name: value`."""
    items = value if isinstance(value, list) else [value]
    found = []
    for item in items:
        if isinstance(item, dict):
            item = ", ".join(f"{name}: {plain_text(inner)}" for name, inner in item.items())
        found.append(plain_text(item))
    return tuple(text for text in found if text)


def _first_heading(body: str) -> str:
    for line in _lines_outside_fences(body):
        found = _HEADING.fullmatch(line)
        if found:
            return "" if _part_of(found[2]) else unwrap_link(found[2])
    return ""


def _read_parts(body: str) -> Iterator[tuple[str, str]]:
    """Each part from its heading or bold label to the next one; the first of each name counts."""
    name, level, lines = "", 7, list[str]()
    seen: set[str] = set()
    for line in (*_lines_outside_fences(body), "# "):
        heading, label = _HEADING.fullmatch(line), _LABEL.fullmatch(line)
        begins = _part_of(heading[2]) if heading else _part_of(label[1]) if label else ""
        ends = line == "# " or (heading is not None and (not name or len(heading[1]) <= level))
        if name and (begins or ends):
            seen.add(name)
            yield name, "\n".join(lines).strip()
            name = ""
        if begins and begins not in seen:
            name, level = begins, len(heading[1]) if heading else 7
            lines = [] if heading or not label else [label[2]]
        elif name:
            lines.append(line)


def _lines_outside_fences(body: str) -> Iterator[str]:
    fence = ""
    for line in body.splitlines():
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield line


def _part_of(words: str) -> str:
    word = words.strip(" *_:").casefold().partition(" ")[0].strip(":")
    word = _SAID_OTHERWISE.get(word, word)
    single = word.removesuffix("s")
    return word if word in _PARTS else single if single in _PARTS else ""
