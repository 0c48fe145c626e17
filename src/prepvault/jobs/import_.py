"""Import from other programs: read, compare with the vault, show the plan; write it only when told to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from prepvault.jobs.context import Context
from prepvault.jobs.import_drafts import draft_note, finish_note, pick_path, with_findings
from prepvault.jobs.import_invites import check_numbers, read_invites, settle
from prepvault.jobs.import_known import read_known
from prepvault.jobs.import_readers import Frame, Wish, read_markdown, read_notes, read_original, read_table
from prepvault.jobs.import_sources import read_sources
from prepvault.jobs.note_name import Names
from prepvault.jobs.one_note import edit_note, read_current, record_revision, usual_minutes
from prepvault.jobs.understand import understand_zone
from prepvault.jobs.write import WriteReport, apply_changes
from prepvault.model.change import Change, Edit
from prepvault.model.incoming import FOLDER, Reading, Source, Step, Verdict, rejected
from prepvault.model.vault import Vault
from prepvault.parse.stamp import parse_stamp
from prepvault.rules.import_plan import Candidate, Choice, plan_imports

REASON = "import"


@dataclass(frozen=True, slots=True)
class Planned:
    """A step with its number in the preview, and the path of the note it writes, empty for none."""

    number: int
    step: Step
    path: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do: the files as they were taken, every step in order."""

    readings: tuple[Reading, ...]
    steps: tuple[Planned, ...]
    frame: Frame
    zone: str

    @property
    def takes_wall_times(self) -> bool:
        """True where a new interview comes without an offset and a zone, so that `zone` decides."""
        coming = [each.step.incoming for each in self.steps if each.step.verdict is Verdict.NEW]
        stamps = (parse_stamp(each.text("scheduled_at")) for each in coming if not each.text("timezone"))
        return any(stamp and stamp.offset is None and not stamp.is_date for stamp in stamps)

    @property
    def is_unsettled(self) -> bool:
        """True where something that was asked for cannot come in, or not without an answer."""
        only = self.frame.wish.only
        asked = (each.step.verdict for each in self.steps if not only or each.number in only)
        return any(verdict in {Verdict.ASK, Verdict.REJECTED} for verdict in asked)

    def count(self, *verdicts: Verdict) -> int:
        """Count the steps with one of these verdicts."""
        return sum(each.step.verdict in verdicts for each in self.steps)


READERS: Mapping[str, Callable[[Source, Frame], Reading]] = {
    ".json": read_original,
    ".csv": read_table,
    ".tsv": read_table,
    ".md": read_markdown,
    ".ics": read_invites,
    FOLDER: read_notes,
}
"""Who reads which kind of file, by the ending of its name. A reader never raises on what a file holds."""


def plan_import(context: Context, vault: Vault, texts: Iterable[str], wish: Wish) -> ImportPlan:
    """Read the files and decide about everything in them; nothing is written."""
    zone = understand_zone(wish.timezone) if wish.timezone else ""
    frame = Frame(context, vault, replace(wish, timezone=zone))
    sources, unread = read_sources(context, texts, READERS)
    readings = tuple(READERS[source.kind](source, frame) for source in sources)
    steps = settle([step for reading in readings for step in reading.steps], wish.answers)
    minutes = usual_minutes(context)
    included = {*wish.include, *(number for number, _ in wish.answers)}
    candidates = [
        _candidate(frame, step, minutes)
        if step.verdict is Verdict.NEW or (step.verdict is Verdict.HELD and number in included)
        else Candidate(step)
        for number, step in enumerate((*steps, *unread), 1)
    ]
    check_numbers({*included, *wish.only}, len(candidates))
    decided = plan_imports(candidates, read_known(context, vault), Choice(included, wish.only))
    names = Names(vault.names)
    planned = [Planned(number, step, _path(frame, step, names)) for number, step in enumerate(decided, 1)]
    return ImportPlan(readings, tuple(planned), frame, zone or context.settings.zone)


def apply_import(plan: ImportPlan) -> WriteReport:
    """Write what the plan says, as one run that one `undo` takes back."""
    context, minutes = plan.frame.context, usual_minutes(plan.frame.context)
    new = [each for each in plan.steps if each.step.verdict is Verdict.NEW]
    made = [
        Change(each.path, None, finish_note(context, each.step.incoming, minutes, each.path), REASON)
        for each in new
    ]
    return apply_changes(context, [*made, *_edited(plan, minutes)])


def _candidate(frame: Frame, step: Step, minutes: Mapping[str, int]) -> Candidate:
    """Look at a new note as the vault would; what is wrong with it is told beside it."""
    incoming = step.incoming
    if (
        frame.wish.type
        and incoming.kind == "interview"
        and not (incoming.is_record or incoming.text("interview_type"))
    ):
        incoming = replace(incoming, values=(*incoming.values, ("interview_type", frame.wish.type.value)))
    draft = draft_note(frame.context, incoming, minutes)
    if draft.fault:
        return Candidate(rejected(incoming.origin, f"it would be no note: {draft.fault}"))
    starts = draft.interview.starts if draft.interview else None
    return Candidate(replace(step, incoming=with_findings(incoming, draft)), starts)


def _path(frame: Frame, step: Step, names: Names) -> str:
    if step.verdict is Verdict.NEW:
        return pick_path(frame.context, step.incoming, names)
    if step.verdict is Verdict.CHANGE:
        return next(each.path for each in frame.vault.interviews if each.id == step.target)
    return ""


def _edited(plan: ImportPlan, minutes: Mapping[str, int]) -> Iterator[Change]:
    """The notes that are edited: one change each, however many steps are about it."""
    context = plan.frame.context
    edits: dict[str, list[Edit]] = {}
    for each in plan.steps:
        if each.step.verdict is Verdict.CHANGE:
            edits.setdefault(each.step.target, []).extend(each.step.edits)
    for interview in plan.frame.vault.interviews:
        if interview.id in edits:
            before = read_current(context, interview)
            data = edit_note(context, interview.path, before.data, edits[interview.id])
            data = record_revision(context, interview.path, data, minutes)
            yield Change(interview.path, before.digest, data, REASON)
