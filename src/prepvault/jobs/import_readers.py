"""The readers of foreign files: each gives a file's text to the parser of its kind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.model.incoming import Reading, Source
from prepvault.model.interview import InterviewType
from prepvault.model.properties import BY_NAME
from prepvault.model.tracker import TrackerWords
from prepvault.model.vault import Vault
from prepvault.outside.resources import read_tracker_words
from prepvault.parse.foreign_notes import NoteWish, parse_foreign_notes
from prepvault.parse.frontmatter import split_head
from prepvault.parse.original import parse_original
from prepvault.parse.tracker_rows import parse_tracker
from prepvault.parse.tracker_words import parse_tracker_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How to read what is imported, and what was chosen by the numbers of the preview.

    `timezone` is that of times without one, `dates` the order of days and months, `mapping` names
    for a property of another vault the one of ours, `type` is that of interviews which do not say. `company`
    and `role` are what invites are about; `answers` settle questions, by their numbers.
    """

    timezone: str = ""
    dates: str = ""
    mapping: tuple[tuple[str, str], ...] = ()
    type: InterviewType | None = None
    company: str = ""
    role: str = ""
    answers: tuple[tuple[int, str], ...] = ()
    include: Collection[int] = ()
    only: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a reader is given besides the file."""

    context: Context
    vault: Vault
    wish: Wish


def read_original(source: Source, frame: Frame) -> Reading:
    """Read the records of the original system, with what lies beside them."""
    return parse_original(source, timezone=frame.wish.timezone, taken=_taken(frame))


def read_table(source: Source, frame: Frame) -> Reading:
    """Read a tracker's table."""
    wish = frame.wish
    return parse_tracker(source, _words(), order=wish.dates, timezone=wish.timezone, taken=_taken(frame))


def read_notes(source: Source, frame: Frame) -> Reading:
    """Read the notes of another vault."""
    wish = NoteWish(
        mapping=_mapping(frame.wish),
        headings=_words().headings,
        order=frame.wish.dates,
        timezone=frame.wish.timezone,
        taken=_taken(frame),
    )
    return parse_foreign_notes(source, wish)


def read_markdown(source: Source, frame: Frame) -> Reading:
    """Read one Markdown file: a note where it has front matter, else the table in it."""
    if not split_head(source.data):
        return read_table(source, frame)
    return read_notes(Source(kind=source.kind, name=source.name, beside={source.name: source.data}), frame)


def _words() -> TrackerWords:
    return parse_tracker_words(read_tracker_words())


def _taken(frame: Frame) -> Collection[str]:
    return frozenset(frame.context.settings.renamed.values())


def _mapping(wish: Wish) -> Mapping[str, str]:
    for theirs, ours in wish.mapping:
        if ours not in BY_NAME:
            raise UsageError(
                f"`{ours}` in `--map {theirs}={ours}` is no property of an interview",
                hint="`prepvault schema` lists them; write it like `--map org=company`",
            )
    return dict(wish.mapping)
