"""What an interview's page shows of what is known: needs, research, earlier rounds, stories, strengths."""

from collections.abc import Iterator, Mapping, Sequence

from prepvault.model.coaching import Coaching
from prepvault.model.debrief import Promise
from prepvault.model.matching import MatchRow
from prepvault.model.posting import Keyword
from prepvault.model.site import InterviewPage, SiteModel
from prepvault.render.known import (
    FITS,
    LINES,
    NEEDS,
    most_asked,
    need_title,
    open_question,
    reasons_of,
    told_rows,
)
from prepvault.render.section_text import plain_words
from prepvault.render.times import day_text

_GAPS = 3


def brief_of(page: InterviewPage, site: SiteModel) -> Mapping[str, object]:
    """Bring together what the page shows; nothing for a closed interview, nor for strangers."""
    coaching, known = page.coaching, page.coaching.dossier
    if site.is_incognito or not page.interview.is_open:
        return {}
    links = {each.story.path: f"stories.html#{each.slug}" for each in site.stories}
    return {
        "needs": tuple(
            (need_title(each.tag, coaching), "; ".join(reasons_of(each))) for each in most_asked(coaching)
        ),
        "posting": known.posting is not None,
        "people": tuple(_people(coaching)),
        "lines": tuple((label, texts) for label, texts in _lines(coaching) if texts),
        "question": open_question(coaching, page.interview).replace("`", ""),
        "stories": tuple(_story(tags, row, coaching, links) for tags, row in told_rows(known.match)),
        "gaps": tuple(_gap(row, coaching) for row in known.match.gaps[:_GAPS]),
        "strengths": tuple(_strengths(coaching, links, site)),
    }


def _lines(coaching: Coaching) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name what the posting, the research note and earlier rounds say, each kind with its lines."""
    known, company = coaching.dossier, coaching.dossier.company
    yield "Required", _few(known.posting.musts if known.posting else ())
    words = [_counted(each) for each in known.posting.keywords[:NEEDS]] if known.posting else []
    yield "Their own words", (", ".join(words),) if words else ()
    yield "Say", _few(company.say if company else ())
    yield "Ask", _few(company.ask if company else ())
    yield "Watch", _few(company.watch if company else ())
    yield "Unknown", _few(company.unknown if company else ())
    yield "Open doubts", _few(known.open_doubts)
    yield "Went badly before", _few(known.gap_questions)
    debriefs = [each.debrief for each in reversed(known.earlier)]
    yield "Pay said", _few([pay for each in debriefs for pay in each.pay])
    promises = [each for said in debriefs for each in said.promises if not each.is_kept]
    yield "You promised", _few([_promised(each) for each in promises if each.by == "me"])
    yield "They promised", _few([_promised(each) for each in promises if each.by != "me"])


def _counted(keyword: Keyword) -> str:
    """A word of the posting, with how often it stands there."""
    times = {1: "", 2: " (twice)"}.get(keyword.count, f" ({keyword.count} times)")
    return f"{plain_words(keyword.word)}{times}"


def _promised(promise: Promise) -> str:
    due = f", by {day_text(promise.due)}" if promise.due else ""
    return f"{promise.text.rstrip('.')}{due}"


def _people(coaching: Coaching) -> Iterator[Mapping[str, str]]:
    """Write who sits there and what each weighs, once for each kind; without names the kinds assumed."""
    told: set[str] = set()
    for seat in coaching.panel:
        kind = seat.audience if seat.audience and seat.audience.id not in told else None
        told |= {kind.id} if kind else set()
        yield {
            "name": seat.person.name,
            "title": seat.person.title,
            "parts": ", ".join(seat.sessions),
            "weighs": kind.weighs if kind else "",
            "speak": kind.speak if kind else "",
        }
    for kind in () if told else coaching.audiences:
        assumed = "assumed from the type"
        yield {"name": kind.title, "title": assumed, "parts": "", "weighs": kind.weighs, "speak": ""}


def _few(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(plain_words(line) for line in lines[:LINES])


def _story(
    tags: Sequence[str], row: MatchRow, coaching: Coaching, links: Mapping[str, str]
) -> Mapping[str, str]:
    """Write one match: what for, which story and where it stands, how well it fits."""
    story = row.story
    return {
        "need": ", ".join(need_title(tag, coaching) for tag in tags),
        "title": story.title if story else "",
        "link": links.get(story.path, "") if story else "",
        "fit": FITS.get(row.fit, ""),
        "mind": "; ".join(row.why),
    }


def _gap(row: MatchRow, coaching: Coaching) -> tuple[str, str]:
    return need_title(row.demand.tag, coaching), row.advice


def _strengths(coaching: Coaching, links: Mapping[str, str], site: SiteModel) -> Iterator[Mapping[str, str]]:
    """Write the user's strengths, those asked for here first; a story only where the site shows it."""
    tags = [demand.tag for demand in coaching.dossier.demands]
    titles = {each.story.path: each.story.title for each in site.stories}
    about = coaching.dossier.about
    ordered = sorted(
        about.strengths, key=lambda each: tags.index(each.tag) if each.tag in tags else len(tags)
    )
    for each in ordered:
        yield {
            "name": each.name,
            "story": titles.get(each.story, ""),
            "link": links.get(each.story, ""),
            "impact": plain_words(each.impact),
            "need": need_title(each.tag, coaching) if each.tag in tags else "",
        }
