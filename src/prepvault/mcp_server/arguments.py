"""The arguments of tools: what each is, said once, and how much of it is taken."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from prepvault.model.interview import InterviewType, Outcome, Status

_WORDS, _REMARK, _PROSE = 300, 4_000, 32_768


def said(description: str, most: int = _WORDS) -> Any:
    """A text, or a number that is meant as one."""
    return Field(description=description, max_length=most, coerce_numbers_to_str=True)


def one_of(kind: type[StrEnum], description: str) -> Any:
    """A word of a closed list; how it is spelled is left to the job that reads it."""
    return said(f"{description}: {', '.join(kind)}", 80)


Preview = Annotated[bool, Field(description="true: only say what would change, write nothing")]
Version = Annotated[
    str, said("the interview's `version` as you read it; refuses the change if the note changed since", 128)
]
Id = Annotated[str, said("the interview's id, as other tools give it", 200)]
MaybeId = Annotated[str, said("the interview's id where you know it; then its note fills in the rest", 200)]
JobId = Annotated[str, said("names the application; all its rounds share it", 200)]
Company = Annotated[str, said("the company's name")]
Role = Annotated[str, said("the job's title")]
Type = Annotated[str, one_of(InterviewType, "what kind of interview")]
SomeType = Annotated[str, one_of(InterviewType, "only this kind")]
NewStatus = Annotated[str, one_of(Status, "where the interview stands now; how it ended is `outcome`")]
SomeStatus = Annotated[str, one_of(Status, "only this status")]
NewOutcome = Annotated[str, one_of(Outcome, "how it ended, if that is known")]
SomeOutcome = Annotated[str, one_of(Outcome, "only this outcome")]
At = Annotated[
    str, said("date and time like 2026-02-10T14:00:00, or words like `fri 10:30`; a plain date means all day")
]
Day = Annotated[str, said("the day of the interview, like 2026-02-10", 80)]
MaybeDay = Annotated[str, said("a day, like 2026-02-10", 80)]
Zone = Annotated[str, said("IANA time zone of that time, like Europe/Berlin; else the vault's", 80)]
Person = Annotated[str, said("who interviews; several are parted by `;`")]
Location = Annotated[str, said("address, phone number or meeting link", 1_000)]
Remark = Annotated[str, said("a short remark; added to what the note says", _REMARK)]
Feedback = Annotated[str, said("what was heard or felt; added to what the note says", _REMARK)]
Prose = Annotated[str, said("Markdown to add to the note", _PROSE)]
Heading = Annotated[str, said("under which heading of the note", 120)]
Points = Annotated[
    str | list[str], Field(description="what you talked about: a list, or one text parted by commas or lines")
]
Address = Annotated[str, said("the recipient's mail address, if it is known", 254)]
Days = Annotated[int, Field(description="how many days ahead", ge=0, le=3_660)]
Limit = Annotated[int, Field(description="how many at most", ge=1, le=100)]
Offset = Annotated[int, Field(description="how many to pass over; `next_offset` of the answer before", ge=0)]


def flag(description: str) -> Any:
    """Yes or no."""
    return Field(description=description)
