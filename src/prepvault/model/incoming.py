"""Incoming: what a foreign file tells, and what an import would do about each part of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from prepvault.model.change import Edit

Value = str | int | bool | tuple[str, ...] | None

IMPORT_KEY = "import_key"
"""The property by which a second import knows a note: where it came from, and a digest of what was told."""

ORIGINAL_ID = "original_id"
"""The property with the id that a record had, where its note could not have the same."""

ORIGINAL_FIELDS = "original_fields"
"""The property that names which others are fields of the original's record beyond its own fourteen."""

OURS_ALONE = frozenset({IMPORT_KEY, ORIGINAL_ID, ORIGINAL_FIELDS, "revision"})
"""Properties that PrepVault writes by itself, so that nothing which comes in may stand there."""

RECORD_FIELDS = (
    "id",
    "job_id",
    "company",
    "role",
    "interview_type",
    "scheduled_at",
    "interviewer",
    "location",
    "status",
    "notes",
    "created_at",
    "reminders_sent",
    "feedback",
    "preparation_complete",
)
"""The fields of a record of the original system, in its order; each is a property of the same name."""

RECORD_SOURCE = "interviews.json"
"""The word with which the import key of a record of the original begins."""


FOLDER = "folder"
"""The kind of a source that is a folder of notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One interview, application or person as a foreign file tells it, in PrepVault's words.

    `origin` says where it stands (`jobs.csv, line 14`). `values` are properties of the note under their
    documented names, in order; None is a property without a value. `body` is Markdown. `remarks` say what
    was doubtful and how it was taken. `key` is the import key, empty where nothing else tells it again.
    """

    origin: str
    kind: str = "interview"
    values: tuple[tuple[str, Value], ...] = ()
    body: str = ""
    remarks: tuple[str, ...] = ()
    key: str = ""

    @property
    def is_record(self) -> bool:
        """True for a record of the original, which must go back as it came."""
        return self.key.startswith(f"{RECORD_SOURCE} ")

    def text(self, name: str) -> str:
        """A property's value as text on one line, empty where it is absent or no text."""
        value = dict(self.values).get(name)
        return " ".join(value.split()) if isinstance(value, str) else ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to import from: `name` is what messages call it, `beside` are files that belong to it.

    `kind` is the ending of its name, or `folder` for a folder of notes, which are all in `beside`.
    """

    kind: str
    name: str
    data: bytes = b""
    beside: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a foreign file told: what it was taken for, its parts in order, remarks about all of it."""

    name: str
    taken_for: str
    steps: tuple[Step, ...] = ()
    remarks: tuple[str, ...] = ()


def rejected(origin: str, why: str, *, verdict: Verdict = Verdict.REJECTED) -> Step:
    """Make the step for a part of a file that cannot be taken, or not without an answer."""
    return Step(incoming=Incoming(origin=origin), verdict=verdict, why=why)
