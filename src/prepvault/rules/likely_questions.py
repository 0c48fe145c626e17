"""Which questions to expect: what went badly before, what is asked for here, what belongs to the role."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from prepvault.model.card import Library, Question
from prepvault.model.coaching import Coaching
from prepvault.model.competency import Demand
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.phrases import sentence
from prepvault.model.story import Story
from prepvault.rules.companies import company_key
from prepvault.rules.competencies import title_of
from prepvault.rules.prose import find_phrases
from prepvault.rules.role_words import role_leanings
from prepvault.rules.seniority import LEANINGS
from prepvault.rules.slots import plain_line, round_words, tell

QUESTIONS = 10
_ASKED, _GENERAL = "asked-", "general"
_GAPS = 3
_OWN_WEIGHT = 4
_ON_TOPIC, _KEYWORD, _ROLE, _LEANING = 6, 2, 2, 1
_OF_GENERAL = 6
"""More than half where no family knows the trade: those of the general one name role and posting."""

_SHARES: Mapping[InterviewType, tuple[tuple[str, int], ...]] = {
    InterviewType.PHONE_SCREEN: (("general", 4), ("asked", 2), ("family", 3)),
    InterviewType.VIDEO_INTERVIEW: (("asked", 3), ("family", 4), ("general", 2)),
    InterviewType.TECHNICAL: (("family", 8), ("asked", 2)),
    InterviewType.BEHAVIORAL: (("asked", 6), ("general", 2), ("family", 2)),
    InterviewType.ON_SITE: (("asked", 4), ("family", 5)),
    InterviewType.PANEL: (("asked", 4), ("family", 4), ("general", 2)),
    InterviewType.FINAL_ROUND: (("asked", 4), ("general", 3), ("family", 2)),
    InterviewType.DEBRIEF: (("general", 3), ("family", 3)),
}
"""How many questions of each kind a type brings, the likeliest kind first."""


def pick_questions(library: Library, coaching: Coaching, interview: Interview | None) -> tuple[Question, ...]:
    """Choose at most ten, those that an earlier round left open first; each says why it is likely here.

    `coaching` is the rest of what was picked. Without an interview, type and family say what is asked for.
    """
    picker = _Picker(library, coaching, interview)
    again = picker.left_open() if interview else []
    kinds = {
        "asked": picker.asked(),
        "family": picker.ranked(coaching.family.questions, picker.turn if picker.is_general else 0),
        "general": picker.ranked(picker.general, picker.turn),
    }
    shares = _SHARES[picker.kind]
    if picker.is_general:
        shares = (("family", _OF_GENERAL), *(each for each in shares if each[0] == "asked"))
    chosen = [each for name, count in shares for each in kinds[name][:count]]
    spare = [each for name, _ in reversed(shares) for each in kinds[name]]
    unique = {each.id: each for each in (*chosen, *spare)}
    picked = list(unique.values())[: QUESTIONS - len(again)]
    return (*again, *picker.explained(picked))


@dataclass(frozen=True)
class _Picker:
    """What one interview's questions are chosen by."""

    library: Library
    coaching: Coaching
    interview: Interview | None

    @property
    def kind(self) -> InterviewType:
        """The type; a video interview where the note does not say."""
        said = self.coaching.guide.type if self.coaching.guide else ""
        named = self.interview.type if self.interview else None
        return named or (InterviewType(said) if said else InterviewType.VIDEO_INTERVIEW)

    @property
    def is_general(self) -> bool:
        """True where the role has no family of questions of its own."""
        return self.coaching.family.id == _GENERAL

    @property
    def general(self) -> tuple[Question, ...]:
        """What anybody may be asked, unless that is the family already."""
        general = self.library.families.get(_GENERAL)
        return general.questions if general and not self.is_general else ()

    @cached_property
    def demands(self) -> Sequence[Demand]:
        """What is asked for; without an interview what type and family usually ask for."""
        if self.interview or not self.coaching.guide:
            return self.coaching.dossier.demands
        tags = dict.fromkeys((*self.coaching.guide.demand, *self.coaching.family.demand))
        return tuple(Demand(tag, 1) for tag in tags)

    @cached_property
    def _weights(self) -> Mapping[str, int]:
        return {demand.tag: demand.weight for demand in self.demands}

    @cached_property
    def _reasons(self) -> Mapping[str, str]:
        """What the posting, the company or an earlier round says about a competency."""
        posting, company = self.coaching.dossier.posting, self.coaching.dossier.company
        own = {*(tag for tag, _ in (posting.tags if posting else ())), *(company.values if company else ())}
        return {
            each.tag: each.reasons[0]
            for each in self.demands
            if each.reasons and (each.tag in own or each.weight >= _OWN_WEIGHT)
        }

    @cached_property
    def _stories(self) -> Mapping[str, Story]:
        return {row.demand.tag: row.story for row in self.coaching.dossier.match.rows if row.story}

    def left_open(self) -> list[Question]:
        """The questions that went badly in earlier rounds, the latest round's first."""
        found: dict[str, Question] = {}
        for each in reversed(self.coaching.dossier.earlier):
            for asked in each.debrief.gaps:
                text = plain_line(asked.text)
                where = round_words(each.interview, self.interview or each.interview)
                hint = (
                    f"You marked your answer as a gap after the {where}: answer it aloud before this round."
                )
                if text:
                    found.setdefault(text.casefold(), Question(f"again-{len(found) + 1}", text, hint=hint))
        return list(found.values())[:_GAPS]

    def asked(self) -> list[Question]:
        """One question for each competency asked for, the most asked first; another in every round."""
        turn = self.turn
        return [
            Question(
                id=f"{_ASKED}{known.id}",
                text=known.prompts[turn % len(known.prompts)],
                topic=known.title,
                hint=known.needs,
                tags=(known.id,),
            )
            for demand in self.demands
            if (known := self.library.competencies.get(demand.tag)) and known.prompts
        ]

    @property
    def turn(self) -> int:
        """A number that differs by company and role, and grows by one with each round."""
        if not self.interview:
            return 0
        name = f"{company_key(self.interview.company)} {self.interview.role.casefold()}"
        return zlib.crc32(name.encode()) + len(self.coaching.dossier.earlier)

    def ranked(self, questions: Sequence[Question], turn: int = 0) -> list[Question]:
        """Order a family's questions by what this interview asks for.

        Equals keep the family's order, begun at another place with each `turn`.
        """
        at = turn % len(questions) if questions else 0
        return sorted((*questions[at:], *questions[:at]), key=lambda each: -self._score(each))

    @cached_property
    def _by_role(self) -> Mapping[str, int]:
        """What the title's own words ask for, where no family does."""
        return role_leanings(self.interview.role) if self.interview and self.is_general else {}

    @cached_property
    def _topics(self) -> frozenset[str]:
        """Words of the kind and of a long day's parts, in lower case: `system`, `design`."""
        kind, sessions = self.coaching.format, self.interview.sessions if self.interview else ()
        named = " ".join([kind.id.replace("_", " ") if kind else "", *(each.title for each in sessions)])
        return frozenset(word for word in named.lower().split() if len(word) > 3)

    def _score(self, question: Question) -> int:
        posting, topic = self.coaching.dossier.posting, question.topic.lower()
        text = f"{topic}. {question.text.lower()}"
        words = [each.word for each in (posting.keywords if posting else ()) if each.word.lower() in text]
        named = find_phrases(text, words) if words else ()
        on_topic = any(word in topic for word in self._topics)
        return (
            max((self._weights.get(tag, 0) for tag in question.tags), default=0)
            + _KEYWORD * min(len(named), 2)
            + _ROLE * max((self._by_role.get(tag, 0) for tag in question.tags), default=0)
            + _LEANING * any(tag in LEANINGS.get(self.coaching.seniority, ()) for tag in question.tags)
            + _ON_TOPIC * on_topic
        )

    def explained(self, questions: Iterable[Question]) -> Iterator[Question]:
        """Give questions their final words; the hint says why one is likely, and which story answers it.

        A reason and a story are named once, at the first question that they belong to.
        """
        stories, reasons = dict(self._stories), dict(self._reasons)
        for each in questions:
            story = self._story_for(each, stories)
            why = self._why(each, reasons)
            parts = (each.hint, why, f"Your story: {story.title}" if story else "")
            hint = " ".join(sentence(part) for part in parts if part)
            yield replace(each, text=tell(each.text, each.told, self.coaching.slots), hint=hint)

    def _story_for(self, question: Question, left: dict[str, Story]) -> Story | None:
        """Take the story for what a question asks first; a question about skill is not answered by one."""
        tag = question.tags[0] if question.tags else ""
        is_about_past = question.id.startswith(_ASKED) or self.kind is not InterviewType.TECHNICAL
        if tag not in left or not is_about_past:
            return None
        story = left[tag]
        for each in [name for name, told in left.items() if told.id == story.id]:
            del left[each]
        return story

    def _why(self, question: Question, left: dict[str, str]) -> str:
        """Say what the posting, the company or an earlier round has to do with a question."""
        tag = next((tag for tag in question.tags if tag in left), "")
        title = title_of(tag, self.coaching.competencies)
        reason = plain_line(left.pop(tag)).replace(": ", " – ", 1) if tag else ""
        return f"{title[:1].upper()}{title[1:]}: {reason}" if tag else ""
