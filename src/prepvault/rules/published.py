"""What may leave the vault: everything but the interviews whose note says `publish: false`."""

from dataclasses import replace

from prepvault.model.vault import Vault


def published(vault: Vault) -> Vault:
    """Leave out unpublished interviews with their notes, findings and mentions.

    A note that could not be read is left out too when its front matter says so.
    """
    name = vault.settings.property_name("publish")
    hidden = {each.path for each in vault.interviews if not each.publish}
    for unread in vault.unread:
        head = vault.heads.get(unread.path)
        if head is not None and head.values.get(name) in {False, "false"}:
            hidden.add(unread.path)
    if not hidden:
        return vault
    return replace(
        vault,
        interviews=tuple(each for each in vault.interviews if each.path not in hidden),
        unread=tuple(each for each in vault.unread if each.path not in hidden),
        notes={path: note for path, note in vault.notes.items() if path not in hidden},
        heads={path: head for path, head in vault.heads.items() if path not in hidden},
        names=tuple(path for path in vault.names if path not in hidden),
        findings=tuple(
            each
            for each in vault.findings
            if each.place.path not in hidden and not any(path in each.message for path in hidden)
        ),
    )
