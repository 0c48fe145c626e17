"""Decide everything that the dashboard shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from prepvault import __version__
from prepvault.jobs.asked import count_shown
from prepvault.jobs.mails import blank_mails, drafts_of
from prepvault.jobs.site_links import SiteLinks, make_links
from prepvault.jobs.site_research import research_at, research_template, written_research
from prepvault.jobs.site_sections import Sections, Ticks
from prepvault.jobs.site_stories import bank_at, own_pitches
from prepvault.model.bank import Bank
from prepvault.model.card import Library
from prepvault.model.dossier import Dossier
from prepvault.model.finding import Finding, order_findings
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.properties import PROPERTIES
from prepvault.model.reminder import Reminder
from prepvault.model.site import CompanyPage, InterviewPage, Loop, SiteModel, StoryPage, UnreadNote
from prepvault.model.vault import Vault
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.sections import find_sections
from prepvault.parse.splice import without_sections
from prepvault.render.headings import settle_headings
from prepvault.render.markdown_html import render_markdown
from prepvault.rules.agenda import months, timeline
from prepvault.rules.coaching import pick_coaching, pick_for_type
from prepvault.rules.companies import CompanyGroup, group_companies
from prepvault.rules.coverage import Asked, coverage
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.loops import group_loops
from prepvault.rules.overview import find_clashes, overview, standing_of
from prepvault.rules.progress import progress_of
from prepvault.rules.reminders import plan_all
from prepvault.rules.slugs import unique_slugs
from prepvault.rules.uses import told_in, use_counts

_TAKEN = ("stats", "email-template")


@dataclass(frozen=True)
class SiteMaker:
    """One vault on its way to its pages; everything shared between pages is worked out once.

    `sections` are those of its interviews' notes.
    """

    vault: Vault
    library: Library
    now: datetime
    ticks: Ticks
    sections: Sections
    is_incognito: bool = False

    @cached_property
    def slugs(self) -> Mapping[str, str]:
        """The file name of each interview's page."""
        ids = (each.id for each in self.vault.interviews)
        return unique_slugs(ids, reserved=_TAKEN, keep_ids=True)

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

    def model(
        self, calendars: frozenset[str], titles: Mapping[str, str], more: tuple[Finding, ...]
    ) -> SiteModel:
        """Bring everything together; `more` are findings beyond the vault's own."""
        vault, settings, rounds = self.vault, self.vault.settings, self.vault.interviews
        findings = order_findings((*vault.findings, *more))
        return SiteModel(
            title=settings.text("site.title"),
            vault_name=vault.name,
            zone=settings.zone,
            now=self.now,
            version=__version__,
            is_incognito=self.is_incognito,
            interviews=self._pages,
            overview=overview(rounds, self.now),
            statistics=count_shown(vault, self.loops, self.now, self.library, self._pages),
            loops=self.loops,
            companies=tuple(self._company(each) for each in self.companies),
            stories=self._stories(),
            coverage=coverage(vault.stories, self._asked, self.library.competencies),
            bank=Bank() if self.is_incognito else bank_at(vault, self.library, self._asked, self.now),
            months=months(rounds, self.now, settings.zone),
            reminders=self.reminders,
            prep={kind: pick_for_type(self.library, kind, "") for kind in InterviewType},
            families=tuple(sorted(self.library.families.values(), key=lambda each: each.title)),
            texts=self._texts(),
            templates=blank_mails(self.library, settings),
            findings=findings,
            finding_titles={
                each.code: titles.get(each.code, "") for each in findings if titles.get(each.code)
            },
            unread=self._unread(),
            calendars=calendars,
            note_links={path: link for path in _paths(findings) if (link := self._open(path))},
            interviews_folder=settings.text("vault.interviews"),
            property_names={each.name: settings.property_name(each.name) for each in PROPERTIES},
            profile={name: settings.text(f"profile.{name}") for name in ("name", "role", "present", "goal")},
            achievements=settings.words("profile.achievements"),
            pitches=() if self.is_incognito else own_pitches(self.library, settings),
        )

    @cached_property
    def _pages(self) -> Mapping[str, InterviewPage]:
        return MappingProxyType({each.id: self._interview(each) for each in self.vault.interviews})

    def _interview(self, interview: Interview) -> InterviewPage:
        settings = self.vault.settings
        coaching = pick_coaching(self.library, interview, settings, self._dossiers[interview.id])
        progress = progress_of(
            coaching.items, self.ticks.get(interview.id, {}), is_complete=interview.preparation_complete
        )
        reminders = self._reminders_by_id.get(interview.id, ())
        loop = self._loop_by_id[interview.id]
        slug = self.slugs[interview.id]
        return InterviewPage(
            interview=interview,
            slug=slug,
            standing=standing_of(interview, self.now),
            coaching=coaching,
            progress=progress,
            html=self._body(interview.path, f"interviews/{slug}.html", base=3),
            drafts=drafts_of(
                self.library,
                interview,
                settings,
                self.now,
                reminders=reminders,
                progress=progress,
                is_latest=loop.ids[-1] == interview.id,
            ),
            reminders=reminders,
            timeline=timeline(interview, reminders),
            findings=self._findings_by_path.get(interview.path, ()),
            loop_slug=loop.slug,
            loop_ids=loop.ids,
            company_slug=self._company_by_id.get(interview.id, ""),
            note_link=self._open(interview.path),
            clashes=self._clashes.get(interview.id, ()),
        )

    @cached_property
    def _dossiers(self) -> Mapping[str, Dossier]:
        known = Dossiers(self.vault, self.library)
        return {each.id: known.of(each) for each in self.vault.interviews}

    @cached_property
    def _reminders_by_id(self) -> Mapping[str, tuple[Reminder, ...]]:
        groups: dict[str, list[Reminder]] = {}
        for each in self.reminders:
            groups.setdefault(each.interview_id, []).append(each)
        return {key: tuple(group) for key, group in groups.items()}

    @cached_property
    def _loop_by_id(self) -> Mapping[str, Loop]:
        return {each: loop for loop in self.loops for each in loop.ids}

    @cached_property
    def _company_by_id(self) -> Mapping[str, str]:
        return {each.id: firm.slug for firm in self.companies for each in firm.interviews}

    @cached_property
    def _clashes(self) -> Mapping[str, tuple[str, ...]]:
        return find_clashes(overview(self.vault.interviews, self.now).upcoming)

    @cached_property
    def _findings_by_path(self) -> Mapping[str, tuple[Finding, ...]]:
        groups: dict[str, list[Finding]] = {}
        for each in self.vault.findings:
            groups.setdefault(each.place.path, []).append(each)
        return {path: tuple(group) for path, group in groups.items()}

    def _company(self, group: CompanyGroup) -> CompanyPage:
        path = group.note.path if group.note else ""
        return CompanyPage(
            slug=group.slug,
            name=group.name,
            company=group.note,
            html=self._body(path, f"companies/{group.slug}.html", base=3, shown=written_research),
            people=group.people,
            ids=tuple(each.id for each in group.interviews),
            note_link=self._open(path) if path else "",
            research=research_at(group.note, self.library, self.now, self.vault.settings.zone),
        )

    def _stories(self) -> tuple[StoryPage, ...]:
        told, times = told_in(self.vault), use_counts(self.vault)
        return tuple(
            StoryPage(
                each,
                self.story_slugs[each.path],
                self._body(each.path, "stories.html", base=4, prefix=f"{self.story_slugs[each.path]}-"),
                told.get(each.id, ()),
                self._open(each.path),
                times[each.id],
            )
            for each in self.vault.stories
        )

    @cached_property
    def _asked(self) -> Asked:
        coming = overview(self.vault.interviews, self.now).upcoming
        return tuple((each, self._dossiers[each.id]) for each in coming)

    def _unread(self) -> tuple[UnreadNote, ...]:
        return tuple(
            UnreadNote(each, self._findings_by_path.get(each.path, ()), self._open(each.path))
            for each in self.vault.unread
        )

    def _open(self, path: str) -> str:
        return "" if self.is_incognito or not path.endswith(".md") else self.links.open_link(path)

    def _body(
        self,
        path: str,
        page: str,
        *,
        base: int,
        prefix: str = "note-",
        shown: Callable[[str], str] = str,
    ) -> str:
        """Show the user's own part of a note: what is `shown` of what is left without our sections."""
        note = self.vault.notes.get(path)
        if note is None:
            return ""
        sections = self.sections.get(path)
        if sections is None:
            sections = find_sections(note.data, note.path)[0]
        head, _ = parse_head(without_sections(note.data, sections), note.path)
        if not head.body.strip():
            return ""
        resolve = self.links.resolver(path, page)
        return settle_headings(render_markdown(shown(head.body), resolve, id_prefix=prefix), base)

    def _texts(self) -> Mapping[str, str]:
        bodies = {each.id: each.body for each in self.library.texts.values()}
        bodies["research"] = research_template(self.library)
        return {key: self._text(key, body) for key, body in bodies.items()}

    def _text(self, key: str, body: str) -> str:
        """Show a card's text; its lines are wrapped by the editor, which means nothing."""
        html = render_markdown(body, _nowhere, id_prefix=f"{key}-")
        return settle_headings(html.replace("<br>", " "), 3)


def _nowhere(_target: str) -> str | None:
    return None


def _paths(findings: tuple[Finding, ...]) -> list[str]:
    return sorted({each.place.path for each in findings})
