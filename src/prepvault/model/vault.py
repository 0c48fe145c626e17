"""A vault: everything one load read, immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prepvault.model.about import About
from prepvault.model.company import Company
from prepvault.model.debrief import Debrief
from prepvault.model.finding import Finding
from prepvault.model.interview import Interview
from prepvault.model.note import Head, Note
from prepvault.model.posting import PostingText
from prepvault.model.settings import Settings
from prepvault.model.story import Story

if TYPE_CHECKING:
    from prepvault.model.free_time import Hold


@dataclass(frozen=True, slots=True)
class Unread:
    """An interview note whose time could not be read: shown with its findings, in no calendar."""

    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """One load, one truth.

    `interviews` are in order of start, then id. `notes` and `heads` hold the interview, story, company
    and hold notes by path. `postings` and `debriefs` are by the path of the interview's note; an interview
    without has no entry. `names` are the paths of every file in the vault that a link may point to. With
    `strict_breaks` a single line end in a note means a space. `also_read` are the paths of further files that
    it depends on. `facts` names by path what others may say of an interview. `holds` are times
    offered to companies, also those that are over.
    """

    name: str
    settings: Settings
    interviews: tuple[Interview, ...] = ()
    unread: tuple[Unread, ...] = ()
    stories: tuple[Story, ...] = ()
    companies: tuple[Company, ...] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    postings: Mapping[str, PostingText] = field(default_factory=dict)
    debriefs: Mapping[str, Debrief] = field(default_factory=dict)
    about: About = field(default_factory=About)
    strict_breaks: bool = False
    also_read: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    holds: tuple[Hold, ...] = ()

    def findings_of(self, path: str) -> tuple[Finding, ...]:
        """The findings about one note."""
        return tuple(finding for finding in self.findings if finding.place.path == path)
