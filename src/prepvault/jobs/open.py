"""Open an interview's note: in Obsidian where the vault is one of its own, else in the user's editor."""

from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote

from prepvault.jobs.context import Context
from prepvault.outside import programs


@dataclass(frozen=True, slots=True)
class Opened:
    """How a note was opened: `obsidian`, `editor`, or nothing, when only the link and path can be told."""

    how: str
    link: str
    path: str


def obsidian_link(vault_name: str, path: str) -> str:
    """Write the link that opens a note in Obsidian; names the vault, never a folder of the machine."""
    vault, file = (quote(normalize("NFC", text), safe="") for text in (vault_name, path))
    return f"obsidian://open?vault={vault}&file={file}"


def open_note(context: Context, path: str, *, editor: bool = False, dry: bool = False) -> Opened:
    """Open the note at `path`; `editor` prefers the editor to Obsidian, `dry` opens nothing."""
    link = obsidian_link(context.vault_name, path)
    if dry:
        return Opened("", link, path)
    if not editor and (context.root / ".obsidian").is_dir() and programs.open_link(link):
        return Opened("obsidian", link, path)
    command = programs.find_editor()
    if command and programs.edit_file(command, context.root / path):
        return Opened("editor", link, path)
    return Opened("", link, path)
