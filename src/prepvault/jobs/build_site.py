"""Make the whole site of a vault: what is shown, drawn, and put into its folder."""

import functools
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from prepvault import __version__
from prepvault.errors import RefusedError
from prepvault.jobs.build import BuildReport
from prepvault.jobs.build_cache import BuildCache
from prepvault.jobs.build_left import Left
from prepvault.jobs.context import Context
from prepvault.jobs.feed import MAIN, REMINDERS, check_overwritten
from prepvault.jobs.gallery import Gallery, read_gallery
from prepvault.jobs.kept import Kept
from prepvault.jobs.library import load_library
from prepvault.jobs.load import load
from prepvault.jobs.readiness import readiness_of_coming
from prepvault.jobs.site_files import SiteFiles
from prepvault.jobs.site_model import SiteMaker
from prepvault.jobs.site_sections import Ticks, read_sections, read_ticks
from prepvault.model.card import Library
from prepvault.model.finding import Finding
from prepvault.model.keys import key_of
from prepvault.model.readiness import Readiness
from prepvault.model.vault import Vault
from prepvault.model.zones import tzdata_version
from prepvault.outside.output import (
    Manifest,
    Output,
    open_output,
)
from prepvault.outside.resources import find_shipped, read_finding_page, read_templates
from prepvault.outside.scan import Scan
from prepvault.render.site import Artist
from prepvault.rules.incognito import redact
from prepvault.rules.moment import settled_moment
from prepvault.rules.published import published
from prepvault.rules.roles import pick_family

Findings = tuple[Finding, ...]
FEEDS = (MAIN, REMINDERS)


def make_site(
    context: Context,
    folder: Path,
    before: Manifest | None,
    *,
    allow_empty: bool,
    incognito: bool = False,
    scan: Scan | None = None,
    cache: BuildCache | None = None,
) -> BuildReport:
    """Make every file that is not there already as it should be, and leave what the next build can use.

    `scan` is what was found in the vault, `cache` what the last build left.
    """
    read = cache.library(context) if cache else None
    vault = load(context, scan=scan, known=cache.known() if cache else None, cards=read)
    if not allow_empty:
        _refuse_emptied(before, vault)
    library, _ = read or load_library(without_own_cards(context) if incognito else context)
    gallery = Gallery() if incognito else read_gallery(context, published(vault))
    words = cache.remember("words", lambda: _name_words(context, library)) if cache else ""
    words = words or _name_words(context, library)
    inputs = _digest_of_inputs(vault, words, gallery, incognito=incognito)
    moment = _moment(context, vault, before, inputs)
    stamped = _stamped(context, before, inputs)
    foreign = () if cache and cache.has_untouched(FEEDS) else tuple(_foreign_feeds(folder))
    at = replace(context, now=moment)
    site = site_files(at, vault, library, gallery, stamped=stamped, cache=cache, incognito=incognito)
    with open_output(folder, context.root, before) as place:
        told = _put_all(place, site, cache)
        if site.is_settled and before:
            moment = _read_moment(before.moment) or moment
        held, stands = len(vault.interviews), moment.isoformat()
        done = place.finish(interviews=held, moment=stands, inputs=inputs, stamped=stamped.isoformat())
    findings, next_at = (*vault.findings, *told), datetime.fromtimestamp(site.next_at, UTC)
    if cache:
        cache.finish(context, _left(vault, findings, gallery, moment, next_at, site), place.stamps)
    return BuildReport(folder, done, len(vault.interviews), (*findings, *foreign), next_at=next_at)


def _left(
    vault: Vault,
    findings: Findings,
    gallery: Gallery,
    moment: datetime,
    next_at: datetime,
    site: SiteFiles,
) -> Left:
    return Left(
        vault=vault,
        findings=findings,
        made=moment,
        until=site.until,
        next_at=next_at,
        pictures=(*gallery.pictures, *gallery.refused),
        site=site,
    )


