"""The answers of the read-only API, as plain dictionaries and as JSON files."""

import json
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from prepvault.model.debrief import MARKS
from prepvault.model.figures import AskedFigures, Count, Rate, Span, Stage, Statistics
from prepvault.model.interview import Interview
from prepvault.model.mail import Mail
from prepvault.model.note import Value
from prepvault.model.readiness import FORMULA, Readiness, Step
from prepvault.model.site import InterviewPage, SiteModel
from prepvault.render.stats_words import say_standing
from prepvault.render.times import utc_text

Record = dict[str, Any]


def interview_record(interview: Interview) -> Record:
    """One interview: the original system's fields under their names, then what is new."""
    return {
        "id": interview.id,
        "job_id": interview.job_id,
        "company": interview.company,
        "role": interview.role,
        "interview_type": interview.type.value if interview.type else "",
        "scheduled_at": _wall_text(interview),
        "interviewer": ", ".join(person.name for person in interview.people),
        "location": interview.venue.text,
        "status": interview.status.value,
        "notes": interview.notes,
        "created_at": interview.created_at.isoformat() if interview.created_at else None,
        "reminders_sent": list(interview.reminders_sent),
        "feedback": interview.feedback or None,
        "preparation_complete": interview.preparation_complete,
        **_new_fields(interview),
    }


def _wall_text(interview: Interview) -> str:
    """The start as the note has it: wall time without an offset, or a date for an all-day interview."""
    if interview.all_day:
        return interview.starts.date().isoformat()
    return interview.starts.replace(tzinfo=None).isoformat(timespec="seconds")


def _new_fields(interview: Interview) -> Record:
    return {
        "timezone": interview.zone,
        "starts_at": utc_text(interview.starts),
        "ends_at": utc_text(interview.ends),
        "all_day": interview.all_day,
        "duration_minutes": interview.minutes,
        "outcome": interview.outcome.value if interview.outcome else None,
        "round": interview.round,
        "reply_by": interview.reply_by.isoformat() if interview.reply_by else None,
        "rescheduled_from": list(interview.rescheduled_from),
        "people": [{"name": person.name, "title": person.title} for person in interview.people],
        "platform": interview.venue.platform,
        "link": interview.venue.link,
        "sessions": [
            {"title": part.title, "starts_at": utc_text(part.starts), "ends_at": utc_text(part.ends)}
            for part in interview.sessions
        ],
        "note": interview.path,
    }


def readiness_record(readiness: Readiness) -> Record:
    """How ready one is, with the parts behind the number and the steps that raise it most."""
    return {
        "percent": readiness.percent,
        "complete": readiness.is_complete,
        "summary": readiness.summary,
        "formula": FORMULA,
        "parts": [
            {
                "part": part.key,
                "label": part.label,
                "weight": round(part.weight, 1),
                "share": round(part.share, 3),
                "found": part.found,
                "missing": part.missing,
                "target": part.target,
                "step": _step_record(part.step) if part.step else None,
            }
            for part in readiness.parts
        ],
        "missing": [_step_record(step) for step in readiness.missing],
    }


def _step_record(step: Step) -> Record:
    return {
        "text": step.text,
        "minutes": step.minutes,
        "points": round(step.points, 1),
        "part": step.part,
        "target": step.target,
        "item": step.item or None,
        "command": step.command,
    }


def statistics_record(figures: Statistics) -> Record:
    """The figures: the original's totals, then rates with the notes behind them."""
    return {
        "total": figures.total.number,
        "upcoming": figures.next_days.number,
        "completed": figures.completed.number,
        "success_rate": _rate_record(figures.success),
        "by_type": _tally(figures.by_type),
        "by_status": _tally(figures.by_status),
        "by_outcome": _tally(figures.by_outcome),
        "by_company": _tally(figures.by_company),
        "success_by_type": {each.label: _rate_record(each) for each in figures.rates_by_type},
        "success_by_role": {each.label: _rate_record(each) for each in figures.rates_by_role},
        "success_by_company": {each.label: _rate_record(each) for each in figures.rates_by_company},
        "by_family": _tally(figures.by_family),
        "success_by_family": {each.label: _rate_record(each) for each in figures.rates_by_family},
        "unanswered": {"count": figures.unanswered.number, "interviews": list(figures.unanswered.ids)},
        "stages": [_stage_record("stage", stage) for stage in figures.stages],
        "stages_by_type": [_stage_record("type", stage) for stage in figures.steps],
        "days": [_span_record(span) for span in figures.times],
        "standing": [each.text for each in say_standing(figures)],
        "debriefs": _asked_record(figures.asked),
    }


