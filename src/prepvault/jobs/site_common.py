"""What the parts of the dashboard share: worked out once, when the first of them asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from prepvault.jobs.gallery import Gallery
from prepvault.jobs.site_links import SiteLinks, make_links
from prepvault.jobs.site_notes import SiteNotes
from prepvault.jobs.site_sections import Sections, Ticks
from prepvault.model.card import Library
from prepvault.model.finding import Finding
from prepvault.model.interview import Interview
from prepvault.model.readiness import Readiness
from prepvault.model.reminder import Reminder
from prepvault.model.site import (
    InterviewPage,
    Loop,
)
from prepvault.model.vault import Vault
from prepvault.rules.companies import CompanyGroup, group_companies
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.loops import group_loops
from prepvault.rules.overview import find_clashes, overview
from prepvault.rules.reminders import plan_all
from prepvault.rules.slugs import page_slugs, unique_slugs

Findings = tuple[Finding, ...]
Pages = Mapping[str, InterviewPage]


@dataclass(frozen=True)
class SiteCommon:
    """One vault on its way to its pages; everything shared between pages is worked out once.

    `sections` are those of its interviews' notes; `gallery` learns which pictures the pages show. `title_of`
    gives the title of a finding's page by its code. `weighed`
    gives for strangers, whose pages know next to nothing, how ready one is by interview; else it is None,
    and worked out here.
    """

    vault: Vault
    library: Library
    now: datetime
    ticks: Ticks
    sections: Sections
    gallery: Gallery
    title_of: Callable[[str], str]
    is_incognito: bool = False
    weighed: Mapping[str, Readiness] | None = None

    @cached_property
    def slugs(self) -> Mapping[str, str]:
        """The file name of each interview's page."""
        return page_slugs(each.id for each in self.vault.interviews)

    @cached_property
    def story_slugs(self) -> Mapping[str, str]:
        """The place of each story on its page."""
        slugs = unique_slugs(each.path.rpartition("/")[2].removesuffix(".md") for each in self.vault.stories)
        by_path = sorted(each.path for each in self.vault.stories)
        taken: dict[str, str] = {}
        for path in by_path:
            slug = f"story-{slugs[path.rpartition('/')[2].removesuffix('.md')]}"
            taken[path] = slug if slug not in taken.values() else f"{slug}-{len(taken)}"
        return taken

    @cached_property
    def loops(self) -> tuple[Loop, ...]:
        """The applications."""
        return group_loops(self.vault.interviews)

    @cached_property
    def companies(self) -> tuple[CompanyGroup, ...]:
        """The companies."""
        return group_companies(self.vault.interviews, self.vault.companies)

    @cached_property
    def reminders(self) -> tuple[Reminder, ...]:
        """Every reminder of every interview."""
        return plan_all(self.vault.interviews, self.vault.settings, self.now)

    @cached_property
    def links(self) -> SiteLinks:
        """Where the notes are shown."""
        pages = {each.path: f"interviews/{self.slugs[each.id]}.html" for each in self.vault.interviews}
        pages |= {each.note.path: f"companies/{each.slug}.html" for each in self.companies if each.note}
        pages |= {path: f"stories.html#{slug}" for path, slug in self.story_slugs.items()}
        return make_links(self.vault, pages)

    @cached_property
    def notes(self) -> SiteNotes:
        """The text of the notes, as pages show it."""
        return SiteNotes(self.vault, self.links, self.sections, self.gallery)

    @cached_property
    def places(self) -> str:
        """Name where the links of notes can lead, and where that is shown."""
        index = self.links.index
        seen = (self.vault.names, sorted(index.by_alias.items()), sorted(self.links.pages.items()))
        return sha256(repr(seen).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def by_id(self) -> Mapping[str, Interview]:
        """The interviews, by their ids."""
        return {each.id: each for each in self.vault.interviews}

    @cached_property
    def dossiers(self) -> Dossiers:
        """What is known about each interview."""
        return Dossiers(self.vault, self.library)

    @cached_property
    def loop_by_id(self) -> Mapping[str, Loop]:
        """The application of each interview."""
        return {each: loop for loop in self.loops for each in loop.ids}

    @cached_property
    def company_by_id(self) -> Mapping[str, str]:
        """The page of each interview's company, by its slug."""
        return {each.id: firm.slug for firm in self.companies for each in firm.interviews}

    @cached_property
    def clashes(self) -> Mapping[str, tuple[str, ...]]:
        """Which open interviews overlap."""
        return find_clashes(overview(self.vault.interviews, self.now).upcoming)

    @cached_property
    def findings_by_path(self) -> Mapping[str, tuple[Finding, ...]]:
        """The vault's findings, by the note they are about."""
        groups: dict[str, list[Finding]] = {}
        for each in self.vault.findings:
            groups.setdefault(each.place.path, []).append(each)
        return {path: tuple(group) for path, group in groups.items()}

    def titles_of(self, findings: Findings) -> Mapping[str, str]:
        """The titles of findings, by their codes."""
        titles = {code: self.title_of(code) for code in sorted({each.code for each in findings})}
        return {code: title for code, title in titles.items() if title}

    def links_to(self, findings: Findings) -> Mapping[str, str]:
        """The links that open the notes of findings, by path."""
        paths = sorted({each.place.path for each in findings})
        return {path: link for path in paths if (link := self.open_link(path))}

    def open_link(self, path: str) -> str:
        """The link that opens a note in the vault; none for strangers."""
        return "" if self.is_incognito or not path.endswith(".md") else self.links.open_link(path)
