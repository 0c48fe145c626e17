"""Links on pages: from a note's wikilinks to pages of the site, and from pages back into the vault."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import normalize
from urllib.parse import quote

from prepvault.model.note import Value
from prepvault.model.vault import Vault
from prepvault.render.obsidian.page import fragment_id
from prepvault.rules.links import LinkIndex, build_index, meant_by, split_target


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
            path = self.find(target, note)
            if path is None:
                return None
            part = split_target(target)[1]
            shown = self.pages.get(path)
            if shown is None:
                return self.open_link(path, part)
            return _place(posixpath.relpath(shown, folder or "."), part)

        return resolve

    def meant(self, target: str, note: str) -> tuple[str, ...]:
        """Every file that a link in `note` means equally well; with a `#` first the note itself."""
        return (note,) if target.startswith("#") else meant_by(target, note, self.index)

    def find(self, target: str, note: str) -> str | None:
        """Find the file that a link in `note` leads to."""
        return next(iter(self.meant(target, note)), None)

    def remark(self, target: str, note: str) -> str:
        """Say of a link that could mean several files which one it leads to; nothing where it is clear."""
        several = self.meant(target, note)
        if len(several) < 2:
            return ""
        return f"{len(several)} files could be meant; this leads to {several[0].removesuffix('.md')}"

    def open_link(self, path: str, part: str = "") -> str:
        """A link that opens a note or file of the vault in Obsidian, by the vault's name and its path."""
        file = path.removesuffix(".md") + (f"#{part}" if part else "")
        return f"obsidian://open?vault={_encode(self.vault_name)}&file={_encode(file)}"


Asked = tuple[str, str]
"""The target of a link, and the note it is written in."""


@dataclass(slots=True)
class Trace:
    """What drawing one note's text asked of the rest of the vault.

    `links` are the files that each link means; `texts` the notes whose text was embedded, `pictures` the
    pictures that were looked for, all by path.
    """

    links: dict[Asked, tuple[str, ...]] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class TracedLinks(SiteLinks):
    """Links that remember what they were asked, and what they said."""

    trace: Trace = field(default_factory=Trace)

    def meant(self, target: str, note: str) -> tuple[str, ...]:
        """Every file that a link means, looked for once."""
        asked = target, note
        if asked not in self.trace.links:
            self.trace.links[asked] = SiteLinks.meant(self, target, note)
        return self.trace.links[asked]


def answers_to(links: SiteLinks, asked: Iterable[Asked]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """What links say now to what was asked of them before: what each means, and where that is shown."""
    return shown_at(links, (links.meant(*each) for each in asked))


def shown_at(links: SiteLinks, found: Iterable[tuple[str, ...]]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Put to each answer the page on which the file is shown that a link leads to."""
    return tuple((each, links.pages.get(each[0], "") if each else "") for each in found)


def make_links(vault: Vault, pages: Mapping[str, str]) -> SiteLinks:
    """Index the vault's files and their aliases for links between notes."""
    names = {each.path: list(each.aliases) for each in vault.companies}
    for path, head in vault.heads.items():
        names.setdefault(path, []).extend(_texts(head.values.get("aliases")))
    paths = vault.names or tuple(vault.notes)
    return SiteLinks(vault.name, build_index(paths, names), pages)


def _place(address: str, part: str) -> str:
    """Lead to a heading or block; on a page of many notes their ids begin with the note's own."""
    if not part:
        return address
    page, _, note = address.partition("#")
    return f"{page}#{quote(fragment_id(part, f'{note}-' if note else 'note-'))}"


def _texts(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _encode(text: str) -> str:
    return quote(normalize("NFC", text), safe="", errors="replace")
