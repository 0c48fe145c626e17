"""What an export is asked for, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Format(StrEnum):
    """Every form in which a vault can be taken elsewhere."""

    JSON = "json"
    CSV = "csv"
    ICS = "ics"
    VCARD = "vcard"
    HTML = "html"
    ORIGINAL = "interviews.json"


class Table(StrEnum):
    """What the rows of a table are."""

    INTERVIEWS = "interviews"
    QUESTIONS = "questions"
    STORIES = "stories"
    PEOPLE = "people"
    APPLICATIONS = "applications"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportChoices:
    """How something is exported; each of these belongs to one or two formats."""

    table: Table = Table.INTERVIEWS
    has_bom: bool = False
    has_text: bool = False
    has_figures: bool = False
    is_incognito: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """An export as bytes, and how many of `noun` are in it.

    `others` are files that belong beside it, by their paths; `left` says what could be in none.
    """

    data: bytes
    count: int
    noun: str
    others: Mapping[str, bytes] = field(default_factory=dict)
    left: tuple[str, ...] = ()
