"""Incoming: what a foreign file tells, and what an import would do about each part of it."""

from dataclasses import dataclass
from enum import StrEnum

from prepvault.model.change import Edit

Value = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One interview, application or person as a foreign file tells it, in PrepVault's words.

    `origin` says where it stands (`jobs.csv, line 14`). `values` are properties of the note under their
    documented names, in order; `body` is Markdown. `remarks` say what was doubtful and how it was taken.
    """

    origin: str
    kind: str = "interview"
    values: tuple[tuple[str, Value], ...] = ()
    body: str = ""
    remarks: tuple[str, ...] = ()


class Verdict(StrEnum):
    """What an import does with one incoming."""

    NEW = "new"
    CHANGE = "change"
    SAME = "same"
    ASK = "ask"
    HELD = "held"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One incoming and its verdict: a new note, edits to the interview `target`, a question, or neither.

    `why` is a clause for the preview. `choices` are ids of the interviews that a question is about. `answers`
    are the steps that a question becomes: one for each of its choices, and one for `new` where it may be new.
    """

    incoming: Incoming
    verdict: Verdict
    why: str = ""
    target: str = ""
    edits: tuple[Edit, ...] = ()
    choices: tuple[str, ...] = ()
    answers: tuple[tuple[str, "Step"], ...] = ()

    def answered(self, choice: str) -> "Step | None":
        """The step that a question becomes by this answer; None for an answer that it does not know."""
        return dict(self.answers).get(choice)
