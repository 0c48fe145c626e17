"""What a server answers about the vault, as plain data: the original system's fields, then what is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from shlex import quote
from typing import Any

from prepvault.jobs.check import check, summary
from prepvault.jobs.compose import MailRequest, compose
from prepvault.jobs.desk import Desk, View
from prepvault.jobs.library import load_library
from prepvault.jobs.lifecycle import change_status
from prepvault.jobs.listing import (
    Filter,
    Shown,
    interview_record,
    list_interviews,
    show,
    shown_record,
    upcoming,
)
from prepvault.jobs.mail_record import composed_fields
from prepvault.jobs.mails import blank_mails, drafts_of, template_of
from prepvault.jobs.materials import materials
from prepvault.jobs.pick import pick_by_id
from prepvault.jobs.remind import list_reminders
from prepvault.jobs.remind_records import listing_record
from prepvault.jobs.schedule import Request, schedule
from prepvault.jobs.stats import count, count_record
from prepvault.jobs.stories import read_bank
from prepvault.jobs.story_records import bank_record, review_record
from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.model.reminder import ReminderKind, ReminderState
from prepvault.render.api import mail_record
from prepvault.render.findings import finding_fields
from prepvault.rules.loops import group_loops
from prepvault.rules.overview import overview
from prepvault.rules.reminders import plan_reminders
from prepvault.rules.roles import pick_family
from prepvault.rules.slugs import page_slugs

Record = dict[str, Any]

_DRAFT = "a draft to look at; nothing was sent. `prepvault email {} {} --send` sends it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which interviews are asked for, and which part of the list; `days` keeps only what starts so soon."""

    wanted: Filter
    days: int | None = None
    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRequest:
    """What is to be said of an interview; `version` is the digest that its note had when it was seen."""

    status: Status
    outcome: Outcome | None = None
    feedback: str = ""
    notes: str = ""
    version: str = ""


def find_interview(view: View, name: str, *, version: str = "") -> Interview:
    """Find the interview of an id, or of the name of its page; raises as `pick_by_id` does."""
    slugs = page_slugs(each.id for each in view.vault.interviews)
    ids = {slug: identity for identity, slug in slugs.items()}
    identity = name if name in slugs else ids.get(name, name)
    return pick_by_id(view.vault, identity, version=version)


def interviews_answer(view: View, part: Part) -> Record:
    """Tell of the interviews that pass the filters; `upcoming` are those of them that are to come."""
    found = list_interviews(view.vault, part.wanted)
    if part.days is not None:
        soon = {each.id for each in upcoming(view.context, view.vault, part.days)}
        found = tuple(each for each in found if each.id in soon)
    ahead = overview(found, view.context.now).upcoming
    end = part.offset + part.limit
    return {
        "interviews": [interview_record(each) for each in found[part.offset : end]],
        "upcoming": [each.id for each in ahead],
        "total": len(found),
        "next": end if end < len(found) else None,
    }


def interview_answer(view: View, interview: Interview) -> Record:
    """Tell all of one interview: its record, where it stands, how ready one is, and its mails."""
    shown = show(view.context, view.vault, interview)
    told = shown_record(shown)
    return {
        **interview_record(interview),
        **{name: told[name] for name in ("standing", "readiness", "reminders", "overlaps", "findings")},
        "progress": told["checklist"],
        "emails": _mails(view, shown),
        "version": interview.digest,
    }


def _mails(view: View, shown: Shown) -> list[Record]:
    context, interview = view.context, shown.interview
    latest = {loop.ids[-1] for loop in group_loops(view.vault.interviews)}
    drafts = drafts_of(
        load_library(context)[0],
        interview,
        context.settings,
        context.now,
        reminders=shown.reminders,
        progress=shown.progress,
        is_latest=interview.id in latest,
    )
    return [mail_record(draft.mail) for draft in drafts]


