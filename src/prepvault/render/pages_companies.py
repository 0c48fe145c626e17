"""The pages about companies: the list with where each stands, and one company with all that is known."""

import shlex
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from prepvault.model.research import Age, PartState, ResearchState
from prepvault.model.site import CompanyPage, Loop, SiteModel, Standing
from prepvault.render.pages import Page
from prepvault.render.pages_loops import people_of, stands_of
from prepvault.render.pages_prose import filled_in
from prepvault.render.rounds import round_label, rounds_of

_INDEX = "companies/index.html"
_FEW = 3
_BREATH = (
    ("say", "Say", "what you know and they will not expect"),
    ("ask", "Ask", "what only they can answer"),
    ("watch", "Watch", "what could make you say no"),
    ("unknown", "Unknown", "looked for and not found"),
)


def company_list(site: SiteModel) -> Iterator[Page]:
    """Lay out the list of the companies."""
    stands = stands_of(site)
    firms = [
        _listed(each, site, stands) for each in sorted(site.companies, key=lambda each: _rank(each, site))
    ]
    values = {
        "live": tuple(each for each in firms if each["is_live"]),
        "rest": tuple(each for each in firms if not each["is_live"]),
    }
    yield Page(_INDEX, "companies.html", "Companies", values, _INDEX)


def company_page(firm: CompanyPage, site: SiteModel) -> Page:
    """Lay out the page of a company."""
    return Page(f"companies/{firm.slug}.html", "company.html", firm.name, _company(firm, site), _INDEX)


def _listed(firm: CompanyPage, site: SiteModel, stands: Mapping[str, str]) -> dict[str, object]:
    pages = [site.interviews[each] for each in firm.ids]
    coming = [each for each in pages if each.standing is Standing.UPCOMING]
    loops = _applications(firm, site)
    return {
        "firm": firm,
        "is_live": any(each.is_active for each in loops),
        "loops": tuple((each, stands[each.key]) for each in loops[:_FEW]),
        "more": max(len(loops) - _FEW, 0),
        "next": coming[0] if coming else None,
        "next_label": round_label(coming[0].interview) if coming else "",
        "held": len(pages) - len(coming),
        "ahead": len(coming),
        "research": _research_words(firm),
    }


def _rank(firm: CompanyPage, site: SiteModel) -> tuple[bool, float, str]:
    """What comes next stands first, then what was met last."""
    pages = [site.interviews[each] for each in firm.ids]
    starts = [each.interview.starts.timestamp() for each in pages]
    coming = [each.interview.starts.timestamp() for each in pages if each.standing is Standing.UPCOMING]
    return (not coming, min(coming) if coming else -max(starts, default=0), firm.name.casefold())


def _research_words(firm: CompanyPage) -> Mapping[str, object]:
    """How far the research is, in words, and as a share for the bar beside them."""
    state = firm.research
    if state is None:
        return {"share": 0, "text": "A note, not read yet" if firm.company else "None yet", "aged": 0}
    share = round(100 * state.filled / state.fields) if state.fields else 0
    return {"share": share, "text": f"{state.filled} of {state.fields} fields", "aged": len(state.aged)}


def _company(firm: CompanyPage, site: SiteModel) -> Mapping[str, object]:
    pages = [site.interviews[each] for each in firm.ids]
    loops = _applications(firm, site)
    coming = [each for each in pages if each.standing is Standing.UPCOMING]
    return {
        "firm": firm,
        "notes": filled_in(firm.html),
        "host": urlsplit(firm.company.website).netloc if firm.company and firm.company.website else "",
        "applications": tuple({"loop": each, "rounds": rounds_of(_own(each, firm), site)} for each in loops),
        "next": coming[0] if coming else None,
        "people": people_of(pages),
        "breath": _breath(firm),
        "parts": tuple(_part(each) for each in firm.research.parts) if firm.research else (),
        "command": _command(firm, site),
    }


def _applications(firm: CompanyPage, site: SiteModel) -> tuple[Loop, ...]:
    return tuple(loop for loop in site.loops if set(loop.ids) & set(firm.ids))


def _own(loop: Loop, firm: CompanyPage) -> tuple[str, ...]:
    """Its rounds at this company: a job's id may by mistake stand in notes of two."""
    return tuple(each for each in loop.ids if each in firm.ids)


def _command(firm: CompanyPage, site: SiteModel) -> str:
    return "" if site.is_incognito else f"prepvault research {shlex.quote(firm.name)}"


def _breath(firm: CompanyPage) -> tuple[Mapping[str, object], ...]:
    """Say, Ask, Watch, Unknown, each with its lines; all four as soon as one has any."""
    state: ResearchState | None = firm.research
    if state is None:
        return ()
    lines = {
        "say": state.company.say,
        "ask": state.company.ask,
        "watch": state.company.watch,
        "unknown": state.unknown,
    }
    if not any(lines.values()):
        return ()
    return tuple(
        {"key": key, "label": label, "hint": hint, "lines": lines[key]} for key, label, hint in _BREATH
    )


def _part(state: PartState) -> Mapping[str, object]:
    """One of the ten parts: how many of its fields are filled, and whether they are fresh."""
    ages = [each.age for each in state.facts]
    old = sum(age in {Age.STALE, Age.OLD} for age in ages)
    undated = ages.count(Age.UNDATED)
    words = [f"{old} to look at again"] if old else []
    words += [f"{undated} without a day"] if undated else []
    return {
        "title": state.part.title,
        "filled": state.filled,
        "fields": len(state.part.fields),
        "age": ", ".join(words) or ("fresh" if ages else "nothing yet"),
        "kind": "old" if old else "none" if not ages else "plain" if undated else "fresh",
        "where": state.part.where,
        "so_what": state.so_what,
    }
