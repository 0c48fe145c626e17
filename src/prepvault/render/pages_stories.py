"""The page about stories: what the bank covers, what to write next, every story with its uses, the pitch."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from prepvault.model.bank import CoverageRow, StoryReview
from prepvault.model.pitch import Pitch
from prepvault.model.site import SiteModel, StoryPage
from prepvault.render.pages import Page
from prepvault.render.pages_loops import round_label
from prepvault.render.pieces import pitch_pieces, ticked_pieces
from prepvault.render.times import day_text

_STRENGTHS = {1: "weak", 2: "fair", 3: "good", 4: "strong"}
_MARKS = {"primary": "its main point", "secondary": "shows it too", "reframe": "can be turned to it"}
_LANDED = {"yes": "landed", "so-so": "so-so", "no": "did not land"}
_ORDER = ("ready", "sound", "to mend", "draft", "retired")
_SHORT = 12
_MINING = 3
_FEW = 3
_NEXT = {
    "sound": "Say it aloud on two days, then write its strength into the note.",
    "ready": "",
    "retired": "Rests: no interview gets it.",
}
_PITCH_PARTS = (
    ("role", "what you do, in plain words", "backend engineer at a hospital supplier"),
    (
        "present",
        "what you answer for today, in one sentence",
        "I keep the stock service right for 40 clinics",
    ),
    (
        "achievements",
        "three or four, each with its number",
        "Cut wrong stock records from 1,100 to none (cv)",
    ),
    ("goal", "what you want next", "lead a small team on a service that people depend on"),
    ("name", "your name", "Robin Doe"),
)


def story_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the story bank."""
    titles = {row.need.tag: row.need.title for row in site.coverage.table}
    planned = _planned(site)
    stories = tuple(
        _story(each, review, site, titles, planned.get(number, ()))
        for number, (each, review) in enumerate(zip(site.stories, _reviews(site), strict=True))
    )
    rows = tuple(_row(row, site, stories) for row in site.coverage.table)
    values = {
        "summary": _summary(stories),
        "stories": stories,
        "asked": tuple(row for row in rows if row["asked"]),
        "others": tuple(row for row in rows if not row["asked"]),
        "next": _next(site),
        "health": tuple((line, ticked_pieces(line.hint)) for line in site.bank.health),
        "met": sum(line.is_met for line in site.bank.health),
        "pitches": tuple(_pitch(each) for each in site.pitches),
        "unset": _unset(site),
    }
    yield Page("stories.html", "stories.html", "Stories", values, "stories.html")


def _reviews(site: SiteModel) -> Sequence[StoryReview | None]:
    return site.bank.reviews or (None,) * len(site.stories)


def _summary(stories: Sequence[Mapping[str, object]]) -> str:
    """Count the active stories and say how far they are: `7 active: 2 ready, 5 sound`."""
    active = [str(each["state"]) for each in stories if each["state"] != "retired"]
    counts = ", ".join(
        f"{number} {state}" for state in _ORDER if state in active and (number := active.count(state))
    )
    noun = "story" if len(active) == 1 else "stories"
    return f"{len(active)} active {noun}{f': {counts}' if counts else ''}"


def _story(
    page: StoryPage,
    review: StoryReview | None,
    site: SiteModel,
    titles: Mapping[str, str],
    planned: tuple[tuple[str, str], ...],
) -> Mapping[str, object]:
    story, last = page.story, _last_told(page, site)
    state = "retired" if story.retired else review.state if review else ""
    landed = {use.interview: _LANDED.get(use.landed, "") for use in story.uses}
    return {
        "page": page,
        "story": story,
        "state": state,
        "shows": tuple(
            (mark, titles.get(tag, tag.replace("-", " ")))
            for mark, tags in (
                ("primary", [story.primary] if story.primary else []),
                ("secondary", story.secondary),
                ("reframe", story.reframes),
            )
            for tag in dict.fromkeys(tags)
        ),
        "strength": _STRENGTHS.get(story.strength, "not scored yet"),
        "aloud": _aloud(review),
        "times": {0: "not told yet", 1: "told once"}.get(page.times, f"told {page.times} times"),
        "last": day_text(last) if last else "",
        "uses": tuple((each, landed.get(each, "")) for each in page.uses),
        "planned": planned[:_FEW],
        "planned_more": max(len(planned) - _FEW, 0),
        "mend": _mend(review, state),
    }


def _aloud(review: StoryReview | None) -> str:
    """How long it takes to tell: `1 min 50 s aloud, 240 words`."""
    if review is None or not review.words:
        return ""
    minutes, seconds = divmod(review.seconds, 60)
    clock = " ".join(part for part in (f"{minutes} min" if minutes else "", f"{seconds} s") if part)
    return f"{clock} aloud, {review.words} words"


