"""Where in a note a property stands, for checks that know only the interview."""

from prepvault.model.finding import Place
from prepvault.model.vault import Vault


def place_of(vault: Vault, path: str, name: str = "") -> Place:
    """The place of a property of ours in a note, the note's first line where it is absent."""
    head = vault.heads.get(path)
    line = head.lines.get(vault.settings.property_name(name), 1) if head else 1
    return Place(path, line)
