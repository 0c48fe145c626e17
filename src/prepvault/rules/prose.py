"""Measures of a text: words, sentences, seconds, numbers, who acts; nothing here judges what is true."""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[-'’.,/%][^\W_]+)*%?")
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]?[^\W\d_a-z]|\d)|\n[ \t]*\n"
    r"|\n(?=[ \t]*(?:[-*+]|\d{1,9}\.)\s)"
)
_NO_END = re.compile(r"\b(?:e\.g|i\.e|etc|vs|approx|dr|mr|ms|mrs|st|no|inc|ltd|co)\.$", re.IGNORECASE)
_MARKS = re.compile(
    r"^[ \t]*(?:[-*+>]|\d{1,9}\.)[ \t]+|[*_`]{1,3}|!?\[\[(?:[^\[\]|]{0,300}\|)?|\]\]",
    re.MULTILINE,
)

_SPELLED = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?"
)
_MULTIPLES = r"millions?|billions?|dozens?|half|halved|thirds?|quarters?|doubled|tripled|twice|percent"
_NUMBER = re.compile(
    r"[€$£¥]?\s?\d[\d.,:']*\d(?:\s?(?:%|percent\b|[kKmM]\b|ms\b|x\b))?|[€$£¥]?\s?\d(?:\s?(?:%|percent\b|[kKmM]\b|ms\b|x\b))?"
    rf"|\b(?:{_SPELLED}|{_MULTIPLES})\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?<!\[)\[(?![\[^!])[^\[\]\n]{0,160}\](?![\](:])|\{\{[^{}\n]{0,60}\}\}|<[a-z][a-z _-]{1,40}>"
    r"|\b(?:TODO|TBD|FIXME|XX+)\b|\?\?\?+|_{3,}"
)
_TASK_BOX = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}\.)[ \t]+\[[^\[\]]\]\s", re.MULTILINE)

_FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|myself)\b(?!\.)|\bI['’](?:m|ve|d|ll)\b")
_WE = re.compile(r"\b(?:we|us|our|ours|ourselves)\b|\bwe['’](?:re|ve|d|ll)\b", re.IGNORECASE)
_NOT_US = re.compile(r"\bUS\b")
_I_VERB = re.compile(
    r"\bI(?:['’](?:d|ve|ll))?\s+"
    r"(?:(?:also|then|first|now|\w+ly|had|have|have to|did not|never)\s+){0,2}([a-z]{2,})"
)
_STATES = re.compile(
    r"was|were|am|is|are|be|been|had|have|has|would|could|should|might|may|can|will|did|do|not"
    r"|felt|thought|knew|wanted|liked|loved|hoped|believed|needed"
)

_BE = r"(?:am|is|are|was|were|be|been|being|got|gets|getting)"
_IRREGULAR = "|".join(
    (
        "given|made|done|taken|seen|known|shown|told|sent|kept|held|built|found|led|left|lost|paid|put|run|set",
        "sold|said|brought|bought|caught|taught|thought|written|driven|chosen|broken|spoken|drawn|grown|thrown",
        "won|cut|hit",
    )
)
_PASSIVE = re.compile(
    rf"\b{_BE}\s+(?:(?:not|never|also|then|soon|often|still|later|\w+ly)\s+){{0,2}}(\w{{2,}}ed|{_IRREGULAR})\b",
    re.IGNORECASE,
)


def words_of(text: str) -> tuple[str, ...]:
    """Cut a text into its words as a reader would say them: Markdown's marks are no words."""
    return tuple(_WORD.findall(plain(text)))


def word_count(text: str) -> int:
    """Count the words; `9-to-5` and `3.5%` are one each."""
    return len(words_of(text))


def plain(text: str) -> str:
    """Take Markdown's own marks out of a text: list signs, emphasis, the brackets of links."""
    return _MARKS.sub("", text)


def sentences(text: str) -> tuple[str, ...]:
    """Cut a text into sentences; a list's entry ends one, an abbreviation does not."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        said = " ".join(plain(piece).split())
        if found and _NO_END.search(found[-1]):
            found[-1] = f"{found[-1]} {said}"
        elif said:
            found.append(said)
    return tuple(found)


def speaking_seconds(words: int, per_minute: int) -> int:
    """Tell how many seconds so many words take to say at a pace in words a minute, rounded."""
    return round(words * 60 / max(per_minute, 1))


def find_phrases(text: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """Find whole words and phrases whatever their case, as the text writes them, in order; repeats count."""
    pattern = _phrases(tuple(phrases))
    return tuple(pattern.findall(plain(text))) if pattern else ()


@lru_cache(maxsize=512)
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    wanted = sorted(
        {phrase.strip() for phrase in phrases if phrase.strip()}, key=lambda each: (-len(each), each)
    )
    either = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in wanted)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if either else None


def numbers_in(text: str) -> tuple[str, ...]:
    """Find numbers: digits with their unit sign, percentages, numerals in words, `doubled` and its kind."""
    return tuple(found.strip() for found in _NUMBER.findall(plain(text)))


def placeholders(text: str) -> tuple[str, ...]:
    """Find what still waits to be filled in: `[name]`, `{{name}}`, `<name>`, TODO, XX, `???`, `___`."""
    return tuple(_PLACEHOLDER.findall(_TASK_BOX.sub("", text)))


def without_placeholders(text: str) -> str:
    """Take out what still waits to be filled in, so that only what is there is measured."""
    return _PLACEHOLDER.sub("", _TASK_BOX.sub("", text))


def i_and_we(text: str) -> tuple[int, int]:
    """Count the words for oneself and those for a group, in that order."""
    return len(_FIRST_PERSON.findall(text)), len(_WE.findall(_NOT_US.sub("", text)))


def own_verbs(text: str) -> tuple[str, ...]:
    """Find what the teller did: the verbs after `I` that are deeds, not states."""
    return tuple(verb for verb in _I_VERB.findall(text) if not _STATES.fullmatch(verb))


def passive_sentences(text: str, allowed: Iterable[str] = ()) -> tuple[str, ...]:
    """Find sentences in which the doer is missing; participles in `allowed` (`based`) are fine."""
    fine = {word.casefold() for word in allowed}
    return tuple(
        sentence
        for sentence in sentences(text)
        if any(found.casefold() not in fine for found in _PASSIVE.findall(sentence))
    )


def repeated_phrases(text: str, size: int = 4) -> tuple[str, ...]:
    """Find runs of `size` words that come more than once, in order of their first place."""
    words = [word.casefold() for word in words_of(text)]
    counts: dict[tuple[str, ...], int] = {}
    for start in range(len(words) - size + 1):
        run = tuple(words[start : start + size])
        counts[run] = counts.get(run, 0) + 1
    return tuple(" ".join(run) for run, count in counts.items() if count > 1)
