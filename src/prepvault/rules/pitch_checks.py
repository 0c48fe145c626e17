"""Check a pitch by measures alone: length, sentences, numbers, who acts, what is empty."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from prepvault.model.pitch import PitchCheck, PitchFacts
from prepvault.rules.pitch import provenance_of
from prepvault.rules.prose import (
    find_phrases,
    i_and_we,
    numbers_in,
    passive_sentences,
    placeholders,
    repeated_phrases,
    sentences,
    speaking_seconds,
    without_placeholders,
    word_count,
    words_of,
)

WordLists = Mapping[str, tuple[str, ...]]
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,5}s?\b")
_MOST_IN_SENTENCE = 28
_CONFIRMED = {"cv", "user-stated"}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text to check, and what it is measured against; `timed` is how long the user took to say it.

    `gaps` are the places still to be filled in; they are no part of `text`.
    """

    text: str
    gaps: tuple[str, ...]
    seconds: int
    facts: PitchFacts
    lists: WordLists
    pace: int
    timed: int

    def words(self, name: str) -> tuple[str, ...]:
        return self.lists.get(name, ())


def check_pitch(
    text: str, seconds: int, facts: PitchFacts, lists: WordLists, *, pace: int, timed: int = 0
) -> tuple[PitchCheck, ...]:
    """Check a pitch meant for so many seconds; `pace` is words a minute, `timed` seconds by the clock or 0.

    Checks that do not apply (no company, no posting, no recruiter) are left out. Thresholds: 10 % of the
    length, 28 words a sentence and 12 to 18 on average, one filler in 60 words, a quarter in the passive.
    """
    said = without_placeholders(text)
    draft = _Draft(said, placeholders(text), seconds, facts, lists, timed_pace(said, timed) or pace, timed)
    return tuple(check for each in _CHECKS for check in each(draft))


def timed_pace(text: str, timed: int) -> int:
    """Work out the reader's own pace in words a minute; 0 where nothing was timed."""
    return round(word_count(text) * 60 / timed) if timed else 0


def _length(draft: _Draft) -> Iterator[PitchCheck]:
    count = word_count(draft.text)
    took = draft.timed or speaking_seconds(count, draft.pace)
    least, most = round(draft.seconds * 0.9), round(draft.seconds * 1.1)
    wanted = [round(bound * draft.pace / 60) for bound in (least, most)]
    how = "by your clock" if draft.timed else f"at {draft.pace} words a minute"
    hint = f"{draft.seconds} seconds are {wanted[0]} to {wanted[1]} words: "
    hint += "cut what does not serve them" if took > most else "add what you did, or a number"
    yield PitchCheck("length", least <= took <= most, f"{count} words, {took} s {how}", hint)


def _sentences(draft: _Draft) -> Iterator[PitchCheck]:
    lengths = [word_count(sentence) for sentence in sentences(draft.text)] or [0]
    longest, mean = max(lengths), sum(lengths) / len(lengths)
    hint = f"split the longest; {_MOST_IN_SENTENCE} words are what one breath carries"
    yield PitchCheck("longest sentence", longest <= _MOST_IN_SENTENCE, f"{longest} words", hint)
    hint = "12 to 18 on average are easy to follow"
    yield PitchCheck("mean sentence", 12 <= mean <= 18, f"{mean:.0f} words", hint)


def _fillers(draft: _Draft) -> Iterator[PitchCheck]:
    found = find_phrases(draft.text, draft.words("fillers"))
    allowed = word_count(draft.text) / 60
    yield PitchCheck("fillers", len(found) <= allowed, _listed(found), "leave them out in the draft")


def _numbers(draft: _Draft) -> Iterator[PitchCheck]:
    told = numbers_in(draft.text)
    wanted = min(len(draft.facts.achievements), 1 if draft.seconds < 120 else 3) or 1
    hint = "give each achievement its number, and what it was before"
    yield PitchCheck("numbers", len(told) >= wanted, _listed(told), hint)
    loose = [
        each
        for each in draft.facts.achievements
        if numbers_in(each) and provenance_of(each).partition(":")[0].strip() not in _CONFIRMED
    ]
    if draft.facts.achievements:
        hint = "end it with (cv), or (user-stated: 2026-02-10), once you can show where the number comes from"
        yield PitchCheck("provenance", not loose, f"{len(loose)} without a source", hint)


def _doing(draft: _Draft) -> Iterator[PitchCheck]:
    passive = passive_sentences(draft.text, draft.words("passive_allowed"))
    share = len(passive) / max(len(sentences(draft.text)), 1)
    yield PitchCheck("passive", share <= 0.25, f"{share:.0%} of the sentences", "say who did it")
    weak = find_phrases(draft.text, draft.words("weak_openers"))
    yield PitchCheck("weak openers", not weak, _listed(weak), "say what you did: built, cut, led, decided")
    own, group = i_and_we(draft.text)
    hint = "tell your own part; they hire you, not the team"
    yield PitchCheck("I and we", own >= group, f"{own} I, {group} we", hint)
    buzz = find_phrases(draft.text, draft.words("buzzwords"))
    yield PitchCheck("buzzwords", not buzz, _listed(buzz), "replace each by what one could have seen")


def _gaps(draft: _Draft) -> Iterator[PitchCheck]:
    yield PitchCheck(
        "filled in", not draft.gaps, f"{len(draft.gaps)} open", "fill in what stands in brackets"
    )


def _fit(draft: _Draft) -> Iterator[PitchCheck]:
    facts = draft.facts
    if facts.company or facts.wanted:
        named = find_phrases(draft.text, [each for each in (facts.company, facts.wanted) if each])
        hint = f"name {facts.company or facts.wanted} once"
        yield PitchCheck("names them", bool(named), _listed(dict.fromkeys(named)), hint)
    if len(facts.keywords) >= 2:
        shared = dict.fromkeys(each.casefold() for each in find_phrases(draft.text, facts.keywords))
        hint = f"use two of the posting's own words: {', '.join(facts.keywords[:5])}"
        yield PitchCheck("posting's words", len(shared) >= 2, _listed(shared), hint)


def _acronyms(draft: _Draft) -> Iterator[PitchCheck]:
    """Ask for acronyms in full where somebody listens who does not work in the field."""
    if draft.facts.for_recruiter:
        known = {word.casefold() for word in draft.words("acronyms_known")}
        found = dict.fromkeys(_ACRONYM.findall(draft.text))
        strange = [each for each in found if each.casefold() not in known and f"({each})" not in draft.text]
        hint = "say each in full once: a recruiter may not work in your field"
        yield PitchCheck("acronyms", not strange, _listed(strange), hint)


def _opening(draft: _Draft) -> Iterator[PitchCheck]:
    first = next(iter(sentences(draft.text)), "")
    rest = [word for word in words_of(first) if word not in set(words_of(draft.facts.name))]
    hint = "say in the same breath what you do and for whom"
    yield PitchCheck("opening", len(rest) > 3, f"`{first[:60]}`" if first else "nothing", hint)
    twice = repeated_phrases(draft.text)
    yield PitchCheck("said once", not twice, _listed(twice), "say it once")


_CHECKS: tuple[Callable[[_Draft], Iterator[PitchCheck]], ...] = (
    _length,
    _sentences,
    _opening,
    _numbers,
    _doing,
    _fit,
    _acronyms,
    _fillers,
    _gaps,
)


def _listed(found: tuple[str, ...] | list[str] | Mapping[str, None]) -> str:
    shown = list(found)
    return ", ".join(shown[:5]) + (f" and {len(shown) - 5} more" if len(shown) > 5 else "") or "none"
