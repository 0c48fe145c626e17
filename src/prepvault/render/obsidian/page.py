"""One rendering: where its links lead, how its ids begin, which are taken, and how much work is left."""

import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from prepvault.render.obsidian.embeds import NO_EMBEDS, Allowance, Embeds, Passage

_NOT_A_WORD = re.compile(r"[^\w]+")
_LONGEST_SLUG = 80
_KEY = "prepvault"


class TooTangledError(Exception):
    """The text needs far more work than its length allows; no honest note does."""


@dataclass(slots=True)
class Page:
    """What one call of the parser needs to know and to remember; made anew for every note.

    `steps` is how often inline rules may still be tried. `taken` counts the slugs given out so far,
    `closers` are the closing tags of the links that are open, `hopeless` remembers line ranges without the
    end of a comment or formula, so that a text of thousands of openers is not searched thousands of times.
    `chain` names what this page stands in, itself last; `allowance` is shared with all of it, and
    `top_prefix` is the outermost one's `id_prefix`, empty there. `has_deep` once text too deep was met.
    With `breaks` a line end in the text is one on the page.
    """

    resolve: Callable[[str], str | None]
    id_prefix: str = "note-"
    heading_offset: int = 0
    steps: int = 20_000
    taken: dict[str, int] = field(default_factory=dict)
    closers: list[str] = field(default_factory=list)
    hopeless: dict[str, tuple[int, int]] = field(default_factory=dict)
    embeds: Embeds = NO_EMBEDS
    chain: tuple[str, ...] = ()
    allowance: Allowance = field(default_factory=Allowance)
    top_prefix: str = ""
    has_deep: bool = False
    breaks: bool = True

    @property
    def is_passage(self) -> bool:
        """True for what is shown within another note."""
        return bool(self.top_prefix)

    def within(self, passage: Passage, *, level: int) -> "Page":
        """Make the page on which a passage is drawn: inside this one, below headings of that level."""
        top = self.top_prefix or self.id_prefix
        number = self.allowance.take(len(passage.text))
        return Page(
            passage.resolve,
            id_prefix=f"{top}-embed-{number}-",
            heading_offset=level,
            steps=steps_for(len(passage.text)),
            embeds=passage.embeds,
            chain=(*self.chain, passage.embeds.here),
            allowance=self.allowance,
            top_prefix=top,
            breaks=self.breaks,
        )

    def spend(self) -> None:
        """Count one step of work."""
        self.steps -= 1
        if self.steps < 0:
            raise TooTangledError

    def take_heading_id(self, title: str) -> str:
        """Give a heading an id of its own: the same title again gets a number."""
        slug = slug_of(title) or "section"
        count = self.taken.get(slug, 0) + 1
        while count > 1 and f"{slug}-{count}" in self.taken:
            count += 1
        self.taken[slug] = count
        numbered = slug if count == 1 else f"{slug}-{count}"
        self.taken.setdefault(numbered, 1)
        return self.id_prefix + numbered

    def take_block_id(self, name: str) -> str | None:
        """Give a block its id; None when an earlier block of the note has it."""
        made = fragment_id(f"^{name}", self.id_prefix)
        if made in self.taken:
            return None
        self.taken[made] = 1
        return made

    def part_id(self, kind: str, name: str) -> str:
        """Name a part that is no heading; no heading's slug begins with a dash, so the two never meet."""
        return f"{self.id_prefix}-{kind}-{name}"


def steps_for(length: int) -> int:
    """How much work a text of that length may cost: far more than any honest one does."""
    return 20_000 + 2 * length


def slug_of(text: str) -> str:
    """Make a text fit for an id: lower case, letters and digits of any script, single dashes."""
    return _NOT_A_WORD.sub("-", normalize("NFC", text).casefold())[:_LONGEST_SLUG].strip("-_")


def fragment_id(fragment: str, id_prefix: str = "note-") -> str:
    """Name the place that a link's part after `#` means: `Heading`, `Heading#Below`, `^block`."""
    last = fragment.rpartition("#")[2].strip()
    if last.startswith("^"):
        return f"{id_prefix}-block-{slug_of(last)}"
    return id_prefix + (slug_of(last) or "section")


def page_of(env: MutableMapping[str, Any]) -> Page:
    """Return the page that the parser is working for."""
    page: Page = env[_KEY]
    return page


def env_of(page: Page) -> dict[str, Any]:
    """Wrap a page the way the parser hands things on to its rules."""
    return {_KEY: page}
