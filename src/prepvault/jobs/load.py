"""Read a whole vault: one load, one truth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from prepvault.errors import PrepVaultError
from prepvault.jobs.context import Context
from prepvault.jobs.find_notes import find_notes
from prepvault.jobs.library import load_library
from prepvault.model.about import About
from prepvault.model.card import Library
from prepvault.model.company import Company
from prepvault.model.debrief import Debrief
from prepvault.model.finding import Finding, Place, Severity, order_findings
from prepvault.model.interview import Interview
from prepvault.model.note import Head, Note
from prepvault.model.story import Story
from prepvault.model.vault import Unread, Vault
from prepvault.outside.disk import NoteRefusedError, read_note
from prepvault.outside.obsidian import read_strict_breaks
from prepvault.outside.scan import FoundNote, Scan
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.interview import parse_interview
from prepvault.rules.checks.all import check_vault
from prepvault.rules.identity import settle_identities

if TYPE_CHECKING:
    from prepvault.model.free_time import Hold

_OTHER_PLUGINS = ("excalidraw-plugin", "kanban-plugin")
_DEBRIEF = re.compile(rb"(?:^|\r) {0,3}#{1,6}[ \t]+[ \t*_:]*debrief", re.IGNORECASE | re.MULTILINE)
"""What the heading of a debrief begins with: few notes have one, so few are searched for more."""


Cards = tuple[Library, tuple[Finding, ...]]
"""The library, and what is wrong with the vault's own cards."""


@dataclass(frozen=True, slots=True)
class Read:
    """What one note gave; it depends on nothing but the note, its place and the settings.

    `debrief` is None without one, `is_unread` is true for an interview whose time could not be read. A note
    that is none of ours after all gave only itself. `facts` names, for who keeps reads, what pages of other
    interviews may say of an interview: its properties and its debrief, not its text.
    """

    note: Note
    head: Head
    findings: tuple[Finding, ...] = ()
    interview: Interview | None = None
    story: Story | None = None
    company: Company | None = None
    debrief: Debrief | None = None
    is_unread: bool = False
    is_foreign: bool = False
    facts: str = ""
    hold: Hold | None = None

    def saved_at(self, modified: datetime) -> Read:
        """The same text in a file that was saved at another moment."""
        interview = self.interview and replace(self.interview, modified=modified)
        return replace(self, note=replace(self.note, modified=modified), interview=interview)


class Known:
    """What earlier loads read of the notes; this one knows nothing and keeps nothing."""

    def find(self, found: FoundNote) -> Read | None:
        """Give what a note gave before, None where it may have changed since."""

    def recognise(self, note: Note) -> Read | None:
        """Give what a note with this very text gave before."""

    def learn(self, found: FoundNote, read: Read) -> Read:
        """Keep what a note gave, and give it back with what keeping it adds."""
        return read


def load(
    context: Context, *, scan: Scan | None = None, known: Known | None = None, cards: Cards | None = None
) -> Vault:
    """Read every note that is ours, and check it; all findings are in the vault, in order.

    `scan` is what was found already, `cards` the whole library; what is `known` of a note is not read again.
    """
    library, card_findings = cards or load_library(context, "types")
    scan = scan or find_notes(context)
    minutes = {kind: guide.minutes for kind, guide in library.guides.items()}
    reading = _Reading(context, minutes, known or Known())
    for found in scan.notes:
        reading.read(found)
    reading.read_about(scan)
    vault = reading.settle(scan)
    if any(each.is_open for each in vault.interviews):
        from prepvault.jobs.postings import read_postings

        postings, lost, looked_into = read_postings(context, vault)
        vault = replace(vault, postings=postings, also_read=(*vault.also_read, *looked_into))
        reading.findings += lost
    checks = check_vault(vault, lambda *parts: library if cards else load_library(context, *parts)[0])
    if context.unreadable:  # a zone may well be set there, and the hint would write over it
        checks = tuple(finding for finding in checks if finding.code != "zone/unset")
    findings = (*context.findings, *card_findings, *scan.findings, *reading.findings, *checks)
    return replace(vault, findings=order_findings(findings))


def read_one(context: Context, found: FoundNote, minutes: Mapping[str, int]) -> Read:
    """Read one note as a load would; `minutes` are the usual lengths by type. Raises PrepVaultError."""
    reading = _Reading(context, minutes, Known())
    return reading.read_as(read_note(context.root, found.path), found)


