"""Read a STAR story from its note."""

import re

from prepvault.model.finding import Finding
from prepvault.model.note import Head, Note, Value
from prepvault.model.settings import Settings
from prepvault.model.story import Story
from prepvault.parse.encoding import odd_bytes
from prepvault.parse.fields import Fields, plain_text
from prepvault.parse.links import unwrap_link
from prepvault.parse.story_numbers import read_number, read_use, use_text
from prepvault.parse.story_parts import first_heading, has_text, read_parts

_SCOPES: tuple[tuple[str, str], ...] = (
    ("several teams", r"(?:several|many|multiple|two|three|other|across|cross).*teams?|department|division"),
    ("organisation", r"organi[sz]ation.*|org|company.*|firm|whole company|business"),
    ("self", r"self|me|myself|own( work)?|individual|alone|just me"),
    ("team", r"(?:my |own |one |the )?(?:team|squad|group)"),
)


def parse_story(note: Note, head: Head) -> tuple[Story | None, tuple[Finding, ...]]:
    """Read one note of the stories folder; None for a note that has neither properties nor a STAR part."""
    fields = Fields(note.path, head, Settings())
    parts = tuple(read_parts(head.body))
    is_story = fields.has("primary") or fields.text("type") == "story"
    odd = odd_bytes(note, head)
    if not head.valid or (not parts and not is_story):
        return None, odd
    tags = _tags(fields)
    used = _items(fields.value("used"))
    uses = tuple((item, use) for item in used if (use := read_use(item)))
    story = Story(
        id=fields.line("id") or note.stem,
        path=note.path,
        title=fields.line("title") or unwrap_link(first_heading(head.body)) or note.stem,
        primary=tags[0] if tags else "",
        secondary=tags[1:],
        reframes=tuple(tag for word in fields.words("reframes") or () if (tag := _tag(word))),
        strength=fields.number("strength", (1, 4)) or 0,
        scope=_scope(fields.line("scope")),
        when=_line(fields.value("when")),
        domain=fields.line("domain"),
        role_at_time=fields.line("role_at_time"),
        numbers=tuple(text for item in _items(fields.value("numbers")) if (text := _text(item))),
        facts=tuple(fact for item in _items(fields.value("numbers")) if (fact := read_number(item))),
        used=tuple(use_text(item, use) for item, use in uses),
        uses=tuple(use for _, use in uses),
        retired=fields.flag("retired", default=False, unreadable=False),
        parts=parts,
        has_loose_text=not parts and has_text(head.body),
        is_garbled=bool(odd),
    )
    return story, (*fields.findings, *odd)


def _tags(fields: Fields) -> tuple[str, ...]:
    """The primary tag first; without one the first of `secondary` or `competencies` stands in."""
    words = [*re.split(r"[,;]", fields.line("primary"))]
    words += [*(fields.words("secondary") or ()), *(fields.words("competencies") or ())]
    return tuple(dict.fromkeys(tag for word in words if (tag := _tag(word))))


def _tag(word: str) -> str:
    return "-".join(unwrap_link(word).strip().lstrip("#").lower().replace("_", " ").replace("-", " ").split())


def _scope(text: str) -> str:
    """One of the four scopes where the words mean one, else as written."""
    plain = " ".join(text.casefold().replace("-", " ").split())
    return next((scope for scope, form in _SCOPES if re.fullmatch(form, plain)), text)


def _items(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value] if value not in (None, "") else []


def _text(item: Value) -> str:
    """A text; a map, as other tools write it, becomes `name: value, name: value`."""
    if isinstance(item, dict):
        return ", ".join(f"{name}: {plain_text(inner)}" for name, inner in item.items())
    return plain_text(item)


def _line(value: Value) -> str:
    """A year is often written as a number, which is as good as text here."""
    return " ".join(unwrap_link(plain_text(value)).split())
