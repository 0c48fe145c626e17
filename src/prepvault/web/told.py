"""What is answered, described for programs: fields may be added, none is renamed or taken away."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Record = dict[str, Any]


class Told(BaseModel):
    """An answer; a reader passes over what it does not know."""

    model_config = ConfigDict(extra="allow", strict=True)


class Interview(Told):
    """One interview; the first fields are those of the original system."""

    id: str
    job_id: str
    company: str
    role: str
    interview_type: str
    scheduled_at: str
    interviewer: str
    location: str
    status: str
    notes: str
    created_at: str | None
    reminders_sent: list[str]
    feedback: str | None
    preparation_complete: bool
    timezone: str
    starts_at: str
    ends_at: str
    all_day: bool
    duration_minutes: int
    outcome: str | None
    round: int | None
    reply_by: str | None
    rescheduled_from: list[str]
    people: list[Record]
    platform: str
    link: str
    sessions: list[Record]
    note: str


class Interviews(Told):
    """A part of the list; `next` is the offset of the next part."""

    interviews: list[Interview]
    upcoming: list[str]
    total: int
    next: int | None


class Mail(Told):
    """A draft."""

    kind: str
    title: str
    recipient: str
    to: str
    subject: str
    body: str
    missing: list[str]


class InterviewInFull(Interview):
    """One interview and all that hangs on it; `version` names its note as it is now."""

    progress: Record
    readiness: Record | None
    emails: list[Mail]
    standing: str
    reminders: list[Record]
    overlaps: list[str]
    findings: list[Record]
    version: str


class Scheduled(Told):
    """A new interview was written."""

    success: bool
    interview_id: str
    company: str
    role: str
    scheduled_at: str
    reminders_scheduled: int
    message: str
    understood: str
    overlaps: list[str]
    interview: Interview


class Updated(Told):
    """A status was changed; `written` is false where the note said so already."""

    success: bool
    interview_id: str
    status: str
    written: bool
    changes: dict[str, str]
    interview: Interview


class Materials(Told):
    """Coaching, with the fields of the original system."""

    interview_type: str
    role: str
    role_family: str
    role_family_assumed: bool
    star_method: dict[str, str]
    common_questions: list[str]
    prep_checklist: list[str]
    interview_tips: list[str]
    strength_weaknesses: dict[str, str]
    questions_to_ask: list[str]


class Mails(Told):
    """All templates, or one mail."""

    templates: list[Mail] = []
    success: bool = True
    subject: str = ""
    body: str = ""


class Statistics(Told):
    """Figures, each with the interviews behind it."""

    total: int
    upcoming: int
    completed: int
    success_rate: Record
    by_type: Record
    by_status: Record
    by_company: Record


class Reminders(Told):
    """How reminders stand."""

    now: str
    zone: str
    channels: list[str]
    reminders: list[Record]
    trouble: list[Record]
    missed: list[Record]


class Findings(Told):
    """What is wrong in the notes."""

    summary: str
    findings: list[Record]


class Stories(Told):
    """The story bank."""

    stories: list[Record]
    health: list[Record]
    needs: list[Record]
    next: str | None


class Failure(Told):
    """Why nothing was done; `problems` are pairs of a property and a text."""

    success: bool
    error: str
    problems: list[Annotated[list[str], Field(min_length=2, max_length=2)]]