def prepare_answer(view: View, interview: Interview) -> Record:
    """Give the coaching of one interview's type, role and family."""
    library, _ = load_library(view.context)
    family, _ = pick_family(library, interview.role, interview.role_family)
    kind = interview.type or InterviewType.VIDEO_INTERVIEW
    return dict(materials(library, kind, interview.role, family.id))


def materials_answer(view: View, kind: InterviewType, role: str, family: str) -> Record:
    """Give the coaching of a type and a role without a note."""
    library, _ = load_library(view.context)
    return dict(materials(library, kind, role, family))


def templates_answer(view: View) -> Record:
    """Give every mail's template with its blanks."""
    library, _ = load_library(view.context)
    return {"templates": [mail_record(mail) for mail in blank_mails(library, view.context.settings)]}


def template_answer(view: View, kind: str) -> Record:
    """Give one mail's template with its blanks."""
    library, _ = load_library(view.context)
    wanted = template_of(library, kind).id
    mails = blank_mails(library, view.context.settings)
    return {"success": True, **mail_record(next(each for each in mails if each.kind == wanted))}


def mail_answer(view: View, interview: Interview, request: MailRequest) -> Record:
    """Write one mail to be looked at, and what is wrong with it; nothing is sent."""
    composed = compose(view.context, view.vault, interview, request)
    told = composed_fields(composed)
    told["kind"] = told.pop("mail")
    return {"success": True, **told, "note": _DRAFT.format(quote(composed.mail.kind), quote(interview.id))}


def statistics_answer(view: View) -> Record:
    """Give every figure with the interviews behind it."""
    return count_record(count(view.context, view.vault))


def reminders_answer(view: View, within: timedelta | None) -> Record:
    """Tell how reminders stand."""
    return listing_record(view.context, list_reminders(view.context, view.vault, within=within))


def findings_answer(view: View) -> Record:
    """Tell what is wrong in the notes, as `check` does."""
    report = check(view.context, vault=view.vault)
    return {"summary": summary(report), "findings": [finding_fields(each) for each in report.findings]}


def stories_answer(view: View) -> Record:
    """Tell of the stories, and what the bank lacks."""
    read = read_bank(view.context, view.vault)
    stories = [review_record(each, read.told.get(each.story.id, 0)) for each in read.bank.reviews]
    return {"stories": stories, **bank_record(read)}


def schedule_interview(desk: Desk, request: Request) -> Record:
    """Write the note of a new interview; the original's fields, then the interview as it stands now."""
    with desk.change() as view:
        made = schedule(view.context, view.whole, request)
    each = made.interview
    desk.wrote(each.path)
    return {
        "success": True,
        "interview_id": each.id,
        "company": each.company,
        "role": each.role,
        "scheduled_at": interview_record(each)["scheduled_at"],
        "reminders_scheduled": _count_ahead(view, each),
        "message": f"Interview scheduled for {each.company} - {each.role}",
        "understood": made.when,
        "overlaps": list(made.clashes),
        "interview": interview_record(each),
    }


def update_status(desk: Desk, name: str, request: StatusRequest) -> Record:
    """Change the status of the note that was seen, with what else was said; the interview as it is now."""
    with desk.change() as view:
        picked = find_interview(view, name, version=request.version)
        made = change_status(
            view.context,
            picked,
            request.status,
            outcome=request.outcome,
            feedback=request.feedback,
            notes=request.notes,
        )
    desk.wrote(picked.path)
    return {
        "success": True,
        "interview_id": made.interview.id,
        "status": made.interview.status.value,
        "written": made.written,
        "changes": dict(made.changes),
        "interview": interview_record(made.interview),
    }


def _count_ahead(view: View, interview: Interview) -> int:
    """How many reminders before the interview are still to come."""
    before = {ReminderKind.BEFORE, ReminderKind.CATCH_UP}
    planned = plan_reminders(interview, view.context.settings, view.context.now)
    return sum(each.kind in before and each.state is ReminderState.PENDING for each in planned)


def version_of(answer: Mapping[str, Any]) -> str:
    """Name the note that an answer is about by its bytes; empty for one about many."""
    return str(answer.get("version", ""))
