"""What debriefs tell together: which questions came, how answers went, whether scores move."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from prepvault.model.card import Question
from prepvault.model.competency import Competency
from prepvault.model.debrief import DIMENSIONS, MARKS, Asked, Debrief
from prepvault.model.figures import AskedFigures, MarkCount, Trend
from prepvault.model.interview import Interview
from prepvault.rules.competencies import tags_in, title_of
from prepvault.rules.prose import words_of

Predict = Callable[[Interview], Sequence[Question]]
"""Gives the questions that were likely in an interview."""

_Likely = tuple[tuple[str, ...], frozenset[str]]
_ALIKE = 0.5
_SAME = 0.7
_LEAST_SHARED = 2
_SHORT = 3
_FEWEST_FOR_A_TREND = 4
_LONGEST = 400
_MOST_GROUPS = 64
"""Letters of a question that are compared, and questions to which one word leads."""
_EMPTY_WORDS = frozenset(
    {
        "about", "after", "again", "could", "describe", "does", "doing", "from", "give", "have", "here",
        "into", "just", "last", "like", "made", "make", "more", "most", "much", "need", "over", "please",
        "really", "some", "tell", "than", "that", "their", "them", "then", "there", "they", "thing",
        "things", "this", "time", "what", "when", "where", "which", "while", "with", "would", "your",
        "yours", "example", "situation", "walk", "through",
    }
)  # fmt: skip


def asked_figures(
    interviews: Sequence[Interview],
    debriefs: Mapping[str, Debrief],
    competencies: Mapping[str, Competency],
    predict: Predict | None = None,
) -> AskedFigures:
    """Count over the debriefs of these interviews; `debriefs` is by the path of the interview's note."""
    rounds = [(each, debriefs[each.path]) for each in interviews if each.path in debriefs]
    questions = [(each.id, asked) for each, debrief in rounds for asked in debrief.asked]
    return AskedFigures(
        ids=tuple(each.id for each, _ in rounds),
        total=len(questions),
        predicted=sum(_predicted(each, debrief, predict, competencies) for each, debrief in rounds),
        marks=tuple(_mark_count(mark, questions) for mark in MARKS),
        trends=tuple(_trends([debrief for _, debrief in rounds])),
        repeated=tuple(_repeated(questions)),
        gaps=tuple(_gaps((asked for _, asked in questions if asked.mark == "gap"), competencies)),
    )


def was_predicted(asked: str, likely: Sequence[Question], competencies: Mapping[str, Competency]) -> bool:
    """Tell whether a question was among the likely ones: by its words, or by the one thing it is about."""
    return _is_among(asked, [(each.tags, content_words(each.text)) for each in likely], competencies)


def _is_among(asked: str, likely: Sequence[_Likely], competencies: Mapping[str, Competency]) -> bool:
    text = asked[:_LONGEST]
    words, tags = content_words(text), set(tags_in(text, competencies)[:1])
    return any(tags.intersection(about) or _share(words, each) >= _ALIKE for about, each in likely)


def _predicted(
    interview: Interview, debrief: Debrief, predict: Predict | None, competencies: Mapping[str, Competency]
) -> int:
    if predict is None or not debrief.asked:
        return 0
    likely = [(each.tags, content_words(each.text)) for each in predict(interview)]
    return sum(_is_among(each.text, likely, competencies) for each in debrief.asked)


def _mark_count(mark: str, questions: Sequence[tuple[str, Asked]]) -> MarkCount:
    found = [identity for identity, asked in questions if asked.mark == mark]
    return MarkCount(mark, len(found), tuple(dict.fromkeys(found)))


def _trends(debriefs: Sequence[Debrief]) -> Iterable[Trend]:
    for dimension in DIMENSIONS:
        scores = [debrief.scores[dimension] for debrief in debriefs if dimension in debrief.scores]
        if scores:
            half = len(scores) // 2
            moved = round(fmean(scores[-half:]) - fmean(scores[:half]), 2) if half else 0.0
            has_enough = len(scores) >= _FEWEST_FOR_A_TREND
            yield Trend(dimension, round(fmean(scores), 2), len(scores), moved if has_enough else None)


def _repeated(questions: Sequence[tuple[str, Asked]]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Questions that came in several interviews, however their words were put; the most frequent first."""
    groups = _Groups()
    for identity, asked in questions:
        groups.add(identity, asked.text, content_words(asked.text[:_LONGEST]))
    often = [(text, tuple(dict.fromkeys(ids))) for text, _, ids in groups.found if len(set(ids)) > 1]
    return sorted(often, key=lambda each: -len(each[1]))


@dataclass(slots=True)
class _Groups:
    """Questions put together, each as the text and the words of its first, and who asked it.

    A word leads to the first groups that have it, and to no more of them: one that very many questions have
    tells none from another. So the work for a question does not grow with how many there are.
    """

    found: list[tuple[str, frozenset[str], list[str]]] = field(default_factory=list)
    same: dict[frozenset[str], int] = field(default_factory=dict)
    having: dict[str, list[int]] = field(default_factory=dict)

    def add(self, identity: str, text: str, words: frozenset[str]) -> None:
        """Put a question to the first group that is like it, else let it begin one."""
        if len(words) < _LEAST_SHARED:
            return
        at = self.same.get(words)
        if at is None:
            at = self.same[words] = self._like(words)
        if at < len(self.found):
            self.found[at][2].append(identity)
            return
        self.found.append((text, words, [identity]))
        for word in words:
            groups = self.having.setdefault(word, [])
            if len(groups) < _MOST_GROUPS:
                groups.append(at)

    def _like(self, words: frozenset[str]) -> int:
        """The first group that shares enough of the words; one after the last where none does."""
        shared = Counter(at for word in words for at in self.having.get(word, ()))
        near = sorted(at for at, count in shared.items() if count >= _LEAST_SHARED)
        return next((at for at in near if _share(words, self.found[at][1]) >= _SAME), len(self.found))


def _gaps(gaps: Iterable[Asked], competencies: Mapping[str, Competency]) -> Iterable[tuple[str, int]]:
    counts = Counter(tag for each in gaps for tag in tags_in(each.text, competencies)[:1])
    return ((title_of(tag, competencies), number) for tag, number in counts.most_common())


def content_words(text: str) -> frozenset[str]:
    """The words that carry a question, by their stems: long enough, and not those that every question has."""
    words = (word.casefold() for word in words_of(text))
    return frozenset(_stem(word) for word in words if len(word) > _SHORT and word not in _EMPTY_WORDS)


def _stem(word: str) -> str:
    """Let `retry` and `retries`, `fail` and `failed` be one word."""
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) > _SHORT - 1:
            return word.removesuffix(ending) + instead
    return word


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter one the two have in common; nothing where they share only a word."""
    shared = len(one & other)
    return shared / min(len(one), len(other)) if shared >= _LEAST_SHARED else 0.0
