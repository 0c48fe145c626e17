"""Write down what happened in an interview: the debrief block of its note, and what it says of the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from prepvault.errors import RefusedError, UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.one_note import (
    Changed,
    edit_note,
    read_current,
    record_revision,
    reread,
    usual_minutes,
    with_identity,
    write,
)
from prepvault.jobs.understand import understand_when
from prepvault.model.change import Edit
from prepvault.model.debrief import DIMENSIONS, Asked, Debrief, Promise
from prepvault.model.finding import Finding
from prepvault.model.interview import Interview, Outcome, Status
from prepvault.parse.body import append_to_body
from prepvault.parse.debrief import HEADING, block_heading, has_debrief, parse_debrief, part_titles
from prepvault.parse.debrief_parts import read_asked, read_promise, read_scores
from prepvault.parse.debrief_unclear import unknown_day, unknown_mark
from prepvault.parse.frontmatter import parse_head
from prepvault.render.debrief import PARTS, part_lines, render_debrief

_REASON = "debrief"
_DEEPEST = 6
"""The last level of a heading: below it, a part is named in bold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the user said about an interview, as typed; empty parts were not spoken of.

    `scores` are texts like `structure=3` or five digits; `asked` are lines as in a note. Days in `me`, `them`
    and `reply_by` may be in human words.
    """

    asked: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    me: tuple[str, ...] = ()
    them: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()
    change: str = ""
    reply_by: str = ""
    outcome: Outcome | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of it: the interview as it stands now, its debrief, and whether the block is new."""

    changed: Changed
    debrief: Debrief
    is_new: bool
    hints: tuple[str, ...] = field(default=())


def write_debrief(context: Context, interview: Interview, said: Said) -> Written:
    """Add the block once, or what was said to the block that is there; then the answer's day and the status.

    An interview that is over and still open in its note becomes completed. What was there stays as it was,
    which is proved by reading the note again before it is written.
    """
    before = read_current(context, interview)
    told = debrief_of(context, interview, said)
    body = parse_head(before.data, before.path)[0].body
    is_new = not has_debrief(body)
    data = _with_block(before.data, body, told, is_new=is_new)
    _prove(before.data, data, told, interview.path)
    edits = _edits(context, interview, said)
    data = edit_note(context, interview.path, data, edits)
    minutes = usual_minutes(context)
    if edits:
        data = record_revision(context, interview.path, data, minutes)
    after = with_identity(reread(context, interview.path, data, minutes), interview.id)
    written = write(context, interview, before, data, _REASON)
    changes = tuple((edit.name, str(edit.value)) for edit in edits) if written else ()
    changed = Changed(after, changes, written, context.now)
    debrief = _read(data, interview.path)[0]
    return Written(changed, debrief, is_new, (*unclear_words(said), *_hints(after, debrief)))


def check_said(context: Context, interview: Interview, said: Said) -> None:
    """Raise UsageError for what could not be written down; nothing is written."""
    debrief_of(context, interview, said)
    if said.reply_by:
        _day(context, interview, said.reply_by)


def debrief_of(context: Context, interview: Interview, said: Said) -> Debrief:
    """Read what was typed as the parts of a debrief; what cannot be read is a UsageError with a hint."""
    scores: dict[str, int] = {}
    for text in said.scores:
        found, findings = read_scores(text.replace("=", ": "), interview.path, 0)
        if findings or not found:
            fault = findings[0].message if findings else f"`{text}` names none of {', '.join(DIMENSIONS)}"
            raise UsageError(fault, hint="write --score structure=3, or all five: --score 3,2,4,3,2")
        scores |= found
    for text in (*said.doubts, *said.learned):
        if not _has_words(text):
            raise UsageError(f"`{text}` holds no words", hint="say it in a few words")
    promises = [_promise(context, interview, by, text) for by, texts in _promised(said) for text in texts]
    return Debrief(
        asked=tuple(_question(text) for text in said.asked),
        scores=scores,
        promises=tuple(promises),
        doubts=said.doubts,
        learned=said.learned,
        pay=said.pay,
        change=said.change,
    )


def unclear_words(said: Said) -> tuple[str, ...]:
    """What was typed as a mark or a day and is none: it stays in the text, and nothing else comes of it."""
    marks = (mark for mark in map(unknown_mark, said.asked) if mark)
    days = (day for _, texts in _promised(said) for day in map(unknown_day, texts) if day)
    return (
        *(f"`{mark}` is no mark, so it stays in the question: write strong, ok or gap" for mark in marks),
        *(f"`{day}` names no day, so nothing reminds you: write it like `by 2026-02-13`" for day in days),
    )


def _has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _promised(said: Said) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("me", said.me), ("them", said.them)


def _question(text: str) -> Asked:
    asked = read_asked(" ".join(text.split()), (), 0)
    if not _has_words(asked.text):
        raise UsageError(
            f"`{text}` holds no question", hint='write it like "How would you scale it? · gap · [[Story]]"'
        )
    return asked


