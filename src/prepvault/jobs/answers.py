"""What an assistant is told about interviews: the original system's fields, in pages of bounded size."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from prepvault.jobs.context import Context
from prepvault.jobs.listing import Shown, interview_record, shown_record
from prepvault.jobs.site_text import own_body
from prepvault.model.figures import Count, Rate, Stage, Statistics
from prepvault.model.finding import Finding
from prepvault.model.interview import Interview, InterviewType, Outcome, Status
from prepvault.model.note import Note
from prepvault.model.reminder import ReminderKind, ReminderState
from prepvault.model.vault import Vault
from prepvault.parse.frontmatter import parse_head
from prepvault.render.findings import finding_fields
from prepvault.render.plain import plain_text, plain_value
from prepvault.render.stats_words import say_standing
from prepvault.rules.reminders import plan_reminders

Answer = dict[str, Any]
Thing = TypeVar("Thing")
_Labelled = InterviewType | Status | Outcome

MOST = 22_000
"""Bytes that the entries of one answer may have together; with all around them it stays below 25 kB."""

MOST_TEXT, LEAST_TEXT = 12_000, 1_000
"""Bytes of a note's own text in one answer: as many as fit beside the facts."""

_LARGEST = 24_500
_A_NAME, _IN_LISTS, _ALONE = 200, 400, 2_000
_MOST_ENTRIES = 40
_TIGHTER = ((2_000, 40), (1_000, 40), (300, 20), (100, 5))
"""Lengths of texts and lists, one after the other, until an answer that is too large fits."""


def interview_answer(interview: Interview, *, most: int = _ALONE) -> Answer:
    """Tell about one interview as its note stands; `version` names this state of the note."""
    return {**shortened(interview_record(interview), most), "version": interview.digest}


def brief_answer(interview: Interview) -> Answer:
    """The same for lists, with long texts cut."""
    return interview_answer(interview, most=_IN_LISTS)


def page(
    name: str,
    things: Sequence[Thing],
    tell: Callable[[Thing], Mapping[str, Any]],
    *,
    offset: int,
    limit: int,
    most: int = MOST,
) -> Answer:
    """Tell about some of many, as many as fit, and say how to ask for the rest."""
    told: list[Mapping[str, Any]] = []
    size = 0
    for thing in things[offset : offset + limit]:
        record = tell(thing)
        size += bytes_of(record)
        if told and size > most:
            break
        told.append(record)
    end = offset + len(told)
    has_more = end < len(things)
    return {
        name: told,
        "count": len(told),
        "total": len(things),
        "offset": offset,
        "next_offset": end if has_more else None,
        "truncated": has_more,
        "rest": f"ask again with offset={end} for the next of {len(things)}" if has_more else "",
    }


