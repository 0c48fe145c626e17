"""What a time that cannot be understood gives back: why, and up to two ways to write it clearly."""

from collections.abc import Callable
from dataclasses import dataclass

USUAL_HINT = "write it like `2026-03-17 14:00`, `tue 2pm` or `in 3 days 10:30`"


@dataclass(frozen=True, slots=True)
class WhenFault:
    """A refused time; `candidates` are complete texts that would be understood."""

    message: str
    hint: str
    candidates: tuple[str, ...] = ()


class UnclearError(Exception):
    """Raised and caught inside the reader: `part` of the text is unclear, `choices` could stand there."""

    def __init__(
        self, message: str, *, part: str = "", choices: tuple[str, ...] = (), hint: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.part = part
        self.choices = choices
        self.hint = hint

    def fault(self, text: str, leads_on: Callable[[str], bool]) -> WhenFault:
        """Turn it into what the caller gets, each candidate being the whole text with one choice in it.

        Where something else in the text is wrong as well, a choice leads nowhere and is no candidate.
        """
        if self.part:
            candidates = tuple(text.replace(self.part, choice, 1) for choice in self.choices)
        else:
            candidates = self.choices
        candidates = tuple(filter(leads_on, candidates))
        ways = " or ".join(f"`{candidate}`" for candidate in candidates)
        return WhenFault(self.message, self.hint or (f"write {ways}" if ways else USUAL_HINT), candidates)
