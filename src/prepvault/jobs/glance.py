"""Draw the page of an edited interview at once, before everything that may hang on it is looked at.

Who builds round after round has the last site in memory. Where an edit changed only what the interview's own
page shows, that page is drawn from there in a few milliseconds; the round that follows settles the rest, this
page included.
"""

from dataclasses import replace
from types import MappingProxyType

from prepvault.errors import PrepVaultError
from prepvault.jobs.build_cache import BuildCache
from prepvault.jobs.context import Context
from prepvault.jobs.load import Read, read_one
from prepvault.jobs.site_files import SiteFiles
from prepvault.jobs.site_model import SiteMaker
from prepvault.jobs.site_notes import SiteNotes
from prepvault.jobs.site_sections import read_sections, read_ticks
from prepvault.model.finding import order_findings
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.outside.output import put_early
from prepvault.outside.placing import stamp_if_same
from prepvault.outside.scan import find_note

_STANDS = (
    *("slugs", "story_slugs", "loops", "companies", "links", "clashes", "loop_by_id", "company_by_id"),
    *("told_stories", "texts"),
)
"""What the last round worked out and an edit of one interview's text does not change."""

_STRUCTURE = ("id", "company", "role", "type", "job_id", "starts", "ends", "status", "outcome", "publish")


def glance(context: Context, cache: BuildCache, path: str) -> str:
    """Draw the page of one edited note; its name in the folder, empty where it is the same or has to wait."""
    last = cache.last_site
    if last is None or not isinstance(last, SiteFiles):
        return ""
    old = next((each for each in last.maker.vault.interviews if each.path == path), None)
    found = find_note(context.root, path, context.settings.text("vault.interviews"))
    if old is None or found is None:
        return ""
    minutes = {kind: guide.minutes for kind, guide in last.maker.library.guides.items()}
    try:
        read = read_one(context, found, minutes)
        new = read.interview and replace(read.interview, id=old.id)
        if new is None or any(getattr(new, name) != getattr(old, name) for name in _STRUCTURE):
            return ""
        vault = _vault_with(last.maker.vault, old, new, read, cache.known().read_before(path))
        maker = _maker_with(context, last.maker, vault, new)
        page = maker.page(new)
        name, data = next(last.artist.interview(page, maker.site_around(page)))
        if not (cache.made(name) and (cache.folder / name).exists()):
            return ""  # who deleted the folder gets a whole one, from the round
        if stamp_if_same(cache.folder, name, data, ours=True):
            return ""
        if not put_early(cache.folder, name, data):
            return ""
    except (PrepVaultError, OSError):
        return ""  # the round will say what is wrong
    return name


def _maker_with(context: Context, last: SiteMaker, vault: Vault, new: Interview) -> SiteMaker:
    """The last site with one interview as it is now."""
    sections = read_sections(vault)
    maker = replace(last, vault=vault, now=context.now, sections=sections, ticks=read_ticks(vault, sections))
    for name in _STANDS:
        if name in last.__dict__:
            maker.__dict__[name] = last.__dict__[name]
    maker.__dict__["by_id"] = {**last.by_id, new.id: new}
    maker.__dict__["notes"] = SiteNotes(vault, maker.links, sections, last.gallery)
    return maker


def _vault_with(vault: Vault, old: Interview, new: Interview, read: Read, before: Read | None) -> Vault:
    """The last vault with one note as it is now; what was found by comparing notes stands until the round."""
    path = old.path
    own = before.findings if before else ()
    stands = tuple(each for each in vault.findings if each.place.path != path or each not in own)
    return replace(
        vault,
        interviews=tuple(new if each is old else each for each in vault.interviews),
        notes=MappingProxyType({**vault.notes, path: read.note}),
        heads=MappingProxyType({**vault.heads, path: read.head}),
        findings=order_findings((*stands, *read.findings)),
        debriefs={**vault.debriefs, **({path: read.debrief} if read.debrief else {})},
    )
