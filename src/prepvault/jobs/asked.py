"""Figures of what debriefs tell, against the questions that were likely before each interview."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.model.card import Library
from prepvault.model.figures import AskedFigures, Statistics
from prepvault.model.site import InterviewPage, Loop
from prepvault.model.vault import Vault
from prepvault.rules.asked import asked_figures
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.statistics import statistics


def count_asked(context: Context, vault: Vault) -> AskedFigures:
    """Count over every debrief of the vault; coaching is picked only for interviews that have one."""
    library, _ = load_library(context)
    dossiers = Dossiers(vault, library)
    return asked_figures(
        vault.interviews,
        vault.debriefs,
        library.competencies,
        lambda each: pick_coaching(library, each, context.settings, dossiers.of(each)).questions,
    )


def count_shown(
    vault: Vault,
    loops: Sequence[Loop],
    now: datetime,
    library: Library,
    pages: Mapping[str, InterviewPage],
) -> Statistics:
    """Work out the figures of what a site shows, against the questions that were likely on its pages."""
    asked = asked_figures(
        vault.interviews, vault.debriefs, library.competencies, lambda each: pages[each.id].coaching.questions
    )
    return statistics(vault.interviews, loops, now, vault.settings.zone, asked=asked)
