"""Decide everything that the dashboard shows."""

from collections.abc import Callable, Mapping
from functools import cached_property

from prepvault import __version__
from prepvault.jobs.asked import count_shown
from prepvault.jobs.mails import blank_mails, drafts_of
from prepvault.jobs.readiness import ReadinessDesk
from prepvault.jobs.site_common import SiteCommon
from prepvault.jobs.site_research import research_at
from prepvault.jobs.site_stories import bank_at, own_pitches
from prepvault.jobs.site_text import shown_texts
from prepvault.model.bank import Bank
from prepvault.model.coaching import Coaching
from prepvault.model.finding import Finding, order_findings
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.properties import PROPERTIES
from prepvault.model.readiness import Readiness
from prepvault.model.site import (
    CompanyPage,
    DeferredSite,
    InterviewPage,
    Peer,
    Progress,
    SiteModel,
    StoryPage,
    UnreadNote,
)
from prepvault.rules.agenda import months, timeline
from prepvault.rules.coaching import pick_coaching, pick_for_type
from prepvault.rules.companies import CompanyGroup
from prepvault.rules.coverage import Asked, coverage
from prepvault.rules.follow_ups import find_awaited
from prepvault.rules.overview import overview, standing_of
from prepvault.rules.progress import progress_of
from prepvault.rules.reminders import plan_reminders
from prepvault.rules.uses import told_in, use_counts

Findings = tuple[Finding, ...]
Pages = Mapping[str, InterviewPage]


