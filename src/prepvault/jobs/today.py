"""Say what to do now: the day card of what is next, and what past interviews still ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.jobs.readiness import ReadinessDesk
from prepvault.jobs.site_sections import ticks_within
from prepvault.model.card import Library
from prepvault.model.coaching import Coaching
from prepvault.model.day_card import CardLine, DayCard, Today
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.parse.sections import find_sections
from prepvault.render.api import interview_record, readiness_record
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.progress import progress_of
from prepvault.rules.today import one_day, plan_today

Coached = tuple[Coaching, Mapping[str, str]]
"""An interview's coaching, and the ticks in its note."""


def today(context: Context, vault: Vault, interview: Interview | None = None, *, free: int = 0) -> Today:
    """Plan the day of the vault, or of one interview; `free` are the minutes there are, 0 for the usual."""
    library, _ = load_library(context)
    desk = _Desk(context, vault, library, Dossiers(vault, library))
    plans = library.late_plans
    if interview:
        planned = one_day(interview, desk.coach, context.settings, context.now, free=free, plans=plans)
    else:
        planned = plan_today(
            vault.interviews, desk.coach, context.settings, context.now, free=free, plans=plans
        )
    return replace(planned, cards=tuple(map(desk.weigh, planned.cards)))


@dataclass(frozen=True)
class _Desk:
    """What coaching is picked with; it is picked only for the interviews that are asked for, once each."""

    context: Context
    vault: Vault
    library: Library
    dossiers: Dossiers
    _coached: dict[str, Coached] = field(default_factory=dict)

    def coach(self, interview: Interview) -> Coached:
        """Pick an interview's coaching, and read the ticks in its note."""
        if interview.id not in self._coached:
            dossier = self.dossiers.of(interview)
            coaching = pick_coaching(self.library, interview, self.context.settings, dossier)
            note = self.vault.notes.get(interview.path)
            ticks = ticks_within(note, find_sections(note.data, note.path)[0]) if note else {}
            self._coached[interview.id] = coaching, ticks
        return self._coached[interview.id]

    def weigh(self, card: DayCard) -> DayCard:
        """Say on a card how ready one is, while the interview is to come."""
        interview = card.interview
        coaching, ticks = self.coach(interview)
        note = self.vault.notes.get(interview.path)
        sections = find_sections(note.data, note.path)[0] if note else ()
        progress = progress_of(coaching.items, ticks, is_complete=interview.preparation_complete)
        desk = ReadinessDesk(self.vault, self.library, card.now)
        return replace(card, readiness=desk.of(interview, coaching, progress, ticks, sections))


def today_record(planned: Today) -> dict[str, object]:
    """Tell a program about a day."""
    return {
        "now": planned.now.isoformat(),
        "zone": planned.zone,
        "cards": [_card_record(card) for card in planned.cards],
        "due": [
            {
                "interview": reminder.interview_id,
                "kind": reminder.kind.value,
                "lead": reminder.suffix,
                "at": reminder.at.isoformat(),
            }
            for reminder in planned.due
        ],
        "owed": [_line_record(line) for line in planned.owed],
    }


def _card_record(card: DayCard) -> dict[str, object]:
    return {
        "interview": interview_record(card.interview),
        "headline": card.headline,
        "hours_left": card.hours_left,
        "specificity": round(card.specificity, 2),
        "readiness": readiness_record(card.readiness) if card.readiness else None,
        "lines": [_line_record(line) for line in card.lines],
    }


def _line_record(line: CardLine) -> dict[str, object]:
    return {
        "slot": line.slot,
        "text": line.text,
        "minutes": line.minutes,
        "why": line.why,
        "done_when": line.done_when,
        "values": list(line.values),
        "item": line.item.id if line.item else None,
        "command": line.command,
    }
