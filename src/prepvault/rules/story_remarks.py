"""What to mend in one story, in the order in which mending helps."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prepvault.model.bank import StoryRemark
from prepvault.model.card import Library
from prepvault.model.story import Story
from prepvault.rules.competencies import tag_of
from prepvault.rules.fit import newest_year
from prepvault.rules.prose import find_phrases, i_and_we, own_verbs, placeholders, sentences, speaking_seconds
from prepvault.rules.story_numbers import number_remarks

MOST_SETUP, LEAST_ACTION = 35, 45
"""Situation and task together take at most, the action at least so many percent of the words."""

MOST_YEARS, MOST_WORDS, AIM_WORDS, PACE = 6, 300, 280, 140
"""A story is old after so many years; so many words fill two minutes at the usual pace, and are too many."""

_NEEDED = ("situation", "task", "action", "result")
_MISSING = {
    "situation": "two sentences: who, when, what was at stake",
    "task": "one sentence that says what fell to you: “My part was …”",
    "action": "three things you did, one after the other, each with its reason",
    "result": "what changed: from what, to what, in how long, and how you know",
    "reflection": "one sentence: what you do differently since then",
}
_MOST_HEADLINE, _LEAST_DEEDS = 20, 3
_REASONS = (
    *("because", "so that", "rather than", "instead", "in order to", "decided against", "considered"),
    *("alternative", "alternatives", "option", "options", "trade-off", "tradeoff", "could have", "two ways"),
    *("preferred", "weighed", "the other way", "I chose", "the risk", "would have", "gave that up"),
)
_LESSONS = frozenset({"failure", "feedback-growth", "integrity"})
_CREDIT = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")
_PAST = re.compile(r"\b\w{3,}ed\b")
_LEAST_FOR_SHARES = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A story with its measures: words and share of each part, the pace in words a minute, the year now."""

    story: Story
    library: Library
    counts: Mapping[str, int]
    shares: Mapping[str, int]
    total: int
    per_minute: int
    year: int
    bank: tuple[Story, ...]
    is_foreign: bool

    @property
    def most_words(self) -> int:
        """What two minutes hold at this pace, with a little room."""
        return round(MOST_WORDS * self.per_minute / PACE)

    @property
    def aim(self) -> int:
        """What two minutes hold at this pace."""
        return round(AIM_WORDS * self.per_minute / PACE)

    @property
    def is_lesson(self) -> bool:
        """True for what is told for what was learned; there the reflection is the point."""
        return tag_of(self.story.primary, self.library.competencies) in _LESSONS

    @property
    def is_outline(self) -> bool:
        """True for what is over within a minute: notes to speak from, no answer yet."""
        return self.total < self.per_minute


def remarks_on(reading: Reading) -> Iterator[StoryRemark]:
    """Say what to mend, what helps most first; a story that is not written yet gets one remark only."""
    if reading.story.is_garbled:
        yield StoryRemark("garbled", "some of its bytes are no UTF-8 text", "save the note as UTF-8")
    if not (reading.counts["action"] or reading.counts["result"]):
        yield _empty(reading)
        return
    yield from _gaps(reading)
    if not reading.is_foreign:
        yield from _whose(reading)
    if reading.total >= _LEAST_FOR_SHARES:
        yield from _shares(reading)
    yield from number_remarks(reading.story, is_foreign=reading.is_foreign, is_lesson=reading.is_lesson)
    yield from _length(reading)
    if not reading.is_foreign:
        yield from _reasons(reading)
    yield from _around(reading)


def _empty(reading: Reading) -> StoryRemark:
    hint = f"write the action next: {_MISSING['action']}"
    if reading.story.has_loose_text:
        hint = "put the headings Situation, Task, Action and Result over your text"
        return StoryRemark("empty", "the text is not cut into parts", hint)
    written = [name for name in ("situation", "task") if reading.counts[name]]
    begun = f"only the {' and the '.join(written)} {'are' if len(written) > 1 else 'is'} written"
    return StoryRemark("empty", begun if written else "nothing is written yet", hint, "action")


def _gaps(reading: Reading) -> Iterator[StoryRemark]:
    for name in _NEEDED:
        if not reading.counts[name]:
            yield StoryRemark("missing", f"there is no {name}", f"write {_MISSING[name]}", name)
    for name, text in reading.story.parts:
        found = placeholders(text)
        if found:
            yield StoryRemark("placeholder", f"`{found[0]}` still waits in the {name}", "fill it in", name)


