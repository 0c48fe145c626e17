"""What may be asked: the models of queries and bodies, strict, each field with what it is for."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from prepvault.model.interview import InterviewType, Outcome, Status

_PLAIN = r"[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]"
"""No control character but tab and line ends: no note holds one."""

_DAY = r"^\d{4}-\d{2}-\d{2}$"
_DATE = r"[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_WHEN = rf"^{_DATE}(T{_TIME}(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?$"


def _whole(value: Any) -> Any:
    """Take only digits for a number: no sign, no point, no blank."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,9}", value):
        raise ValueError("should be a whole number")
    return int(value)


def _day(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(_DAY, value, re.ASCII):
        raise ValueError("should be a day like 2026-03-17")
    return value


Days = Annotated[int, Field(ge=0, le=3660), BeforeValidator(_whole)]
Limit = Annotated[int, Field(ge=1, le=1000), BeforeValidator(_whole)]
Offset = Annotated[int, Field(ge=0, le=1_000_000), BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, Field(pattern=rf"^{_PLAIN}*$")]
Words = Annotated[Text, Field(max_length=300)]
Told = Annotated[str, Field(max_length=300, pattern=rf"^{_PLAIN}*[^\x00-\x20\x7F]{_PLAIN}*$")]


class Query(BaseModel):
    """A query: every name is known, none stands twice unless it is a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoQuery(Query):
    """Nothing may be asked besides the path."""


class ListQuery(Query):
    """Which interviews."""

    status: list[Status] = Field([], description="only these; may stand several times")
    type: list[InterviewType] = Field([], description="only these; may stand several times")
    outcome: list[Outcome] = Field([], description="only these; may stand several times")
    company: list[Told] = Field([], description="a part of the company's name; may stand several times")
    since: Day | None = Field(None, description="the first day that counts")
    until: Day | None = Field(None, description="the last day that counts")
    days: Days | None = Field(None, description="only what is to come within so many days")
    limit: Limit = Field(100, description="how many at most")
    offset: Offset = Field(0, description="how many to pass over")


class MailQuery(Query):
    """Which mail: without `kind` all templates, without `interview` one template with its blanks."""

    kind: Words = Field("", description="the kind of mail, like `thank_you`")
    interview: Words = Field("", description="the id of an interview, or the name of its page")
    person: Words = Field("", description="part of the name of whom it goes to")
    points: list[Words] = Field([], description="what to speak of; may stand several times")


class WithinQuery(Query):
    """Which reminders."""

    days: Days | None = Field(None, description="only so many days ahead")


class MaterialsQuery(Query):
    """Which coaching."""

    type: InterviewType = Field(description="the type of interview")
    role: Words = Field("", description="the role, as in the posting")
    family: Words = Field("", description="the role family, else guessed from the role")


class EventsQuery(Query):
    """Of which page to tell."""

    page: Words = Field("", description="the page's path in the site")
    since: Words = Field("", description="the mark of the build that the page is from")


class Body(BaseModel):
    """A body: its types are exact, every name is known."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class NewInterview(Body):
    """A new interview, its properties under their documented names."""

    company: Told
    role: Told
    interview_type: InterviewType
    scheduled_at: str = Field(pattern=_WHEN, description="wall time like 2026-03-17T14:00:00, or a day")
    timezone: Words = Field("", description="IANA zone; else the vault's")
    job_id: Words = ""
    duration_minutes: int | None = Field(None, ge=1, le=1440)
    interviewer: Words | Annotated[list[Words], Field(max_length=50)] = Field("", description="who asks")
    location: Annotated[Text, Field(max_length=2000)] = ""
    round: int | None = Field(None, ge=1, le=99)
    notes: Text = Field("", description="Markdown of any length, for the note's body")


class NewStatus(Body):
    """Where an interview stands now, and what else is to be said; texts are added to what is there."""

    status: Status
    outcome: Outcome | None = None
    feedback: Annotated[Text, Field(max_length=5000)] = ""
    notes: Annotated[Text, Field(max_length=5000)] = ""
