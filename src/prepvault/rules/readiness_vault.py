"""Parts of readiness that other notes of the vault tell of: the company's research, the story bank."""

from collections.abc import Iterator
from shlex import quote

from prepvault.model.interview import InterviewType
from prepvault.model.matching import MatchRow
from prepvault.model.research import PartState
from prepvault.rules.competencies import title_of
from prepvault.rules.fit import UNWRITTEN
from prepvault.rules.preparation import MUST, OTHER, Measured, Move, Preparation

_FIELD_MINUTES, _STORY_MINUTES, _MENDED_MINUTES = 2, 20, 10
_NAMED = 3


def measure_research(known: Preparation) -> Measured | None:
    """Count filled fields: for a phone screen those of a first pass, else all, the former double."""
    interview, state = known.interview, known.research
    if not interview.company or interview.type is InterviewType.DEBRIEF or not known.needs("research"):
        return None
    if not state.company.publish:
        return None
    is_short = interview.type is InterviewType.PHONE_SCREEN
    parts = [each for each in state.parts if each.part.is_quick or not is_short]
    total = sum(_part_worth(each) * len(each.part.fields) for each in parts)
    if not total:
        return None
    filled, fields = sum(each.filled for each in parts), sum(len(each.part.fields) for each in parts)
    has_note = bool(state.company.path)
    return Measured(
        share=sum(_part_worth(each) * each.filled for each in parts) / total,
        found=f"{filled} of {fields} research fields filled" if has_note else "no research note yet",
        missing=_research_left(parts) if has_note else f"a research note on {interview.company}",
        moves=tuple(_research_moves(known, parts, total)),
    )


def _research_left(parts: list[PartState]) -> str:
    """Name up to three parts with something open, the first pass before all others."""
    opened = [each.part.title for each in _by_use(parts) if each.filled < len(each.part.fields)]
    more = f" and {len(opened) - _NAMED} more" if len(opened) > _NAMED else ""
    return f"fields under {', '.join(opened[:_NAMED])}{more}" if opened else ""


def _by_use(parts: list[PartState]) -> list[PartState]:
    return sorted(parts, key=lambda each: not each.part.is_quick)


def _part_worth(state: PartState) -> int:
    return MUST if state.part.is_quick else OTHER


def _research_moves(known: Preparation, parts: list[PartState], total: int) -> Iterator[Move]:
    """Fill what is open in one part, the first pass before all others; without a note, begin with it."""
    company = known.interview.company
    opened = [each for each in parts if each.filled < len(each.part.fields)]
    quick = [each for each in opened if each.part.is_quick]
    chosen = quick or opened
    if not known.research.company.path:
        titles = ", ".join(each.part.title for each in chosen)
        text = f"Make a research note on {company} and fill its first parts: {titles}"
        yield _filling(text, chosen, total, known, f"prepvault research {quote(company)}")
        return
    for each in chosen:
        count = len(each.part.fields) - each.filled
        text = f"Fill {count} field{'s' * (count > 1)} under {each.part.title} in the note on {company}"
        yield _filling(text, [each], total, known, "")


def _filling(text: str, parts: list[PartState], total: int, known: Preparation, command: str) -> Move:
    count = sum(len(each.part.fields) - each.filled for each in parts)
    gain = sum(_part_worth(each) * (len(each.part.fields) - each.filled) for each in parts) / total
    is_whole = all(each.part.is_quick for each in parts) and bool(command)
    ticks = "research" if is_whole and known.item("research") else ""
    return Move(text=text, minutes=_FIELD_MINUTES * count, gain=gain, ticks=ticks, command=command)


def measure_stories(known: Preparation) -> Measured | None:
    """Half for as many stories as the type asks for, half for needs that one of them answers."""
    match = known.coaching.dossier.match
    if not match.rows or not match.most or not known.needs("stories"):
        return None
    wanted = max(1, min(match.least, len(match.rows)))
    own = min(len(match.stories), wanted)
    answered = len(match.rows) - len(match.gaps)
    tags = known.coaching.competencies
    bare = ", ".join(title_of(row.demand.tag, tags) for row in match.gaps[:_NAMED])
    return Measured(
        share=(own / wanted + answered / len(match.rows)) / 2,
        found=f"{own} of {wanted} stories, {answered} of {len(match.rows)} needs answered",
        missing=f"no story for {bare}" if bare else f"{wanted - own} more to tell" * (own < wanted),
        moves=tuple(_story_moves(known, wanted, own)),
    )


def _story_moves(known: Preparation, wanted: int, own: int) -> Iterator[Move]:
    match, tags = known.coaching.dossier.match, known.coaching.competencies
    more = (own < wanted) / wanted / 2
    for row in match.gaps:
        yield _story_for(row, more + 1 / len(match.rows) / 2, title_of(row.demand.tag, tags))
    if more and not match.gaps:
        text = "Write one more story that fits, so that none is told twice"
        yield Move(text=text, minutes=_STORY_MINUTES, gain=more)


def _story_for(row: MatchRow, gain: float, need: str) -> Move:
    """Finish the story that was begun for a need, else write one; the first story of all ends an item."""
    if row.nearest and UNWRITTEN in row.why:
        text = f"Finish your story “{row.nearest.title}”: it would show {need}"
        return Move(text=text, minutes=_MENDED_MINUTES, gain=gain, serves=("first-stories",))
    command = f"prepvault story new {quote(need[:1].upper() + need[1:])} --for {quote(row.demand.tag)}"
    text = f"Write a story for {need}: none of yours answers it here"
    return Move(text=text, minutes=_STORY_MINUTES, gain=gain, serves=("first-stories",), command=command)
