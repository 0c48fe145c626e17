"""Find the notes of a vault, as its settings and Obsidian's say where they lie."""

from collections.abc import Mapping

from prepvault.jobs.context import Context
from prepvault.outside.ignored import Ignored
from prepvault.outside.obsidian import read_obsidian_folders
from prepvault.outside.scan import FileStamp, Scan, Wish, scan_vault


def find_notes(context: Context, others: Mapping[str, FileStamp] | None = None) -> Scan:
    """Find the vault's notes; what Obsidian and the settings leave out is left out.

    `others` are notes that were found before to be none of ours.
    """
    settings = context.settings
    obsidian = read_obsidian_folders(context.root)
    interviews, stories, companies = (
        settings.text(f"vault.{name}") for name in ("interviews", "stories", "companies")
    )
    left_out = (settings.text("vault.output"), settings.text("vault.templates"), *obsidian.templates)
    ignored = Ignored(
        folders=tuple(folder for folder in left_out if folder),
        patterns=(*settings.words("vault.ignore"), *obsidian.ignored),
        attachments=obsidian.attachments,
        kept=interviews,
    )
    folders = tuple(folder for folder in (stories, companies, interviews) if folder)
    key = settings.property_name("interview_type")
    return scan_vault(context.root, Wish(folders, key, ignored, others or {}))
