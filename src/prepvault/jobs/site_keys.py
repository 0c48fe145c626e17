"""What each part of the site is made from, named in short: a part whose key is the same need not be drawn."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import sha256

from prepvault.jobs.site_model import SiteMaker
from prepvault.model.interview import Interview
from prepvault.model.keys import key_of
from prepvault.model.site import InterviewPage, Loop
from prepvault.model.zones import zone_of
from prepvault.rules.companies import CompanyGroup
from prepvault.rules.overview import standing_of
from prepvault.rules.uses import told_in, use_counts

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


Saved = tuple[datetime, str]
"""When a file was saved, and its digest."""


def gist_of(page: InterviewPage, saved: Saved) -> str:
    """Name what other pages may know of an interview."""
    known = {name: getattr(page, name) for name in page.__slots__ if name != "interview"}
    each = {name: getattr(page.interview, name) for name in page.interview.__slots__}
    modified, digest = saved
    return key_of(known, each | {"modified": modified, "digest": digest})


class Keys:
    """The keys of one vault's site; `base` names the program, the settings, the cards and the templates."""

    def __init__(self, maker: SiteMaker, base: str) -> None:
        self._maker = maker
        self._vault = maker.vault
        self._base = base

    def interview(self, interview: Interview, uid: str) -> str:
        """Name what one interview's page, data and mails are made from, the hour apart.

        Its events are made from the same, and from when its file was saved.
        """
        maker, vault = self._maker, self._vault
        loop = maker.loop_by_id[interview.id]
        posting = vault.postings.get(interview.path)
        return key_of(
            self.common,
            (interview.id, self._digest(interview.path), self.saved(interview)),
            (maker.slugs[interview.id], uid, maker.company_by_id.get(interview.id, "")),
            maker.findings_by_path.get(interview.path, ()),
            (loop.slug, loop.ids[-1] == interview.id, tuple(self._peer(each) for each in loop.ids)),
            tuple(self._peer(each) for each in maker.clashes.get(interview.id, ())),
            maker.dossiers.firm_of(interview),
            self._firms.get(maker.dossiers.firm_of(interview)),
            self._company_note(interview),
            posting and (posting.path, sha256(posting.text.encode("utf-8", "replace")).hexdigest()),
        )

    def loop(self, loop: Loop, gists: Mapping[str, str]) -> str:
        """Name what the page of an application is made from."""
        slug = self._maker.company_by_id.get(loop.ids[0], "")
        return key_of(self.common, self._today, loop, slug, [gists[each] for each in loop.ids])

    def company(self, group: CompanyGroup, gists: Mapping[str, str]) -> str:
        """Name what the page of a company is made from, its note's links apart."""
        rounds = [each.id for each in group.interviews]
        loops = [self._maker.loop_by_id[each] for each in rounds]
        path = group.note.path if group.note else ""
        told = (group.slug, group.name, group.people, group.note, self._digest(path))
        return key_of(self.common, self._today, told, loops, [gists[each] for each in rounds])

    def shared(self, gists: Mapping[str, str], places: str, more: object) -> str:
        """Name what the pages about everything are made from, the hour apart; `places` where links lead."""
        vault = self._vault
        groups = [(each.slug, each.name, each.people, each.note) for each in self._maker.companies]
        notes = [(each.path, self._digest(each.path)) for each in vault.companies]
        tell = (vault.findings, vault.unread, more)
        drawn = self._maker.gallery.digests if vault.stories else ()
        return key_of(self.common, list(gists.items()), self._maker.loops, groups, notes, tell, places, drawn)

    @cached_property
    def common(self) -> str:
        """Name what every page may depend on."""
        vault = self._vault
        return key_of(
            self._base,
            (vault.name, vault.strict_breaks, vault.about, vault.stories, self._maker.story_slugs),
            [self._digest(each.path) for each in vault.stories],
            (sorted(told_in(vault).items()), sorted(use_counts(vault).items())) if vault.stories else (),
        )

    @property
    def _today(self) -> date:
        return self._maker.now.astimezone(zone_of(self._vault.settings.zone)).date()

    def saved(self, interview: Interview) -> Saved:
        """When and what was saved, where pages may show it: those of own templates."""
        if self._vault.settings.text("site.templates"):
            return interview.modified, interview.digest
        return _LONG_AGO, ""

    def _digest(self, path: str) -> str:
        note = self._vault.notes.get(path)
        return note.digest if note else ""

    def _peer(self, key: str) -> tuple[object, ...]:
        each = self._maker.by_id[key]
        standing = standing_of(each, self._maker.now)
        return key, self._maker.slugs[key], self._vault.facts.get(each.path), standing

    def _company_note(self, interview: Interview) -> object:
        company = self._maker.dossiers.company_of(interview)
        return company and (company.path, company.publish, self._digest(company.path), company.name)

    @cached_property
    def _firms(self) -> Mapping[str, str]:
        """Everything that was held with each company."""
        held = self._maker.dossiers.held.items()
        return {firm: key_of(*self._rounds(rounds)) for firm, rounds in held}

    def _rounds(self, rounds: Iterable[Interview]) -> Iterable[tuple[str, str | None]]:
        return ((each.id, self._vault.facts.get(each.path)) for each in rounds)
