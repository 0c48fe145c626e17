"""The text of a company's research note: fields to fill, where to look, what to conclude."""

from collections.abc import Mapping, Sequence

from prepvault.model.card import ResearchPart
from prepvault.render.inert import inert_line

BLOCK_TITLE = "In one breath"
"""The heading of the last part: what to say, ask, watch, and what is unknown."""

_FORM = (
    "Form of a line: `value · source · date · verified`. In place of the last word write `general knowledge`",
    "for hearsay, and `unknown` for what you looked for and did not find: it becomes a question.",
)
_BLOCK = (
    "- **Say** (three facts to weave in):",
    "- **Ask** (three questions):",
    "- **Watch** (two risks):",
    "- **Unknown**:",
)
_PER_PERSON = frozenset({"path of each", "public work"})
_SECOND = "Checked against a second source:"


def research_body(parts: Sequence[ResearchPart], known: Mapping[str, Sequence[str]], *, is_deep: bool) -> str:
    """Write the whole text of a new note; `known` are lines from the user's own notes by part id."""
    pieces = ["\n".join(_FORM)]
    for part in parts:
        pieces += [f"## {part_heading(part)}", part_body(part, known.get(part.id, ()), is_deep=is_deep)]
    return "\n" + "\n\n".join([*pieces, f"## {BLOCK_TITLE}", block_body()]) + "\n"


def part_heading(part: ResearchPart) -> str:
    """The heading of a part, without its signs."""
    return f"{part.number}. {part.title}"


def part_body(part: ResearchPart, known: Sequence[str] = (), *, is_deep: bool = False) -> str:
    """Write one part: what is known already, the fields that are left, where to look, what to conclude."""
    said = [inert_line(line) for line in known]
    named = {line.partition(":")[0].casefold() for line in known}
    if known and part.id == "people":
        named |= _PER_PERSON
    left = [f"{name}:" for name in part.fields if name.casefold() not in named]
    fields = [*said, *left, *([_SECOND] if is_deep else [])]
    lines = [*(f"- {line}" for line in fields), "", f"Where to look: {_inside(part.where)}.", ""]
    return "\n".join([*lines, f"So what ({_inside(part.so_what)}):"])


def _inside(sentence: str) -> str:
    """Write a sentence as it stands behind a colon or in brackets."""
    return f"{sentence[:1].lower()}{sentence[1:]}".rstrip(".")


def block_body() -> str:
    """Write the empty last part."""
    return "\n".join(_BLOCK)
