"""A story: one STAR note in the story bank."""

from dataclasses import dataclass
from datetime import date

PARTS: tuple[str, ...] = ("headline", "situation", "task", "action", "result", "reflection")
"""The parts of a story, in order of telling; the headline is the result in one line."""

SCOPES: tuple[str, ...] = ("self", "team", "several teams", "organisation")
"""How far a story reached, narrowest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryNumber:
    """A number of a story: `text` as written.

    `provenance` is `cv`, `user-stated`, `unconfirmed`, `cannot-confirm`, or empty when not said.
    """

    text: str
    value: str = ""
    baseline: str = ""
    period: str = ""
    provenance: str = ""
    stated: date | None = None

    @property
    def is_confirmed(self) -> bool:
        """True when a CV holds it, or the user stated it on a day."""
        return self.provenance in {"cv", "user-stated"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryUse:
    """One telling: `interview` is an id or a link's target, `landed` is `yes`, `so-so`, `no` or empty."""

    interview: str
    day: date | None = None
    landed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a STAR note says; `strength` is 1 to 4 or 0 when not scored; `numbers` are texts as written.

    `primary` and `secondary` are competency tags; `reframes` are tags the user says it can be turned to.
    `parts` maps the names of PARTS to their text. `used` holds the interview ids or texts of its uses,
    `uses` the same with day and effect. `scope` is one of SCOPES, or as written. `has_loose_text` says that
    the note tells something, but under no heading or label of a part, `is_garbled` that some of its bytes are
    no text.
    """

    id: str
    path: str
    title: str
    primary: str = ""
    secondary: tuple[str, ...] = ()
    reframes: tuple[str, ...] = ()
    strength: int = 0
    scope: str = ""
    when: str = ""
    domain: str = ""
    role_at_time: str = ""
    numbers: tuple[str, ...] = ()
    facts: tuple[StoryNumber, ...] = ()
    used: tuple[str, ...] = ()
    uses: tuple[StoryUse, ...] = ()
    retired: bool = False
    parts: tuple[tuple[str, str], ...] = ()
    has_loose_text: bool = False
    is_garbled: bool = False

    @property
    def tags(self) -> tuple[str, ...]:
        """Every competency the story can show, the primary one first."""
        return tuple(dict.fromkeys(tag for tag in (self.primary, *self.secondary) if tag))

    @property
    def name(self) -> str:
        """The note's file name without ending: what a wikilink calls it."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    def part(self, name: str) -> str:
        """The text of one part; empty when it is not there."""
        return dict(self.parts).get(name, "")
