"""What an interview's note may leave open, in the order of asking, and the one question to ask for each."""

from collections.abc import Mapping
from shlex import quote
from types import MappingProxyType

MISSING_QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "timezone": "In which time zone is this hour? Write it as `timezone`.",
        "interview_format": "Which kind of {{type}} is it? Ask {{contact}}; it goes into `interview_format`.",
        "interviewer": "Who will be there, with which title? Ask {{contact}}; it goes into `interviewer`.",
        "titles": "What is the job title of {{people}}? Ask {{contact}}; it goes into `interviewer`, in "
        "brackets after the name.",
        "job_description": "Where is the posting? Paste its text into this note under `## Posting` while "
        "it is online, or link it in `job_description`.",
        "company": "What is public about {{company}}? `prepvault research {{name}}` begins a note.",
    }
)
"""A question for each name, the first to ask first, with slots for type, contact, company and people; `name`
is the company as a shell takes it.
"""


def missing_question(name: str, *, type: str, contact: str, company: str, people: str = "") -> str:  # noqa: A002
    """Write the question for one name; `contact` is whom to ask, in words (`Sam`, `your contact`).

    `people` are those named without a title, in words (`Jo Hart and Ben Ito`).
    """
    text = MISSING_QUESTIONS[name]
    slots = {"type": type, "contact": contact, "company": company, "people": people, "name": quote(company)}
    for slot, value in slots.items():
        text = text.replace(f"{{{{{slot}}}}}", value)
    return text
