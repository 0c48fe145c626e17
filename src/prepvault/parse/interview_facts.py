"""Everything a note says about its interview besides when it is, one property at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from prepvault.model.finding import Severity
from prepvault.model.interview import Interview, InterviewType, Outcome, Person, Revision, Session, Status
from prepvault.model.lead import find_lead
from prepvault.model.note import Note
from prepvault.model.zones import shift
from prepvault.parse.fields import Fields, shown
from prepvault.parse.links import find_target
from prepvault.parse.moments import Start, read_day, read_moment
from prepvault.parse.people import parse_people
from prepvault.parse.place import parse_venue
from prepvault.parse.revision import parse_revision
from prepvault.parse.sessions import overlapping, parse_session

DEFAULT_MINUTES = 60
_LONGEST_ID = 200
_MOST_PEOPLE = 100
_MOST_SESSIONS = 50
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Facts:
    """The readers of one note; every one adds its findings to `fields`."""

    fields: Fields
    note: Note
    zone: str
    library_minutes: Mapping[str, int]

    def interview(self, start: Start) -> Interview:
        """Put the interview together."""
        fields = self.fields
        kind = fields.choice("interview_type", InterviewType)
        sessions = self._sessions(start)
        identity = self._id()
        booked = Interview(
            id=identity,
            has_id=bool(identity),
            path=self.note.path,
            company=fields.line("company"),
            role=fields.line("role"),
            type=kind,
            starts=start.at,
            ends=self._end(start, kind, sessions),
            zone=start.zone,
            all_day=start.all_day,
            job_id=fields.line("job_id"),
            status=fields.choice("status", Status) or Status.SCHEDULED,
            people=self._people(),
            venue=parse_venue(fields.text("location")),
            created_at=read_moment(fields, "created_at", self.zone),
            sessions=sessions,
            modified=self.note.modified,
            digest=self.note.digest,
        )
        return self._told(booked)

    def _told(self, booked: Interview) -> Interview:
        fields = self.fields
        return replace(
            booked,
            outcome=fields.choice("outcome", Outcome),
            round=fields.number("round"),
            reply_by=read_day(fields, "reply_by"),
            leads=self._leads(),
            reminders_sent=fields.words("reminders_sent") or (),
            rescheduled_from=fields.words("rescheduled_from") or (),
            feedback=fields.text("feedback"),
            preparation_complete=fields.flag("preparation_complete", default=False, unreadable=False),
            role_family=fields.line("role_family"),
            notes=fields.text("notes"),
            revision=self._revision(),
            job_description=_posting(fields.text("job_description")),
            format=_plain_word(fields.line("interview_format")),
            recruiter=self._person("recruiter"),
            referrer=self._person("referrer"),
            deadline=read_day(fields, "deadline"),
            adjustments=fields.words("adjustments") or (),
            mails_sent=fields.words("mails_sent") or (),
            invite_uid=fields.line("invite_uid"),
            invite_version=fields.line("invite_version"),
            publish=fields.flag("publish", default=True, unreadable=False),
            coaching=fields.flag("coaching", default=True, unreadable=False),
        )

    def check_only(self) -> None:
        """Report what else is wrong with a note whose time cannot be read."""
        self.interview(Start(_SOME_DAY, self.zone, all_day=True))

    def _id(self) -> str:
        text = self.fields.line("id")
        if not text:
            message = "{} is missing, so renaming this note would make it another interview to calendars"
            hint = "run `prepvault check --fix`"
            self.fields.report(
                "id/missing", "id", message, severity=Severity.WARNING, hint=hint, fixable=True
            )
        elif len(text) > _LONGEST_ID:
            message = f"{{}} is {len(text)} characters long; the first {_LONGEST_ID} are used"
            self.fields.report(
                "id/long", "id", message, severity=Severity.WARNING, hint="shorten it", found=text
            )
        return text[:_LONGEST_ID]

    def _people(self) -> tuple[Person, ...]:
        value = self.fields.value("interviewer")
        people = parse_people(self.fields.text("interviewer") if isinstance(value, int | float) else value)
        return self._bounded("interviewer", people, _MOST_PEOPLE)

    def _bounded(self, name: str, items: tuple[_Item, ...], most: int) -> tuple[_Item, ...]:
        """Take the first of a list; one beyond any interview would keep us comparing for minutes."""
        if len(items) > most:
            message = f"{{}} should hold {most} at most, found {len(items):,}; the first {most} are read"
            hint = "keep those of this interview, and move the others below the front matter"
            self.fields.report("property/too-many", name, message, severity=Severity.WARNING, hint=hint)
        return items[:most]

    def _person(self, name: str) -> Person | None:
        people = parse_people(self.fields.value(name)) if self.fields.has(name) else ()
        return people[0] if people else None

    def _end(self, start: Start, kind: InterviewType | None, sessions: tuple[Session, ...]) -> datetime:
        minutes = self.fields.number("duration_minutes")
        if start.all_day:
            return (start.at.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=start.at.tzinfo)
        last = max((session.ends for session in sessions), default=start.at)
        if minutes is None and last > start.at:
            return last
        if minutes is None:
            minutes = self.library_minutes.get(kind or "", DEFAULT_MINUTES)
        return shift(start.at, timedelta(minutes=minutes))

    def _sessions(self, start: Start) -> tuple[Session, ...]:
        sessions = []
        for text in self._bounded("sessions", self.fields.words("sessions") or (), _MOST_SESSIONS):
            session = parse_session(text, start.at.date(), start.zone)
            if session is None:
                message = f"a part of {{}} should be times and a title, found `{shown(text)}`"
                hint = "write it like 10:00-11:00 System design (Dana Roe)"
                self.fields.report("session/unreadable", "sessions", message, hint=hint, found=text)
            else:
                sessions.append(session)
        if pair := overlapping(sessions):
            message = f"in {{}} `{shown(pair[1].title)}` begins before `{shown(pair[0].title)}` has ended"
            hint = "check the times of both"
            self.fields.report("session/overlap", "sessions", message, severity=Severity.WARNING, hint=hint)
        return tuple(sorted(sessions, key=lambda session: (session.starts, session.ends, session.title)))

    def _leads(self) -> tuple[timedelta, ...] | None:
        words = self.fields.words("reminders")
        if words is None:
            return None
        leads = []
        for word in words:
            lead = find_lead(f"{word}h" if word.isdigit() else word)
            if lead is None:
                message = f"{{}} should hold lengths of time like 24h or 30m, found `{shown(word)}`"
                hint = "write them like [72h, 2h], or [] for none"
                self.fields.report("reminders/unreadable", "reminders", message, hint=hint, found=word)
            else:
                leads.append(lead)
        return tuple(sorted(set(leads), reverse=True)) if leads or not words else None

    def _revision(self) -> Revision | None:
        text = self.fields.line("revision")
        revision = parse_revision(text) if text else None
        if text and revision is None:
            message = f"{{}} cannot be read, so it counts as never written: `{shown(text)}`"
            hint = "PrepVault writes this property; remove it and run `prepvault check --fix`"
            self.fields.report(
                "revision/unreadable",
                "revision",
                message,
                severity=Severity.WARNING,
                hint=hint,
                found=text,
                fixable=True,
            )
        return revision


def _plain_word(text: str) -> str:
    """Bring a word into the form of an id: `System design` and `system-design` are `system_design`."""
    return "_".join(text.lower().replace("-", " ").replace("_", " ").split())


def _posting(text: str) -> str:
    """What a link or path points to; a posting that was pasted in whole stays as it is."""
    return text if "\n" in text else find_target(text)
