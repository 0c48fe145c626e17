"""The work of one round: build the output, write coaching into notes that rest; each with a fresh context."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from prepvault.jobs.build import BuildReport
from prepvault.jobs.coach import CoachPlan, apply_plan, part_of, plan_coaching
from prepvault.jobs.context import Context
from prepvault.model.change import Change
from prepvault.model.finding import Finding
from prepvault.model.interview import Interview
from prepvault.model.note import Note, digest_of
from prepvault.model.vault import Vault
from prepvault.parse.sections import find_sections

_AT_ONCE = 16
"""Notes written between two looks at whether someone asks to end."""

_MOST_UNDONE = 2

_GAVE_WAY = "write/moved-on"
"""A note was saved as we were about to write: in a command that is worth a word, here a matter of time."""

Droppable = Callable[[], AbstractContextManager[None]]
"""Marks work in which a request to end may take effect at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coached:
    """What coaching wrote: digests by path. `given_up` were written twice and undone each time.

    `is_owed` is true where somebody saved in the same moment: their text stands, ours is for later.
    """

    written: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    given_up: tuple[str, ...] = ()
    is_owed: bool = False


class Work(Protocol):
    """What a round does; `watch` decides when."""

    def build(self, context: Context, changed: frozenset[str] | None) -> BuildReport:
        """Make the output; `changed` names the files that differ, None means that anything may."""

    def coach(self, context: Context, rests: Callable[[Note], bool]) -> Coached:
        """Write coaching into the notes that rest."""


Builder = Callable[[Context, frozenset[str] | None], BuildReport]
Loader = Callable[[Context], Vault]


@dataclass(slots=True)
class Round:
    """The work on a real vault; `builder` and `loader` are those that remember the last round."""

    droppable: Droppable
    builder: Builder
    loader: Loader
    sections: dict[str, str] = field(default_factory=dict)
    undone: dict[str, int] = field(default_factory=dict)

    def build(self, context: Context, changed: frozenset[str] | None) -> BuildReport:
        """Make the output; every file of it is whole at every moment, so this may be dropped."""
        with self.droppable():
            return self.builder(context, changed)

    def coach(self, context: Context, rests: Callable[[Note], bool]) -> Coached:
        """Plan for the notes that rest, then write a few at a time; a write in hand is finished."""
        with self.droppable():
            vault = self.loader(context)
            plan = plan_coaching(context, vault, _resting(vault, rests))
        given_up = tuple(change.path for change in plan.changes if self._gives_up(change))
        paths = [change.path for change in plan.changes if self.undone.get(change.path, 0) < _MOST_UNDONE]
        written: dict[str, str] = {}
        refused: list[Finding] = []
        for part in _parts(vault, plan, paths):
            with self.droppable():
                pass
            report = apply_plan(context, vault, part)
            refused += report.written.refused
            for change in part.changes:
                if change.path in report.written.written:
                    written[change.path] = digest_of(change.data)
                    self.sections[change.path] = _sections_of(change)
        told = (*plan.findings, *(each for each in refused if each.code != _GAVE_WAY))
        is_owed = any(each.code == _GAVE_WAY for each in refused)
        return Coached(written=written, findings=told, given_up=given_up, is_owed=is_owed)

    def _gives_up(self, change: Change) -> bool:
        """Count how often somebody undid what this would write once more; true when that is enough."""
        path, count = change.path, self.undone.get(change.path, 0)
        if count >= _MOST_UNDONE or self.sections.get(path) != _sections_of(change):
            return False
        self.undone[path] = count + 1
        return count + 1 == _MOST_UNDONE


def _resting(vault: Vault, rests: Callable[[Note], bool]) -> list[Interview]:
    notes = {path for path, note in vault.notes.items() if rests(note)}
    return [interview for interview in vault.interviews if interview.path in notes]


def _parts(vault: Vault, plan: CoachPlan, paths: list[str]) -> list[CoachPlan]:
    """Cut a plan into what is written in one go; the first part writes nothing and only remembers."""
    still = {*plan.untouched}
    groups = [still, *({*paths[at : at + _AT_ONCE]} for at in range(0, len(paths), _AT_ONCE))]
    return [part_of(vault, plan, group) for group in groups if group]


def _sections_of(change: Change) -> str:
    """Name what our sections say in these bytes, whatever stands around them."""
    sections, _ = find_sections(change.data, change.path)
    inner = (change.data[each.inner_start : each.inner_end] for each in sections)
    return sha256(b"\0".join(inner)).hexdigest()
