"""Make the one page for a coach: what may leave the vault, with names or without."""

from dataclasses import replace

from prepvault import __version__
from prepvault.jobs.build_site import hide_names, without_own_cards
from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.jobs.readiness import readiness_of_coming
from prepvault.jobs.site_sections import read_sections, read_ticks
from prepvault.jobs.stats import count
from prepvault.model.vault import Vault
from prepvault.outside.resources import find_shipped, read_templates
from prepvault.render.coach_page import CoachPage, Sheet, render_coach_page
from prepvault.rules.loops import group_loops
from prepvault.rules.overview import standing_of
from prepvault.rules.uses import use_counts


def export_page(context: Context, vault: Vault, *, incognito: bool) -> bytes:
    """Write the page of a vault in which nothing is that must not leave; `incognito` names nobody.

    Templates and, where names are hidden, cards of the user's own are left out: anything may stand in them.
    """
    context = without_own_cards(context) if incognito else context
    library, _ = load_library(context)
    sections = read_sections(vault)
    ticks = read_ticks(vault, sections)
    weighed = readiness_of_coming(context, vault, library, ticks, sections)
    if incognito:
        vault, _, weighed = hide_names(vault, library, ticks, weighed)
        context = replace(context, settings=vault.settings)
    sheets = [
        Sheet(each, standing_of(each, context.now), weighed.get(each.id), vault.debriefs.get(each.path))
        for each in vault.interviews
    ]
    page = CoachPage(
        heading=context.settings.text("site.title"),
        who=context.settings.text("profile.name"),
        now=context.now,
        zone=context.settings.zone,
        sheets=sheets,
        loops=group_loops(vault.interviews),
        stories=vault.stories,
        told=use_counts(vault),
        figures=count(context, vault),
    )
    return render_coach_page(page, read_templates(find_shipped("site_templates")), version=__version__)
