"""The one table of what the API can do: path, models of what is asked and told, and the job that answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from prepvault.jobs import serve_answers as answers
from prepvault.jobs.compose import MailRequest
from prepvault.jobs.desk import Desk
from prepvault.jobs.listing import Filter
from prepvault.jobs.schedule import Request
from prepvault.web import asked, told
from prepvault.web.reading import RefusalError

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked, as far as it is well formed; `version` is the note's as the caller saw it."""

    name: str = ""
    query: Any = None
    body: Any = None
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing the API does; `answer` runs on a thread. `body` is set for what writes."""

    method: str = "GET"
    path: str
    summary: str
    answer: Callable[[Desk, Asked], Record]
    query: type[asked.Query] = asked.NoQuery
    body: type[asked.Body] | None = None
    result: type[BaseModel]
    status: int = 200

    @property
    def has_name(self) -> bool:
        """Tell whether it is about one interview."""
        return "{id}" in self.path


def _list(desk: Desk, request: Asked) -> Record:
    query: asked.ListQuery = request.query
    wanted = Filter(
        statuses=tuple(query.status),
        types=tuple(query.type),
        outcomes=tuple(query.outcome),
        companies=tuple(query.company),
        since=query.since,
        until=query.until,
    )
    part = answers.Part(wanted=wanted, days=query.days, limit=query.limit, offset=query.offset)
    return answers.interviews_answer(desk.look(), part)


def _schedule(desk: Desk, request: Asked) -> Record:
    body: asked.NewInterview = request.body
    people = (body.interviewer,) if isinstance(body.interviewer, str) else tuple(body.interviewer)
    wanted = Request(
        company=body.company,
        role=body.role,
        type=body.interview_type,
        at=body.scheduled_at,
        timezone=body.timezone,
        duration=body.duration_minutes,
        interviewers=tuple(each for each in people if each.strip()),
        location=body.location,
        job_id=body.job_id,
        round=body.round,
        body=body.notes,
    )
    return answers.schedule_interview(desk, wanted)


def _update(desk: Desk, request: Asked) -> Record:
    body: asked.NewStatus = request.body
    wanted = answers.StatusRequest(
        status=body.status,
        outcome=body.outcome,
        feedback=body.feedback,
        notes=body.notes,
        version=request.version,
    )
    return answers.update_status(desk, request.name, wanted)


def _interview(desk: Desk, request: Asked) -> Record:
    view = desk.look()
    return answers.interview_answer(view, answers.find_interview(view, request.name))


def _prepare(desk: Desk, request: Asked) -> Record:
    view = desk.look()
    return answers.prepare_answer(view, answers.find_interview(view, request.name))


def _mail(desk: Desk, request: Asked) -> Record:
    query: asked.MailQuery = request.query
    view = desk.look()
    if not query.kind:
        if query.interview or query.person or query.points:
            raise RefusalError(422, "it is not said which mail", (("kind", "is missing"),))
        return answers.templates_answer(view)
    if not query.interview:
        return answers.template_answer(view, query.kind)
    wanted = MailRequest(kind=query.kind, person=query.person, points=tuple(query.points))
    return answers.mail_answer(view, answers.find_interview(view, query.interview), wanted)


def _reminders(desk: Desk, request: Asked) -> Record:
    days = request.query.days
    return answers.reminders_answer(desk.look(), None if days is None else timedelta(days=days))


def _materials(desk: Desk, request: Asked) -> Record:
    query: asked.MaterialsQuery = request.query
    return answers.materials_answer(desk.look(), query.type, query.role, query.family)


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        path="/api/interviews",
        summary="List interviews, all or those that pass the filters",
        answer=_list,
        query=asked.ListQuery,
        result=told.Interviews,
    ),
    Operation(
        method="POST",
        path="/api/interviews",
        summary="Schedule an interview: write its note",
        answer=_schedule,
        body=asked.NewInterview,
        result=told.Scheduled,
        status=201,
    ),
    Operation(
        path="/api/interviews/stats",
        summary="Statistics",
        answer=lambda desk, request: answers.statistics_answer(desk.look()),
        result=told.Statistics,
    ),
    Operation(
        path="/api/interviews/email-template",
        summary="A mail to look at, or the templates; nothing is sent",
        answer=_mail,
        query=asked.MailQuery,
        result=told.Mails,
    ),
    Operation(
        path="/api/interviews/{id}",
        summary="One interview in full",
        answer=_interview,
        result=told.InterviewInFull,
    ),
    Operation(
        method="POST",
        path="/api/interviews/{id}/status",
        summary="Say where an interview stands",
        answer=_update,
        body=asked.NewStatus,
        result=told.Updated,
    ),
    Operation(
        path="/api/interviews/{id}/prep-materials",
        summary="The coaching of one interview's type and role",
        answer=_prepare,
        result=told.Materials,
    ),
    Operation(
        path="/api/reminders",
        summary="Reminders: due, to come, in trouble, missed",
        answer=_reminders,
        query=asked.WithinQuery,
        result=told.Reminders,
    ),
    Operation(
        path="/api/findings",
        summary="What is wrong in the notes",
        answer=lambda desk, request: answers.findings_answer(desk.look()),
        result=told.Findings,
    ),
    Operation(
        path="/api/stories",
        summary="The story bank",
        answer=lambda desk, request: answers.stories_answer(desk.look()),
        result=told.Stories,
    ),
    Operation(
        path="/api/materials",
        summary="The coaching of a type and a role without a note",
        answer=_materials,
        query=asked.MaterialsQuery,
        result=told.Materials,
    ),
)
"""Everything the API does; routes and the OpenAPI document are made from it."""
