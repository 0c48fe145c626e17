"""The one table of an interview note's properties; parser, checks, schema, types.json and docs read it."""

from dataclasses import dataclass
from enum import StrEnum

from prepvault.model.interview import InterviewType, Outcome, Status


class Kind(StrEnum):
    """What a property holds; the words are Obsidian's own tokens for `.obsidian/types.json`."""

    TEXT = "text"
    LIST = "multitext"
    NUMBER = "number"
    CHECKBOX = "checkbox"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Property:
    """One property: `rule` says in one sentence what is allowed, `example` is a valid value as YAML.

    `least` and `most` bound a number.
    """

    name: str
    kind: Kind
    rule: str
    example: str
    required: bool = False
    choices: tuple[str, ...] = ()
    also: Kind | None = None
    fixable: bool = False
    least: int = 0
    most: int = 0

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Every kind that is accepted, the preferred one first."""
        return (self.kind, self.also) if self.also else (self.kind,)


PROPERTIES: tuple[Property, ...] = (
    Property(
        "id",
        Kind.TEXT,
        "unique in the vault: `int_<job_id or company>_<unix seconds>`; `check --fix` writes it",
        "int_acme_1770732000",
        fixable=True,
    ),
    Property(
        "job_id",
        Kind.TEXT,
        "names the application; interviews that share it are one loop",
        "job_acme_backend",
    ),
    Property(
        "company",
        Kind.TEXT,
        "the company's name; a wikilink is fine",
        "Acme Robotics",
        required=True,
    ),
    Property("role", Kind.TEXT, "the title you applied for", "Senior Backend Engineer", required=True),
    Property(
        "interview_type",
        Kind.TEXT,
        "what kind of interview; case, blanks and hyphens do not matter",
        "technical",
        required=True,
        choices=tuple(InterviewType),
    ),
    Property(
        "scheduled_at",
        Kind.DATETIME,
        "wall time in `timezone`; an offset or `Z` is allowed, a plain date means all day",
        "2026-02-10T14:00:00",
        required=True,
        also=Kind.DATE,
    ),
    Property(
        "timezone",
        Kind.TEXT,
        "IANA zone of that wall time; without it the vault's zone counts",
        "Europe/Berlin",
    ),
    Property(
        "duration_minutes",
        Kind.NUMBER,
        "length in minutes, 1 to 1440; without it the type's usual length counts",
        "60",
        least=1,
        most=1440,
    ),
    Property(
        "interviewer",
        Kind.LIST,
        "one person or several; wikilinks are fine",
        "Dana Roe",
        also=Kind.TEXT,
    ),
    Property(
        "location",
        Kind.TEXT,
        "address, phone number or meeting link",
        "https://meet.example.com/abc",
    ),
    Property(
        "status",
        Kind.TEXT,
        "where the interview stands",
        "scheduled",
        choices=tuple(Status),
        fixable=True,
    ),
    Property("outcome", Kind.TEXT, "how it ended", "pending", choices=tuple(Outcome)),
    Property("round", Kind.NUMBER, "its place in the loop, from 1 to 99", "2", least=1, most=99),
    Property("reply_by", Kind.DATE, "the day they promised an answer; drives the follow-up", "2026-02-17"),
    Property(
        "reminders",
        Kind.LIST,
        "how long before to remind, instead of the type's usual hours; `[]` for none",
        "[72h, 2h]",
    ),
    Property(
        "reminders_sent",
        Kind.LIST,
        "what was sent, written by PrepVault",
        '["24h email 2026-02-09T14:00:00-05:00"]',
    ),
    Property(
        "rescheduled_from",
        Kind.LIST,
        "earlier times, oldest first, written by PrepVault",
        "[2026-02-03T14:00:00]",
    ),
    Property("feedback", Kind.TEXT, "what you heard or felt afterwards", "Warm call, pay band named"),
    Property("preparation_complete", Kind.CHECKBOX, "ticked when you are ready", "false"),
    Property(
        "role_family",
        Kind.TEXT,
        "overrides the family of questions guessed from `role`",
        "backend",
    ),
    Property("notes", Kind.TEXT, "a short remark; long notes belong in the body", "Bring ID"),
    Property(
        "created_at",
        Kind.DATETIME,
        "when the interview was booked",
        "2026-01-22T10:30:00",
        also=Kind.DATE,
        fixable=True,
    ),
    Property(
        "sessions",
        Kind.LIST,
        "the parts of a long day; each becomes a calendar event",
        '["10:00-11:00 System design (Dana Roe)"]',
    ),
    Property(
        "revision",
        Kind.TEXT,
        "count, moment and fingerprint of what the calendar shows, written by PrepVault",
        "2 2026-02-01T10:00:00Z 3f2a9c1d",
    ),
    Property(
        "job_description",
        Kind.TEXT,
        "wikilink or path to a note or file with the posting; unset, the note's own `## Posting` counts",
        "[[Acme posting]]",
    ),
    Property(
        "interview_format",
        Kind.TEXT,
        "the kind within the type: `recorded`, `coding`, `system_design`, `take_home`, `offer` and so on",
        "system_design",
    ),
    Property("recruiter", Kind.TEXT, "who arranges it; an address may follow", "Sam Lee <sam@example.com>"),
    Property("referrer", Kind.TEXT, "who introduced you", "Kim Doe <kim@example.com>"),
    Property(
        "deadline",
        Kind.DATE,
        "the day something is due: a recorded interview, a task, an answer to an offer",
        "2026-02-20",
    ),
    Property(
        "adjustments", Kind.LIST, "what you asked to be arranged; never shown on a public page", "[captions]"
    ),
    Property(
        "mails_sent",
        Kind.LIST,
        "what was sent by mail, written by PrepVault",
        '["thank_you dana@example.com 2026-02-10T18:00:00+01:00"]',
    ),
    Property(
        "invite_uid",
        Kind.TEXT,
        "the calendar invite that it came by, so that later versions are recognised; written by `import`",
        "4f1c2b@google.com",
    ),
    Property(
        "invite_version",
        Kind.TEXT,
        "the invite's version that was last taken over, with marks of what it said; written by `import`",
        "2 2026-02-01T10:00:00Z 3f2a9c.9c1d00.77aa12.0b1c2d",
    ),
    Property("publish", Kind.CHECKBOX, "`false` keeps the note out of the site and the feed", "true"),
    Property("coaching", Kind.CHECKBOX, "`false`: PrepVault never writes into this note's body", "true"),
)

YEARS = range(1970, 2101)
"""The years that a date in a note may lie in."""

BY_NAME: dict[str, Property] = {entry.name: entry for entry in PROPERTIES}
