"""Figures of what debriefs tell, against the questions that were likely before each interview."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from prepvault.model.card import Library
from prepvault.model.figures import AskedFigures, Statistics
from prepvault.model.site import InterviewPage, Loop
from prepvault.model.vault import Vault
from prepvault.rules.asked import asked_figures
from prepvault.rules.coaching import likely_questions
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.statistics import statistics


def count_asked(vault: Vault, library: Library) -> AskedFigures:
    """Count over every debrief of the vault.

    Only the likely questions are picked, and only for interviews that have a debrief: which stories would
    answer them changes no question.
    """
    dossiers = Dossiers(vault, library)
    return asked_figures(
        vault.interviews,
        vault.debriefs,
        library.competencies,
        lambda each: likely_questions(library, each, vault.settings, dossiers.of(each, with_stories=False)),
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
    return statistics(
        vault.interviews,
        loops,
        now,
        vault.settings.zone,
        asked=asked,
        family=lambda each: pages[each.id].coaching.family.title if each.role or each.role_family else "",
    )
