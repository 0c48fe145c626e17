"""Read a posting closely: what it asks for, how often, and in which words."""

from collections.abc import Iterable, Mapping

from prepvault.model.competency import Competency
from prepvault.model.posting import Posting, PostingText
from prepvault.rules.posting_lines import DUTY, FIRM, MUST, NICE, OTHER, PostingLine, posting_lines
from prepvault.rules.posting_verbs import gives_work
from prepvault.rules.posting_weights import weigh_lines
from prepvault.rules.posting_words import own_words_of

_MOST_LINES = 20


def decode_posting(posting: PostingText, competencies: Mapping[str, Competency]) -> Posting:
    """Weigh what a posting asks for by the words of each competency; the words shown are its own.

    What stands under headings about the firm, its offer and how to apply asks for nothing and is left out.
    """
    lines = tuple(line for line in posting_lines(posting.text) if line.part != FIRM)
    telling = {word for each in competencies.values() for word in each.words}
    asked = weigh_lines(lines, competencies)
    work = [line.text for line in lines if line.part in {DUTY, MUST, OTHER}]
    return Posting(
        path=posting.path,
        tags=tuple((each.tag, each.lines) for each in asked),
        weights=tuple((each.tag, each.weight) for each in asked),
        keywords=own_words_of(posting.text, lines, telling),
        musts=_under(lines, MUST),
        nices=_under(lines, NICE),
        owns=_first(text for text in work if gives_work(text) is True),
        supports=_first(text for text in work if gives_work(text) is False),
    )


def _under(lines: Iterable[PostingLine], part: str) -> tuple[str, ...]:
    return _first(line.text for line in lines if line.part == part)


def _first(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, no more than anybody reads."""
    return tuple(dict.fromkeys(texts))[:_MOST_LINES]
