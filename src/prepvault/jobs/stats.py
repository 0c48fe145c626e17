"""Figures from the notes, each with the interviews behind it."""

from prepvault.jobs.context import Context
from prepvault.model.figures import Statistics
from prepvault.model.vault import Vault
from prepvault.render.api import statistics_record
from prepvault.rules.loops import group_loops
from prepvault.rules.statistics import statistics


def count(context: Context, vault: Vault, *, days: int = 7) -> Statistics:
    """Work out every figure of the vault at this moment."""
    loops, asked = group_loops(vault.interviews), None
    if vault.debriefs:
        from prepvault.jobs.asked import count_asked

        asked = count_asked(context, vault)
    return statistics(vault.interviews, loops, context.now, context.settings.zone, days=days, asked=asked)


def count_record(figures: Statistics) -> dict[str, object]:
    """Tell a program the figures, under the field names of the API."""
    repeated = [{"question": text, "interviews": list(ids)} for text, ids in figures.asked.repeated]
    return {**statistics_record(figures), "asked_again": repeated}
