"""Fill in what a note lacks and PrepVault can know: identity, status, booking time, revision."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prepvault.errors import RefusedError
from prepvault.jobs.context import Context
from prepvault.jobs.load import load
from prepvault.jobs.one_note import record_revision, usual_minutes
from prepvault.jobs.paths import lies_in
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change, Edit
from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import Interview
from prepvault.model.note import Head
from prepvault.model.vault import Vault
from prepvault.model.zones import zone_of
from prepvault.outside.ignored import is_conflict_copy
from prepvault.parse.edit import edit_head
from prepvault.parse.frontmatter import parse_head
from prepvault.rules.checks.places import place_of
from prepvault.rules.identity import new_id

_FILLED = ("id", "status", "created_at", "revision")


@dataclass(frozen=True, slots=True)
class Fixed:
    """One property that was filled in: in which note, under the vault's own name for it, with what."""

    path: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FixReport:
    """What was filled in, how many notes were written, and why others were not."""

    fixed: tuple[Fixed, ...]
    written: tuple[str, ...]
    refused: tuple[Finding, ...]


def fix(context: Context, paths: Sequence[str] = ()) -> FixReport:
    """Fill in every interview note, or those at these paths of the vault (`prepvault.jobs.paths`).

    A note whose front matter has errors is left alone.
    """
    wanted = tuple(paths)
    vault = load(context)
    minutes = usual_minutes(context)
    taken = {interview.id for interview in vault.interviews}
    changes: list[Change] = []
    refused: list[Finding] = []
    for interview in vault.interviews:
        if not lies_in(interview.path, wanted) or not _may_be_fixed(vault, interview):
            continue
        edits = tuple(_edits(context, vault, interview, taken))
        data, findings = _edited(context, vault, interview, edits, minutes)
        refused += findings
        if data != vault.notes[interview.path].data:
            digest = vault.notes[interview.path].digest
            changes.append(Change(interview.path, digest, data, "check --fix"))
    report = apply_changes(context, changes)
    written = frozenset(report.written)
    fixed = [each for change in changes if change.path in written for each in _filled(context, vault, change)]
    return FixReport(tuple(fixed), report.written, (*refused, *report.refused))


def _may_be_fixed(vault: Vault, interview: Interview) -> bool:
    head = vault.heads[interview.path]
    broken = any(
        finding.severity is Severity.ERROR and finding.code.partition("/")[0] in {"frontmatter", "note"}
        for finding in vault.findings_of(interview.path)
    )
    return head.present and head.valid and not broken and not is_conflict_copy(interview.path)


def _edits(context: Context, vault: Vault, interview: Interview, taken: set[str]) -> Iterator[Edit]:
    head, settings = vault.heads[interview.path], context.settings
    if not interview.has_id:
        identity = new_id(
            interview.company, interview.job_id, interview.created_at or interview.starts, taken
        )
        taken.add(identity)
        yield Edit(settings.property_name("id"), "set", identity)
    if not _says(head, settings.property_name("status")):
        yield Edit(settings.property_name("status"), "set", str(interview.status))
    if not _says(head, settings.property_name("created_at")):
        booked = context.now.astimezone(zone_of(interview.zone)).replace(tzinfo=None)
        yield Edit(settings.property_name("created_at"), "set", booked.isoformat())


def _edited(
    context: Context,
    vault: Vault,
    interview: Interview,
    edits: tuple[Edit, ...],
    minutes: Mapping[str, int],
) -> tuple[bytes, tuple[Finding, ...]]:
    """The note's bytes with the edits and its revision recorded; unchanged where either is refused."""
    before = vault.notes[interview.path].data
    data, findings = edit_head(before, edits, interview.path) if edits else (before, ())
    if findings:
        return before, findings
    try:
        return record_revision(context, interview.path, data, minutes), ()
    except RefusedError as error:
        place = place_of(vault, interview.path, "revision")
        return before, (Finding("revision/refused", Severity.ERROR, place, error.message, error.hint),)


def _filled(context: Context, vault: Vault, change: Change) -> Iterator[Fixed]:
    """Compare the heads before and after: what is reported is what was really written."""
    before = vault.heads[change.path].values
    after = parse_head(change.data, change.path)[0].values
    for name in _FILLED:
        own = context.settings.property_name(name)
        if before.get(own) != after.get(own):
            yield Fixed(change.path, own, str(after[own]))


def _says(head: Head, name: str) -> bool:
    value = head.values.get(name)
    return value is not None and str(value).strip() != ""
