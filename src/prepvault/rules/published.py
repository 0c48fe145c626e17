"""What may leave the vault: everything but the notes that say `publish: false`."""

import re
from dataclasses import replace

from prepvault.model.about import About
from prepvault.model.company import Company
from prepvault.model.finding import Finding
from prepvault.model.note import Head, Value
from prepvault.model.story import Story
from prepvault.model.vault import Vault

YES = frozenset({"true", "yes", "y", "on", "1", "x", "done", "ja", "oui", "si"})
"""What means true for a checkbox; every other word that is not empty keeps a note private."""


def published(vault: Vault) -> Vault:
    """Leave out unpublished interviews, stories and companies with their notes, findings and mentions.

    A note that cannot be read, or only in parts, is left out too when its front matter says so. An
    unpublished company stays as a name only, so that its interviews are not taken for another company's.
    With a note go its debrief and what was read for it; a posting has a `publish` of its own.
    """
    hidden = _hidden_paths(vault)
    postings = {
        path: each for path, each in vault.postings.items() if each.publish and not {path, each.path} & hidden
    }
    unseen = hidden | {each.path for each in vault.postings.values() if not each.publish}
    if not unseen:
        return vault
    names = _names_of(vault, hidden)
    return replace(
        vault,
        interviews=tuple(each for each in vault.interviews if each.path not in hidden),
        unread=tuple(each for each in vault.unread if each.path not in hidden),
        stories=tuple(_untold(each, names) for each in vault.stories if each.path not in hidden),
        companies=tuple(_name_only(each) if each.path in hidden else each for each in vault.companies),
        notes={path: note for path, note in vault.notes.items() if path not in hidden},
        heads={path: head for path, head in vault.heads.items() if path not in hidden},
        names=tuple(path for path in vault.names if path not in unseen),
        findings=tuple(each for each in vault.findings if not _mentions(each, unseen)),
        postings=postings,
        debriefs={path: each for path, each in vault.debriefs.items() if path not in hidden},
        also_read=(),
        holds=tuple(each for each in vault.holds if each.path not in hidden),
        facts={path: each for path, each in vault.facts.items() if path not in hidden},
        about=About() if vault.about.path in hidden else vault.about,
    )


def _hidden_paths(vault: Vault) -> frozenset[str]:
    own = vault.settings.property_name("publish")
    companies = {each.path for each in vault.companies}
    hidden = {each.path for each in vault.interviews if not each.publish}
    for path, head in vault.heads.items():
        # Properties may have other names in interviews; those of companies have them as well as our own.
        names = {own, "publish"} if path in companies else {own}
        if any(_says_no(vault, path, head, name) for name in names):
            hidden.add(path)
    return frozenset(hidden)


def _says_no(vault: Vault, path: str, head: Head, name: str) -> bool:
    """Tell whether front matter keeps its note private; a line that cannot be read for certain does."""
    said = head.values if head.valid else head.rescued
    if name in said or head.valid:
        return _is_no(said.get(name))
    note = vault.notes.get(path)
    named = re.compile(rf"^[ \t]*([\"']?){re.escape(name)}\1[ \t]*:[ \t]*\S".encode(), re.MULTILINE)
    return note is not None and named.search(note.data) is not None


def _is_no(value: Value) -> bool:
    if value is None or isinstance(value, bool):
        return value is False
    word = "" if isinstance(value, list | dict) else str(value).strip().lower()
    is_empty = isinstance(value, str) and not word
    return not is_empty and word not in YES


def _name_only(company: Company) -> Company:
    return Company(name=company.name, path=company.path, aliases=company.aliases, publish=False)


def _names_of(vault: Vault, hidden: frozenset[str]) -> frozenset[str]:
    """Every way in which a story may name an unpublished interview."""
    unseen = [each for each in vault.interviews if each.path in hidden]
    paths = [each.path.removesuffix(".md") for each in unseen]
    return frozenset((*(each.id for each in unseen), *paths, *(path.rpartition("/")[2] for path in paths)))


def _untold(story: Story, names: frozenset[str]) -> Story:
    """Take the tellings in unpublished interviews out of a story."""
    return replace(
        story,
        used=tuple(each for each in story.used if each.removesuffix(".md") not in names),
        uses=tuple(each for each in story.uses if each.interview.removesuffix(".md") not in names),
    )


def _mentions(finding: Finding, hidden: frozenset[str]) -> bool:
    words = f"{finding.message}\n{finding.hint}\n{finding.found}\n{finding.expected}"
    return finding.place.path in hidden or any(path.removesuffix(".md") in words for path in hidden)
