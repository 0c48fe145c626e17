"""Bring together what the vault knows about an interview: posting, research, earlier rounds, stories."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from prepvault.model.about import About
from prepvault.model.card import Library
from prepvault.model.company import Company
from prepvault.model.competency import Demand
from prepvault.model.debrief import Debrief
from prepvault.model.dossier import Dossier, Round
from prepvault.model.interview import Interview, Status
from prepvault.model.posting import Posting
from prepvault.model.vault import Vault
from prepvault.rules.about import settle_about
from prepvault.rules.companies import company_key
from prepvault.rules.demand import demands_of
from prepvault.rules.loops import loop_key
from prepvault.rules.matching import match_stories
from prepvault.rules.uses import heard_by, use_counts


@dataclass(frozen=True)
class Dossiers:
    """The dossiers of one vault; what several interviews share is worked out once."""

    vault: Vault
    library: Library

    def of(self, interview: Interview, *, with_stories: bool = True) -> Dossier:
        """Bring together what is known about one interview; nothing in it depends on the hour.

        To find its stories takes by far the longest; `with_stories` is false where nothing hangs on them.
        """
        earlier = self._earlier(interview)
        known = Dossier(
            posting=self._posting(interview),
            company=self.company_of(interview),
            earlier=earlier,
            own=self.vault.debriefs.get(interview.path, Debrief()),
            about=self._about,
        )
        demands = self._demands(interview, known)
        if not with_stories:
            return replace(known, demands=demands)
        match = match_stories(
            interview,
            demands,
            self.vault.stories,
            self.library,
            told=self._told,
            heard=heard_by(interview, earlier, self.vault.stories),
            posting=known.posting,
        )
        return replace(known, demands=demands, match=match)

    def demands_of(self, interview: Interview) -> tuple[Demand, ...]:
        """Weigh only what an interview asks for, without looking for stories."""
        known = Dossier(
            posting=self._posting(interview),
            company=self.company_of(interview),
            earlier=self._earlier(interview),
        )
        return self._demands(interview, known)

    def _demands(self, interview: Interview, known: Dossier) -> tuple[Demand, ...]:
        return demands_of(
            interview,
            self.library,
            posting=known.posting,
            company=known.company,
            doubts=known.open_doubts,
        )

    def _posting(self, interview: Interview) -> Posting | None:
        found = self.vault.postings.get(interview.path)
        return self._postings[found.path] if found else None

    @cached_property
    def _postings(self) -> Mapping[str, Posting]:
        from prepvault.rules.posting import decode_posting  # `show` comes here too, mostly without a posting

        texts = {each.path: each for each in self.vault.postings.values()}
        return {path: decode_posting(text, self.library.competencies) for path, text in texts.items()}

    def company_of(self, interview: Interview) -> Company | None:
        """The research note about an interview's company."""
        return self._companies.get(company_key(interview.company))

    @cached_property
    def _companies(self) -> Mapping[str, Company]:
        by_name: dict[str, Company] = {}
        for company in self.vault.companies:
            by_name.setdefault(company_key(company.name), company)
        for company in self.vault.companies:
            for alias in company.aliases:
                by_name.setdefault(company_key(alias), company)
        return by_name

    def _earlier(self, interview: Interview) -> tuple[Round, ...]:
        """The rounds held before this one, those of other applications to the same company among them."""
        met = self.held.get(self.firm_of(interview), ())
        return tuple(
            Round(each, self.vault.debriefs.get(each.path, Debrief()), loop_key(each) == loop_key(interview))
            for each in met
            if each.id != interview.id and each.starts < interview.starts
        )

    def firm_of(self, interview: Interview) -> str:
        """What all interviews with one company share, whatever they call it."""
        company = self.company_of(interview)
        return company_key(company.name if company else interview.company)

    @cached_property
    def held(self) -> Mapping[str, tuple[Interview, ...]]:
        """The interviews with each company that were not called off."""
        held: dict[str, list[Interview]] = {}
        for each in self.vault.interviews:
            if each.company and each.status is not Status.CANCELLED:
                held.setdefault(self.firm_of(each), []).append(each)
        return {key: tuple(group) for key, group in held.items()}

    @cached_property
    def _about(self) -> About:
        return settle_about(self.vault.about, self.vault.stories, self.library.competencies)

    @cached_property
    def _told(self) -> Counter[str]:
        return use_counts(self.vault)
