"""Find the notes of a vault, as its settings and Obsidian's say where they lie."""

from collections.abc import Mapping

from prepvault.jobs.context import Context
from prepvault.outside.disk import FileStamp
from prepvault.outside.ignored import Ignored
from prepvault.outside.obsidian import read_obsidian_folders
from prepvault.outside.scan import Scan, Wish, scan_vault

_NOTES = ("stories", "companies", "holds", "interviews")


def find_notes(context: Context, others: Mapping[str, FileStamp] | None = None) -> Scan:
    """Find the vault's notes; what Obsidian and the settings leave out is left out.

    `others` are notes that were found before to be none of ours.
    """
    settings = context.settings
    folders = tuple(folder for name in _NOTES if (folder := settings.text(f"vault.{name}")))
    key = settings.property_name("interview_type")
    return scan_vault(context.root, Wish(folders, key, find_ignored(context), others or {}))


def find_ignored(context: Context) -> Ignored:
    """Say what Obsidian and the settings leave out."""
    settings = context.settings
    obsidian = read_obsidian_folders(context.root)
    left_out = (settings.text("vault.output"), settings.text("vault.templates"), *obsidian.templates)
    return Ignored(
        folders=tuple(folder for folder in left_out if folder),
        patterns=(*settings.words("vault.ignore"), *obsidian.ignored),
        attachments=obsidian.attachments,
        kept=settings.text("vault.interviews"),
    )
