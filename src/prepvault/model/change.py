"""A change: one write that a job wants; a plan is a tuple of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """Replace a note's bytes, or make a new note.

    `expected` is the digest the file must still have, None for a file that must not exist yet. `reason`
    is a few words for the journal and the report (`status`, `coach`, `check --fix`).
    """

    path: str
    expected: str | None
    data: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A wish about one property of a note: set it to `value`, add `value` to its list, or remove it.

    `action` is `set`, `append` or `remove`. A `set` value may be text, a number, a flag, or a tuple of texts
    (a list).
    """

    name: str
    action: str
    value: str | int | bool | tuple[str, ...] = ""
