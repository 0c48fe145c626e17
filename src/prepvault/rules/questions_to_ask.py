"""What to ask them: what the research leaves open first, and nothing that the note answers already."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from prepvault.model.card import Audience, Question
from prepvault.model.coaching import Coaching, Seat
from prepvault.model.interview import Interview, InterviewType
from prepvault.rules.slots import choose_wording, fill, is_close, plain_line

TO_ASK = 5
_EACH, _MOST_EACH, _OWN = 3, 6, 2
_KNOWS = ("hiring_manager", "peer", "executive", "", "recruiter", "people")
_QUESTION = re.compile(
    r"(?:who|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|can|could|would|will)\b", re.I
)
_INDIRECT = re.compile(
    r"(?:whether|if|(?:who|what|when|where|why|how) (?:the|this|that|these|their|your|our|they|you|we))\b",
    re.I,
)
_LAST = {InterviewType.FINAL_ROUND, InterviewType.DEBRIEF}

_ANSWERED: Mapping[str, Callable[[Interview, Coaching], bool]] = {
    "decision-date": lambda interview, _: interview.reply_by is not None,
    "pay-band": lambda _, coaching: "pay_said" in coaching.slots,
    "adjustments-contact": lambda interview, _: bool(interview.adjustments),
    "next-assesses": lambda interview, _: interview.type in _LAST,
    "stages-left": lambda interview, _: interview.type in _LAST,
}
"""Questions by id, with what makes asking them needless."""


def pick_to_ask(coaching: Coaching, interview: Interview) -> Coaching:
    """Settle the questions to ask: `ask`, the picked ones of `audiences`, and each person's own in `panel`.

    One kind of person gets five, several kinds three each, and more where several people are of one kind. The
    first are from the research note's own `Ask` lines, for nobody in particular.
    """
    several = len(coaching.audiences) > 1
    audiences = []
    panel = list(coaching.panel)
    for audience in coaching.audiences:
        seats = [at for at, seat in enumerate(panel) if seat.audience and seat.audience.id == audience.id]
        usual = _EACH if several else TO_ASK
        count = min(max(usual, 2 * len(seats)), max(usual, _MOST_EACH))
        picked = _pick(audience, coaching, interview)[:count]
        chosen = replace(audience, questions=picked)
        audiences.append(chosen)
        for turn, at in enumerate(seats):
            panel[at] = replace(panel[at], audience=chosen, ask=picked[turn :: len(seats)])
    own = _own(coaching, " ".join(each.text for audience in audiences for each in audience.questions))
    ask = (*own, *(each for audience in audiences for each in audience.questions))
    return replace(coaching, audiences=tuple(audiences), ask=ask, panel=_with_own(panel, own))


def _pick(audience: Audience, coaching: Coaching, interview: Interview) -> tuple[Question, ...]:
    """Order an audience's questions: about what the vault knows, about what is asked for, then the others."""
    asked = {demand.tag for demand in coaching.dossier.demands}
    left = [each for each in audience.questions if not _is_answered(each, coaching, interview)]
    wordings = {each.id: choose_wording(each.text, each.told, coaching.slots) for each in left}
    left.sort(key=lambda each: (not is_close(wordings[each.id]), asked.isdisjoint(each.tags)))
    return tuple(replace(each, text=fill(wordings[each.id], coaching.slots) or each.text) for each in left)


def _is_answered(question: Question, coaching: Coaching, interview: Interview) -> bool:
    answered = _ANSWERED.get(question.id)
    return bool(answered and answered(interview, coaching))


def _own(coaching: Coaching, worded: str) -> tuple[Question, ...]:
    """The first lines under `Ask` in the research note, unless they were worded into a question."""
    company = coaching.dossier.company
    asked = [line for each in (company.ask if company else ()) if (line := plain_line(each, 40))]
    lines = [line for line in asked if line not in worded]
    return tuple(
        Question(f"own-{index}", _asked(line), hint="From your research note.", purpose="show judgement")
        for index, line in enumerate(lines[:_OWN], start=1)
    )


def _asked(line: str) -> str:
    """Write a line as it is asked: a capital first, a question mark where it begins as a question does."""
    if _INDIRECT.match(line):
        return f"Can you tell me {line[:1].lower()}{line[1:].rstrip('?')}?"
    mark = "?" if _QUESTION.match(line) and line[-1] not in "?!…" else ""
    return f"{line[:1].upper()}{line[1:]}{mark}"


def _with_own(panel: Sequence[Seat], own: Sequence[Question]) -> tuple[Seat, ...]:
    """Give the research note's questions to whoever knows most of the work, else to the first person."""
    if not own or not panel:
        return tuple(panel)
    first = min(panel, key=_distance)
    return tuple(replace(seat, ask=(*own, *seat.ask)) if seat is first else seat for seat in panel)


def _distance(seat: Seat) -> int:
    """How far somebody is from the daily work; an audience of the vault's own is as good as unknown."""
    name = seat.audience.id if seat.audience else ""
    return _KNOWS.index(name) if name in _KNOWS else _KNOWS.index("")
