"""Build the dashboard: check, calendar, pages and data; nothing is written into the vault's notes."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from prepvault import __version__
from prepvault.errors import RefusedError
from prepvault.jobs.context import Context
from prepvault.jobs.feed import check_overwritten, feed
from prepvault.jobs.gallery import Gallery, read_gallery
from prepvault.jobs.library import load_library
from prepvault.jobs.load import load
from prepvault.jobs.materials import materials
from prepvault.jobs.readiness import readiness_of_coming
from prepvault.jobs.site_model import SiteMaker
from prepvault.jobs.site_sections import Ticks, read_sections, read_ticks
from prepvault.model.card import Library
from prepvault.model.finding import Finding, has_errors
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.readiness import Readiness
from prepvault.model.site import SiteModel
from prepvault.model.vault import Vault
from prepvault.model.zones import tzdata_version
from prepvault.outside import environment
from prepvault.outside.output import Manifest, OutputReport, check_folder, read_manifest, write_output
from prepvault.outside.resources import find_shipped, read_finding_page, read_templates
from prepvault.render.api import render_api
from prepvault.render.site import render_site
from prepvault.rules.incognito import redact
from prepvault.rules.moment import next_moment, settled_moment
from prepvault.rules.published import published
from prepvault.rules.roles import pick_family


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; `findings` are about the notes, `is_failed` tells whether they fail the run.

    `is_exposed` is true where pages with real names were built in a place from which pages are usually
    published, and nothing says that this is meant. `next_at` is when the pages stop being true by themselves.
    """

    folder: Path
    output: OutputReport
    interviews: int
    findings: tuple[Finding, ...]
    is_failed: bool
    is_exposed: bool = False
    next_at: datetime | None = None


def build(
    context: Context,
    *,
    output: str | Path | None = None,
    incognito: bool = False,
    allow_empty: bool = False,
    strict: bool = False,
) -> BuildReport:
    """Write the dashboard, the feeds and the data files.

    RefusedError, with nothing written, where the output folder is not ours, a template fails, or a vault
    that had interviews has none now and `allow_empty` is off. With `strict`, warnings fail the run too.
    """
    folder, asked_at = output_folder(context, output), context.now
    check_folder(folder, context.root)
    vault = load(context)
    before = read_manifest(folder)
    if not allow_empty:
        _refuse_emptied(before, vault)
    library, _ = load_library(_without_own_cards(context) if incognito else context)
    gallery = Gallery() if incognito else read_gallery(context, published(vault))
    inputs = _digest_of_inputs(context, vault, library, gallery, incognito=incognito)
    context = replace(context, now=_moment(context, vault, before, inputs))
    files, findings = site_files(context, vault, library, gallery, incognito=incognito)
    findings = (*findings, *_foreign_feeds(folder))
    moment, held = context.now.isoformat(), len(vault.interviews)
    done = write_output(folder, files, root=context.root, interviews=held, moment=moment, inputs=inputs)
    return BuildReport(
        folder=folder,
        output=done,
        interviews=held,
        findings=findings,
        is_failed=has_errors(findings, strict=strict),
        is_exposed=not incognito and _is_exposed(context),
        next_at=next_moment(vault, asked_at),
    )


def _refuse_emptied(before: Manifest | None, vault: Vault) -> None:
    """A vault that had interviews and has none is more likely mislaid than done."""
    if before and before.interviews and not vault.interviews:
        raise RefusedError(
            f"the last build had {before.interviews} interviews and now the vault has none",
            hint="look where the notes went, or build with `--allow-empty` if that is right",
        )


def _is_exposed(context: Context) -> bool:
    return environment.is_automated() and not context.settings.flag("site.public")


def _without_own_cards(context: Context) -> Context:
    """A vault's own cards are its owner's words; a page for strangers is coached by ours."""
    values = {**context.settings.values, "coaching.content": ""}
    return replace(context, settings=replace(context.settings, values=MappingProxyType(values)))


def _foreign_feeds(folder: Path) -> Iterator[Finding]:
    """Remark on a feed that a calendar app wrote into: it is about to be written anew."""
    for name in ("interviews.ics", "reminders.ics"):
        if (folder / name).is_file():
            yield from check_overwritten(name, (folder / name).read_bytes())


