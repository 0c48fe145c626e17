"""Read the cards: those that come with the program, the vault's own in their place."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache

from prepvault.errors import OutsideError
from prepvault.jobs.context import Context
from prepvault.model.card import Library
from prepvault.model.finding import Finding, Place, Severity
from prepvault.outside.resources import read_content, read_content_folder
from prepvault.parse.cards import parse_library

_Read = tuple[Library, tuple[Finding, ...]]


def load_library(context: Context, *parts: str) -> _Read:
    """Read the library of this vault; findings are about the vault's own files.

    `parts` are the folders and files of `content/` that are enough (`types`, `standing.yaml`), none for all.
    A vault with cards of its own is read whole in any case: what is wrong with them should always be told.
    A card file of the vault that cannot be read is reported, and ours stands in for it.
    """
    folder = context.settings.text("coaching.content")
    try:
        own = read_content_folder(context.root, folder) if folder else {}
    except OutsideError as error:
        place = Place("prepvault.toml")
        return _shipped(parts), (
            Finding("card/folder", Severity.ERROR, place, error.message, error.hint, folder),
        )
    return _merged(folder, tuple(sorted(own.items()))) if own else (_shipped(parts), ())


@cache
def _shipped(parts: tuple[str, ...]) -> Library:
    """Read our own cards once, however many jobs of a command ask for them."""
    texts = read_content()
    wanted = {path: texts[path] for path in texts if not parts or path.partition("/")[0] in parts}
    return parse_library(wanted)[0]


@lru_cache(maxsize=2)
def _merged(folder: str, texts: tuple[tuple[str, str], ...]) -> _Read:
    """Put the vault's files in place of ours, but for those that cannot be read; the same texts once only."""
    shipped, own = read_content(), dict(texts)
    library, findings = parse_library({**shipped, **own})
    unread = {finding.place.path for finding in findings if finding.severity is Severity.ERROR}
    if unread:
        library, _ = parse_library({**shipped, **_without(own, unread)})
    return library, tuple(_in_vault(finding, folder) for finding in findings if finding.place.path in own)


def _without(texts: Mapping[str, str], left_out: set[str]) -> dict[str, str]:
    return {path: text for path, text in texts.items() if path not in left_out}


def _in_vault(finding: Finding, folder: str) -> Finding:
    """Name the place as it is called in the vault."""
    place = replace(finding.place, path=f"{folder.strip('/')}/{finding.place.path}")
    return replace(finding, place=place)
