"""Plan the coaching of one note: which sections to write, which to leave, and the proof of the splice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.interview import Interview
from prepvault.model.note import Head, Note
from prepvault.model.section import Section
from prepvault.parse.sections import find_sections, has_room, is_too_long, too_long
from prepvault.parse.splice import Wanted, splice_sections, without_sections
from prepvault.parse.ticks import carry_ticks, keep_ticked, section_sum, stamps_of, ticks_of
from prepvault.render.section import INTRODUCED, SECTION_VERSION

_PLUGIN_KEYS = ("kanban-plugin", "excalidraw-plugin")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePlan:
    """The bytes that a note should have, what there is to say, and what it has been offered by then.

    `reason` says in words why the note gets nothing; then `offered` is empty.
    """

    data: bytes
    findings: tuple[Finding, ...] = ()
    offered: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one note should be given: section names in order, how to write one, what it was offered before.

    `offered` is None when nothing is remembered about the note. `restore` brings edited and deleted
    sections back.
    """

    names: tuple[str, ...]
    body_of: Callable[[str], str]
    offered: tuple[str, ...] | None = None
    restore: bool = False


def reason_to_leave(interview: Interview, head: Head | None, findings: Sequence[Finding]) -> str:
    """Say why this note gets no coaching whatever stands in it; empty when it may."""
    if not interview.coaching:
        return "`coaching: false` in the note"
    if any(finding.severity is Severity.ERROR and not _is_ours(finding) for finding in findings):
        return "the note has errors, see `prepvault check`"
    values = head.values if head else {}
    if any(key in values for key in _PLUGIN_KEYS):
        return "the note belongs to a plugin"
    texts = [value for value in values.values() if isinstance(value, str)]
    if any("<%" in text or "{{" in text for text in texts):
        return "the note is a template"
    return ""


def _is_ours(finding: Finding) -> bool:
    """Tell a finding about sections, which the plan makes again, from one about the front matter."""
    return finding.code.startswith("coaching/")


def plan_note(note: Note, interview: Interview, wish: Wish, *, may_add: bool) -> NotePlan:
    """Plan one note; `may_add` is false for a note that keeps what it has and gets nothing new."""
    present, findings = find_sections(note.data, note.path)
    if findings and not present:
        return NotePlan(data=note.data, findings=findings, reason=findings[0].message)
    if not may_add:
        return NotePlan(data=note.data, findings=findings, reason=f"the interview is {interview.status}")
    standing = {section.name: section for section in present}
    absent = tuple(name for name in wish.names if name not in standing)
    deleted = () if wish.restore else _deleted(note, present, absent, wish.offered)
    wanted = [*_refreshed(note, standing, wish), *_added(wish, absent, deleted)]
    if wanted and is_too_long(note.data):
        return _refused(note, too_long(note.path))
    goes_to_end = not any(name in standing for name in wish.names)
    if wanted and goes_to_end and not has_room(note.data):
        return _refused(note, _no_room(note))
    data = note.data
    if wanted:
        data = splice_sections(data, present, wanted, wish.names)
        if not is_proved(note.data, present, data, {*standing, *(want.name for want in wanted)}):
            return _refused(note, _unproved(note))
    told = () if wish.restore else findings
    return NotePlan(
        data=data,
        findings=(*told, *_remarks(note, standing, deleted)),
        offered=(*standing, *absent),
    )


def is_proved(before: bytes, had: Sequence[Section], after: bytes, names: set[str]) -> bool:
    """Tell whether a splice left the user's text alone and every section can be found again."""
    has, _ = find_sections(after)
    if {section.name for section in has} != names or len(has) != len(names):
        return False
    return without_sections(before, had) == without_sections(after, has)


def _refused(note: Note, finding: Finding) -> NotePlan:
    return NotePlan(data=note.data, findings=(finding,), reason=finding.message)


def _unproved(note: Note) -> Finding:
    """Say that this note's text and our sections would get in each other's way."""
    message = "coaching here could hide or change something of yours, so nothing was written"
    hint = "look for a fence, a comment or a `---` line that is never closed"
    return Finding("coaching/unproved", Severity.WARNING, Place(note.path), message, hint)


def _refreshed(note: Note, standing: dict[str, Section], wish: Wish) -> list[Wanted]:
    """Choose the sections that stand in the note and should say something else; no tick is lost."""
    wanted = []
    for name in wish.names:
        section = standing.get(name)
        if not section or section.version > SECTION_VERSION or (section.is_edited and not wish.restore):
            continue
        body = wish.body_of(name)
        inner = note.data[section.inner_start : section.inner_end].decode("utf-8", "replace")
        if body and (section.is_edited or section_sum(body) != section.recorded):
            body = keep_ticked(body, inner)
        fresh = section_sum(body) == section.recorded and section.version == SECTION_VERSION
        if body and (section.is_edited or not fresh):
            body = carry_ticks(body, ticks_of(inner), stamps_of(inner))
            wanted.append(Wanted(name, SECTION_VERSION, body, section))
    return wanted


def _added(wish: Wish, absent: Sequence[str], deleted: Sequence[str]) -> list[Wanted]:
    """Write the sections that the note never had."""
    bodies = {name: wish.body_of(name) for name in absent if name not in deleted}
    return [Wanted(name, SECTION_VERSION, body) for name, body in bodies.items() if body]


def _deleted(
    note: Note, present: Sequence[Section], absent: Sequence[str], offered: Sequence[str] | None
) -> tuple[str, ...]:
    """Name the sections that the user took out.

    What was offered before and is gone was deleted. On a machine that remembers nothing of the note, what
    its sections' version already knew was deleted, and so was everything where only block ids are left.
    """
    if offered is not None:
        return tuple(name for name in absent if name in offered)
    if present:
        newest = max(section.version for section in present)
        return tuple(name for name in absent if INTRODUCED[name] <= newest)
    return tuple(absent) if b"^pv-" in note.data else ()


def _remarks(note: Note, standing: dict[str, Section], deleted: Sequence[str]) -> tuple[Finding, ...]:
    """Say which sections are left alone because they were deleted or come from a newer version."""
    remarks = []
    if deleted:
        message = f"deleted here, so not written again: {', '.join(deleted)}"
        hint = "to have them back, run `prepvault coach --restore` with this note"
        remarks.append(Finding("coaching/deleted", Severity.INFO, Place(note.path), message, hint))
    for name, section in standing.items():
        if section.version > SECTION_VERSION:
            message = f"a newer PrepVault wrote the {name} section, so it was left as it is"
            place = Place(note.path, section.line)
            hint = "update PrepVault on this machine"
            remarks.append(Finding("coaching/newer", Severity.WARNING, place, message, hint))
    return tuple(remarks)


def _no_room(note: Note) -> Finding:
    """Say that text at the note's end would swallow our sections."""
    message = "the note ends inside an open code fence, comment or formula, so no coaching was added"
    hint = "close it at the end of the note, then run `prepvault coach`"
    line = len(note.data.splitlines())
    return Finding("coaching/no-room", Severity.WARNING, Place(note.path, line), message, hint)
