"""An interview: one conversation with a company, told by one note."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum


class InterviewType(StrEnum):
    """What kind of interview."""

    PHONE_SCREEN = "phone_screen"
    VIDEO_INTERVIEW = "video_interview"
    TECHNICAL = "technical"
    BEHAVIORAL = "behavioral"
    ON_SITE = "on_site"
    PANEL = "panel"
    FINAL_ROUND = "final_round"
    DEBRIEF = "debrief"

    @property
    def label(self) -> str:
        """The type in words, for people: `Phone screen`, `On-site`."""
        return _TYPE_LABELS.get(self, self.value.replace("_", " ").capitalize())


_TYPE_LABELS = {InterviewType.ON_SITE: "On-site"}


class Status(StrEnum):
    """Where an interview stands."""

    SCHEDULED = "scheduled"
    CONFIRMED = "confirmed"
    REMINDER_SENT = "reminder_sent"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    RESCHEDULED = "rescheduled"

    @property
    def label(self) -> str:
        """The status in words."""
        return self.value.replace("_", " ").capitalize()

    @property
    def is_open(self) -> bool:
        """True while the interview is still expected to happen."""
        return self not in {Status.COMPLETED, Status.CANCELLED}


class Outcome(StrEnum):
    """How an interview ended."""

    PENDING = "pending"
    ADVANCED = "advanced"
    OFFER = "offer"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NO_RESPONSE = "no_response"
    NO_SHOW = "no_show"

    @property
    def label(self) -> str:
        """The outcome in words."""
        return self.value.replace("_", " ").capitalize()

    @property
    def is_decided(self) -> bool:
        """True when the company's answer is known; success rate counts only these."""
        return self in {Outcome.ADVANCED, Outcome.OFFER, Outcome.REJECTED}

    @property
    def is_success(self) -> bool:
        """True for what the success rate counts as success: advanced or offer."""
        return self in {Outcome.ADVANCED, Outcome.OFFER}


_HONORIFICS = frozenset(
    {
        *(
            "dr",
            "prof",
            "professor",
            "mr",
            "ms",
            "mrs",
            "miss",
            "mx",
            "herr",
            "frau",
            "ing",
            "dipl-ing",
            "mme",
        ),
        *(
            "dame",
            "sir",
            "lord",
            "lady",
            "rev",
            "reverend",
            "fr",
            "sr",
            "hon",
            "capt",
            "captain",
            "col",
            "maj",
        ),
        *("sra", "señor", "señora", "monsieur", "madame", "signor", "signora", "cllr", "councillor", "judge"),
    }
)
"""Words before a name that are no part of it; the first of the name itself is never taken for one."""


_ROLES = ("president", "officer", "coordinator", "specialist", "associate", "professor")

JOB_WORDS = (
    r"\b(?:(?:engineer|develop|manag|direct|recruit|sourc|design|architect|scientist|analyst|consultant)\w*"
    r"|talent|hr|people|c[tefopi]o|[es]?vp|head|lead|chief|(?:co-?)?founder|partner|principal|staff"
    rf"|{'|'.join(_ROLES)}"
    r"|em|tpm|pm|po|sre|ph\.?d|md|mba|jr|sr|i{2,3})\b"
)
"""What tells a job beside a name from another name; one pattern that Python and browsers read alike."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone across the table; `title` as written beside the name, `link` a wikilink's target.

    `email` is a mail address, empty when none is known.
    """

    name: str
    title: str = ""
    link: str = ""
    email: str = ""

    @property
    def first_name(self) -> str:
        """The name's first word that is no title, for a greeting."""
        return next(iter(self._words), "")

    @property
    def key(self) -> str:
        """What two spellings of one name share: `Dr. Ines Vogt` and `Ines Vogt` are one person."""
        return " ".join(self._words).casefold()

    @property
    def _words(self) -> list[str]:
        words = self.name.split()
        while len(words) > 1 and words[0].casefold().strip(".,") in _HONORIFICS:
            words = words[1:]
        return words


@dataclass(frozen=True, slots=True)
class Session:
    """One part of a long day; both moments are aware, in the interview's zone."""

    title: str
    starts: datetime
    ends: datetime
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """What the note last recorded about its event: how often it changed, when, its fingerprint."""

    count: int
    moment: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Venue:
    """Where the interview happens, read from `location`.

    `kind` is `video`, `phone`, `in_person` or `` when unknown; `platform` names a recognised
    meeting service; `link` is the http(s) or tel address to open, if there is one.
    """

    text: str = ""
    kind: str = ""
    platform: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One interview, only valid values: what was missing or doubtful in the note became a finding.

    `starts` and `ends` are aware, in `zone`; for an all-day interview they are local midnights, the end
    exclusive. `type` is None and `company` or `role` empty only when the note does not say (an error
    finding tells so). `id` is the note's own, or `path-<hash>` when `has_id` is false. `zone_is_stated` is
    false where neither the note nor the vault names a zone, so that the machine's counts.
    """

    id: str
    path: str
    company: str
    role: str
    type: InterviewType | None
    starts: datetime
    ends: datetime
    zone: str
    has_id: bool = True
    zone_is_stated: bool = True
    all_day: bool = False
    job_id: str = ""
    status: Status = Status.SCHEDULED
    outcome: Outcome | None = None
    people: tuple[Person, ...] = ()
    venue: Venue = field(default_factory=Venue)
    round: int | None = None
    reply_by: date | None = None
    leads: tuple[timedelta, ...] | None = None
    reminders_sent: tuple[str, ...] = ()
    rescheduled_from: tuple[str, ...] = ()
    feedback: str = ""
    preparation_complete: bool = False
    role_family: str = ""
    notes: str = ""
    created_at: datetime | None = None
    sessions: tuple[Session, ...] = ()
    revision: Revision | None = None
    job_description: str = ""
    format: str = ""
    recruiter: Person | None = None
    referrer: Person | None = None
    deadline: date | None = None
    adjustments: tuple[str, ...] = ()
    mails_sent: tuple[str, ...] = ()
    invite_uid: str = ""
    invite_version: str = ""
    publish: bool = True
    coaching: bool = True
    modified: datetime
    digest: str = ""

    @property
    def title(self) -> str:
        """Who and what for, for headings and lists: `Acme Robotics, Backend Engineer`."""
        return ", ".join(part for part in (self.company, self.role) if part) or self.path

    @property
    def type_label(self) -> str:
        """The type in words, or `Interview` while the note does not say."""
        return self.type.label if self.type else "Interview"

    @property
    def is_open(self) -> bool:
        """True while the interview is still expected to happen, whatever the hour."""
        return self.status.is_open

    @property
    def needs_travel(self) -> bool:
        """True where one has to go somewhere: as the place says, else as the type does."""
        if self.venue.kind:
            return self.venue.kind == "in_person"
        return self.type is InterviewType.ON_SITE

    @property
    def minutes(self) -> int:
        """The length in minutes of elapsed time."""
        return int((self.ends - self.starts).total_seconds() // 60)
