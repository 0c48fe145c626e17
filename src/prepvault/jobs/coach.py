"""Write or refresh the coaching sections of interview notes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from functools import cache
from pathlib import Path

from prepvault.jobs.coach_note import NotePlan, Wish, plan_note, reason_to_leave
from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.jobs.write import WriteReport, apply_changes
from prepvault.model.change import Change
from prepvault.model.coaching import Coaching
from prepvault.model.finding import Finding, order_findings
from prepvault.model.interview import Interview
from prepvault.model.note import Note
from prepvault.model.vault import Vault
from prepvault.outside.memory import Memory, read_memory, remember
from prepvault.outside.state import state_folder
from prepvault.parse.sections import find_sections
from prepvault.parse.splice import remove_section
from prepvault.render.section import render_section
from prepvault.rules.coaching import pick_coaching, sections_of
from prepvault.rules.dossiers import Dossiers


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachPlan:
    """What `coach` would write, and why not more.

    `untouched` are the notes whose sections are as they should be. `left` maps the path of a note that
    gets nothing to the reason, in words. `offered` is for the memory: what each note will have been offered.
    """

    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    untouched: tuple[str, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    offered: Memory = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CoachReport:
    """What `coach` planned, and what became of the writes."""

    plan: CoachPlan
    written: WriteReport

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything there is to say about the notes."""
        return order_findings((*self.plan.findings, *self.written.refused))


def coach(
    context: Context, vault: Vault, interviews: Sequence[Interview] | None = None, *, restore: bool = False
) -> CoachReport:
    """Write or refresh the sections; `restore` brings edited and deleted ones back."""
    return apply_plan(context, vault, plan_coaching(context, vault, interviews, restore=restore))


def eject(context: Context, vault: Vault, interviews: Sequence[Interview]) -> CoachReport:
    """Drop the markers and keep the text: the sections become the user's own."""
    return apply_plan(context, vault, plan_ejecting(vault, interviews))


def plan_coaching(
    context: Context, vault: Vault, interviews: Sequence[Interview] | None = None, *, restore: bool = False
) -> CoachPlan:
    """Plan the sections of these interviews' notes, or of all; nothing is written."""
    chosen = vault.interviews if interviews is None else tuple(interviews)
    if not context.settings.flag("coaching.enabled"):
        return CoachPlan(left={interview.path: "`[coaching] enabled` is false" for interview in chosen})
    library, remarks = load_library(context)
    memory, dossiers = _read_memory(context), Dossiers(vault, library)
    plans: dict[str, tuple[Interview, NotePlan]] = {}
    for interview in chosen:
        note = vault.notes.get(interview.path)
        if note:
            wish = _wish(context, dossiers, interview, memory, restore=restore)
            may_add = interview.is_open or (restore and interviews is not None)
            plans[note.path] = interview, _plan_one(vault, note, interview, wish, may_add=may_add)
    return _gather(vault, plans, remarks, "coach --restore" if restore else "coach")


def apply_plan(context: Context, vault: Vault, plan: CoachPlan) -> CoachReport:
    """Write the changes, then remember what was offered to the notes that are now as planned."""
    written = apply_changes(context, plan.changes)
    missed = {change.path for change in plan.changes} - set(written.written)
    lost = {_key(interview) for interview in vault.interviews if interview.path in missed}
    offered = {key: names for key, names in plan.offered.items() if key not in lost}
    if offered:
        remember(_memory_folder(context), offered)
    return CoachReport(plan, written)


def plan_ejecting(vault: Vault, interviews: Sequence[Interview]) -> CoachPlan:
    """Plan to drop the markers of all sections in these interviews' notes."""
    plans: dict[str, tuple[Interview, NotePlan]] = {}
    for interview in interviews:
        note = vault.notes.get(interview.path)
        if note:
            plans[note.path] = interview, _eject_one(note)
    return _gather(vault, plans, (), "coach --eject")


