"""The index that the search of every page reads: names and where they lead, no text of any note."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from prepvault.model.card import Question
from prepvault.model.interview import Interview, Person
from prepvault.model.site import InterviewPage, SiteModel
from prepvault.render.filters import css_name
from prepvault.render.pages_list import place_words
from prepvault.render.pages_loops import loop_title, round_label
from prepvault.render.times import at_home, day_text, utc_text

Entry = tuple[str, ...]
"""Title, detail, path, further words to be found by; for an open interview its start and its end."""

_UNSAFE = re.compile("[<>&\u2028\u2029]")
_CONTROLS = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DETAIL = 90


def render_search(site: SiteModel, pages: Iterable[tuple[str, str]]) -> bytes:
    """Write the index as a script, since a page opened from a file may read nothing else.

    `pages` are the rail's, each with its name and its path. Nothing in it depends on the hour.
    """
    text = json.dumps(search_index(site, pages), ensure_ascii=False, separators=(",", ":"))
    safe = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", _CONTROLS.sub(chr(0xFFFD), text))
    return f"window.prepvaultIndex={safe};\n".encode()


def search_index(site: SiteModel, pages: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[Entry]]:
    """Bring together what may be found, by group; groups without an entry are left out."""
    groups = {
        "Interviews": _interviews(site),
        "Companies": _companies(site),
        "People": _people(site),
        "Applications": _loops(site),
        "Stories": _stories(site),
        "Preparation": _preparation(site),
        "Questions": _questions(site),
        "E-mails": _mails(site),
        "Pages": (_entry(label, "", path) for label, path in pages),
    }
    return {label: tuple(found) for label, entries in groups.items() if (found := list(entries))}


def _entry(title: str, detail: str, path: str, *more: str) -> Entry:
    """One entry, as short as it can be: empty parts at its end are left out."""
    parts = [title, detail, path, *more]
    while not parts[-1]:
        parts.pop()
    return tuple(parts)


def _words(parts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))


def _dotted(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _interviews(site: SiteModel) -> Iterator[Entry]:
    """Every interview in order of its start; when it is ahead is for the reader's clock to say."""
    for page in sorted(site.interviews.values(), key=lambda each: (each.interview.starts, each.slug)):
        yield _interview(page, site)


def _interview(page: InterviewPage, site: SiteModel) -> Entry:
    each = page.interview
    here = at_home(each, site.zone)
    hour = "" if each.all_day else f", {here.starts:%H:%M}"
    people: dict[str, str] = {}
    for person in _met(each):
        people.setdefault(person.key, person.name)
    outcome = each.outcome.label if each.outcome else ""
    return _entry(
        each.title,
        _dotted((round_label(each), f"{day_text(here.starts.date())}{hour}", ", ".join(people.values()))),
        f"interviews/{page.slug}.html",
        _words((each.id, each.job_id, place_words(each), each.status.label, outcome)),
        *((utc_text(each.starts), utc_text(each.ends)) if each.is_open else ()),
    )


def _met(interview: Interview) -> Iterator[Person]:
    yield from interview.people
    for session in interview.sessions:
        yield from session.people


def _companies(site: SiteModel) -> Iterator[Entry]:
    for firm in site.companies:
        number = len(firm.ids)
        detail = f"{number} interview{'' if number == 1 else 's'}" if number else "research only"
        aliases = firm.company.aliases if firm.company else ()
        yield _entry(firm.name, detail, f"companies/{firm.slug}.html", _words(aliases))


def _people(site: SiteModel) -> Iterator[Entry]:
    """Everyone met, once for each company, where that company is shown; the others at their interview."""
    firms = {firm.slug: firm for firm in site.companies}
    seen: set[tuple[str, str]] = set()
    found = []
    for page in site.interviews.values():
        each, firm = page.interview, firms.get(page.company_slug)
        known = {person.key: person.title for person in firm.people} if firm else {}
        path = f"companies/{firm.slug}.html" if firm else f"interviews/{page.slug}.html"
        place = firm.name if firm else each.title
        for person, part in _everyone(each):
            if person.key and (person.key, path) not in seen:
                seen.add((person.key, path))
                title = person.title or known.get(person.key, "") or part
                found.append(_entry(person.name, _dotted((title, place)), path))
    return iter(sorted(found, key=lambda entry: (entry[0].casefold(), entry)))


def _everyone(interview: Interview) -> Iterator[tuple[Person, str]]:
    """Who sits in an interview and who stands around it, with their part where no title says it."""
    yield from ((person, "") for person in _met(interview))
    for person, part in ((interview.recruiter, "Recruiter"), (interview.referrer, "Referrer")):
        if person:
            yield person, part


def _loops(site: SiteModel) -> Iterator[Entry]:
    for loop in site.loops:
        if loop.slug:
            number = len(loop.ids)
            detail = f"{number} round{'' if number == 1 else 's'}"
            yield _entry(loop_title(loop), detail, f"loops/{loop.slug}.html", loop.job_id)


def _stories(site: SiteModel) -> Iterator[Entry]:
    for each in site.stories:
        tags = ", ".join(tag.replace("-", " ") for tag in each.story.tags)
        yield _entry(each.story.title, tags, f"stories.html#{each.slug}")


def _preparation(site: SiteModel) -> Iterator[Entry]:
    """The page of each type, the longer texts, the role families."""
    for kind, coaching in site.prep.items():
        purpose = coaching.guide.purpose if coaching.guide else ""
        yield _entry(kind.label, _short(purpose), f"prep/{kind.value}.html")
    texts = {
        each.id: each.title for coaching in site.prep.values() for each in (coaching.star, coaching.strengths)
    }
    for key, title in texts.items():
        if site.texts.get(key):
            yield _entry(title, "", f"prep/index.html#{key}")
    if site.texts.get("research"):
        yield _entry("Company research template", "", "companies/index.html#template")
    yield _entry("Elevator pitch", "", "stories.html#pitch")
    for family in site.families:
        yield _entry(
            f"Questions: {family.title}", _short(", ".join(family.areas)), "prep/index.html#families"
        )


def _questions(site: SiteModel) -> Iterator[Entry]:
    """Every question of the cards once, where it stands first."""
    seen: set[str] = set()
    for question, detail, path in _asked(site):
        if question.text not in seen:
            seen.add(question.text)
            yield _entry(question.text, detail, path)


def _asked(site: SiteModel) -> Iterator[tuple[Question, str, str]]:
    for family in site.families:
        yield from ((each, family.title, "prep/index.html#families") for each in family.questions)
    for kind, coaching in site.prep.items():
        path = f"prep/{kind.value}.html"
        yield from ((each, kind.label, f"{path}#questions-title") for each in coaching.questions)
        yield from ((each, f"To ask · {kind.label}", f"{path}#ask-title") for each in coaching.ask)


def _mails(site: SiteModel) -> Iterator[Entry]:
    for mail in site.templates:
        yield _entry(mail.title, _short(mail.subject), f"emails.html#template-{css_name(mail.kind)}")


def _short(text: str) -> str:
    return text if len(text) <= _DETAIL else f"{text[:_DETAIL].rsplit(' ', 1)[0]} …"
