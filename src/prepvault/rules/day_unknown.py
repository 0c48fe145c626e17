"""The one thing to find out first: asked of somebody, and never guessed instead."""

from dataclasses import dataclass

from prepvault.model.day_card import CardLine
from prepvault.model.interview import InterviewType
from prepvault.model.phrases import lower_first
from prepvault.rules.day_scene import Scene, command_line, make_line, own_values
from prepvault.rules.day_wording import joined, kind_words


@dataclass(frozen=True, slots=True)
class _Ask:
    """How one missing thing is asked for; `mail` is the kind of mail that asks somebody else for it."""

    text: str
    why: str
    done: str
    mail: str = ""


_ASKS: dict[str, _Ask] = {
    "place": _Ask(
        "Where it happens: ask {whom} for the link, number or address of the {type} at {time}",
        "the note names none, and everything else waits for it",
        "`location` is filled in the note",
        "confirm",
    ),
    "number": _Ask(
        "Who calls whom at {time}, and on which number: ask {whom}",
        "the note names no number, and a call that nobody makes is the end of it",
        "`location` in the note has the number",
        "confirm",
    ),
    "timezone": _Ask(
        "Whose clock {time} is on: ask {whom}, then write `timezone` into the note",
        "the note names no zone, so {zone} is assumed",
        "the note has a `timezone`",
        "confirm",
    ),
    "interview_format": _Ask(
        "Ask {whom} what kind of {type} it is{kinds}, and whether {tools} are allowed",
        "the note does not say, and it decides what the next hours are for",
        "`interview_format` is in the note, or the day you asked",
        "format_ask",
    ),
    "interviewer": _Ask(
        "Ask {whom} who will be there, with their titles",
        "a peer, a manager and a recruiter at {company} need different answers",
        "`interviewer` has a name and a title",
        "format_ask",
    ),
    "job_description": _Ask(
        "What {company} asks for: paste the posting of {role} into a note and link it",
        "without it your stories are matched to what is usual, not to what they wrote",
        "`job_description` links to a note with the posting’s text",
    ),
}

_AT_ONCE = {"place": "; call or write at once", "number": "; write at once"}
_HOURS_FOR_A_MAIL = 12
_LEAST_HOURS = {"job_description": 6.0}
_LEAST = 2.0


def unknown_line(scene: Scene) -> CardLine | None:
    """The one thing to find out first; nothing else is asked, and nothing is guessed in its place."""
    name = _first_missing(scene)
    if not name:
        return None
    ask, fields = _ASKS[name], _fields(scene)
    is_soon = bool(ask.mail) and scene.hours_left < _HOURS_FOR_A_MAIL
    how = ""
    if is_soon:
        how = _AT_ONCE.get(name, "; in your first minute, a mail comes too late")
    return make_line(
        "unknown",
        ask.text.format(**fields) + how,
        ask.why.format(**fields),
        values=(fields["whom"], fields["time"], *own_values(scene)),
        minutes=5,
        done=ask.done,
        command=command_line(scene.interview, "email", ask.mail) if ask.mail and not is_soon else "",
    )


def _first_missing(scene: Scene) -> str:
    """The first missing thing that can still be had; in the last two hours only the place counts.

    A missing research note is no question: making it is offered as work.
    """
    return unknown_way(scene) or next(
        (
            name
            for name in scene.coaching.missing
            if name in _ASKS
            and not (scene.is_alone and name == "interviewer")
            and scene.hours_left >= _LEAST_HOURS.get(name, _LEAST)
        ),
        "",
    )


def unknown_way(scene: Scene) -> str:
    """What is not known of the way in, `place` or `number`; empty where the note says it."""
    if not scene.place:
        return "place"
    has_number = any(letter.isdigit() for letter in scene.interview.venue.text)
    return "number" if scene.place == "phone" and not has_number and scene.hours_left < _DAYS else ""


_DAYS = 48
"""Hours before the start from which a missing number is asked for before anything else."""


_WITH_TOOLS = frozenset({None, InterviewType.TECHNICAL, InterviewType.VIDEO_INTERVIEW})


def _fields(scene: Scene) -> dict[str, str]:
    interview = scene.interview
    return {
        "whom": interview.recruiter.name if interview.recruiter else interview.company or "your contact",
        "company": interview.company or "the company",
        "role": interview.role or "the role",
        "type": kind_words(interview),
        "kinds": _kinds(scene),
        "time": "all day" if interview.all_day else f"{scene.starts:%H:%M}",
        "names": joined(person.name for person in scene.people) or "the people you will meet",
        "zone": interview.zone,
        "tools": "notes or AI tools" if interview.type in _WITH_TOOLS else "notes",
    }


def _kinds(scene: Scene) -> str:
    """The kinds that such an interview comes in, for choosing one: ` (live coding, pairing or review)`."""
    formats = scene.coaching.guide.formats if scene.coaching.guide else ()
    titles = [lower_first(each.title) for each in formats[:4]]
    return f" ({', '.join(titles[:-1])} or {titles[-1]})" if len(titles) > 1 else ""
