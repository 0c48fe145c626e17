"""List interviews: which ones are meant, and what one of them shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from prepvault.jobs.context import Context
from prepvault.model.finding import Finding
from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.model.readiness import Readiness
from prepvault.model.reminder import Reminder
from prepvault.model.site import Progress, Standing
from prepvault.model.vault import Vault
from prepvault.render.api import interview_record, readiness_record
from prepvault.rules.overview import find_clashes, standing_of, within
from prepvault.rules.reminders import plan_reminders

__all__ = [
    "Filter",
    "Shown",
    "interview_record",
    "list_interviews",
    "list_record",
    "show",
    "shown_record",
    "upcoming",
    "upcoming_record",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which interviews are wanted; what is empty filters nothing. `until` is the last day that counts.

    `paths` are those of the only notes that are meant.
    """

    statuses: tuple[Status, ...] = ()
    types: tuple[InterviewType, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    companies: tuple[str, ...] = ()
    job: str = ""
    since: date | None = None
    until: date | None = None
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One interview with everything that hangs on it; `readiness` is None unless it is to come."""

    interview: Interview
    standing: Standing
    progress: Progress
    reminders: tuple[Reminder, ...]
    clashes: tuple[str, ...]
    findings: tuple[Finding, ...]
    readiness: Readiness | None = None


def list_interviews(vault: Vault, wanted: Filter) -> tuple[Interview, ...]:
    """Pick the interviews that pass every filter, in order of start."""
    return tuple(interview for interview in vault.interviews if _passes(interview, wanted))


def upcoming(context: Context, vault: Vault, days: int) -> tuple[Interview, ...]:
    """Pick what starts in the next days, what is under way included."""
    return within(vault.interviews, context.now, timedelta(days=days))


def show(context: Context, vault: Vault, interview: Interview) -> Shown:
    """Gather what one interview shows: where it stands, its checklist, reminders, clashes and findings."""
    from prepvault.jobs.readiness import prepared

    progress, readiness = prepared(context, vault, interview)
    return Shown(
        interview,
        standing_of(interview, context.now),
        progress,
        plan_reminders(interview, context.settings, context.now),
        find_clashes(vault.interviews).get(interview.id, ()),
        vault.findings_of(interview.path),
        readiness,
    )


def upcoming_record(
    context: Context, vault: Vault, found: Sequence[Interview], days: int
) -> dict[str, object]:
    """Tell a program about what is ahead, and how ready one is for it."""
    from prepvault.jobs.readiness import percents

    ready = dict(percents(context, vault, found)) if found else {}
    return {"days": days, **list_record(found), "readiness": ready}


def list_record(interviews: Sequence[Interview]) -> dict[str, object]:
    """Tell a program about interviews, in order, under the field names of the API."""
    return {"count": len(interviews), "interviews": [interview_record(each) for each in interviews]}


def shown_record(shown: Shown) -> dict[str, object]:
    """Tell a program about one interview and everything that hangs on it."""
    from prepvault.render.findings import finding_fields

    return {
        "interview": interview_record(shown.interview),
        "standing": shown.standing.value,
        "checklist": {
            "done": shown.progress.done,
            "total": shown.progress.total,
            "next": [{"id": item.id, "text": item.text} for item in shown.progress.next_items],
        },
        "readiness": readiness_record(shown.readiness) if shown.readiness else None,
        "reminders": [
            {
                "at": reminder.at.isoformat(),
                "kind": reminder.kind.value,
                "lead": reminder.suffix,
                "state": reminder.state.value,
            }
            for reminder in shown.reminders
        ],
        "overlaps": list(shown.clashes),
        "findings": [finding_fields(finding) for finding in shown.findings],
    }


def _passes(interview: Interview, wanted: Filter) -> bool:
    return all(
        (
            not wanted.statuses or interview.status in wanted.statuses,
            not wanted.types or interview.type in wanted.types,
            not wanted.outcomes or interview.outcome in wanted.outcomes,
            not wanted.companies or _is_company(interview.company, wanted.companies),
            not wanted.job or interview.job_id == wanted.job,
            wanted.since is None or interview.starts.date() >= wanted.since,
            wanted.until is None or interview.starts.date() <= wanted.until,
            not wanted.paths or interview.path in wanted.paths,
        )
    )


def _is_company(company: str, wanted: tuple[str, ...]) -> bool:
    folded = company.casefold()
    return any(word.casefold() in folded for word in wanted)
