"""What decides which sentences of a mail are said: the time left, the place, the outcome, what is lacking."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from prepvault.model.interview import Interview, InterviewType, Outcome

_YES = "yes"
_HOUR = timedelta(hours=1)
_PLENTY = timedelta(hours=24)
"""With more than that all of the original's list is sound advice."""

_LEAST_TIME: Mapping[str, timedelta] = {
    "fits_research": 6 * _HOUR,
    "fits_stories": 6 * _HOUR,
    "fits_posting": 3 * _HOUR,
    "fits_practice": 3 * _HOUR,
    "fits_questions": _HOUR * 3 / 2,
    "fits_arrival": _HOUR / 6,
}
"""How long before the start a line of the reminder can still be done; nothing new is taken in at the end."""

_LAST_TEST = _HOUR / 4
_BY_PHONE = frozenset({"phone"})
_KINDS_DIFFER = frozenset(
    {InterviewType.TECHNICAL, InterviewType.VIDEO_INTERVIEW, InterviewType.PANEL, InterviewType.DEBRIEF}
)
_UNDECIDED = frozenset({None, Outcome.PENDING, Outcome.NO_RESPONSE})
_MOST_KINDS = 3

IN_A_FORM: Mapping[str, str] = dict.fromkeys(
    (*_LEAST_TIME, "fits_webcam", "undecided", "late", "ask_tools"), _YES
)
"""What holds in a blank form, where no interview says otherwise."""


def conditions_of(interview: Interview, now: datetime | None) -> dict[str, str]:
    """Tell which conditions hold; without `now` nothing is left out for want of time."""
    return {
        **{name: _YES if holds else "" for name, holds in _timely(interview, now).items()},
        "undecided": _YES if interview.outcome in _UNDECIDED else "",
        "advanced": _YES if interview.outcome is Outcome.ADVANCED else "",
        "ask_length": "" if interview.sessions else _YES,
        "ask_people": "" if interview.people or interview.sessions else _YES,
        "ask_tools": _YES if interview.type is InterviewType.TECHNICAL else "",
    }


def _timely(interview: Interview, now: datetime | None) -> dict[str, bool]:
    left = interview.starts - now if now else None
    if left is None or left > _PLENTY:
        return dict.fromkeys((*_LEAST_TIME, "fits_webcam"), True)
    has_screen = interview.venue.kind not in {"in_person", "phone"} and interview.type not in {
        InterviewType.PHONE_SCREEN,
        InterviewType.ON_SITE,
    }
    return {
        **{name: left >= least for name, least in _LEAST_TIME.items()},
        "fits_webcam": has_screen and left >= _LAST_TEST,
    }


def format_kinds(interview: Interview, titles: Sequence[str]) -> str:
    """The kinds to choose from when asking which it is, shortest titles; empty where the note says it."""
    if interview.format or interview.type not in _KINDS_DIFFER or len(titles) < 2:
        return ""
    short = sorted(titles, key=len)[:_MOST_KINDS]
    return ", ".join(_in_a_sentence(title) for title in titles if title in short)


def _in_a_sentence(title: str) -> str:
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def place_question(interview: Interview, phone: str) -> str:
    """What to ask about the way in; empty where the note says it. `phone` is the user's own number."""
    venue = interview.venue
    if is_by_phone(interview):
        if any(each.isdigit() for each in venue.link or venue.text):
            return ""
        mine = f" on {phone}" if phone else ""
        return f"Will you call me{mine}, or shall I call you, and on which number?"
    if venue.link or venue.text:
        return ""
    asked = {
        InterviewType.ON_SITE: "Could you send me the address, and whom I should ask for?",
        InterviewType.VIDEO_INTERVIEW: "Could you send me the link?",
    }
    known = asked.get(interview.type) if interview.type else None
    return known or "Could you send me the link or the address?"


def is_by_phone(interview: Interview) -> bool:
    """True for a call: as the place says, else as the type does."""
    if interview.venue.kind:
        return interview.venue.kind in _BY_PHONE
    return interview.type is InterviewType.PHONE_SCREEN


def meeting_word(interview: Interview) -> str:
    """What to call it in a few words: a call, or an interview where people meet or nobody knows."""
    by_video = interview.venue.kind == "video" or interview.type is InterviewType.VIDEO_INTERVIEW
    is_call = is_by_phone(interview) or (by_video and interview.venue.kind != "in_person")
    return "call" if is_call else "interview"


def with_arrival(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Who says when they will be there is late, and has missed nothing; who offers other times missed it.

    Before the start, and with neither, it is the hour of arrival that is lacking.
    """
    meeting = fields.get("meeting") or "call"
    offers = any(name.startswith("slot_") and text for name, text in fields.items())
    if fields.get("eta") or not (fields.get("missed_call") or offers):
        late = fields.get("lateness") or f"Running late for our {meeting}"
        return {**fields, "lateness": late, "missed_call": "", "late": _YES, "missed": ""}
    missed = fields.get("missed_call") or f"our {fields.get('interview_type') or meeting}"
    said = fields.get("lateness") or f"I missed our {meeting}"
    return {**fields, "lateness": said, "missed_call": missed, "late": "", "missed": _YES}
