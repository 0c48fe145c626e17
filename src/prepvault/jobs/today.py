"""Say what to do now: the day card of what is next, and what past interviews still ask for."""

from collections.abc import Mapping
from dataclasses import dataclass

from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.model.card import Library
from prepvault.model.coaching import Coaching
from prepvault.model.day_card import CardLine, DayCard, Today
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.parse.sections import find_sections
from prepvault.parse.ticks import ticks_of
from prepvault.render.api import interview_record
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.today import one_day, plan_today


def today(context: Context, vault: Vault, interview: Interview | None = None, *, free: int = 0) -> Today:
    """Plan the day of the vault, or of one interview; `free` are the minutes there are, 0 for the usual."""
    library, _ = load_library(context)
    desk = _Desk(context, vault, library, Dossiers(vault, library))
    if interview:
        return one_day(
            interview, desk.coach, context.settings, context.now, free=free, plans=library.late_plans
        )
    return plan_today(
        vault.interviews, desk.coach, context.settings, context.now, free=free, plans=library.late_plans
    )


@dataclass(frozen=True)
class _Desk:
    """What coaching is picked with; it is picked only for the interviews that are asked for."""

    context: Context
    vault: Vault
    library: Library
    dossiers: Dossiers

    def coach(self, interview: Interview) -> tuple[Coaching, Mapping[str, str]]:
        """Pick an interview's coaching, and read the ticks in its note."""
        dossier = self.dossiers.of(interview)
        coaching = pick_coaching(self.library, interview, self.context.settings, dossier)
        return coaching, self._ticks(interview)

    def _ticks(self, interview: Interview) -> Mapping[str, str]:
        note = self.vault.notes.get(interview.path)
        if note is None:
            return {}
        sections, _ = find_sections(note.data, note.path)
        inside = b"\n".join(note.data[each.inner_start : each.inner_end] for each in sections)
        return ticks_of(inside.decode("utf-8", "replace"))


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
