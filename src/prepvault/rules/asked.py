"""What debriefs tell together: which questions came, how answers went, whether scores move."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from prepvault.model.card import Question
from prepvault.model.competency import Competency
from prepvault.model.debrief import DIMENSIONS, MARKS, Debrief
from prepvault.model.figures import AskedFigures, AskedQuestion, MarkCount, Rate, Trend
from prepvault.model.interview import Interview, InterviewType
from prepvault.rules.competencies import tags_in, title_of
from prepvault.rules.prose import words_of
from prepvault.rules.rates import keys_of, rate

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
    questions = tuple(
        asked for each, debrief in rounds for asked in _questions(each, debrief, predict, competencies)
    )
    return AskedFigures(
        ids=tuple(each.id for each, _ in rounds),
        questions=questions,
        listed=_listed("listed", "Questions that were listed", questions) if questions else None,
        listed_by_type=tuple(_by_type(questions)),
        marks=tuple(_mark_count(mark, questions) for mark in MARKS),
        trends=tuple(_trends(rounds)),
        repeated=tuple(_repeated(questions)),
        gaps=tuple(Counter(each.about for each in questions if each.is_gap and each.about).most_common()),
    )


def was_predicted(asked: str, likely: Sequence[Question], competencies: Mapping[str, Competency]) -> bool:
    """Tell whether a question was among the likely ones: by its words, or by the one thing it is about."""
    return _is_among(asked, _tag(asked, competencies), _prepared(likely))


def _prepared(likely: Sequence[Question]) -> Sequence[_Likely]:
    return [(each.tags, content_words(each.text)) for each in likely]


def _is_among(asked: str, tag: str, likely: Sequence[_Likely]) -> bool:
    words = content_words(asked[:_LONGEST])
    return any(tag in about or _share(words, each) >= _ALIKE for about, each in likely)


def _tag(asked: str, competencies: Mapping[str, Competency]) -> str:
    """The one competency that a question is about most; empty where it speaks of none."""
    return next(iter(tags_in(asked[:_LONGEST], competencies)), "")


def _questions(
    interview: Interview, debrief: Debrief, predict: Predict | None, competencies: Mapping[str, Competency]
) -> Iterable[AskedQuestion]:
    likely = _prepared(predict(interview)) if predict and debrief.asked else ()
    for each in debrief.asked:
        tag = _tag(each.text, competencies)
        yield AskedQuestion(
            interview_id=interview.id,
            type_label=interview.type_label,
            text=each.text,
            mark=each.mark,
            about=title_of(tag, competencies) if tag else "",
            was_listed=_is_among(each.text, tag, likely),
        )


def _listed(key: str, label: str, questions: Sequence[AskedQuestion]) -> Rate:
    listed = [each.interview_id for each in questions if each.was_listed]
    return rate(key, label, listed, [each.interview_id for each in questions])


def _by_type(questions: Sequence[AskedQuestion]) -> Iterable[Rate]:
    """The same by type of interview, in the types' own order."""
    groups: dict[str, list[AskedQuestion]] = {}
    for each in questions:
        groups.setdefault(each.type_label, []).append(each)
    order = {each.label: place for place, each in enumerate(InterviewType)}
    names = sorted(groups, key=lambda name: (order.get(name, len(order)), name))
    keys = keys_of("listed", names)
    return (_listed(keys[name], name, groups[name]) for name in names)


def _mark_count(mark: str, questions: Sequence[AskedQuestion]) -> MarkCount:
    found = [each.interview_id for each in questions if each.mark == mark]
    return MarkCount(mark, len(found), tuple(dict.fromkeys(found)))


def _trends(rounds: Sequence[tuple[Interview, Debrief]]) -> Iterable[Trend]:
    for dimension in DIMENSIONS:
        points = tuple(
            (each.id, debrief.scores[dimension]) for each, debrief in rounds if dimension in debrief.scores
        )
        scores = [score for _, score in points]
        if scores:
            half = len(scores) // 2
            moved = round(fmean(scores[-half:]) - fmean(scores[:half]), 2) if half else 0.0
            has_enough = len(scores) >= _FEWEST_FOR_A_TREND
            mean = round(fmean(scores), 2)
            yield Trend(dimension, mean, len(scores), moved if has_enough else None, points)


def _repeated(questions: Sequence[AskedQuestion]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Questions that came in several interviews, however their words were put; the most frequent first."""
    groups = _Groups()
    for each in questions:
        groups.add(each.interview_id, each.text, content_words(each.text[:_LONGEST]))
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
