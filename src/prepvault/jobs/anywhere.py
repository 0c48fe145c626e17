"""Coaching that needs no vault: the cards and settings of the vault one stands in, else those that ship."""

from dataclasses import dataclass

from prepvault.errors import UsageError
from prepvault.jobs.context import Context, open_context
from prepvault.jobs.library import load_library
from prepvault.model.card import Library
from prepvault.model.settings import Settings
from prepvault.outside import environment
from prepvault.outside.resources import read_content
from prepvault.parse.cards import parse_library
from prepvault.parse.settings import parse_settings


@dataclass(frozen=True, slots=True)
class Desk:
    """Cards and settings to work with; `context` is None where there is no vault."""

    library: Library
    settings: Settings
    context: Context | None


def open_desk(vault: str | None, *, now: str | None = None) -> Desk:
    """Take the vault that is named or lies around; without any, the user's own settings and our cards.

    Raises UsageError only where a vault was named that is not there.
    """
    try:
        context = open_context(vault, now=now)
    except UsageError:
        if vault or "VAULT" in environment.read_variables():
            raise
        return _without_vault()
    return Desk(load_library(context)[0], context.settings, context)


def _without_vault() -> Desk:
    sources = (
        ("user", environment.read_user_settings() or b""),
        ("environment", environment.read_variables()),
    )
    settings, _ = parse_settings(sources)
    library, _ = parse_library(read_content())
    return Desk(library, settings, None)
