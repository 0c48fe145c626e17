"""Practise for an interview: what is due, one attempt put down at a time, and a sheet for a friend."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from prepvault.errors import RefusedError
from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.model.interview import Interview
from prepvault.model.practice import CardState, DrillCard, Grade, PracticePlan, Review
from prepvault.model.vault import Vault
from prepvault.outside import clock
from prepvault.outside.reviews import append_review, read_reviews
from prepvault.outside.state import state_folder
from prepvault.render.mock_sheet import render_mock_sheet
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.drill_cards import cards_for, cards_of_bank
from prepvault.rules.practice import grade_of, next_after, plan_practice


@dataclass(frozen=True)
class Practice:
    """The cards of an interview, or of the story bank where `interview` is None, and where they are kept."""

    context: Context
    interview: Interview | None
    cards: tuple[DrillCard, ...]

    def plan(self, *, minutes: int = 0) -> PracticePlan:
        """Plan the session at this moment; `minutes` 0 takes the setting."""
        interview = self.interview
        return plan_practice(
            self.cards,
            read_reviews(self._folder()),
            self.now(),
            minutes=minutes or self.context.settings.number("practice.minutes"),
            starts=interview.starts if interview else None,
            interview_id=interview.id if interview else "",
        )

    def record(self, state: CardState, grade: Grade, *, seconds: int, scores: tuple[int, ...] = ()) -> None:
        """Put down one attempt; it is on the disk when this returns."""
        name = self.interview.id if self.interview else ""
        append_review(self._folder(), Review(state.card.id, name, self.now(), grade, seconds, scores))

    def now(self) -> datetime:
        """The moment: the clock's, or the one that `--now` gave."""
        return clock.now().replace(microsecond=0) if self.context.is_live else self.context.now

    def _folder(self) -> Path:
        return state_folder(self.context.root, self.context.settings.text("vault.id"))


def open_practice(context: Context, vault: Vault, interview: Interview | None) -> Practice:
    """Make the cards for an interview, else for the next one, else for the story bank.

    Raises RefusedError where there is nothing to practise.
    """
    library, _ = load_library(context)
    chosen = interview or next(
        (each for each in vault.interviews if each.is_open and each.starts > context.now), None
    )
    if chosen:
        dossier = Dossiers(vault, library).of(chosen)
        coaching = pick_coaching(library, chosen, context.settings, dossier)
        cards = cards_for(chosen, coaching, library, vault.stories)
    else:
        cards = cards_of_bank(library, vault.stories)
    if not cards:
        raise RefusedError(
            "there is nothing to practise: no interview ahead and no story",
            hint="write a story with `prepvault story new`, or book an interview with `prepvault schedule`",
        )
    return Practice(context, chosen, cards)


def mock_sheet(practice: Practice, *, minutes: int = 0) -> str:
    """Write a one-page sheet in Markdown from which a friend can run the mock interview."""
    return render_mock_sheet(practice.interview, practice.plan(minutes=minutes).queue)


def graded(scores: tuple[int, ...], state: CardState, seconds: int) -> Grade:
    """Turn the five self-scores into a grade."""
    return grade_of(scores, seconds, state.seconds)


def queue_after(state: CardState, queue: tuple[CardState, ...], grade: Grade) -> tuple[CardState, ...]:
    """Give what is left of the session after an attempt."""
    return next_after(replace(state, is_new=False), queue, grade)
