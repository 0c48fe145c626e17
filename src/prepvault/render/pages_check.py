"""The page of findings: grouped by note, the gravest first, each with what can be pasted to mend it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from prepvault.model.finding import Finding, Severity
from prepvault.model.site import SiteModel
from prepvault.render.pages import Page
from prepvault.render.pages_home import count_words
from prepvault.render.pieces import ticked_pieces

_MOST = 200
"""Most notes with their findings in full; the terminal tells all."""

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_NOUNS = {
    Severity.ERROR: ("errors", "stop a note from being shown or fed right"),
    Severity.WARNING: ("warnings", "probably not what you mean"),
    Severity.INFO: ("remarks", "worth knowing, nothing is broken"),
}
_TICKED = re.compile(r"`([^`]+)`")
_COMMAND = re.compile(r"prepvault [a-z].*")
_LINE = re.compile(r"[a-z_]+: \S.*")


def check_pages(site: SiteModel) -> Iterator[Page]:
    """Lay out the findings."""
    groups = _groups(site)
    values = {
        "summary": count_words(site.findings),
        "counts": tuple(_count(each, site.findings) for each in _ORDER),
        "groups": groups[:_MOST],
        "left": max(len(groups) - _MOST, 0),
        "fixable": sum(each.fixable for each in site.findings),
        "notes": len(site.interviews)
        + len(site.stories)
        + sum(firm.company is not None for firm in site.companies),
    }
    yield Page("check.html", "check.html", "Check", values, "check.html", shows_state=True)


def _count(severity: Severity, findings: Sequence[Finding]) -> Mapping[str, object]:
    noun, what = _NOUNS[severity]
    number = sum(each.severity is severity for each in findings)
    return {"key": severity.value, "number": number, "noun": noun[:-1] if number == 1 else noun, "what": what}


def _groups(site: SiteModel) -> tuple[Mapping[str, object], ...]:
    """One group per note: those with the gravest findings first, then by their path."""
    shown = _pages(site)
    groups: dict[str, list[Finding]] = {}
    for finding in site.findings:
        groups.setdefault(finding.place.path, []).append(finding)
    order = sorted(groups, key=lambda path: (min(_ORDER.index(each.severity) for each in groups[path]), path))
    return tuple(
        {
            "key": f"group-{number}",
            "path": path or "prepvault.toml",
            "title": shown[path][0] if path in shown else "",
            "page": shown[path][1] if path in shown else "",
            "note_link": site.note_links.get(path, ""),
            "summary": count_words(tuple(groups[path])),
            "found": tuple(
                _shown(each, f"group-{number}-{place}", site)
                for place, each in enumerate(
                    sorted(groups[path], key=lambda each: (_ORDER.index(each.severity), each.place)), 1
                )
            ),
        }
        for number, path in enumerate(order, 1)
    )


def _shown(finding: Finding, key: str, site: SiteModel) -> Mapping[str, object]:
    return {
        "finding": finding,
        "key": key,
        "title": site.finding_titles.get(finding.code, ""),
        "line": f"line {finding.place.line}" if finding.place.line else "",
        "word": _NOUNS[finding.severity][0][:-1],
        "message": ticked_pieces(finding.message),
        "hint": ticked_pieces(finding.hint),
        "paste": pasted(finding.hint),
    }


def _pages(site: SiteModel) -> Mapping[str, tuple[str, str]]:
    """What each note is called on the site, and where it is shown."""
    pages = {
        each.interview.path: (each.interview.title, f"interviews/{each.slug}.html")
        for each in site.interviews.values()
    }
    pages |= {each.story.path: (each.story.title, f"stories.html#{each.slug}") for each in site.stories}
    return pages | {
        each.company.path: (each.name, f"companies/{each.slug}.html")
        for each in site.companies
        if each.company
    }


def pasted(hint: str) -> str:
    """What of a hint can be pasted: a command, else a line of a note; empty where it only says what to do."""
    if _COMMAND.fullmatch(hint):
        return hint
    ticked = _TICKED.findall(hint)
    return next(
        (each for pattern in (_COMMAND, _LINE) for each in ticked if pattern.fullmatch(each)),
        "",
    )