def _mend(review: StoryReview | None, state: str) -> Mapping[str, object]:
    """The one thing to do next about a story, with how serious it is."""
    if review is None:
        return {}
    if state != "retired" and review.remarks:
        first = review.remarks[0]
        said = f"{first.text}; {first.hint}".rstrip(".")
        return {
            "label": "Mend first" if first.is_serious else "Polish",
            "text": ticked_pieces(f"{said}."),
        }
    text = _NEXT.get(state, "")
    return {"label": "Next", "text": ticked_pieces(text)} if text else {}


def _last_told(page: StoryPage, site: SiteModel) -> date | None:
    days = [site.interviews[each].interview.starts.date() for each in page.uses]
    return max((*days, *(use.day for use in page.story.uses if use.day)), default=None)


def _planned(site: SiteModel) -> Mapping[int, tuple[tuple[str, str], ...]]:
    """Name for each story, by its place, the interviews to come that it is for, and what it answers there."""
    found: dict[int, dict[str, list[str]]] = {}
    for row in site.coverage.table:
        for number, cell in enumerate(row.cells):
            for each in cell.told_in:
                found.setdefault(number, {}).setdefault(each, []).append(row.need.title)
    order = {each.id: number for number, each in enumerate(site.overview.upcoming)}
    return {
        number: tuple(
            (each, ", ".join(needs)) for each, needs in sorted(where.items(), key=lambda at: order[at[0]])
        )
        for number, where in found.items()
    }


def _row(row: CoverageRow, site: SiteModel, stories: Sequence[Mapping[str, object]]) -> Mapping[str, object]:
    """One competency: a cell per story, and the same again as a list for narrow screens."""
    cells = tuple(
        {
            "mark": cell.mark,
            "words": _MARKS.get(cell.mark, ""),
            "told": tuple(_short_round(each, site) for each in cell.told_in[:_FEW]),
            "more": max(len(cell.told_in) - _FEW, 0),
        }
        for cell in row.cells
    )
    return {
        "need": row.need,
        "asked": len(row.need.asked_by),
        "is_gap": row.is_gap,
        "weak_in": "" if row.is_gap else _names(row.need.open_in, site),
        "cells": cells,
        "shown": tuple(
            (stories[number], cell) for number, cell in enumerate(cells) if cell["mark"] or cell["told"]
        ),
    }


def _names(ids: Sequence[str], site: SiteModel) -> str:
    """Name the companies of interviews to come, each once: `Fernhill, Kestrel and 2 more`."""
    names = list(dict.fromkeys(_short_round(each, site)["short"] for each in ids))
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{', '.join(names[:_FEW])}{more}"


def _short_round(interview_id: str, site: SiteModel) -> Mapping[str, str]:
    """An interview to come in a word or two, with all of it for who cannot see where it stands."""
    page = site.interviews[interview_id]
    each = page.interview
    return {
        "href": f"interviews/{page.slug}.html",
        "short": short_name(each.company or each.type_label),
        "full": f"{each.title}, {round_label(each).lower()}, {day_text(each.starts)}",
    }


def short_name(company: str) -> str:
    """A company's name where there is room for a word or two only."""
    first = company.split()[0] if company.split() else ""
    if len(company) <= _SHORT:
        return company
    return first if 3 <= len(first) <= _SHORT else f"{company[: _SHORT - 1].rstrip()}…"


def _next(site: SiteModel) -> Mapping[str, object]:
    """The competency for which one new story would help most, and which interviews ask for it."""
    need = site.bank.next_need
    if need is None:
        return {}
    where = need.open_in or need.shared_in
    who = "1 interview to come asks" if len(where) == 1 else f"{len(where)} interviews to come ask"
    why = "no story answers it well" if need.open_in else "the story that answers it is needed elsewhere"
    cards = next((each.competencies for each in site.prep.values()), {})
    mining = cards[need.tag].mining[:_MINING] if need.tag in cards else ()
    return {"need": need, "where": where[:_FEW], "why": f"{who} for it, and {why}.", "mining": mining}


def _pitch(pitch: Pitch) -> Mapping[str, object]:
    wrong = tuple(each for each in pitch.checks if not each.ok)
    return {
        "pitch": pitch,
        "label": "2 minutes" if pitch.seconds == 120 else f"{pitch.seconds} seconds",
        "pieces": pitch_pieces(pitch.text, pitch),
        "wrong": tuple((each, ticked_pieces(each.found), ticked_pieces(each.hint)) for each in wrong),
        "good": len(pitch.checks) - len(wrong),
    }


def _unset(site: SiteModel) -> tuple[Mapping[str, str], ...]:
    """What the pitch still lacks of `[profile]`: each key with what it is for and an example line."""
    known = {**site.profile, "achievements": "; ".join(site.achievements)}
    return tuple(
        {
            "key": key,
            "what": what,
            "line": f'{key} = ["{example}"]' if key == "achievements" else f'{key} = "{example}"',
        }
        for key, what, example in _PITCH_PARTS
        if not known.get(key)
    )
