"""Links on pages: from a note's wikilinks to pages of the site, and from pages back into the vault."""

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote

from prepvault.model.note import Value
from prepvault.model.vault import Vault
from prepvault.rules.links import LinkIndex, build_index, resolve_link


@dataclass(frozen=True, slots=True)
class SiteLinks:
    """Where each note is shown: `pages` maps a note's path to its page, from the site's root."""

    vault_name: str
    index: LinkIndex
    pages: Mapping[str, str]

    def resolver(self, note: str, page: str) -> Callable[[str], str | None]:
        """Make what turns a link in `note` into an address on `page`, or into None where it leads nowhere."""
        folder = posixpath.dirname(page)

        def resolve(target: str) -> str | None:
            path = resolve_link(target, note, self.index)
            if path is None:
                return None
            shown = self.pages.get(path)
            return posixpath.relpath(shown, folder or ".") if shown else self.open_link(path)

        return resolve

    def open_link(self, path: str) -> str:
        """A link that opens a note or file of the vault in Obsidian, by the vault's name and its path."""
        return f"obsidian://open?vault={_encode(self.vault_name)}&file={_encode(path.removesuffix('.md'))}"


def make_links(vault: Vault, pages: Mapping[str, str]) -> SiteLinks:
    """Index the vault's files and their aliases for links between notes."""
    names = {each.path: list(each.aliases) for each in vault.companies}
    for path, head in vault.heads.items():
        names.setdefault(path, []).extend(_texts(head.values.get("aliases")))
    paths = vault.names or tuple(vault.notes)
    return SiteLinks(vault.name, build_index(paths, names), pages)


def _texts(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _encode(text: str) -> str:
    return quote(normalize("NFC", text), safe="", errors="replace")
