"""Tables of other trackers: which there are, and what their headings and words mean here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LEFT = "left"
"""What a heading means whose cells are kept as they are."""


@dataclass(frozen=True, slots=True)
class Tracker:
    """A known export: told by its headings; `dates` is its order of days and months, `means` its own words.

    Headings are reduced to letters and digits, as `plain_word` does.
    """

    name: str
    headings: frozenset[str]
    means: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class TrackerWords:
    """All that is known about tables: what each heading tells, and the words in cells by what they tell."""

    headings: Mapping[str, str]
    trackers: tuple[Tracker, ...]
    words: Mapping[str, Mapping[str, str]]
