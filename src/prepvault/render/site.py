"""Draw the dashboard: model and templates in, files out; nothing is read, nothing is written."""

import json
import re
from collections.abc import Callable, Container, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from prepvault.errors import RefusedError
from prepvault.model.interview import Status
from prepvault.model.site import CompanyPage, InterviewPage, Loop, SiteModel
from prepvault.render.eml import render_eml
from prepvault.render.filters import page_filters
from prepvault.render.pages import Page
from prepvault.render.pages_calendar import calendar_pages
from prepvault.render.pages_check import check_pages
from prepvault.render.pages_companies import company_list, company_page
from prepvault.render.pages_home import home_pages
from prepvault.render.pages_list import list_pages
from prepvault.render.pages_loops import loop_page
from prepvault.render.pages_mails import mail_pages
from prepvault.render.pages_notes import interview_page
from prepvault.render.pages_prep import prep_pages
from prepvault.render.pages_schedule import schedule_pages
from prepvault.render.pages_stats import stats_pages
from prepvault.render.pages_stories import story_pages
from prepvault.render.search_index import render_search
from prepvault.render.times import utc_text

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment


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

Files = Iterator[tuple[str, bytes]]
"""Files of the site, each with its path."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PAGES: tuple[Callable[[SiteModel], Iterator[Page]], ...] = (
    home_pages,
    calendar_pages,
    list_pages,
    schedule_pages,
    company_list,
    prep_pages,
    story_pages,
    mail_pages,
    stats_pages,
    check_pages,
)


class Artist:
    """Draws pages with one set of templates; a fault in one raises RefusedError that names its file and line.

    Templates that are not all ours run in a sandbox, which is slower. `compiled` is asked for what was made
    of templates before, and told what was made of them now.
    """

    def __init__(
        self,
        templates: Mapping[str, str],
        *,
        are_ours: bool = False,
        compiled: "BytecodeCache | None" = None,
    ) -> None:
        self.are_ours = are_ours
        self._templates = templates
        self._compiled = compiled

    @cached_property
    def _environment(self) -> "Environment":
        return make_environment(self._templates, are_ours=self.are_ours, compiled=self._compiled)

    def interview(self, page: InterviewPage, site: SiteModel) -> Files:
        """Draw the page of an interview and the drafts of its mails."""
        yield self._drawn(interview_page(page, site), site)
        for draft in page.drafts:
            yield f"emails/{page.slug}-{draft.key}.eml", render_eml(draft.mail)

    def loop(self, loop: Loop, company_slug: str, site: SiteModel) -> Files:
        """Draw the page of an application that has one."""
        yield self._drawn(loop_page(loop, company_slug, site), site)

    def company(self, firm: CompanyPage, site: SiteModel) -> Files:
        """Draw the page of a company."""
        yield self._drawn(company_page(firm, site), site)

    def assets(self) -> Files:
        """Put together what every page loads, and what keeps search engines away."""
        for name, parts in ASSETS.items():
            yield name, _joined(self._templates, *parts).encode("utf-8")
        yield "robots.txt", ROBOTS

    def shared(self, site: SiteModel) -> Files:
        """Draw the pages about everything, what search reads, and the moment of the build."""
        yield "built.js", f"window.prepvaultBuilt = {json.dumps(utc_text(site.now))};\n".encode()
        yield "search.js", render_search(site, _rail())
        for pages in _PAGES:
            for page in pages(site):
                yield self._drawn(page, site)

    def _drawn(self, page: Page, site: SiteModel) -> tuple[str, bytes]:
        return page.path, draw_page(page, site, self._environment, self._templates)


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
    return clean_page(text)


def clean_page(text: str) -> bytes:
    """The bytes of a page, in which nothing stands that is no text."""
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


def make_environment(
    templates: Mapping[str, str], *, are_ours: bool = False, compiled: "BytecodeCache | None" = None
) -> "Environment":
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
        bytecode_cache=compiled,
    )
    environment.filters.update(page_filters())
    environment.globals.update(csp=CSP, navigation=NAVIGATION, statuses=tuple(Status))
    return environment