def part_of(vault: Vault, plan: CoachPlan, paths: Collection[str]) -> CoachPlan:
    """Take from a plan what is about these notes."""
    keys = {_key(interview) for interview in vault.interviews if interview.path in paths}
    return CoachPlan(
        changes=tuple(change for change in plan.changes if change.path in paths),
        findings=tuple(finding for finding in plan.findings if finding.place.path in paths),
        untouched=tuple(path for path in plan.untouched if path in paths),
        left={path: reason for path, reason in plan.left.items() if path in paths},
        offered={key: names for key, names in plan.offered.items() if key in keys},
    )


def diff_of(vault: Vault, plan: CoachPlan) -> str:
    """Show a plan as a unified diff."""
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for change in plan.changes
        for line in unified_diff(
            _lines(vault.notes[change.path].data),
            _lines(change.data),
            f"a/{change.path}",
            f"b/{change.path}",
        )
    )


def _plan_one(vault: Vault, note: Note, interview: Interview, wish: Wish, *, may_add: bool) -> NotePlan:
    """Plan one note, unless something about it forbids to."""
    findings = vault.findings_of(note.path)
    reason = reason_to_leave(interview, vault.heads.get(note.path), findings)
    if reason:
        return NotePlan(data=note.data, reason=reason)
    return plan_note(note, interview, wish, may_add=may_add)


def _wish(
    context: Context, dossiers: Dossiers, interview: Interview, memory: Memory, *, restore: bool
) -> Wish:
    """Say what a note should hold; the cards are picked only for a note that is to get any."""

    @cache
    def picked() -> Coaching:
        return pick_coaching(dossiers.library, interview, context.settings, dossiers.of(interview))

    level = context.settings.number("coaching.heading_level")
    return Wish(
        names=sections_of(interview, context.settings),
        body_of=lambda name: render_section(name, picked(), interview, level=level),
        offered=memory.get(_key(interview)),
        restore=restore,
    )


def _eject_one(note: Note) -> NotePlan:
    """Drop the markers of one note."""
    sections, findings = find_sections(note.data, note.path)
    if not sections:
        reason = findings[0].message if findings else "the note has no coaching sections"
        return NotePlan(data=note.data, findings=findings, reason=reason)
    data = note.data
    for section in reversed(sections):
        data = remove_section(data, section, keep_text=True)
    return NotePlan(data=data, offered=tuple(section.name for section in sections))


def _gather(
    vault: Vault,
    plans: Mapping[str, tuple[Interview, NotePlan]],
    remarks: tuple[Finding, ...],
    reason: str,
) -> CoachPlan:
    """Make one plan of the notes' plans."""
    changed = {path for path, (_, plan) in plans.items() if plan.data != vault.notes[path].data}
    findings = (finding for _, plan in plans.values() for finding in plan.findings)
    return CoachPlan(
        changes=tuple(
            Change(path, vault.notes[path].digest, plans[path][1].data, reason) for path in sorted(changed)
        ),
        findings=order_findings((*remarks, *findings)),
        untouched=tuple(
            path for path, (_, plan) in sorted(plans.items()) if path not in changed and not plan.reason
        ),
        left={path: plan.reason for path, (_, plan) in sorted(plans.items()) if plan.reason},
        offered={_key(interview): plan.offered for interview, plan in plans.values() if plan.offered},
    )


def _read_memory(context: Context) -> Memory:
    """Read what was offered on this machine before."""
    return read_memory(_memory_folder(context))


def _memory_folder(context: Context) -> Path:
    return state_folder(context.root, context.settings.text("vault.id"))


def _key(interview: Interview) -> str:
    """Name a note in the memory: by its id, which outlives a move, else by its path."""
    return interview.id if interview.has_id else interview.path


def _lines(data: bytes) -> list[str]:
    """Cut bytes into lines of text that keep their ends."""
    return data.decode("utf-8", "replace").splitlines(keepends=True)