def _stage_record(name: str, stage: Stage) -> Record:
    """A step, what became of the applications that had it, and the share of the settled that went on."""
    return {
        name: stage.label,
        "reached": len(stage.loops),
        "applications": list(stage.loops),
        "went_on": _rate_record(stage.onward) if stage.onward else None,
        "ended": list(stage.ended),
        "still_open": list(stage.still_open) if stage.onward else [],
    }


def _span_record(span: Span) -> Record:
    return {
        "from_to": span.label,
        "known": span.n,
        "median": span.median if span.is_told else None,
        "least": span.least if span.n else None,
        "most": span.most if span.n else None,
        "stretches": [{"days": each.days, "interviews": list(each.ids)} for each in span.known],
        "waiting": [{"days": each.days, "interviews": list(each.ids)} for each in span.waiting],
        "overdue": [each.ids[0] for each in span.overdue],
    }


def _asked_record(asked: AskedFigures) -> Record:
    """What debriefs tell together, in numbers: the questions themselves are the user's own."""
    return {
        "interviews": list(asked.ids),
        "questions": asked.total,
        "predicted": asked.predicted,
        "predicted_by_type": {each.label: _rate_record(each) for each in asked.listed_by_type},
        "marks": {
            **{mark: {"count": 0, "interviews": []} for mark in MARKS},
            **{each.mark: {"count": each.number, "interviews": list(each.ids)} for each in asked.marks},
        },
        "scores": {
            each.dimension: {"mean": each.mean, "interviews": each.n, "change": each.change}
            for each in asked.trends
        },
        "gaps": dict(asked.gaps),
    }


def _tally(counts: Iterable[Count]) -> Record:
    return {each.label: {"count": each.number, "interviews": list(each.ids)} for each in counts}


def _rate_record(rate: Rate) -> Record:
    return {
        "won": len(rate.won),
        "decided": rate.n,
        "percent": round(rate.share * 100, 1) if rate.is_told else None,
        "low": round(rate.low * 100, 1) if rate.n else None,
        "high": round(rate.high * 100, 1) if rate.n else None,
        "interviews": list(rate.decided),
    }


def mail_record(mail: Mail) -> Record:
    """One draft, in the original's fields and what is still missing."""
    return {
        "kind": mail.kind,
        "title": mail.title,
        "recipient": mail.recipient,
        "to": mail.to,
        "subject": mail.subject,
        "body": mail.body,
        "missing": list(mail.missing),
    }


def render_answers(site: SiteModel) -> Mapping[str, bytes]:
    """Write the answers about all interviews, each as a file."""
    pages = site.interviews.values()
    files = {
        "api/interviews.json": {
            "interviews": [interview_record(page.interview) for page in pages],
            "upcoming": [each.id for each in site.overview.upcoming],
            "total": len(site.interviews),
        },
        "api/interviews/stats.json": statistics_record(site.statistics),
        "api/interviews/email-template.json": {"templates": [mail_record(mail) for mail in site.templates]},
    }
    return {path: to_json(content) for path, content in files.items()}


def render_answer(page: InterviewPage, materials: Mapping[str, object]) -> Mapping[str, bytes]:
    """Write the answers about one interview; `materials` are its coaching in the original's fields."""
    name = f"api/interviews/{page.slug}"
    record = interview_record(page.interview)
    progress = {"done": page.progress.done, "total": page.progress.total}
    emails = [mail_record(draft.mail) for draft in page.drafts]
    ready = readiness_record(page.readiness) if page.readiness else None
    return {
        f"{name}.json": to_json(record | {"progress": progress, "readiness": ready, "emails": emails}),
        f"{name}/prep-materials.json": to_json(dict(materials)),
    }


def finite(value: Value) -> Value:
    """A value of front matter as JSON can have it: what is no number there is written as a word."""
    if isinstance(value, dict):
        return {name: finite(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [finite(inner) for inner in value]
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def to_json(content: object) -> bytes:
    """Write JSON for people and programs alike, always in the same order."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
