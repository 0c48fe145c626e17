"""An entry of the journal: one write to a note, with what is needed to take it back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One write; entries of one command share their `run`.

    `before` and `after` are digests, None where there was no note. `state` is `written`, `moved-on`, `unsure`
    or `failed`, or empty while it is not known. `undoes` is the number of the entry that this one took back,
    `is_undone` tells that a later one took this back.
    """

    number: int
    run: int
    path: str
    reason: str
    at: datetime
    before: str | None
    after: str | None
    state: str = ""
    undoes: int | None = None
    is_undone: bool = False

    @property
    def can_be_undone(self) -> bool:
        """True for a write that stands and is not itself an undoing."""
        return self.state in {"written", "unsure"} and self.undoes is None and not self.is_undone
