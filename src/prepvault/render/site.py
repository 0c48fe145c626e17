"""Draw the dashboard: model and templates in, files out; nothing is read, nothing is written."""

import json
import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import TYPE_CHECKING

from prepvault.errors import RefusedError
from prepvault.model.interview import Status
from prepvault.model.site import SiteModel
from prepvault.render.eml import render_eml
from prepvault.render.filters import page_filters
from prepvault.render.pages import Page
from prepvault.render.pages_calendar import calendar_pages
from prepvault.render.pages_check import check_pages
from prepvault.render.pages_companies import company_pages
from prepvault.render.pages_home import home_pages
from prepvault.render.pages_list import list_pages
from prepvault.render.pages_loops import loop_pages
from prepvault.render.pages_mails import mail_pages
from prepvault.render.pages_notes import interview_pages
from prepvault.render.pages_prep import prep_pages
from prepvault.render.pages_schedule import schedule_pages
from prepvault.render.pages_stats import stats_pages
from prepvault.render.pages_stories import story_pages
from prepvault.render.search_index import render_search
from prepvault.render.times import utc_text

if TYPE_CHECKING:
    from jinja2 import Environment


def _group(label: str, *entries: tuple[str, str, str]) -> Mapping[str, object]:
    """A group of pages in the rail, each with its path, its name and its icon."""
    return {
        "key": label.lower().replace(" ", "-"),
        "label": label,
        "entries": tuple(dict(zip(("path", "label", "icon"), each, strict=True)) for each in entries),
    }


CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'"
)
ROBOTS = b"User-agent: *\nDisallow: /\n"
"""Asks search engines to stay away, as every page does by itself; it keeps out nobody who does not ask."""

ASSETS = {"app.css": ("style/", ".css"), "app.js": ("script/", ".js"), "form.js": ("form/", ".js")}
"""The stylesheet and the script of every page, and the form's own, each put together from its parts in the
order of their names.
"""

NAVIGATION: tuple[Mapping[str, object], ...] = (
    _group(
        "",
        ("index.html", "Dashboard", "now"),
        ("interviews/index.html", "Interviews", "interviews"),
        ("calendar.html", "Calendar", "calendar"),
        ("emails.html", "E-mails", "mail"),
    ),
    _group(
        "Prepare",
        ("prep/index.html", "Preparation", "prepare"),
        ("stories.html", "Stories", "stories"),
        ("companies/index.html", "Companies", "companies"),
    ),
    _group("Look back", ("stats.html", "Statistics", "chart"), ("check.html", "Check", "alert")),
)
_FAULTS = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What a template's own words may end in, besides the engine's errors."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PAGES: tuple[Callable[[SiteModel], Iterator[Page]], ...] = (
    home_pages,
    calendar_pages,
    list_pages,
    schedule_pages,
    interview_pages,
    loop_pages,
    company_pages,
    prep_pages,
    story_pages,
    mail_pages,
    stats_pages,
    check_pages,
)


def render_site(
    site: SiteModel, templates: Mapping[str, str], *, are_ours: bool = False
) -> Mapping[str, bytes]:
    """Draw every page, the two assets, what search reads, the moment of the build and the drafts, by path.

    Templates that are not all ours run in a sandbox, which is slower. A fault in a template raises
    RefusedError that names the template's file and line.
    """
    environment = make_environment(templates, are_ours=are_ours)
    files = {name: _joined(templates, *parts).encode("utf-8") for name, parts in ASSETS.items()}
    files["robots.txt"] = ROBOTS
    files["built.js"] = f"window.prepvaultBuilt = {json.dumps(utc_text(site.now))};\n".encode()
    files["search.js"] = render_search(site, _rail())
    for pages in _PAGES:
        for page in pages(site):
            files[page.path] = draw_page(page, site, environment, templates)
    for each in site.interviews.values():
        for draft in each.drafts:
            name = f"emails/{each.slug}-{draft.key}.eml"
            files[name] = render_eml(draft.mail)
    return files


def _rail() -> Iterator[tuple[str, str]]:
    """Every page of the rail, its name and its path."""
    for group in NAVIGATION:
        for entry in group["entries"]:  # type: ignore[attr-defined]
            yield entry["label"], entry["path"]


def _joined(templates: Mapping[str, str], folder: str, ending: str) -> str:
    names = sorted(name for name in templates if name.startswith(folder) and name.endswith(ending))
    return "\n".join(templates[name] for name in names)


def draw_page(page: Page, site: SiteModel, environment: "Environment", templates: Container[str]) -> bytes:
    """Draw one page; `templates` are the names of those that may be at fault."""
    from jinja2 import TemplateError

    try:
        text = environment.get_template(page.template).render(
            **page.values,
            site=site,
            root=page.root,
            heading=page.heading,
            current=page.current,
            shows_state=page.shows_state,
        )
    except (TemplateError, *_FAULTS) as error:
        raise _fault(error, page, templates) from error
    return f"{_CONTROLS.sub(chr(0xFFFD), text)}\n".encode()


def _fault(error: Exception, page: Page, templates: Container[str]) -> RefusedError:
    """Say which template and line failed: the innermost that the error came through."""
    name, line = getattr(error, "name", None), getattr(error, "lineno", 0)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in templates:
            name, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    place = f"{name or page.template}:{line}" if line else name or page.template
    return RefusedError(
        f"the template `{place}` failed on `{page.path}`: {error}",
        hint="correct that template, or unset `[site] templates` to use the built-in ones",
    )


def make_environment(templates: Mapping[str, str], *, are_ours: bool = False) -> "Environment":
    """Make the template engine: escaping on, unknown names are faults, others' templates in a sandbox."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def find(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (templates[name], name, lambda: True) if name in templates else None

    environment = (Environment if are_ours else ImmutableSandboxedEnvironment)(
        loader=FunctionLoader(find),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters.update(page_filters())
    environment.globals.update(csp=CSP, navigation=NAVIGATION, statuses=tuple(Status))
    return environment
