"""The words that are a posting's own: technical and proper terms, set phrases, what it repeats."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from prepvault.model.posting import Keyword
from prepvault.rules.posting_common import COUNTED, DULL, GENERAL, LINKING
from prepvault.rules.posting_lines import DUTY, MUST, NICE, PostingLine
from prepvault.rules.posting_verbs import OWNING, SUPPORTING
from prepvault.rules.posting_weights import USUAL_PHRASES

_MOST = 12
_LONGEST_PHRASE = 2
_TOKEN = re.compile(r"\.?[^\W\d_][\w+#]*(?:[.'’&/-][^\W\d_][\w+#]*)*|[^\w\s]|\d\S*")
_STOP = frozenset(" ".join((*LINKING, COUNTED)).split())
_DULL = frozenset(" ".join(DULL).split())
_VERBS = OWNING | SUPPORTING
_GENERAL = frozenset(" ".join(GENERAL).split())
_AFTER_THESE = re.compile(r"\b(?:[Aa]t|[Jj]oin|[Jj]oining|[Aa]bout|[Ff]or)\s+((?:[A-Z][\w&'’-]*\s?){1,4})")
_BEGINS = re.compile(r"^((?:[A-Z][\w&'’-]+\s){2,4})(?=[a-z])", re.MULTILINE)
_SUFFIXES = (
    *("ing", "ion", "ions", "ment", "ance", "ence", "ness", "ity", "ship", "ed", "ive", "able", "ly", "ies"),
    *("ism", "ure", "logy", "ics", "ful"),
)
_NO_NOUN = ("ate", "ive", "ful", "al", "ous", "able", "ible", "ly", "ed", "ic", "less", "ise", "ize", "ify")
_TERM, _SET, _PHRASE, _AGAIN, _ONCE, _ANY_JOB = 4.0, 3.0, 2.0, 2.0, 1.0, 0.2
"""Worth of a technical or proper term, a set or hyphened one, a phrase, a word again, once, of any job."""


@dataclass(slots=True)
class _Count:
    """How often a phrase came, how it was written each time, and where it came first."""

    words: tuple[str, ...]
    place: int
    times: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    is_term: bool = False
    is_nice: bool = True
    is_first: bool = True

    @property
    def order(self) -> tuple[int, int, int]:
        """Where it stands among equals: the longer first, then what comes more often, then the earlier."""
        return -len(self.words), -self.times, self.place

    @property
    def shown(self) -> str:
        """The form written most often; of equals that of a term, else the one with the fewest capitals."""
        sign = -1 if self.is_term else 1
        return min(self.forms, key=lambda form: (-self.forms[form], sign * sum(map(str.isupper, form))))


def own_words_of(text: str, lines: Sequence[PostingLine], telling: Collection[str]) -> tuple[Keyword, ...]:
    """Give a posting's own words and phrases of two words, the most telling first.

    Technical and proper terms come first, then hyphened words and what `telling` names, then phrases; each
    counts more if it comes again. Words of any job are given only where nothing else is there.
    """
    asking = [line for line in lines if line.part in {DUTY, MUST, NICE}]
    counts = _count(asking if 2 * len(asking) > len(lines) else lines)
    known = frozenset(_key(word.split()) for word in telling if word not in USUAL_PHRASES)
    worn = _worn(text)
    scores = {key: _score(count, key, known, worn) for key, count in counts.items()}
    kept: list[frozenset[str]] = []
    best: list[_Count] = []
    for key in sorted(scores, key=lambda key: (-scores[key], *counts[key].order)):
        words = frozenset(key.split())
        if not any(words <= other or other <= words for other in kept):
            best.append(counts[key])
        kept.append(words)
    telling_ones = [each for each in best if scores[_key(each.words)] >= _ONCE / 2]
    return tuple(Keyword(each.shown, each.times) for each in (telling_ones or best)[:_MOST])


def _worn(text: str) -> frozenset[str]:
    """Words that say nothing in this posting: those of its first line, and the names of firms."""
    first = next(filter(str.strip, text.splitlines()), "")
    named = [first, *_AFTER_THESE.findall(text), *_BEGINS.findall(text)]
    return frozenset(_stem(word) for words in named for word in _TOKEN.findall(words))


def _count(lines: Sequence[PostingLine]) -> dict[str, _Count]:
    counts: dict[str, _Count] = {}
    for line in lines:
        for phrase, is_first in _phrases_of(line.text):
            key = _key(phrase)
            count = counts.setdefault(key, _Count(tuple(phrase), len(counts)))
            shown = [_as_inside(phrase) if is_first else phrase[0], *phrase[1:]]
            count.forms[" ".join(shown)] += 1
            count.times += 1
            count.is_nice &= line.part == NICE
            count.is_first &= is_first
            count.is_term |= any(_is_term(word, at == 0 and is_first) for at, word in enumerate(phrase))
    return counts


def _score(count: _Count, key: str, known: frozenset[str], worn: frozenset[str]) -> float:
    """Tell how much a phrase says of its posting."""
    is_known = key in known
    plain = [word for word in count.words if word.casefold() in _GENERAL or _stem(word) in worn]
    again = min(count.times - 1, 2) - count.is_nice / 2
    if len(plain) == len(count.words) and not is_known:
        return _ANY_JOB + again / 10
    if len(count.words) == 1:
        return _score_of_word(count, is_known) + again
    if not is_known and (count.words[0] in plain or count.words[-1].endswith(_NO_NOUN)):
        return _ONCE / 2 + again / 10
    if count.is_term or is_known:
        return (_TERM if count.is_term else _SET) + again
    is_set = count.times > 1 or key.rpartition(" ")[2] in known
    return (_SET if is_set else _PHRASE) + again


def _score_of_word(count: _Count, is_known: bool) -> float:  # noqa: FBT001
    """Tell how much a single word says; what is no noun could not stand in a sentence of ours."""
    word = count.words[0]
    if count.is_term:
        return _TERM if len(word) > 2 or not word.isupper() else _ONCE
    is_noun = not word.casefold().endswith(_NO_NOUN) and not re.search(r"(?<!m)ent$", word)
    if not is_noun or (count.is_first and not word.casefold().endswith(_SUFFIXES)):
        return _ONCE / 2 - 0.1
    if is_known or "-" in word:
        return _SET
    return _AGAIN if count.times > 1 else _ONCE


def _phrases_of(line: str) -> Iterator[tuple[list[str], bool]]:
    """Give the words and phrases of a line, and whether each begins it; none has a word of every posting."""
    run: list[str] = []
    is_first = is_start = True
    for token in (*_TOKEN.findall(line), "."):
        if _ends_run(token):
            yield from _inside(run, is_first)
            run, is_start = [], (is_start and not run) or token[0] in ".:;!?"
            continue
        if not run:
            is_first = is_start
        is_start = False
        run.append(token)


def _ends_run(token: str) -> bool:
    is_word = any(letter.isalpha() for letter in token) and not token[0].isdigit()
    return not is_word or token.casefold() in _STOP


def _inside(run: Sequence[str], is_first: bool) -> Iterator[tuple[list[str], bool]]:  # noqa: FBT001
    for start in range(len(run)):
        for end in range(start + 1, min(start + _LONGEST_PHRASE, len(run)) + 1):
            phrase = list(run[start:end])
            words = [word.casefold() for word in phrase]
            is_dull = bool(_DULL.intersection(words)) or words[0] in _VERBS or len(words[0]) < 2
            if not is_dull:
                yield phrase, is_first and start == 0


def _is_term(word: str, is_first: bool) -> bool:  # noqa: FBT001
    """Tell a technical or proper term by signs and capitals; a capital that begins a line says nothing."""
    is_odd = any(letter.isupper() or letter.isdigit() or letter in "+#" for letter in word[1:])
    return is_odd or (word[0].isupper() and not is_first)


def _as_inside(phrase: Sequence[str]) -> str:
    """Write a word that began a line as it stands inside one, unless it may be a name."""
    word, low = phrase[0], phrase[0].casefold()
    is_plain = low.endswith(_SUFFIXES) or low in _GENERAL or phrase[-1].islower()
    return low if is_plain and word[1:].islower() else word


def _key(phrase: Sequence[str]) -> str:
    return " ".join(map(_stem, phrase))


def _stem(word: str) -> str:
    """What singular and plural share, whatever the case."""
    low = word.casefold()
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")) else low