def _digest_of_inputs(
    context: Context, vault: Vault, library: Library, gallery: Gallery, *, incognito: bool
) -> str:
    """Name everything that the pages are made from, the time apart."""
    notes = [(path, note.digest) for path, note in sorted(vault.notes.items())]
    made_from = (
        (__version__, tzdata_version(), incognito, notes, vault.names),
        (dict(vault.settings.values), dict(vault.settings.renamed)),
        (vault.name, vault.settings.zone, vault.interviews, vault.unread, vault.findings),
        vault.strict_breaks,
        sorted((path, each.text) for path, each in vault.postings.items()),
        (library, sorted(load_templates(context).items()), gallery.digests),
    )
    return sha256(repr(made_from).encode("utf-8", "surrogatepass")).hexdigest()


def _moment(context: Context, vault: Vault, before: Manifest | None, inputs: str) -> datetime:
    """When pages of now would say nothing new, let the last build's stand: its bytes stay, too."""
    if not (context.is_live and before and before.moment and before.inputs == inputs):
        return context.now
    try:
        return settled_moment(vault, datetime.fromisoformat(before.moment), context.now)
    except (ValueError, TypeError):
        return context.now


def output_folder(context: Context, output: str | Path | None = None) -> Path:
    """Where the dashboard goes: as named from where one stands, else the setting, below the vault."""
    if output is not None:
        return Path(os.path.abspath(output))  # noqa: PTH100
    return Path(os.path.abspath(context.root / context.settings.text("vault.output")))  # noqa: PTH100


def site_files(
    context: Context, vault: Vault, library: Library, gallery: Gallery, *, incognito: bool = False
) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    """Draw every file of the dashboard as bytes by path, and tell all findings; nothing is written."""
    public = published(vault)
    sections = read_sections(public)
    ticks = read_ticks(public, sections)
    weighed = None
    if incognito:
        known = readiness_of_coming(context, public, library, ticks, sections)
        public, ticks, weighed = _hide(public, library, ticks, known)
        sections = {}
    report = feed(replace(context, settings=public.settings), public)
    maker = SiteMaker(
        public, library, context.now, ticks, sections, gallery, is_incognito=incognito, weighed=weighed
    )
    shown = () if incognito else report.findings
    model = maker.model(frozenset(report.singles), _titles((*public.findings, *shown)), shown)
    files = {
        **render_site(model, load_templates(context), are_ours=not context.settings.text("site.templates")),
        **render_api(model, _materials(library, model)),
        **{f"interviews/{maker.slugs[key]}.ics": data for key, data in report.singles.items()},
        "interviews.ics": report.main,
        "reminders.ics": report.reminders,
        **gallery.files,
    }
    return files, (*vault.findings, *report.findings)


def _hide(
    vault: Vault, library: Library, ticks: Ticks, weighed: Mapping[str, Readiness]
) -> tuple[Vault, Ticks, Mapping[str, Readiness]]:
    """Redact a vault; ticks, role families and numbers stay with their interviews, they name nobody."""
    families = {each.id: pick_family(library, each.role, each.role_family)[0] for each in vault.interviews}
    hidden = redact(vault, {key: (family.id, family.title) for key, family in families.items()})
    new_ids = {old.id: new.id for old, new in zip(vault.interviews, hidden.interviews, strict=True)}
    return (
        hidden,
        {new_ids[key]: each for key, each in ticks.items()},
        {new_ids[key]: each.without_words() for key, each in weighed.items()},
    )


def load_templates(context: Context) -> Mapping[str, str]:
    """Read the templates that come with the program, the vault's own in their place."""
    templates = dict(read_templates(find_shipped("site_templates")))
    own = context.settings.text("site.templates")
    if not own:
        return templates
    folder = Path(os.path.realpath(context.root / own))
    if not folder.is_relative_to(os.path.realpath(context.root)) or not folder.is_dir():
        raise RefusedError(
            f"`[site] templates` names `{own}`, which is no folder in the vault",
            hint="make that folder, or unset the setting",
        )
    return templates | dict(read_templates(folder))


def _materials(library: Library, model: SiteModel) -> Callable[[Interview], Mapping[str, object]]:
    """Give the coaching of an interview's type, role and family; for those alike it is picked once."""

    @cache
    def picked(kind: InterviewType, role: str, family: str) -> Mapping[str, object]:
        return materials(library, kind, role, family)

    def of(interview: Interview) -> Mapping[str, object]:
        family = model.interviews[interview.id].coaching.family.id
        return picked(interview.type or InterviewType.VIDEO_INTERVIEW, interview.role, family)

    return of


def _titles(findings: tuple[Finding, ...]) -> Mapping[str, str]:
    """The title of each finding's page, by code."""
    titles = {}
    for code in sorted({each.code for each in findings}):
        page = read_finding_page(code) or ""
        lines = (line for line in page.splitlines() if line.startswith("title:"))
        titles[code] = next(lines, "").removeprefix("title:").strip().strip("\"'")
    return titles
