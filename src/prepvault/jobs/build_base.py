"""Name what every page of a site rests on besides the notes: the program, the settings, its texts."""

import os
from pathlib import Path

from prepvault import __version__
from prepvault.jobs.context import Context
from prepvault.model.keys import key_of
from prepvault.model.zones import tzdata_version
from prepvault.outside import environment
from prepvault.outside.resources import PACKAGE, find_shipped
from prepvault.outside.signatures import name_content, name_program


def name_this_program(*, sure_before: int) -> str:
    """Name the program as it is installed, by what is in it; files that changed later are read each time."""
    folders = (PACKAGE, find_shipped("site_templates"))
    return name_program(folders, sure_before=sure_before)


def name_base(context: Context, program: str, *, sure_before: int) -> str:
    """Name the program, the settings, and the vault's own cards and templates."""
    settings = context.settings
    own = (settings.text(key) for key in ("coaching.content", "site.templates"))
    folders = [context.root / folder for folder in own if folder]
    return key_of(
        (__version__, program, tzdata_version()),
        (dict(settings.values), dict(settings.renamed), settings.zone, context.vault_name),
        (name_content(folders, sure_before=sure_before) if folders else "", context.findings),
    )


def name_cache(root: Path, folder: Path) -> tuple[str, str]:
    """Name the vault and its site for who keeps their cache: by where they lie on this machine.

    In continuous integration each run may lie elsewhere, so there it is their places in the repository.
    """
    if not environment.is_automated():
        return str(root), str(folder)
    try:
        beside = os.path.relpath(folder, root)
    except ValueError:  # another drive
        beside = str(folder)
    return f"{root.name}/{environment.path_in_repository(root)}", beside
