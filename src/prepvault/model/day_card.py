"""The day card: what to do now for what is next, in a few lines."""

from dataclasses import dataclass
from datetime import datetime

from prepvault.model.card import Item
from prepvault.model.interview import Interview
from prepvault.model.readiness import Readiness
from prepvault.model.reminder import Reminder


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One line: `slot` is when (`now`, `then`, `tonight`, `know`, `unknown`), `text` what, `why` the reason.

    `values` are the texts in it that come from the user's own notes: its note, posting, stories, research.
    A line with none would be right for anybody.
    """

    slot: str
    text: str
    minutes: int = 0
    done_when: str = ""
    why: str = ""
    values: tuple[str, ...] = ()
    item: Item | None = None
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCard:
    """What `today` says about one interview at a moment; `hours_left` is elapsed time to its start.

    `readiness` is None for one that is not to come any more.
    """

    interview: Interview
    now: datetime
    hours_left: float
    headline: str
    lines: tuple[CardLine, ...] = ()
    readiness: Readiness | None = None

    @property
    def specificity(self) -> float:
        """The share of lines that name something beyond company, role and type; 1.0 without lines.

        People, places, hours, the posting, stories, research, earlier rounds and deadlines count.
        """
        plain = {self.interview.company, self.interview.role, self.interview.type_label}
        own = [line for line in self.lines if not plain.issuperset(line.values)]
        return len(own) / len(self.lines) if self.lines else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The whole day: cards of what comes next, due reminders, and what is owed after past interviews."""

    now: datetime
    zone: str
    cards: tuple[DayCard, ...] = ()
    due: tuple[Reminder, ...] = ()
    owed: tuple[CardLine, ...] = ()