class SiteMaker(SiteCommon):
    """One vault on its way to its pages."""

    def site_around(self, page: InterviewPage) -> SiteModel:
        """The site as the page of one interview sees it: of others only what it may know."""
        around = {*page.loop_ids, *page.clashes} - {page.interview.id}
        peers = {each: self._peer(each) for each in around}
        known = {
            **self._always,
            "interviews": {**peers, page.interview.id: page},
            "calendars": {page.interview.id},
            "note_links": self.links_to(page.findings),
            "finding_titles": self.titles_of(page.findings),
        }
        return DeferredSite(known, {"stories": lambda: self.told_stories, "texts": lambda: self.texts})

    def site_of(self, pages: Pages) -> SiteModel:
        """The site as the page of an application or a company sees it: these interviews and their rounds."""
        keys = {self.loop_by_id[each].key for each in pages}
        loops = tuple(each for each in self.loops if each.key in keys)
        known = {**self._always, "interviews": pages, "loops": loops, "calendars": frozenset(pages)}
        return DeferredSite(known, {"stories": lambda: self.told_stories, "texts": lambda: self.texts})

    def model(self, pages: Pages, more: Findings) -> SiteModel:
        """Bring together what the pages about everything show; `more` are findings beyond the vault's own.

        `pages` are the interviews as other pages may know them.
        """
        findings = order_findings((*self.vault.findings, *more))
        known = {
            **self._always,
            "interviews": pages,
            "calendars": frozenset(each.id for each in self.vault.interviews),
            "findings": findings,
        }
        return DeferredSite(
            known,
            {
                **self._later(pages),
                "finding_titles": lambda: self.titles_of(findings),
                "note_links": lambda: self.links_to(findings),
            },
        )

    @cached_property
    def _always(self) -> Mapping[str, object]:
        """What every page may know: nothing that changes with single notes."""
        settings = self.vault.settings
        return {
            "title": settings.text("site.title"),
            "vault_name": self.vault.name,
            "zone": settings.zone,
            "zone_is_stated": bool(settings.text("vault.timezone")),
            "now": self.now,
            "version": __version__,
            "is_incognito": self.is_incognito,
            "interviews_folder": settings.text("vault.interviews"),
            "property_names": {each.name: settings.property_name(each.name) for each in PROPERTIES},
            "is_public": settings.flag("site.public"),
        }

    def _later(self, pages: Pages) -> Mapping[str, Callable[[], object]]:
        """What only some pages ask for, each worked out when the first does."""
        vault, settings, rounds = self.vault, self.vault.settings, self.vault.interviews
        names = ("name", "role", "present", "goal")
        return {
            "overview": lambda: overview(rounds, self.now),
            "statistics": lambda: count_shown(vault, self.loops, self.now, self.library, pages),
            "loops": lambda: self.loops,
            "companies": lambda: tuple(self.company(each) for each in self.companies),
            "stories": lambda: self.stories,
            "coverage": lambda: coverage(vault.stories, self._asked, self.library.competencies),
            "bank": lambda: self._bank,
            "months": lambda: months(rounds, self.reminders, self.now, settings.zone),
            "reminders": lambda: self.reminders,
            "awaited": lambda: find_awaited(
                self.loops, {each.id: each for each in rounds}, self.reminders, self.now
            ),
            "prep": lambda: {kind: pick_for_type(self.library, kind, "") for kind in InterviewType},
            "families": lambda: tuple(sorted(self.library.families.values(), key=lambda each: each.title)),
            "texts": lambda: self.texts,
            "templates": lambda: blank_mails(self.library, settings),
            "unread": self._unread,
            "profile": lambda: {name: settings.text(f"profile.{name}") for name in names},
            "achievements": lambda: settings.words("profile.achievements"),
            "pitches": lambda: () if self.is_incognito else own_pitches(self.library, settings),
        }

    @cached_property
    def _bank(self) -> Bank:
        return Bank() if self.is_incognito else bank_at(self.vault, self.library, self._asked, self.now)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The longer coaching texts as safe HTML, by their ids."""
        return shown_texts(self.library)

    def _peer(self, key: str) -> Peer:
        each = self.by_id[key]
        return Peer(each, self.slugs[key], standing_of(each, self.now))

    def page(self, interview: Interview) -> InterviewPage:
        """Everything that the page of one interview shows."""
        settings = self.vault.settings
        coaching = pick_coaching(self.library, interview, settings, self.dossiers.of(interview))
        progress = progress_of(
            coaching.items, self.ticks.get(interview.id, {}), is_complete=interview.preparation_complete
        )
        reminders = plan_reminders(interview, settings, self.now)
        loop = self.loop_by_id[interview.id]
        slug = self.slugs[interview.id]
        return InterviewPage(
            interview=interview,
            slug=slug,
            standing=standing_of(interview, self.now),
            coaching=coaching,
            progress=progress,
            html=self.notes.html(interview.path, f"interviews/{slug}.html", base=3),
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
            findings=self.findings_by_path.get(interview.path, ()),
            loop_slug=loop.slug,
            loop_ids=loop.ids,
            company_slug=self.company_by_id.get(interview.id, ""),
            note_link=self.open_link(interview.path),
            clashes=self.clashes.get(interview.id, ()),
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

    def company(self, group: CompanyGroup) -> CompanyPage:
        """Everything that the page of one company shows."""
        path = group.note.path if group.note else ""
        return CompanyPage(
            slug=group.slug,
            name=group.name,
            company=group.note,
            html=self.notes.html(path, f"companies/{group.slug}.html", base=3),
            people=group.people,
            ids=tuple(each.id for each in group.interviews),
            note_link=self.open_link(path) if path else "",
            research=research_at(group.note, self.library, self.now, self.vault.settings.zone),
        )

    @cached_property
    def told_stories(self) -> tuple[StoryPage, ...]:
        """Every story without its text, as pages of interviews refer to it."""
        told, times = told_in(self.vault), use_counts(self.vault)
        return tuple(
            StoryPage(each, self.story_slugs[each.path], "", told.get(each.id, ()), "", times[each.id])
            for each in self.vault.stories
        )

    @cached_property
    def stories(self) -> tuple[StoryPage, ...]:
        """Every story, as pages show it."""
        told, times = told_in(self.vault), use_counts(self.vault)
        return tuple(
            StoryPage(
                each,
                self.story_slugs[each.path],
                self.notes.html(each.path, "stories.html", base=4, prefix=f"{self.story_slugs[each.path]}-"),
                told.get(each.id, ()),
                self.open_link(each.path),
                times[each.id],
            )
            for each in self.vault.stories
        )

    @cached_property
    def _asked(self) -> Asked:
        coming = overview(self.vault.interviews, self.now).upcoming
        return tuple((each, self.dossiers.of(each)) for each in coming)

    def _unread(self) -> tuple[UnreadNote, ...]:
        return tuple(
            UnreadNote(each, self.findings_by_path.get(each.path, ()), self.open_link(each.path))
            for each in self.vault.unread
        )