def _whose(reading: Reading) -> Iterator[StoryRemark]:
    """Whose story it is: the task says so, the action shows it."""
    task, action = reading.story.part("task"), reading.story.part("action")
    if reading.counts["task"] and not _CREDIT.search(task):
        yield StoryRemark(
            "task", "the task does not say what was yours", "begin with “My part was …”", "task"
        )
    own, ours = i_and_we(action)
    deeds = _deeds(action)
    if ours > own:
        found = f"the action says “we” {_times(ours)} and “I” {_times(own)}"
        yield StoryRemark("we", found, "say which part was yours, and give the others theirs", "action")
    elif reading.counts["action"] and deeds < _LEAST_DEEDS:
        found = f"the action names {('nothing', 'only one thing', 'only two things')[deeds]} that you did"
        hint = "name three things you did: “I asked …”, “I compared …”, “I decided …”"
        yield StoryRemark("deeds", found, hint, "action")
    weak = [found for each in sentences(action) for found in _weak(each, reading.library)]
    if weak:
        hint = "say what you did in its place: which step, with what effect"
        yield StoryRemark("weak", f"“{weak[0]}” hides your part", hint, "action", is_serious=False)


def _weak(sentence: str, library: Library) -> tuple[str, ...]:
    """The opening that hides who did what, where a sentence begins with one."""
    found = find_phrases(sentence, library.words.get("weak_openers", ()))
    return tuple(each for each in found[:1] if sentence.startswith(each))


def _shares(reading: Reading) -> Iterator[StoryRemark]:
    setup = reading.shares["situation"] + reading.shares["task"]
    action = reading.shares["action"]
    if setup > MOST_SETUP:
        spare = reading.counts["situation"] + reading.counts["task"] - round(reading.total * 0.2)
        found = f"situation and task take {setup} % of the words; listeners wait for the action"
        yield StoryRemark("setup", found, f"cut about {max(spare, 1)} words there", "situation")
    elif reading.counts["action"] and action < LEAST_ACTION:
        found = f"the action has {action} % of the words, half would be right"
        yield StoryRemark("action", found, "say what was hard, what you decided, and why that way", "action")


def _length(reading: Reading) -> Iterator[StoryRemark]:
    seconds = speaking_seconds(reading.total, reading.per_minute)
    if reading.is_outline:
        found = f"{reading.total} words are an outline: told in {seconds} seconds"
        hint = f"a full answer has about {reading.aim} words; add to the action first"
        yield StoryRemark("outline", found, hint, "action")
    elif reading.total > reading.most_words:
        found = f"{reading.total} words take {clock_words(seconds)}; two minutes is the aim"
        yield StoryRemark("long", found, f"cut {reading.total - reading.aim} words", is_serious=False)
    if reading.counts["headline"] > _MOST_HEADLINE:
        found = f"the headline has {reading.counts['headline']} words"
        hint = "the result in one line, at most 20 words"
        yield StoryRemark("headline", found, hint, "headline", is_serious=False)


def _reasons(reading: Reading) -> Iterator[StoryRemark]:
    text = f"{reading.story.part('action')}\n{reading.story.part('task')}"
    if reading.counts["action"] and not find_phrases(text, _REASONS):
        found = "the action gives no reason and no other way you could have gone"
        hint = "add one sentence: “I could have …, but … because …”"
        yield StoryRemark("why", found, hint, "action")
    if not reading.counts["reflection"]:
        hint = f"write {_MISSING['reflection']}"
        found = "there is no reflection"
        yield StoryRemark("reflection", found, hint, "reflection", is_serious=reading.is_lesson)


def _around(reading: Reading) -> Iterator[StoryRemark]:
    """What the front matter leaves open: competency, age, reach."""
    story, library = reading.story, reading.library
    primary = tag_of(story.primary, library.competencies)
    if not primary:
        hint = "write `primary:` with one competency, such as ownership or conflict"
        yield StoryRemark("competency", "no competency is named, so no interview can pick it", hint)
    year = newest_year(story)
    twins = [
        each
        for each in reading.bank
        if each.path != story.path
        and not each.retired
        and tag_of(each.primary, library.competencies) == primary
        and newest_year(each) > year
    ]
    if year and reading.year - year >= MOST_YEARS and not twins:
        found = f"it is {reading.year - year} years old"
        yield StoryRemark("old", found, "find a newer one that shows the same", is_serious=False)
    if not story.scope:
        hint = "write `scope:` self, team, several teams or organisation"
        yield StoryRemark("scope", "how far it reached is not said", hint, is_serious=False)


def clock_words(seconds: int) -> str:
    """Write a length for people: `45 s`, `2 min 10 s`."""
    minutes, rest = divmod(seconds, 60)
    return (
        " ".join(part for part in (f"{minutes} min" * bool(minutes), f"{rest} s" * bool(rest)) if part)
        or "0 s"
    )


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _deeds(action: str) -> int:
    """Count what the teller did: verbs after `I`, and in a sentence that begins with it those that follow."""
    own = (each for each in sentences(action) if each.startswith("I "))
    return max(len(own_verbs(action)), sum(len(_PAST.findall(each)) for each in own))
