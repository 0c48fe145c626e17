"""A pitch: the answer to `tell me about yourself`, in three lengths."""

from dataclasses import dataclass

SECONDS: tuple[int, ...] = (30, 60, 120)
"""The lengths that a pitch comes in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PitchFacts:
    """What a pitch is made of; every text is the user's own and may be empty.

    `achievements` may end in where their number comes from: `(cv)`, `(unconfirmed)`. `need` is what the
    posting asks for most and `shown_by` the title of a story that shows it, `reason` one researched fact,
    `story` the one to tell in full.
    """

    name: str = ""
    role: str = ""
    present: str = ""
    achievements: tuple[str, ...] = ()
    goal: str = ""
    company: str = ""
    wanted: str = ""
    need: str = ""
    reason: str = ""
    shown_by: str = ""
    story: str = ""
    keywords: tuple[str, ...] = ()
    for_recruiter: bool = False


@dataclass(frozen=True, slots=True)
class PitchBlock:
    """One part of a pitch: its text, and how many words it should have; `asks` is what is still missing."""

    name: str
    text: str
    words: int
    asks: str = ""


@dataclass(frozen=True, slots=True)
class PitchCheck:
    """One check of a pitch: `found` says what was measured, `hint` what to do when it is not `ok`."""

    name: str
    ok: bool
    found: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Pitch:
    """A pitch of one length, with its checks; texts in square brackets are for the user to fill in."""

    seconds: int
    blocks: tuple[PitchBlock, ...]
    checks: tuple[PitchCheck, ...] = ()

    @property
    def text(self) -> str:
        """The whole pitch, one paragraph a block."""
        return "\n\n".join(block.text for block in self.blocks if block.text)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the user has to add before it can be said."""
        return tuple(block.asks for block in self.blocks if block.asks)
