"""What to mend about a story's numbers: are there any, against what are they measured, how sure are they."""

import re
from collections.abc import Iterator

from prepvault.model.bank import StoryRemark
from prepvault.model.story import Story, StoryNumber
from prepvault.rules.prose import find_phrases, numbers_in

_PROOFS = (
    *("asked me", "adopted", "adopt", "promoted", "renewed", "thanked", "award", "certified", "approved"),
    *("signed", "kept using", "still use", "still in use", "reference", "reviewed", "accepted", "took over"),
)
_FEW = "one|two|three|four|five|six|seven|eight|nine|ten"
_UNITS = "second|minute|hour|day|night|morning|noon|week|weekend|fortnight|month|quarter|season|year"
_SPANS = "sprint|release|shift|term|semester|run|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_CHANGES = r"\b(?:half|halved|doubled|tripled|twice|third|fewer|less|more)\b"
_BASELINE = re.compile(
    r"\bfrom\b[^.]{1,80}\bto\b|\b(?:instead of|down from|up from|compared|than|before)\b|%|\bpercent\b|→|->"
    rf"|{_CHANGES}|\b(?:\d+|{_FEW}) (?:out )?of (?:the |all )?\w+",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"\b(?:{_UNITS}|{_SPANS})s?\b|\b(?:{_MONTHS})\b|(?<!\d)(?:19|20)\d\d(?!\d)|\blater\b", re.IGNORECASE
)
_DIGITS = re.compile(r"\d[\d.,:' ]*\d|\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST_DIGITS = 10


def number_remarks(story: Story, *, is_foreign: bool, is_lesson: bool) -> Iterator[StoryRemark]:
    """Say what is missing about the numbers; baseline and period are only looked for in English.

    A lesson, such as a failure, is measured by what was repaired and learned, not by figures.
    """
    result = story.part("result")
    told = f"{story.part('headline')}\n{result}"
    if not result.strip():
        return
    is_counted = any(char.isdigit() for char in told) or (not is_foreign and bool(numbers_in(told)))
    if not is_counted and not (not is_foreign and find_phrases(result, _PROOFS)):
        hint = "add one number, or who said so: “from … to … in …”, “the customer renewed”"
        yield StoryRemark("number", "the result has no number and no proof", hint, "result")
    elif is_counted and not is_foreign and not is_lesson:
        yield from _measured(story, told)
    yield from _provenance(story, told)


def _measured(story: Story, told: str) -> Iterator[StoryRemark]:
    missing = []
    if not _BASELINE.search(told) and not any(fact.baseline for fact in story.facts):
        missing.append("what it was before")
    if not _PERIOD.search(told) and not any(fact.period for fact in story.facts):
        missing.append("over what time")
    if missing:
        hint = "add it to the sentence: “from … to … within …”"
        found = f"the result does not say {' or '.join(missing)}"
        yield StoryRemark("measured", found, hint, "result", is_serious=False)


def _provenance(story: Story, told: str) -> Iterator[StoryRemark]:
    """Numbers drift: each should be listed once with where it comes from."""
    for fact in story.facts:
        if not fact.is_confirmed:
            yield _unsure(fact)
            return
    listed = " ".join((*story.numbers, story.when))
    known = _amounts(listed)
    strange = [_with_unit(each, told) for each in _amounts(told) if each not in known]
    if strange and story.facts:
        found = f"`{strange[0]}` stands in the result but not under `numbers`"
        yield StoryRemark(
            "drift", found, "list it with its source, or correct it", "result", is_serious=False
        )
    elif strange:
        found = f"where `{strange[0]}` comes from is not said"
        hint = f'write under `numbers:` a line like "{strange[0]} …, was …, 2025 (cv)"'
        yield StoryRemark("provenance", found, hint, "result", is_serious=False)


def _unsure(fact: StoryNumber) -> StoryRemark:
    shown = fact.text if len(fact.text) <= 50 else f"{fact.text[:49].rpartition(' ')[0]} …"
    if fact.provenance:
        hint = "say it as an estimate, or find out and mark it (cv) or (stated 2026-01-31)"
        return StoryRemark("unsure", f"`{shown}` is not confirmed", hint, "result", is_serious=False)
    hint = "write behind it (cv), (stated 2026-01-31), (unconfirmed) or (cannot confirm)"
    return StoryRemark(
        "provenance", f"where `{shown}` comes from is not said", hint, "result", is_serious=False
    )


def _amounts(text: str) -> tuple[str, ...]:
    """The amounts in digits, without years and without small counts, which are words more than measures."""
    found = (each.strip(" .,:'") for each in _DIGITS.findall(text))
    return tuple(each for each in found if not _YEAR.fullmatch(each) and _size(each) >= _LEAST_DIGITS)


def _with_unit(amount: str, told: str) -> str:
    found = re.search(rf"{re.escape(amount)}(?:\s?[%€$£]|[A-Za-z]{{1,3}}\b)?", told)
    return found[0] if found else amount


def _size(amount: str) -> float:
    return float(re.sub(r"\D", "", amount) or 0)