def _promise(context: Context, interview: Interview, by: str, text: str) -> Promise:
    """Read a promise; behind `by` a day may stand in human words, which is settled now, for it would age."""
    promise, findings = read_promise(f"{by}: {text}", "", interview.path, 0)
    if promise is None or not _has_words(promise.text):
        raise UsageError("a promise needs words", hint='write it like --me "send the diagram by fri"')
    if findings and findings[0].found:
        words = findings[0].found
        day = _day(context, interview, words.partition(" ")[2].strip(": "))
        rest = promise.text.replace(words, "").strip(" ,")
        return Promise(by, rest or "an answer", day)
    return promise


def _day(context: Context, interview: Interview, text: str) -> date:
    return understand_when(context, text, interview.zone).at.date()


def _with_block(data: bytes, body: str, told: Debrief, *, is_new: bool) -> bytes:
    """Put the block, or more lines of it, at the end of the part where they belong."""
    if is_new:
        return append_to_body(data, render_debrief(told), heading=f"## {HEADING}")
    titles = part_titles(body)
    level, own = block_heading(body)
    for part, title in PARTS.items():
        lines = part_lines(part, told)
        if not lines:
            continue
        text = "\n".join(lines)
        if part in titles:
            data = append_to_body(data, text, heading=titles[part])
        else:
            sub = f"{'#' * (level + 1)} {title}" if level < _DEEPEST else f"**{title}**"
            data = append_to_body(data, f"{sub}\n\n{text}", heading=f"{'#' * level} {own}")
    return data


def _read(data: bytes, path: str) -> tuple[Debrief, tuple[Finding, ...]]:
    head, _ = parse_head(data, path)
    return parse_debrief(head.body, path, head.body_line)


def _prove(before: bytes, after: bytes, told: Debrief, path: str) -> None:
    """Refuse unless the note now says what it said before, and what was added."""
    old, new = _read(before, path)[0], _read(after, path)[0]
    added, _ = parse_debrief(f"## {HEADING}\n\n{render_debrief(told)}", path, 1)
    if _without_lines(_joined(old, added)) != _without_lines(new) or len(added.asked) != len(told.asked):
        raise RefusedError(
            f"the debrief in `{path}` would not read as it was meant, so nothing was written",
            hint="write it into the note by hand, under its `Debrief` heading",
        )


def _joined(old: Debrief, added: Debrief) -> Debrief:
    return Debrief(
        asked=(*old.asked, *added.asked),
        scores={**old.scores, **added.scores},
        promises=(*old.promises, *added.promises),
        doubts=tuple(dict.fromkeys((*old.doubts, *added.doubts))),
        learned=tuple(dict.fromkeys((*old.learned, *added.learned))),
        pay=tuple(dict.fromkeys((*old.pay, *added.pay))),
        change=added.change or old.change,
    )


def _without_lines(debrief: Debrief) -> Debrief:
    return replace(debrief, asked=tuple(replace(each, line=0) for each in debrief.asked))


def _edits(context: Context, interview: Interview, said: Said) -> list[Edit]:
    """What was said of the answer; a debrief of something that is over says that it took place."""
    edits = []
    is_over = interview.ends <= context.now and interview.is_open
    status = said.status or (Status.COMPLETED if is_over else None)
    if status and status is not interview.status:
        edits.append(Edit("status", "set", status.value))
    if said.outcome and said.outcome is not interview.outcome:
        edits.append(Edit("outcome", "set", said.outcome.value))
    if said.reply_by:
        day = _day(context, interview, said.reply_by)
        if day != interview.reply_by:
            edits.append(Edit("reply_by", "set", day.isoformat()))
    return edits


def _hints(interview: Interview, debrief: Debrief) -> list[str]:
    """What the debrief says and the front matter does not."""
    due = next(
        (each.due for each in debrief.promises if each.by == "them" and each.due and not each.is_kept), None
    )
    waits = interview.reply_by is None and interview.outcome in {None, Outcome.PENDING}
    if due and waits:
        return [f"they named {due.isoformat()}: `--reply-by {due.isoformat()}` makes it drive the follow-up"]
    return []


def debrief_record(debrief: Debrief) -> Mapping[str, object]:
    """Tell a program what a debrief says."""
    return {
        "asked": [
            {"question": each.text, "mark": each.mark or None, "stories": list(each.stories)}
            for each in debrief.asked
        ],
        "scores": dict(debrief.scores),
        "promises": [
            {
                "by": each.by,
                "text": each.text,
                "due": each.due.isoformat() if each.due else None,
                "kept": each.is_kept,
            }
            for each in debrief.promises
        ],
        "doubts": list(debrief.doubts),
        "learned": list(debrief.learned),
        "pay": list(debrief.pay),
        "change": debrief.change,
    }