@dataclass(slots=True)
class _Reading:
    """What has been read so far; one bad note adds its findings and stops nothing."""

    context: Context
    minutes: Mapping[str, int]
    known: Known
    interviews: list[Interview] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    companies: list[Company] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    debriefs: dict[str, Debrief] = field(default_factory=dict)
    about: About = field(default_factory=About)
    facts: dict[str, str] = field(default_factory=dict)
    holds: list[Hold] = field(default_factory=list)

    def read(self, found: FoundNote) -> None:
        """Read one note as what its folder, or else its front matter, says it is."""
        read = self.known.find(found)
        if read is None:
            try:
                note = read_note(self.context.root, found.path)
            except PrepVaultError as error:
                self._report_unread(found, error)
                return
            read = self.known.recognise(note) or self.known.learn(found, self.read_as(note, found))
        if not read.is_foreign:
            self._take(read)

    def _report_unread(self, found: FoundNote, error: PrepVaultError) -> None:
        code = error.code if isinstance(error, NoteRefusedError) else "note/unreadable"
        place = Place(found.path, 1)
        self.findings.append(Finding(code, Severity.ERROR, place, error.message, error.hint))
        if self._is_interview(found):
            self.unread.append(Unread(found.path, found.path.rpartition("/")[2].removesuffix(".md")))

    def read_as(self, note: Note, found: FoundNote) -> Read:
        """Read a note's text as what its folder, or else its front matter, says it is."""
        head, findings = parse_head(note.data, note.path)
        if self._is_foreign(found, head):
            return Read(note, head, is_foreign=True)
        if self._is_interview(found):
            return self._read_interview(note, head, findings)
        if found.folder == self.context.settings.text("vault.stories"):
            from prepvault.parse.story import parse_story

            story, more = parse_story(note, head)
            return Read(note, head, (*findings, *more), story=story)
        if found.folder == self.context.settings.text("vault.holds"):
            from prepvault.parse.hold import parse_hold

            hold, more = parse_hold(note, head, self.context.settings.zone)
            return Read(note, head, (*findings, *more), hold=hold)
        from prepvault.parse.company import parse_company

        company, more = parse_company(note, head)
        return Read(note, head, (*findings, *more), company=company)

    def _take(self, read: Read) -> None:
        """Put together what the notes gave, each in its place."""
        path = read.note.path
        self.findings += read.findings
        self.notes[path], self.heads[path] = read.note, read.head
        self.interviews += [read.interview] if read.interview else []
        self.stories += [read.story] if read.story else []
        self.companies += [read.company] if read.company else []
        self.holds += [read.hold] if read.hold else []
        self.facts[path] = read.facts
        if read.debrief:
            self.debriefs[path] = read.debrief
        if read.is_unread:
            self.unread.append(Unread(path, read.note.stem))

    def _is_interview(self, found: FoundNote) -> bool:
        return found.folder in {"", self.context.settings.text("vault.interviews")}

    def _is_foreign(self, found: FoundNote, head: Head) -> bool:
        """Another plugin's file, or a note elsewhere that only mentions the property in its text."""
        said = {**head.values, **head.rescued}
        if any(name in said for name in _OTHER_PLUGINS):
            return True
        return not found.folder and self.context.settings.property_name("interview_type") not in said

    def read_about(self, scan: Scan) -> None:
        """Read the note about the user, which lies outside the folders of the others."""
        path = self.context.settings.text("vault.about")
        if path and path in scan.names and path not in self.notes:
            from prepvault.parse.about import parse_about

            standing = load_library(self.context, "standing.yaml")[0].standing
            with suppress(PrepVaultError):
                note = read_note(self.context.root, path)
                head, _ = parse_head(note.data, path)
                self.about, findings = parse_about(note, head, standing)
                self.notes[path], self.heads[path] = note, head
                self.findings += findings

    def _read_interview(self, note: Note, head: Head, findings: tuple[Finding, ...]) -> Read:
        interview, own = parse_interview(note, head, self.context.settings, self.minutes)
        debrief = None
        is_unread = not interview and (not head.valid or any(each.severity is Severity.ERROR for each in own))
        if interview and _DEBRIEF.search(note.data):
            from prepvault.parse.debrief import parse_debrief

            said, more = parse_debrief(head.body, note.path, head.body_line)
            own = (*own, *more)
            debrief = None if said.is_empty else said
        told = (*findings, *own)
        return Read(note, head, told, interview=interview, debrief=debrief, is_unread=is_unread)

    def settle(self, scan: Scan) -> Vault:
        """Give every interview its identity and leave out copies of notes."""
        name = self.context.settings.property_name("id")
        interviews, findings = settle_identities(
            self.interviews, lambda path: self.heads[path].lines.get(name, 1)
        )
        copies = {each.path for each in self.interviews} - {each.path for each in interviews}
        self.findings = [each for each in self.findings if each.place.path not in copies] + list(findings)
        return Vault(
            name=self.context.vault_name,
            settings=self.context.settings,
            interviews=interviews,
            unread=tuple(self.unread),
            stories=tuple(self.stories),
            companies=tuple(self.companies),
            notes={path: note for path, note in self.notes.items() if path not in copies},
            heads={path: head for path, head in self.heads.items() if path not in copies},
            names=scan.names,
            debriefs={path: each for path, each in self.debriefs.items() if path not in copies},
            about=self.about,
            facts=self.facts,
            holds=tuple(self.holds),
            also_read=tuple(filter(None, (self.context.settings.text("vault.about"),))),
            strict_breaks=read_strict_breaks(self.context.root),
        )
