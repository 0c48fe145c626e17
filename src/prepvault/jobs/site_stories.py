"""What the dashboard shows of the story bank as a whole, and of the pitch that the settings give."""

from datetime import datetime

from prepvault.jobs.anywhere import Desk
from prepvault.jobs.pitch import gather_facts, write_pitches
from prepvault.model.bank import Bank
from prepvault.model.card import Library
from prepvault.model.pitch import Pitch, PitchFacts
from prepvault.model.settings import Settings
from prepvault.model.vault import Vault
from prepvault.rules.bank import review_bank
from prepvault.rules.coverage import Asked
from prepvault.rules.uses import use_counts


def bank_at(vault: Vault, library: Library, asked: Asked, now: datetime) -> Bank:
    """Read the bank closely, against what the interviews to come ask for."""
    if not vault.stories:
        return Bank()
    return review_bank(
        vault.stories,
        asked,
        library,
        told=use_counts(vault),
        per_minute=vault.settings.number("profile.words_per_minute"),
        year=now.year,
    )


def own_pitches(library: Library, settings: Settings) -> tuple[Pitch, ...]:
    """Write the pitch in its three lengths; none while the settings say nothing to make one of."""
    desk = Desk(library, settings, None)
    facts = gather_facts(desk, PitchFacts())
    return () if facts == PitchFacts(name=facts.name) else write_pitches(desk, facts, ())