def _put_all(place: Output, site: SiteFiles, cache: BuildCache | None) -> Findings:
    """Put every file aside as it is drawn, leave what lies there already, and pass on the findings."""
    files = site.all()
    while True:
        try:
            name, data = next(files)
        except StopIteration as end:
            findings: Findings = end.value
            return findings
        if data is None and cache:
            place.keep(name, cache.kept.lying[name])
        elif data is not None:
            place.put(name, data)


def _refuse_emptied(before: Manifest | None, vault: Vault) -> None:
    """A vault that had interviews and has none is more likely mislaid than done."""
    if before and before.interviews and not vault.interviews:
        raise RefusedError(
            f"the last build had {before.interviews} interviews and now the vault has none",
            hint="look where the notes went, or build with `--allow-empty` if that is right",
        )


def without_own_cards(context: Context) -> Context:
    """A vault's own cards are its owner's words; a page for strangers is coached by ours."""
    values = {**context.settings.values, "coaching.content": ""}
    return replace(context, settings=replace(context.settings, values=MappingProxyType(values)))


def _foreign_feeds(folder: Path) -> Iterator[Finding]:
    """Remark on a feed that a calendar app wrote into: it is about to be written anew."""
    for name in FEEDS:
        if (folder / name).is_file():
            yield from check_overwritten(name, (folder / name).read_bytes())


def _digest_of_inputs(vault: Vault, words: str, gallery: Gallery, *, incognito: bool) -> str:
    """Name everything that the pages are made from, the time apart."""
    notes = [(path, note.digest, note.modified) for path, note in sorted(vault.notes.items())]
    return key_of(
        (__version__, tzdata_version(), incognito, notes, vault.names),
        (dict(vault.settings.values), dict(vault.settings.renamed)),
        (vault.name, vault.settings.zone, vault.findings, vault.strict_breaks),
        sorted((path, each.text) for path, each in vault.postings.items()),
        (words, gallery.digests),
    )


def _name_words(context: Context, library: Library) -> str:
    """Name everything that is said besides the notes: the cards and the templates."""
    return key_of(library, sorted(load_templates(context).items()))


def _moment(context: Context, vault: Vault, before: Manifest | None, inputs: str) -> datetime:
    """When pages of now would say nothing new, let the last build's stand: its bytes stay, too."""
    is_same = context.is_live and before is not None and before.inputs == inputs
    last = _read_moment(before.moment) if before and is_same else None
    return settled_moment(vault, last, context.now) if last else context.now


def _stamped(context: Context, before: Manifest | None, inputs: str) -> datetime:
    """The latest moment at which events may claim to have changed: the last one while all is as it was."""
    last = _read_moment(before.stamped) if before and before.inputs == inputs else None
    return last if last and context.is_live else context.now


def _read_moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def site_files(
    context: Context,
    vault: Vault,
    library: Library,
    gallery: Gallery,
    *,
    stamped: datetime | None = None,
    cache: BuildCache | None = None,
    incognito: bool = False,
) -> SiteFiles:
    """Prepare every file of the dashboard; nothing is drawn or written before it is asked for."""
    public = published(vault)
    sections = read_sections(public)
    ticks = read_ticks(public, sections)
    weighed = None
    if incognito:
        known = readiness_of_coming(context, public, library, ticks, sections)
        public, ticks, weighed = hide_names(public, library, ticks, known)
        sections = {}
    maker = SiteMaker(
        public,
        library,
        context.now,
        ticks,
        sections,
        gallery,
        functools.cache(_title_of),
        is_incognito=incognito,
        weighed=weighed,
    )
    are_ours = not context.settings.text("site.templates")
    if cache:
        artist = cache.artist(lambda: load_templates(context), are_ours=are_ours)
    else:
        artist = Artist(load_templates(context), are_ours=are_ours)
    base, kept = (cache.base, cache.kept) if cache else ("", Kept())
    return SiteFiles(context, maker, artist, base, kept, stamped or context.now)


def hide_names(
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


def _title_of(code: str) -> str:
    """The title of the page that explains a finding."""
    page = read_finding_page(code) or ""
    lines = (line for line in page.splitlines() if line.startswith("title:"))
    return next(lines, "").removeprefix("title:").strip().strip("\"'")
