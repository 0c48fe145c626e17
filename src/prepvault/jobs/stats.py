"""Figures from the notes, each with the interviews behind it."""

from collections.abc import Callable
from functools import cache

from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.model.card import Library
from prepvault.model.figures import Statistics
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.render.api import statistics_record
from prepvault.render.stats_words import say_standing, span_words
from prepvault.rules.loops import group_loops
from prepvault.rules.roles import pick_family
from prepvault.rules.statistics import statistics

__all__ = ["count", "count_record", "count_words", "family_labels", "span_words"]


def count(context: Context, vault: Vault, *, days: int = 7) -> Statistics:
    """Work out every figure of the vault at this moment."""
    library, asked = _library(context, vault), None
    if vault.debriefs:
        from prepvault.jobs.asked import count_asked

        asked = count_asked(vault, library)
    return statistics(
        vault.interviews,
        group_loops(vault.interviews),
        context.now,
        context.settings.zone,
        days=days,
        asked=asked,
        family=family_labels(library),
    )


def _library(context: Context, vault: Vault) -> Library:
    """Read the cards: without debriefs, the families and what titles belong to them are enough."""
    parts = () if vault.debriefs else ("families", "titles.yaml")
    return load_library(context, *parts)[0]


def family_labels(library: Library) -> Callable[[Interview], str]:
    """Name the role family of interviews as coaching picks it; each title is read once."""

    @cache
    def named(role: str, family: str) -> str:
        return pick_family(library, role, family)[0].title if role or family else ""

    return lambda each: named(each.role, each.role_family)


def count_words(figures: Statistics) -> tuple[str, ...]:
    """Say in plain words where one stands, as the statistics page does."""
    return tuple(each.text for each in say_standing(figures))


def count_record(figures: Statistics) -> dict[str, object]:
    """Tell a program the figures, under the field names of the API."""
    repeated = [{"question": text, "interviews": list(ids)} for text, ids in figures.asked.repeated]
    return {**statistics_record(figures), "asked_again": repeated}
