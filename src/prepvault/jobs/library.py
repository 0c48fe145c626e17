"""Read all cards: those that come with the program, the vault's own in their place."""

from collections.abc import Mapping
from dataclasses import replace

from prepvault.errors import OutsideError
from prepvault.jobs.context import Context
from prepvault.model.card import Library
from prepvault.model.finding import Finding, Place, Severity
from prepvault.outside.resources import read_content, read_content_folder
from prepvault.parse.cards import parse_library


def load_library(context: Context) -> tuple[Library, tuple[Finding, ...]]:
    """Read the library of this vault; findings are about the vault's own files.

    A card file of the vault that cannot be read is reported, and ours stands in for it.
    """
    shipped = read_content()
    folder = context.settings.text("coaching.content")
    if not folder:
        return parse_library(shipped)[0], ()
    try:
        own = read_content_folder(context.root, folder)
    except OutsideError as error:
        place = Place("prepvault.toml")
        return parse_library(shipped)[0], (
            Finding("card/folder", Severity.ERROR, place, error.message, error.hint, folder),
        )
    return _merge(shipped, own, folder)


def _merge(
    shipped: Mapping[str, str], own: Mapping[str, str], folder: str
) -> tuple[Library, tuple[Finding, ...]]:
    """Put the vault's files in place of ours, but for those that cannot be read."""
    library, findings = parse_library({**shipped, **own})
    unread = {finding.place.path for finding in findings if finding.severity is Severity.ERROR}
    if unread:
        readable = {path: text for path, text in own.items() if path not in unread}
        library, _ = parse_library({**shipped, **readable})
    return library, tuple(_in_vault(finding, folder) for finding in findings if finding.place.path in own)


def _in_vault(finding: Finding, folder: str) -> Finding:
    """Name the place as it is called in the vault."""
    place = replace(finding.place, path=f"{folder.strip('/')}/{finding.place.path}")
    return replace(finding, place=place)
