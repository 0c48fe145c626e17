"""How stories, their measures and their matches are worded on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import TYPE_CHECKING

from prepvault.cli.report import Piece, Styled
from prepvault.cli.wording import plural, shortened, wrapped

if TYPE_CHECKING:
    from prepvault.jobs.stories import StoryBank
    from prepvault.model.bank import Need, StoryRemark, StoryReview
    from prepvault.model.competency import Competency
    from prepvault.model.matching import MatchRow, StoryMatch

_STATE_STYLES = {"ready": "ok", "sound": "ok", "draft": "warning", "to mend": "warning", "retired": "dim"}
_FITS = {3: ("strong", "ok"), 2: ("fair", "ok"), 1: ("a stretch", "warning")}
_HEADINGS: tuple[Piece, ...] = tuple(
    Styled(word, "dim") for word in ("STORY", "SHOWS", "STRENGTH", "TOLD", "STATE")
)
_UNREADY = {"draft": "still a draft", "to mend": "something to mend"}
_FIRST, _MOST_TITLE, _MOST_SHOWS = 2, 32, 22


def table(reviews: Sequence[StoryReview], told: Mapping[str, int]) -> list[Sequence[Piece]]:
    """One row per story, under headings; nothing without stories."""
    rows: list[Sequence[Piece]] = [_HEADINGS] if reviews else []
    for review in reviews:
        story = review.story
        shows = ", ".join(story.tags)
        rows.append(
            (
                Styled(shortened(story.title, _MOST_TITLE), "dim" if story.retired else "strong"),
                shortened(shows, _MOST_SHOWS) or "-",
                str(story.strength or "-"),
                str(told.get(story.id, 0)),
                Styled(review.state, _STATE_STYLES.get(review.state, "")),
            )
        )
    return rows


def asked_next(missing: Sequence[Need]) -> Iterator[str]:
    """What upcoming interviews ask for and no story answers well."""
    if missing:
        named = (
            f"{need.title} ({len(need.open_in)} interviews)" if len(need.open_in) > 1 else need.title
            for need in missing[:5]
        )
        yield from wrapped(f"asked for next, without a good story: {', '.join(named)}")


def tag_lines(known: Mapping[str, Competency]) -> Iterator[str]:
    """The tags to choose from, in lines."""
    yield from wrapped(", ".join(known), indent="  ")


def competency_lines(competency: Competency | None) -> Iterator[Piece]:
    """What a story for this competency must hold, and questions that help to remember one."""
    if competency:
        yield Styled(competency.title, "strong")
        for text in (competency.needs, f"Not: {competency.trap}", *competency.mining[:2]):
            yield from wrapped(text, indent="  ")


def short_review(review: StoryReview) -> Iterator[Piece]:
    """One story in a few lines: where it stands, and the two things to mend first."""
    if review.story.retired:
        return
    yield _title(review)
    for remark in review.remarks[:_FIRST]:
        yield from _remark(remark, with_hint=False)
    if len(review.remarks) > _FIRST:
        yield Styled(
            f"  and {len(review.remarks) - _FIRST} more: prepvault story check {quote(review.story.id)}",
            "dim",
        )


def whole_review(review: StoryReview, competency: Competency | None) -> Iterator[Piece]:
    """One story with its measures, everything to mend, and what its competency asks for."""
    yield _title(review)
    for part in review.parts:
        if part.words or part.name != "headline":
            bar = "#" * round(part.share / 4)
            yield f"  {part.name:<11}{part.share:>3} % of {part.target:>2} %  {bar}"
    if review.is_foreign:
        yield from wrapped(
            "it seems not to be English, so only lengths and numbers were checked", indent="  "
        )
    for remark in review.remarks:
        yield from _remark(remark, with_hint=True)
    if not review.remarks:
        yield "  nothing to mend"
    if competency:
        yield Styled(f"as a story for {competency.title.lower()}", "strong")
        yield from wrapped(f"it must hold: {_lower(competency.needs)}", indent="  ", hanging="    ")
        yield from wrapped(f"the trap: {_lower(competency.trap)}", indent="  ", hanging="    ")
        for probe in competency.probes[:2]:
            yield from wrapped(f"they may ask: {probe}", indent="  ", hanging="    ")


def health(read: StoryBank) -> Iterator[Piece]:
    """The bank as a whole, and the one story that would help most."""
    yield Styled("the bank", "strong")
    for line in read.bank.health:
        mark, style = ("ok  ", "") if line.is_met else ("mend", "warning")
        for each in wrapped(f"{line.wanted}: {line.found}", indent=f"  {mark}  ", hanging="        "):
            yield Styled(each, style)
        if not line.is_met and line.hint:
            yield from (Styled(each, "dim") for each in wrapped(line.hint, indent="        "))
    need = read.bank.next_need
    if need:
        where = need.open_in or need.shared_in
        yield Styled("write next", "strong")
        asked = f"{need.title}: {plural(len(where), 'interview')} to come would gain by it"
        yield from wrapped(asked, indent="  ")
        known = read.competencies.get(need.tag)
        for question in known.mining[:2] if known else ():
            yield from wrapped(question, indent="  ", hanging="    ")
        yield f"  prepvault story new --for {quote(need.tag)}"


def match_lines(
    match: StoryMatch,
    competencies: Mapping[str, Competency],
    states: Mapping[str, str],
    *,
    has_stories: bool,
) -> Iterator[Piece]:
    """What is asked for most first, the story for each, then the gaps with what to do."""
    if not match.rows:
        yield "it asks for no stories" if has_stories else "nothing is known yet of what it asks for"
        return
    if match.most:
        count = f"{match.least} to {match.most}" if match.least != match.most else str(match.most)
        fitting, told = len(match.stories), len(match.rows) - len(match.gaps)
        own = f"{fitting} of yours fit{'s' * (fitting == 1)}"
        needs = f"for {told} of the {len(match.rows)} things asked for" if told else "yet"
        stories = "story" if match.most == 1 else "stories"
        yield from wrapped(f"Bring {count} {stories}; {own} {needs}. What is asked for most stands first.")
    for number, row in enumerate((each for each in match.rows if each.story), 1):
        yield from _matched(row, number, competencies, states)
    if match.gaps:
        yield Styled("no story yet", "warning")
    for row in match.gaps:
        yield from wrapped(f"{_need(row, competencies)}: {row.advice}", indent="  ", hanging="      ")


def _matched(
    row: MatchRow, number: int, competencies: Mapping[str, Competency], states: Mapping[str, str]
) -> Iterator[Piece]:
    story = row.story
    if story is None:
        return
    fit, style = _FITS.get(row.fit, ("a stretch", "warning"))
    yield Styled(f"{number:>2}. {_need(row, competencies)}: {story.title} ({fit})", style)
    yield from wrapped(f"asked because {'; '.join(row.demand.reasons)}", indent="      ")
    if row.why:
        yield from wrapped(f"but {'; '.join(row.why)}", indent="      ")
    if not row.is_shared and states.get(story.id) in _UNREADY:
        yield Styled(
            f"      {_UNREADY[states[story.id]]}: prepvault story check {quote(story.id)}", "warning"
        )
    if row.is_shared:
        yield from wrapped(row.advice, indent="      ")
    elif row.backup:
        heard = " (they have heard it)" if row.is_backup_heard else ""
        yield from wrapped(f"in reserve: {row.backup.title}{heard}", indent="      ")


def _need(row: MatchRow, competencies: Mapping[str, Competency]) -> str:
    known = competencies.get(row.demand.tag)
    return known.title if known else row.demand.tag.replace("-", " ")


def _title(review: StoryReview) -> Styled:
    measure = f", {plural(review.words, 'word')}, {_clock(review.seconds)}" if review.words else ""
    return Styled(f"{review.story.title}: {review.state}{measure}", _STATE_STYLES.get(review.state, ""))


def _remark(remark: StoryRemark, *, with_hint: bool) -> Iterator[Piece]:
    mark = "!" if remark.is_serious else "-"
    yield from wrapped(f"{mark} {remark.text}", indent="  ", hanging="    ")
    if with_hint:
        yield from (Styled(each, "dim") for each in wrapped(remark.hint, indent="    "))


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _lower(text: str) -> str:
    """Begin with a small letter, unless the first word is `I` or an abbreviation."""
    first = text.partition(" ")[0]
    is_name = first.startswith(("I'", "I’")) or first == "I" or (len(first) > 1 and first.isupper())
    return text if is_name else text[:1].lower() + text[1:]
