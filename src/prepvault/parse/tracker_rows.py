"""One row of a tracker's table: an interview where it has a time, else an application."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256

from prepvault.model.incoming import OURS_ALONE, Incoming, Reading, Source, Step, Value, Verdict, rejected
from prepvault.model.near import plain_word
from prepvault.model.properties import BY_NAME
from prepvault.model.tracker import TrackerWords
from prepvault.parse.fields import shown
from prepvault.parse.foreign_dates import WHICH_FIRST, parse_foreign_date
from prepvault.parse.foreign_text import parse_foreign_text, without_zeros
from prepvault.parse.kept import guard
from prepvault.parse.links import unwrap_link
from prepvault.parse.spreadsheets import Row, parse_markdown_table, parse_table
from prepvault.parse.stamp import is_wall_time
from prepvault.parse.tracker import Columns, find_columns, ragged, with_steps

_LONGEST_PROPERTY = 300
_LONGEST_NAME = 60
_MOST_PROPERTIES = 100
_APPLICATION = ("url", "location", "salary", "source", "job_id", "recruiter", "outcome", "feedback")
_INTERVIEW = (
    "interviewer",
    "location",
    "timezone",
    "job_id",
    "recruiter",
    "feedback",
    "url",
    "salary",
    "source",
)
_OWN_WORD = {"interview_type": "tracker_type", "status": "tracker_status", "outcome": "tracker_outcome"}
_BODY = {"notes": "Notes", "posting": "Posting"}
_ROUND = re.compile(r"(?:round )?#?(\d{1,2})", re.IGNORECASE)
_NO_TIME = frozenset({"", "tbd", "tba", "tbc", "na", "none", "unknown", "open", "offen"})
_NO_WORD = re.compile(r"[^\w]+")


def parse_tracker(
    source: Source, words: TrackerWords, *, order: str, timezone: str, taken: Collection[str]
) -> Reading:
    """Read a table; `order` says what 8/9/26 means, `timezone` is written to times without an offset.

    `taken` are names that this vault gives to other properties. Never raises.
    """
    text, odd = without_zeros(*parse_foreign_text(source.data))
    table = parse_markdown_table(text) if source.kind == ".md" else parse_table(text)
    columns, reading, rows = find_columns(source.name, table, words, order)
    times: Counter[str] = Counter()
    steps = []
    meant: dict[str, str] = {}
    for row in rows:
        told = "\x1f".join((*columns.titles, "", *row.cells))
        times[told] += 1
        key = f"table {sha256(f'{told}#{times[told]}'.encode('utf-8', 'replace')).hexdigest()[:16]}"
        steps.append(_Reader(columns, row, timezone, taken, meant).step(key))
    said = ", ".join(f"{word} = {ours}" for word, ours in sorted(meant.items()))
    words_told = f"words taken to mean: {said}" if said else ""
    return with_steps(reading, steps, filter(None, (odd, *reading.remarks, words_told)))


class _RefusedError(Exception):
    """A row that cannot be taken, or not without an answer."""

    def __init__(self, why: str, verdict: Verdict = Verdict.REJECTED) -> None:
        super().__init__(why)
        self.why = why
        self.verdict = verdict


@dataclass(slots=True)
class _Reader:
    """One row while it is read: `values`, `parts` of the body and `remarks` grow.

    So does `meant`, what words of the table were taken to mean, for all its rows.
    """

    columns: Columns
    row: Row
    timezone: str
    taken: Collection[str]
    meant: dict[str, str]
    values: dict[str, Value] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def step(self, key: str) -> Step:
        """Read the row."""
        origin = f"{self.columns.name}, line {self.row.line}"
        try:
            kind = self._read()
        except _RefusedError as refused:
            return rejected(self._origin_of(origin), refused.why, verdict=refused.verdict)
        odd = ragged(self.columns, self.row)
        incoming = Incoming(
            origin=origin,
            kind=kind,
            values=tuple(self.values.items()),
            body="\n".join(self.parts),
            remarks=((odd,) if odd else ()) + tuple(self.remarks),
            key=key,
        )
        return Step(incoming=incoming, verdict=Verdict.NEW)

    def _origin_of(self, origin: str) -> str:
        said = ", ".join(filter(None, (self._line("company"), self._line("role"))))
        return f"{origin} ({shown(said)})" if said else origin

    def _cells(self, told: str) -> tuple[str, ...]:
        self.used.add(told)
        return self.columns.cells(self.row, told)

    def _line(self, told: str) -> str:
        return " ".join(" ".join(self._cells(told)).split())

    def _read(self) -> str:
        if not self._line("company"):
            raise _RefusedError("it names no company")
        is_interview = plain_word(self._line("scheduled_at")) not in _NO_TIME
        if not is_interview:
            self.values["type"] = "application"
            self.used.discard("scheduled_at")
        self._put_shown("company")
        self._put_shown("role")
        if is_interview:
            self._read_interview()
        else:
            self._read_application()
        for name in ("notes", "posting"):
            self._put_text(name, "\n\n".join(self._cells(name)))
        for title, cell in self.columns.left(self.row, self.used):
            self._put_left(title, cell)
        return "interview" if is_interview else "application"

    def _read_interview(self) -> None:
        round_of = self._line("round")
        number = _ROUND.fullmatch(round_of)
        kind = self._line("interview_type") or ("" if number else round_of)
        self._put_word("interview_type", kind, "type")
        self._put("scheduled_at", self._when())
        minutes = self._line("duration_minutes")
        self._put("duration_minutes", int(minutes) if minutes.isdecimal() and len(minutes) < 6 else minutes)
        for name in _INTERVIEW:
            self._put(name, self._line(name))
        is_open = "timezone" not in self.values and is_wall_time(self.values["scheduled_at"])
        if self.timezone and is_open:
            self.values["timezone"] = self.timezone
        self._put_status(self._line("status"))
        self._put_word("outcome", self._line("outcome"), "outcome")
        if number:
            self._put("round", int(number[1]))
        elif kind != round_of:
            self.used.remove("round")
        for name in ("applied", "saved"):
            self._put(name, self._date(name))

    def _read_application(self) -> None:
        self._put_word("status", self._line("status"), "application")
        for name in ("applied", "saved"):
            self._put(name, self._date(name))
        for name in (*_APPLICATION, "interview_type", "interviewer", "round"):
            self._put(name, self._line(name))

    def _when(self) -> str:
        """The time of an interview; one whose day or hour is not clear is no time."""
        text = " ".join(filter(None, (self._line("scheduled_at"), self._line("clock"))))
        told = self._date_of(text, "its time")
        if parse_foreign_date(text).end:
            self._put("tracker_scheduled_at", text)
            self.remarks.append(f"of `{shown(text)}` the beginning was taken")
        return told

    def _date(self, name: str) -> str:
        text = self._line(name)
        if not text or parse_foreign_date(text, self.columns.order).is_ambiguous:
            return self._date_of(text, f"`{name}`") if text else ""
        read = parse_foreign_date(text, self.columns.order)
        if read.fault:
            self.remarks.append(f"`{name}` is `{shown(text)}`, and {read.fault}: it stays as it is")
        return read.text or text

    def _date_of(self, text: str, what: str) -> str:
        read = parse_foreign_date(text, self.columns.order)
        if read.is_ambiguous:
            why = f"{what} `{shown(text)}` {WHICH_FIRST}"
            raise _RefusedError(why, Verdict.ASK)
        if read.fault:
            raise _RefusedError(f"{what} is `{shown(text)}`, and {read.fault}")
        return read.text

    def _put_status(self, text: str) -> None:
        """Put where an interview stands; a word that tells it of the application is only kept beside it."""
        word, words = plain_word(text), self.columns.words.words
        if word in words["application"] and word not in words["interview"]:
            self._put(_OWN_WORD["status"], text)
            self.meant[shown(text)] = "where the application stands"
        else:
            self._put_word("status", text, "interview")

    def _put_word(self, name: str, text: str, kind: str) -> None:
        """Put a tracker's word as ours, its own beside it; one that nobody knows stays, and is told."""
        meant = self.columns.words.words[kind].get(plain_word(text), "")
        if text and not meant:
            self.remarks.append(f"`{name}` is `{shown(text)}`, a word that is not known: it stays as it is")
        self._put(name, meant or text)
        if meant and plain_word(meant) != plain_word(text):
            self._put(_OWN_WORD[name], text)
            self.meant[shown(text)] = meant

    def _put_shown(self, name: str) -> None:
        """Put what a cell shows, without links and bold print; as it was it stands beside it."""
        text = self._line(name)
        plain = unwrap_link(text).replace("**", "")
        self._put(name, plain)
        if plain != text:
            self._put(f"tracker_{name}", text)

    def _put(self, name: str, value: Value) -> None:
        if value not in ("", None):
            self.values[name] = value

    def _put_text(self, name: str, text: str) -> None:
        """A short note is a property, a long one and every posting a part of the body."""
        if text and name == "notes" and "\n" not in text and len(text) <= _LONGEST_PROPERTY:
            self.values[name] = text
        elif text:
            self.parts.append(f"## {_BODY[name]}\n\n{_lines(text)}\n")

    def _put_left(self, title: str, cell: str) -> None:
        """Keep a cell that nobody knows: as a property of its heading, a long one under its heading."""
        name = _NO_WORD.sub("_", title.casefold()).strip("_")[:_LONGEST_NAME]
        taken = (BY_NAME, OURS_ALONE, self.taken, self.values)
        is_free = name and not name.isdecimal() and not any(name in names for names in taken)
        if (
            is_free
            and len(self.values) < _MOST_PROPERTIES
            and "\n" not in cell
            and len(cell) <= _LONGEST_PROPERTY
        ):
            self.values[name] = cell
        else:
            heading = " ".join(title.split()) or "Without a heading"
            self.parts.append(f"## {guard(heading)}\n\n{_lines(cell)}\n")


def _lines(text: str) -> str:
    return guard(text.replace("\r\n", "\n").replace("\r", "\n"))
