"""The stories to tell in this interview: which for what, from which side, and what to do about the gaps."""

import re
from collections.abc import Iterator

from prepvault.model.coaching import Coaching
from prepvault.model.matching import MatchRow
from prepvault.model.phrases import lower_first, sentence
from prepvault.model.story import Story
from prepvault.render.inert import inert_line
from prepvault.render.known import FITS, need_title, told_rows
from prepvault.render.section_text import Page, Written, own_words, wikilink

GAPS = 3
"""How many competencies without a story are shown: one can write one or two before an interview."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])")


def write_stories(page: Page) -> Written:
    """Write a numbered list, most asked first; then what no story answers yet."""
    match = page.coaching.dossier.match
    told, gaps = told_rows(match), match.gaps[:GAPS]
    return "Stories", [
        _lead(page, has_stories=bool(told)) if match.rows else "",
        "\n".join(
            line
            for number, (tags, row) in enumerate(told, 1)
            for line in _row(f"{number}. {_needs(tags, page.coaching)}", row, page.coaching)
        ),
        "**No story yet**" if gaps else "",
        "\n".join(_gap(row, page.coaching) for row in gaps),
    ]


def _needs(tags: tuple[str, ...], coaching: Coaching) -> str:
    """Name what one story stands for."""
    first, *others = (inert_line(need_title(tag, coaching)) for tag in tags)
    return " and ".join((f"**{first}**", *(f"**{lower_first(other)}**" for other in others)))


def _lead(page: Page, *, has_stories: bool) -> str:
    """Say how many stories to bring and how long each may be."""
    match, guide = page.coaching.dossier.match, page.coaching.guide
    count = f"{match.least} to {match.most}" if match.least != match.most else f"{match.most}"
    bring = f"Bring {count}" if match.most else "Bring the first ones"
    seconds = f" in {guide.answer_seconds} seconds" if guide and guide.answer_seconds else ""
    told = f"{bring}, each told once{seconds}, the result first. What is asked most stands first."
    return inert_line(told if has_stories else f"{bring}; the bank has none for this yet.")


def _row(head: str, row: MatchRow, coaching: Coaching) -> Iterator[str]:
    """Write one match: the story, the same in two lines, the angle, what to mind, who stands in."""
    story = row.story
    if story is None:
        return
    yield f"{head}: {wikilink(story.path, story.title)}, {FITS.get(row.fit, 'a stretch')}"
    for line in (*_in_two_lines(story), _angle(row, coaching), _aside(row)):
        if line:
            yield f"    - {line}"


def _in_two_lines(story: Story) -> tuple[str, str]:
    """Write what to open with, then how it came to that, in the story's own words."""
    opening = _first(story.part("headline"), 25) or _first(story.part("result"), 25)
    then = " ".join(filter(None, (_first(story.part(name), 22) for name in ("situation", "task", "action"))))
    return f"**Open with:** {opening}" if opening else "", f"**Then:** {then}" if then else ""


def _first(text: str, most: int) -> str:
    """Take a part's first sentence."""
    plain = " ".join(text.split())
    return sentence(own_words(_SENTENCE.split(plain)[0], most)) if plain else ""


def _angle(row: MatchRow, coaching: Coaching) -> str:
    """Say what the story must hold to answer this."""
    competency = coaching.competencies.get(row.demand.tag)
    return f"**Make sure they hear:** {inert_line(lower_first(competency.needs))}" if competency else ""


def _aside(row: MatchRow) -> str:
    """Say what lowers the fit, and which story stands in."""
    mind = f"**Mind:** {own_words('; '.join(row.why))}." if row.why else ""
    spare = f"**In reserve:** {wikilink(row.backup.path, row.backup.title)}." if row.backup else ""
    return " ".join(part for part in (mind, spare) if part)


def _gap(row: MatchRow, coaching: Coaching) -> str:
    """Write what is asked without a story, and what to do about it."""
    return f"- **{inert_line(need_title(row.demand.tag, coaching))}**: {_advice(row, row.nearest)}"


def _advice(row: MatchRow, story: Story | None) -> str:
    """Write the advice; a story that it names becomes a link."""
    text = sentence(own_words(f"{row.advice[:1].upper()}{row.advice[1:]}", 60)) if row.advice else ""
    if story is None:
        return text
    quoted = own_words(f"“{story.title}”", 60)
    return text.replace(quoted, wikilink(story.path, story.title))
