"""Schedule an interview: one new note, from what a person typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from shlex import quote

from prepvault.errors import ConflictError, UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.note_name import file_name, free_path
from prepvault.jobs.notes import refuse_markers
from prepvault.jobs.one_note import record_revision, refusal, reread, usual_minutes
from prepvault.jobs.understand import understand_when, understand_zone
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change
from prepvault.model.interview import Interview, InterviewType, Status
from prepvault.model.vault import Vault
from prepvault.parse.body import append_to_body
from prepvault.parse.emit import emit_head
from prepvault.parse.when import When
from prepvault.rules.identity import new_id
from prepvault.rules.overview import find_clashes

_BODY = "\n## Notes\n"
_LONGEST_DAY = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A new interview as it was asked for; `at` is an ISO or a human time, `body` Markdown of any length."""

    company: str
    role: str
    type: InterviewType
    at: str
    timezone: str = ""
    duration: int | None = None
    interviewers: tuple[str, ...] = ()
    location: str = ""
    job_id: str = ""
    round: int | None = None
    notes: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """The new interview, its time said back in words, and the ids of what it overlaps."""

    interview: Interview
    when: str
    clashes: tuple[str, ...]
    now: datetime


def understood(context: Context, at: str, timezone: str = "") -> When:
    """Read the time of a new interview; without a zone the vault's counts."""
    zone = understand_zone(timezone) if timezone else context.settings.zone
    when = understand_when(context, at, zone)
    if timezone and when.zone != zone:
        raise UsageError(
            f"`{at}` is in {when.zone}, but the time zone asked for is {zone}", hint="name the zone once"
        )
    return when


def schedule(context: Context, vault: Vault, request: Request) -> Scheduled:
    """Write the note of a new interview; never over a note that is there."""
    _check(request)
    when = understood(context, request.at, request.timezone)
    _refuse_twin(vault, request, when)
    taken = {interview.id for interview in vault.interviews}
    pairs = _pairs(context, request, when, new_id(request.company, request.job_id, when.at, taken))
    folder = context.settings.text("vault.interviews").strip("/")
    name = file_name(f"{when.at:%Y-%m-%d}", request.company, request.type.label)
    path = free_path(folder, name, vault.names)
    interview = _write(context, path, pairs, request.body)
    clashes = find_clashes((*vault.interviews, interview)).get(interview.id, ())
    return Scheduled(interview, when.words, clashes, context.now)


def _check(request: Request) -> None:
    refuse_markers(request.body)
    for name in ("company", "role", "at"):
        if not str(getattr(request, name)).strip():
            raise UsageError(f"`{name}` is missing", hint=f"name it with `--{name}`")
    if request.duration is not None and not 1 <= request.duration <= _LONGEST_DAY:
        raise UsageError(f"a duration is 1 to {_LONGEST_DAY} minutes, found `{request.duration}`")


def _refuse_twin(vault: Vault, request: Request, when: When) -> None:
    for interview in vault.interviews:
        same = interview.company.casefold() == request.company.strip().casefold()
        if same and interview.type == request.type and interview.starts == when.at and interview.is_open:
            raise ConflictError(
                f"this interview is scheduled already: `{interview.path}`",
                hint=f"prepvault show {quote(interview.id)}",
            )


def _pairs(
    context: Context, request: Request, when: When, identity: str
) -> tuple[tuple[str, str | int | tuple[str, ...]], ...]:
    """The front matter in the order of the documentation, what was not said left out."""
    said: Mapping[str, str | int | tuple[str, ...] | None] = {
        "id": identity,
        "job_id": _line(request.job_id),
        "company": _line(request.company),
        "role": _line(request.role),
        "interview_type": request.type.value,
        "scheduled_at": when.note_text,
        "timezone": when.zone,
        "duration_minutes": request.duration,
        "interviewer": tuple(map(_line, request.interviewers)),
        "location": _line(request.location),
        "round": request.round,
        "status": Status.SCHEDULED.value,
        "notes": _line(request.notes),
        "created_at": f"{context.now.astimezone(when.at.tzinfo):%Y-%m-%dT%H:%M:%S}",
    }
    name_of = context.settings.property_name
    return tuple(
        (name_of(name), value) for name, value in said.items() if value not in (None, "", ()) and value
    )


def _line(text: str) -> str:
    """One line, as a property holds it."""
    return " ".join(text.split())


def _write(
    context: Context, path: str, pairs: tuple[tuple[str, str | int | tuple[str, ...]], ...], body: str
) -> Interview:
    minutes = usual_minutes(context)
    data = (emit_head(pairs) + _BODY).encode("utf-8")
    if body.strip():
        data = append_to_body(data, body.rstrip(), heading="Notes")
    data = record_revision(context, path, data, minutes)
    interview = reread(context, path, data, minutes)
    report = apply_changes(context, [Change(path, None, data, "schedule")])
    if report.refused:
        raise refusal(report.refused)
    return interview
