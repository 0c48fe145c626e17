"""Draft the note of something that came in, and read it as the vault would once it is there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from prepvault.errors import RefusedError
from prepvault.jobs.context import Context
from prepvault.jobs.note_name import Names, file_name
from prepvault.jobs.one_note import record_revision
from prepvault.model.finding import Finding, Severity
from prepvault.model.incoming import IMPORT_KEY, Incoming
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.note import Note
from prepvault.model.properties import BY_NAME
from prepvault.parse.emit import Emittable, emit_head
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.interview import parse_interview
from prepvault.parse.stamp import parse_stamp
from prepvault.rules.slugs import slug_of

_EMPTY_BODY = "## Notes\n"
_NO_ID = "id/missing"
_LONGEST_DAY = 12
"""So much of a day that is none still stands in the name of its note."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A note to be: its bytes, the interview in it where its time can be read, and what is wrong with it.

    `fault` says why these bytes are no note that anybody could read.
    """

    data: bytes
    interview: Interview | None = None
    findings: tuple[Finding, ...] = ()
    fault: str = ""


def draft_note(context: Context, incoming: Incoming, minutes: Mapping[str, int], path: str = "") -> Draft:
    """Draft the note of one incoming; `minutes` are the usual lengths by type."""
    name_of = context.settings.property_name
    told = (*incoming.values, (IMPORT_KEY, incoming.key)) if incoming.key else incoming.values
    pairs: list[tuple[str, Emittable]] = [
        (name_of(name) if name in BY_NAME and incoming.kind == "interview" else name, value)
        for name, value in told
    ]
    is_bare = not incoming.body and incoming.kind == "interview"
    body = _EMPTY_BODY if is_bare else incoming.body
    data = (emit_head(pairs) + (f"\n{body}" if body else "")).encode("utf-8", "replace")
    head, faults = parse_head(data, path)
    if not head.valid:
        return Draft(data, fault=faults[0].message)
    if incoming.kind != "interview":
        return Draft(data)
    interview, findings = parse_interview(Note(path, data, context.now), head, context.settings, minutes)
    return Draft(data, interview, _serious((*faults, *findings)))


def finish_note(context: Context, incoming: Incoming, minutes: Mapping[str, int], path: str) -> bytes:
    """Write the note that a new step becomes, its revision recorded where the calendar will show it."""
    draft = draft_note(context, incoming, minutes, path)
    try:
        return record_revision(context, path, draft.data, minutes) if draft.interview else draft.data
    except RefusedError:  # then the first change of the note records it
        return draft.data


def pick_path(context: Context, incoming: Incoming, names: Names) -> str:
    """Name the note of a new step: an interview by day, company and type, an application by its slug."""
    if incoming.kind != "interview":
        both = f"{incoming.text('company')} {incoming.text('role')}"
        return names.take(context.settings.text("vault.jobs").strip("/"), slug_of(both))
    when = incoming.text("scheduled_at")
    stamp = parse_stamp(when)
    day = f"{stamp.local:%Y-%m-%d}" if stamp else when.partition("T")[0][:_LONGEST_DAY]
    plain = "_".join(incoming.text("interview_type").lower().replace("-", " ").replace("_", " ").split())
    label = (
        InterviewType(plain).label if plain in set(InterviewType) else plain.replace("_", " ").capitalize()
    )
    name = file_name(day, incoming.text("company"), label)
    return names.take(context.settings.text("vault.interviews").strip("/"), name)


def with_findings(incoming: Incoming, draft: Draft) -> Incoming:
    """Tell beside an incoming what `check` will say about its note; an id is given to it still."""
    is_named = draft.interview is not None and not incoming.is_record
    told = [each.message for each in draft.findings if not (is_named and each.code == _NO_ID)]
    return replace(incoming, remarks=(*incoming.remarks, *told))


def _serious(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is not Severity.INFO)
