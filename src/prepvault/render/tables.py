"""What a vault holds as tables: one row a line, every cell a text, the headings on top."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from prepvault.model.contact import Contact
from prepvault.model.debrief import Debrief
from prepvault.model.interview import Interview
from prepvault.model.site import Loop
from prepvault.model.story import PARTS, Story
from prepvault.render.api import interview_record

Row = Sequence[str]

_INTERVIEW = (
    *(
        "id",
        "job_id",
        "company",
        "role",
        "interview_type",
        "scheduled_at",
        "timezone",
        "starts_at",
        "ends_at",
    ),
    *("all_day", "duration_minutes", "interviewer", "location", "platform", "link", "round", "status"),
    *("outcome", "reply_by", "preparation_complete", "feedback", "notes", "reminders_sent"),
    *("rescheduled_from", "created_at", "note"),
)
_QUESTION = ("interview", "date", "company", "role", "interview_type", "question", "went", "stories", "note")
_STORY = (
    *("id", "title", "primary", "secondary", "reframes", "strength", "scope", "when", "domain"),
    *("role_at_time", "numbers", "told", "retired", *PARTS, "note"),
)
_PERSON = ("name", "title", "company", "email", "phone", "link", "interviews", "note")
_APPLICATION = (
    *("application", "job_id", "company", "role", "state", "active", "rounds", "first", "last"),
    *("types", "outcomes", "interviews"),
)


def interview_rows(interviews: Iterable[Interview]) -> Iterator[Row]:
    """One row for each interview, under the names of the JSON."""
    yield _INTERVIEW
    for each in interviews:
        record = interview_record(each)
        yield tuple(_cell(record[name]) for name in _INTERVIEW)


def question_rows(interviews: Iterable[Interview], debriefs: Mapping[str, Debrief]) -> Iterator[Row]:
    """One row for each question that a debrief tells of."""
    yield _QUESTION
    for each in interviews:
        for asked in debriefs[each.path].asked if each.path in debriefs else ():
            yield (
                each.id,
                each.starts.date().isoformat(),
                each.company,
                each.role,
                each.type.value if each.type else "",
                asked.text,
                asked.mark,
                _cell(asked.stories),
                each.path,
            )


def story_rows(stories: Iterable[Story], told: Mapping[str, int]) -> Iterator[Row]:
    """One row for each story; `told` counts its tellings by id."""
    yield _STORY
    for each in stories:
        values = {
            "secondary": each.secondary,
            "reframes": each.reframes,
            "strength": each.strength or None,
            "numbers": each.numbers,
            "told": told[each.id],
            "retired": each.retired,
            "note": each.path,
            **{name: each.part(name) for name in PARTS},
        }
        yield tuple(_cell(values[name] if name in values else getattr(each, name)) for name in _STORY)


def people_rows(contacts: Iterable[Contact]) -> Iterator[Row]:
    """One row for each person."""
    yield _PERSON
    for each in contacts:
        yield tuple(_cell(getattr(each, name)) for name in _PERSON)


def application_rows(loops: Iterable[Loop], by_id: Mapping[str, Interview]) -> Iterator[Row]:
    """One row for each application, with what its rounds were and how they ended."""
    yield _APPLICATION
    for loop in loops:
        rounds = [by_id[each] for each in loop.ids]
        yield (
            loop.key,
            loop.job_id,
            loop.company,
            loop.role,
            loop.state,
            _cell(loop.is_active),
            str(len(rounds)),
            min(each.starts for each in rounds).date().isoformat(),
            max(each.starts for each in rounds).date().isoformat(),
            _cell([each.type.value if each.type else "" for each in rounds]),
            _cell([each.outcome.value if each.outcome else "" for each in rounds]),
            _cell(loop.ids),
        )


def _cell(value: object) -> str:
    """A value as the text of a cell; the parts of a list stand one below the other."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "\n".join(map(_cell, value))
    return str(value)
