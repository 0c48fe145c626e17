"""Import from other programs: read, compare with the vault, show the plan; write it only when told to."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from prepvault.errors import PrepVaultError
from prepvault.jobs.context import Context
from prepvault.jobs.import_drafts import draft_note, finish_note, pick_path, with_findings
from prepvault.jobs.import_known import read_known
from prepvault.jobs.import_sources import read_sources
from prepvault.jobs.note_name import Names
from prepvault.jobs.one_note import edit_note, read_current, record_revision, usual_minutes
from prepvault.jobs.understand import understand_zone
from prepvault.jobs.write import WriteReport, apply_changes
from prepvault.model.change import Change
from prepvault.model.incoming import Reading, Source, Step, Verdict, rejected
from prepvault.model.vault import Vault
from prepvault.rules.import_plan import Candidate, Choice, plan_imports

REASON = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How to read what is imported: `timezone` of times without one, the order of days and months in dates,
    which property of another vault stands for which of ours, and what was chosen from the preview.
    """

    timezone: str = ""
    dates: str = ""
    mapping: tuple[tuple[str, str], ...] = ()
    include: Collection[int] = ()
    only: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a reader is given besides the file."""

    context: Context
    vault: Vault
    wish: Wish


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

    def count(self, *verdicts: Verdict) -> int:
        """Count the steps with one of these verdicts."""
        return sum(each.step.verdict in verdicts for each in self.steps)


def _read_original(source: Source, frame: Frame) -> Reading:
    from prepvault.parse.original import parse_original

    settings = frame.context.settings
    return parse_original(source, timezone=frame.wish.timezone, taken=set(settings.renamed.values()))


def _read_table(source: Source, frame: Frame) -> Reading:
    from prepvault.outside.resources import read_tracker_words
    from prepvault.parse.tracker_rows import parse_tracker
    from prepvault.parse.tracker_words import parse_tracker_words

    words = parse_tracker_words(read_tracker_words())
    return parse_tracker(source, words, order=frame.wish.dates, timezone=frame.wish.timezone)


READERS: Mapping[str, Callable[[Source, Frame], Reading]] = {
    ".json": _read_original,
    ".csv": _read_table,
    ".tsv": _read_table,
    ".md": _read_table,
}
"""Who reads which kind of file, by the ending of its name. A reader never raises on what a file holds."""


def plan_import(context: Context, vault: Vault, texts: Iterable[str], wish: Wish) -> ImportPlan:
    """Read the files and decide about everything in them; nothing is written."""
    zone = understand_zone(wish.timezone) if wish.timezone else ""
    frame = Frame(context, vault, replace(wish, timezone=zone))
    sources, unread = read_sources(context, texts, READERS)
    readings = tuple(READERS[source.kind](source, frame) for source in sources)
    steps = [step for reading in readings for step in reading.steps]
    minutes = usual_minutes(context)
    candidates = [_candidate(context, step, minutes) for step in steps]
    known = read_known(context, vault)
    decided = plan_imports([*candidates, *map(Candidate, unread)], known, Choice(wish.include, wish.only))
    names = Names(vault.names)
    planned = [
        Planned(number, step, _path(frame, step, names)) for number, step in enumerate(decided, 1)
    ]
    return ImportPlan(readings, tuple(planned), frame, zone or context.settings.zone)


def apply_import(plan: ImportPlan) -> WriteReport:
    """Write what the plan says, as one run that one `undo` takes back."""
    frame = plan.frame
    minutes = usual_minutes(frame.context)
    changes = [_change(frame, each, minutes) for each in plan.steps if each.path]
    return apply_changes(frame.context, changes)


def _candidate(context: Context, step: Step, minutes: Mapping[str, int]) -> Candidate:
    """Look at a new note as the vault would; what is wrong with it is told beside it."""
    if step.verdict is not Verdict.NEW:
        return Candidate(step)
    draft = draft_note(context, step.incoming, minutes)
    starts = draft.interview.starts if draft.interview else None
    return Candidate(replace(step, incoming=with_findings(step.incoming, draft.findings)), starts)


def _path(frame: Frame, step: Step, names: Names) -> str:
    if step.verdict is Verdict.NEW:
        return pick_path(frame.context, step.incoming, names)
    if step.verdict is Verdict.CHANGE:
        return next(each.path for each in frame.vault.interviews if each.id == step.target)
    return ""


def _change(frame: Frame, planned: Planned, minutes: Mapping[str, int]) -> Change:
    context, step = frame.context, planned.step
    if step.verdict is Verdict.NEW:
        return Change(planned.path, None, finish_note(context, step.incoming, minutes, planned.path), REASON)
    interview = next(each for each in frame.vault.interviews if each.id == step.target)
    before = read_current(context, interview)
    edited = edit_note(context, planned.path, before.data, step.edits)
    return Change(planned.path, before.digest, record_revision(context, planned.path, edited, minutes), REASON)