def bytes_of(record: object) -> int:
    """How long a record is as JSON."""
    return len(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


def bounded(answer: Answer) -> Answer:
    """Cut the texts of an answer that is too large all the same."""
    for length, entries in _TIGHTER:
        if bytes_of(answer) <= _LARGEST:
            break
        answer = shortened(answer, length, entries)
    return answer


def shortened(value: Any, most: int, entries: int = _MOST_ENTRIES) -> Any:
    """Cut long texts, names and lists inside a record, and take out what one does not see."""
    if isinstance(value, str):
        plain = plain_text(value)
        return plain if len(plain) <= most else f"{plain[: most - 1]}…"
    if isinstance(value, Mapping):
        return {shortened(key, most): shortened(each, most, entries) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [shortened(each, most, entries) for each in value[:entries]]
    return value


def note_text(note: Note, *, offset: int = 0, most: int, with_coaching: bool = False) -> Answer:
    """Give a note's text as data, with its source: what the user wrote, the coaching sections on request."""
    body = parse_head(note.data, note.path)[0].body if with_coaching else own_body(note)
    text = plain_text(body).strip("\n")
    part = text[offset : offset + most].encode("utf-8")[:most].decode("utf-8", "ignore")
    end = offset + len(part)
    has_more = end < len(text)
    return {
        "kind": "note_text",
        "source": note.path,
        "text": part,
        "offset": offset,
        "total_characters": len(text),
        "next_offset": end if has_more else None,
        "truncated": has_more,
        "rest": f"ask again with text_offset={end}" if has_more else "",
    }


def shown_answer(shown: Shown) -> Answer:
    """Tell about one interview and everything that hangs on it but its text."""
    record = shown_record(shown)
    ready = shown.readiness
    readiness = None
    if ready:
        steps = [{"text": each.text, "minutes": each.minutes} for each in ready.missing]
        readiness = {"percent": ready.percent, "summary": ready.summary, "next_steps": steps}
    rest = {name: record[name] for name in ("standing", "checklist", "reminders", "overlaps")}
    return {
        "interview_id": shown.interview.id,
        "interview": interview_answer(shown.interview),
        **shortened({**rest, "readiness": readiness}, _IN_LISTS),
        "findings": [finding_answer(each) for each in shown.findings[:10]],
    }


def finding_answer(finding: Finding) -> Answer:
    """Tell about one remark on a note."""
    fields = finding_fields(finding)
    names = ("code", "severity", "path", "line", "message", "hint", "fixable")
    return {name: shortened(fields[name], _IN_LISTS) for name in names}


def changes_between(before: Interview, after: Interview) -> list[Answer]:
    """Say which fields an interview has anew, with both values."""
    old, new = interview_answer(before), interview_answer(after)
    return [
        {"field": name, "before": _text(old[name]), "after": _text(new[name])}
        for name in new
        if name not in {"version", "note"} and old[name] != new[name]
    ]


def count_reminders(context: Context, interview: Interview) -> int:
    """How many reminders are to come before an interview."""
    return sum(
        each.kind in {ReminderKind.BEFORE, ReminderKind.CATCH_UP} and each.state is not ReminderState.MISSED
        for each in plan_reminders(interview, context.settings, context.now)
    )


def statistics_answer(figures: Statistics) -> Answer:
    """Tell the figures as plain numbers; which interviews they count, a list with the same filter shows."""
    return {
        "total": figures.total.number,
        "upcoming": figures.next_days.number,
        "completed": figures.completed.number,
        "success_rate": _rate(figures.success),
        "by_type": _tally(figures.by_type, InterviewType),
        "by_status": _tally(figures.by_status, Status),
        "by_outcome": _tally(figures.by_outcome, Outcome),
        "by_company": _tally(figures.by_company),
        "success_by_type": {each.label: _rate(each) for each in figures.rates_by_type},
        "applications": figures.applications,
        "stages": [_stage(each) for each in figures.stages],
        "unanswered": list(figures.unanswered.ids[:_MOST_ENTRIES]),
        "standing": [each.text for each in say_standing(figures)],
    }


def _rate(rate: Rate) -> Answer:
    return {
        "won": len(rate.won),
        "decided": rate.n,
        "percent": round(rate.share * 100, 1) if rate.is_told else None,
        "low": round(rate.low * 100, 1) if rate.n else None,
        "high": round(rate.high * 100, 1) if rate.n else None,
    }


def _stage(stage: Stage) -> Answer:
    onward = stage.onward
    return {
        "stage": stage.label,
        "reached": len(stage.loops),
        "went_on": len(onward.won) if onward else None,
        "decided": onward.n if onward else None,
    }


def _tally(counts: Sequence[Count], words: Iterable[_Labelled] = ()) -> dict[str, int]:
    """The largest first, under the word that notes use; beyond some forty the rest is one number."""
    names = {each.label: each.value for each in words}
    ordered = sorted(counts, key=lambda each: -each.number)
    tally: dict[str, int] = {}
    for each in ordered[:_MOST_ENTRIES]:
        name = names.get(each.label, shortened(each.label, _A_NAME))
        tally[name] = tally.get(name, 0) + each.number
    rest = sum(each.number for each in ordered[_MOST_ENTRIES:])
    return {**tally, "all others": rest} if rest else tally


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(plain_value(value), ensure_ascii=False)


def overview_answer(context: Context, vault: Vault, coming: Sequence[Interview]) -> Answer:
    """Tell where the vault stands at this moment: what is ahead, and how many notes need a look."""
    codes = [finding.severity.value for finding in vault.findings]
    return {
        "now": context.now.isoformat(),
        "zone": context.settings.zone,
        "upcoming": [brief_answer(each) for each in coming[:_MOST_ENTRIES]],
        "findings": {name: codes.count(name) for name in ("error", "warning", "info")},
    }
