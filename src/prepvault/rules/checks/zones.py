"""Whether times mean the same on every machine."""

from collections.abc import Iterator

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.vault import Vault


def check_zone(vault: Vault) -> Iterator[Finding]:
    """Report, once, that notes without `timezone` take their zone from the machine that reads them."""
    if vault.settings.text("vault.timezone"):
        return
    name = vault.settings.property_name("timezone")
    bare = [each for each in vault.interviews if not _says(vault, each.path, name)]
    if bare:
        zone = vault.settings.local_zone
        count = f"{len(bare)} note{'s name' if len(bare) > 1 else ' names'} no zone"
        message = f"{count} and the vault has none, so this machine's counts, {zone}; elsewhere it may differ"
        hint = f'write [vault] timezone = "{zone}" in prepvault.toml, or the zone that the notes mean'
        yield Finding("zone/unset", Severity.WARNING, Place("prepvault.toml"), message, hint)


def _says(vault: Vault, path: str, name: str) -> bool:
    head = vault.heads.get(path)
    return head is not None and bool(head.values.get(name) or head.rescued.get(name))
