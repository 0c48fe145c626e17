"""Decide everything that the dashboard shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from prepvault import __version__
from prepvault.jobs.asked import count_shown
from prepvault.jobs.gallery import Gallery
from prepvault.jobs.mails import blank_mails, drafts_of
from prepvault.jobs.readiness import ReadinessDesk
from prepvault.jobs.site_links import SiteLinks, make_links
from prepvault.jobs.site_notes import SiteNotes
from prepvault.jobs.site_research import research_at
from prepvault.jobs.site_sections import Sections, Ticks
from prepvault.jobs.site_stories import bank_at, own_pitches
from prepvault.jobs.site_text import shown_texts
from prepvault.model.bank import Bank
from prepvault.model.card import Library
from prepvault.model.coaching import Coaching
from prepvault.model.dossier import Dossier
from prepvault.model.finding import Finding, order_findings
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.properties import PROPERTIES
from prepvault.model.readiness import Readiness
from prepvault.model.reminder import Reminder
from prepvault.model.site import CompanyPage, InterviewPage, Loop, Progress, SiteModel, StoryPage, UnreadNote
from prepvault.model.vault import Vault
from prepvault.rules.agenda import months, timeline
from prepvault.rules.coaching import pick_coaching, pick_for_type
from prepvault.rules.companies import CompanyGroup, group_companies
from prepvault.rules.coverage import Asked, coverage
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.follow_ups import find_awaited
from prepvault.rules.loops import group_loops
from prepvault.rules.overview import find_clashes, overview, standing_of
from prepvault.rules.progress import progress_of
from prepvault.rules.reminders import plan_all
from prepvault.rules.slugs import unique_slugs
from prepvault.rules.uses import told_in, use_counts

Findings = tuple[Finding, ...]
_TAKEN = ("index", "stats", "email-template")


@dataclass(frozen=True)
class SiteMaker:
    """One vault on its way to its pages; everything shared between pages is worked out once.

    `sections` are those of its interviews' notes; `gallery` learns which pictures the pages show. `weighed`
    gives for strangers, whose pages know next to nothing, how ready one is by interview; else it is None,
    and worked out here.
    """

    vault: Vault
    library: Library
    now: datetime
    ticks: Ticks
    sections: Sections
    gallery: Gallery
    is_incognito: bool = False
    weighed: Mapping[str, Readiness] | None = None

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

    @cached_property
    def _notes(self) -> SiteNotes:
        return SiteNotes(self.vault, self.links, self.sections, self.gallery)

    def model(self, calendars: frozenset[str], titles: Mapping[str, str], more: Findings) -> SiteModel:
        """Bring everything together; `more` are findings beyond the vault's own."""
        vault, settings, rounds = self.vault, self.vault.settings, self.vault.interviews
        findings = order_findings((*vault.findings, *more))
        return SiteModel(
            title=settings.text("site.title"),
            vault_name=vault.name,
            zone=settings.zone,
            zone_is_stated=bool(settings.text("vault.timezone")),
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
            months=months(rounds, self.reminders, self.now, settings.zone),
            reminders=self.reminders,
            awaited=find_awaited(self.loops, {each.id: each for each in rounds}, self.reminders, self.now),
            prep={kind: pick_for_type(self.library, kind, "") for kind in InterviewType},
            families=tuple(sorted(self.library.families.values(), key=lambda each: each.title)),
            texts=shown_texts(self.library),
            templates=blank_mails(self.library, settings),
            findings=findings,
            finding_titles={each.code: titles[each.code] for each in findings if titles.get(each.code)},
            unread=self._unread(),
            calendars=calendars,
            note_links=self._links_to(findings),
            interviews_folder=settings.text("vault.interviews"),
            property_names={each.name: settings.property_name(each.name) for each in PROPERTIES},
            profile={name: settings.text(f"profile.{name}") for name in ("name", "role", "present", "goal")},
            achievements=settings.words("profile.achievements"),
            is_public=settings.flag("site.public"),
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
            html=self._notes.html(interview.path, f"interviews/{slug}.html", base=3),
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
            readiness=self._readiness(interview, coaching, progress),
        )

    def _readiness(self, interview: Interview, coaching: Coaching, progress: Progress) -> Readiness | None:
        if self.weighed is not None:
            return self.weighed.get(interview.id)
        ticks, sections = self.ticks.get(interview.id, {}), self.sections.get(interview.path, ())
        return self._desk.of(interview, coaching, progress, ticks, sections)

    @cached_property
    def _desk(self) -> ReadinessDesk:
        return ReadinessDesk(self.vault, self.library, self.now)

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
            html=self._notes.html(path, f"companies/{group.slug}.html", base=3),
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
                self._notes.html(each.path, "stories.html", base=4, prefix=f"{self.story_slugs[each.path]}-"),
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

    def _links_to(self, findings: Findings) -> Mapping[str, str]:
        paths = sorted({each.place.path for each in findings})
        return {path: link for path in paths if (link := self._open(path))}

    def _open(self, path: str) -> str:
        return "" if self.is_incognito or not path.endswith(".md") else self.links.open_link(path)
