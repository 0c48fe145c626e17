"""One thing that `doctor` looked at, and how it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How one thing stands: it works, it is unset and that is fine, or it is broken."""

    OK = "ok"
    UNSET = "unset"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    standing: Standing
    text: str
    hint: str = ""
