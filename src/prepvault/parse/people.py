"""Read who sits across the table, however they were written down."""

import re
from collections.abc import Iterator
from dataclasses import replace

from prepvault.model.interview import JOB_WORDS, Person
from prepvault.model.note import Value
from prepvault.parse.links import split_wikilink

_NOBODY = frozenset({"tbd", "tba", "tbc", "?", "??", "n/a", "na", "none", "unknown", "-", "--", "—"})
_TITLE = re.compile(JOB_WORDS, re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:\s&\s|\s+and\s+|[;\n])\s*|,\s*")
_ADDRESS = re.compile(
    r"\s*<[^<>\s]{1,200}@[^<>\s]{1,200}>|\s*\(?\b[\w.+-]{1,100}@[\w-]{1,100}(?:\.[\w-]{1,60}){1,4}\)?"
)
_BRACKETS = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*$", re.DOTALL)
_DASH = re.compile(r"\s+[-–—]\s+|\s*:\s+|\s*\|\s*")
_LONGEST, _LONGEST_READ = 20_000, 2000
_WIKILINK = re.compile(r"!?\[\[([^\[\]\n]{1,500}?)\]\]")


def parse_people(value: Value) -> tuple[Person, ...]:
    """Read one person or several; a title may follow in brackets, after a comma or a dash."""
    people: dict[tuple[str, str], Person] = {}
    for text in _texts(value):
        for person in _people_in(_tidy(text)):
            people.setdefault((person.name.casefold(), person.link), person)
    return tuple(people.values())


def _tidy(text: str) -> str:
    """Make every run of white space one blank, or one line end, so that splitting never goes back over it."""
    lines = (" ".join(line.split()) for line in text[:_LONGEST].split("\n"))
    return "\n".join(filter(None, lines))[:_LONGEST_READ]


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _item_texts(item)
    elif isinstance(value, dict):
        yield from _item_texts(value)


def _item_texts(item: Value) -> Iterator[str]:
    while isinstance(item, list) and len(item) == 1:
        item = item[0] if not isinstance(item[0], str) else f"[[{item[0]}]]"
    if isinstance(item, dict):
        for name, title in item.items():
            yield f"{name} ({title})" if isinstance(title, str) and title.strip() else str(name)
    elif isinstance(item, str):
        yield item


def _people_in(text: str) -> Iterator[Person]:
    waiting: Person | None = None
    for part in _parts(text):
        if waiting and not waiting.title and _is_title(part):
            waiting = replace(waiting, title=part)
            continue
        if waiting:
            yield waiting
        waiting = _person(part)
    if waiting:
        yield waiting


def _parts(text: str) -> Iterator[str]:
    """Split at commas, semicolons, `and`, but not inside brackets or links."""
    depth, begin, position = 0, 0, 0
    while position < len(text):
        char = text[position]
        depth = max(0, depth + (char in "([") - (char in ")]"))
        found = _SPLIT.match(text, position) if depth == 0 else None
        if found and found.end() > position:
            yield text[begin:position].strip()
            begin = position = found.end()
        else:
            position += 1
    yield text[begin:].strip()


def _is_title(part: str) -> bool:
    return "[[" not in part and _TITLE.search(part) is not None


def _person(part: str) -> Person | None:
    address = _ADDRESS.search(part)
    email = address[0].strip(" <>()") if address else ""
    part = " ".join(_ADDRESS.sub("", part).split())
    link = ""
    if found := _WIKILINK.search(part):
        link, shown = split_wikilink(found[1])
        part = f"{part[: found.start()]}{shown}{part[found.end() :]}".strip()
    title = ""
    if (brackets := _BRACKETS.match(part)) and brackets[1]:
        part, title = brackets[1].strip(), brackets[2].strip()
    elif len(dashed := _DASH.split(part, maxsplit=1)) == 2 and all(dashed):
        part, title = dashed[0].strip(), dashed[1].strip()
    part = part.strip(" \"'")
    return None if not part or part.casefold() in _NOBODY else Person(part, title, link, email)
