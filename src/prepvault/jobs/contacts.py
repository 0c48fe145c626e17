"""Gather the people of a vault, from its interviews and the notes of its people folder."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from prepvault.errors import PrepVaultError
from prepvault.jobs.context import Context
from prepvault.model.contact import Contact
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.outside.disk import read_note
from prepvault.parse.contact import parse_contact
from prepvault.parse.frontmatter import parse_head
from prepvault.rules.contacts import gather_contacts


def contacts_of(
    context: Context, vault: Vault, interviews: Sequence[Interview], *, is_whole: bool
) -> tuple[Contact, ...]:
    """Give everyone whom these interviews name; `is_whole` adds those whom only a note tells of."""
    found = gather_contacts(interviews, _from_notes(context, vault))
    return tuple(each for each in found if is_whole or each.interviews)


def _from_notes(context: Context, vault: Vault) -> Iterator[Contact]:
    """Read each note of the people folder; one that cannot be read tells nothing."""
    folder = context.settings.text("vault.people")
    for path in vault.names:
        if folder and path.startswith(f"{folder}/") and path.endswith(".md"):
            with suppress(PrepVaultError):
                note = read_note(context.root, path)
                head, _ = parse_head(note.data, path)
                yield parse_contact(note, head)
