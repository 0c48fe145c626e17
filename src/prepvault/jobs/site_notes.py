"""The user's own text of notes: as pages show it, and as other notes embed it."""

import posixpath
from dataclasses import dataclass, field

from prepvault.jobs.gallery import Gallery
from prepvault.jobs.site_links import SiteLinks, Trace, TracedLinks
from prepvault.jobs.site_research import written_research
from prepvault.jobs.site_sections import Sections
from prepvault.jobs.site_text import own_body
from prepvault.model.vault import Vault
from prepvault.render.headings import settle_headings
from prepvault.render.markdown_html import render_markdown, without_controls
from prepvault.render.obsidian.embeds import Embeds, Passage
from prepvault.render.obsidian.page import fragment_id
from prepvault.rules.links import split_target


@dataclass(slots=True)
class SiteNotes:
    """The notes that have a page, as `links` knows them; `sections` were found already for some.

    `traces` tell by path what each text that was shown asked of others.
    """

    vault: Vault
    links: SiteLinks
    sections: Sections
    gallery: Gallery
    traces: dict[str, Trace] = field(default_factory=dict, init=False)
    _texts: dict[str, str] = field(default_factory=dict, init=False)
    _research: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._research = frozenset(each.path for each in self.vault.companies)

    def html(self, path: str, page: str, *, base: int, prefix: str = "note-") -> str:
        """Show the user's own part of a note on a page, its topmost headings at level `base`."""
        text = self.own_text(path)
        if not text:
            return ""
        trace = self.traces[path] = Trace()
        links = TracedLinks(self.links.vault_name, self.links.index, self.links.pages, trace)
        html = render_markdown(
            text,
            links.resolver(path, page),
            id_prefix=prefix,
            embeds=self._embeds(path, page, links),
            breaks=not self.vault.strict_breaks,
        )
        return settle_headings(html, base)

    def own_text(self, path: str) -> str:
        """What a person wrote in a note: without our sections, and without the mere form of research."""
        if path not in self._texts:
            self._texts[path] = self._read_text(path)
        return self._texts[path]

    def _read_text(self, path: str) -> str:
        note = self.vault.notes.get(path)
        if note is None:
            return ""
        body = own_body(note, self.sections.get(path))
        text = written_research(body) if path in self._research else body
        return text if text.strip() else ""

    def _embeds(self, note: str, page: str, links: TracedLinks, part: str = "") -> Embeds:
        """Tell what a note may show of others on a page, and of its links."""
        trace = links.trace

        def picture(target: str) -> str | None:
            path = links.find(target, note)
            if path:
                trace.pictures.add(path)
            name = self.gallery.show(path) if path else None
            return posixpath.relpath(name, posixpath.dirname(page) or ".") if name else None

        def passage(target: str) -> Passage | None:
            path = links.find(target, note)
            if path is None or path not in links.pages:
                return None
            trace.texts.add(path)
            text = self.own_text(path)
            if not text:
                return None
            part = split_target(target)[1]
            around = self._embeds(path, page, links, part)
            return Passage(without_controls(text), part, links.resolver(path, page), around)

        def remark(target: str) -> str:
            path = links.find(target, note)
            return self.gallery.refused.get(path or "") or links.remark(target, note)

        here = f"{note}#{fragment_id(part) if part else ''}"
        return Embeds(here, picture, passage, remark)
