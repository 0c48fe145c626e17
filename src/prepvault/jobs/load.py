"""Read a whole vault: one load, one truth."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from prepvault.errors import PrepVaultError
from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.model.about import About
from prepvault.model.company import Company
from prepvault.model.debrief import Debrief
from prepvault.model.finding import Finding, Place, Severity, order_findings
from prepvault.model.interview import Interview
from prepvault.model.note import Head, Note
from prepvault.model.story import Story
from prepvault.model.vault import Unread, Vault
from prepvault.outside.disk import NoteRefusedError, read_note
from prepvault.outside.ignored import Ignored
from prepvault.outside.obsidian import read_obsidian_folders, read_strict_breaks
from prepvault.outside.scan import FoundNote, Scan, Wish, scan_vault
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.interview import parse_interview
from prepvault.rules.checks.all import check_vault
from prepvault.rules.identity import settle_identities

_NOTES = ("stories", "companies", "interviews")
_OTHER_PLUGINS = ("excalidraw-plugin", "kanban-plugin")
_DEBRIEF = re.compile(rb"(?:^|\r) {0,3}#{1,6}[ \t]+[ \t*_:]*debrief", re.IGNORECASE | re.MULTILINE)
"""What the heading of a debrief begins with: few notes have one, so few are searched for more."""


def load(context: Context) -> Vault:
    """Read every note that is ours, and check it; all findings are in the vault, in order."""
    library, card_findings = load_library(context, "types")
    scan = find_notes(context)
    reading = _Reading(context, {kind: guide.minutes for kind, guide in library.guides.items()})
    for found in scan.notes:
        reading.read(found)
    reading.read_about(scan)
    vault = reading.settle(scan)
    if any(each.is_open for each in vault.interviews):
        from prepvault.jobs.postings import read_postings

        postings, lost = read_postings(context, vault)
        vault = replace(vault, postings=postings)
        reading.findings += lost
    checks = check_vault(vault, lambda *parts: load_library(context, *parts)[0])
    if context.unreadable:  # a zone may well be set there, and the hint would write over it
        checks = tuple(finding for finding in checks if finding.code != "zone/unset")
    findings = (*context.findings, *card_findings, *scan.findings, *reading.findings, *checks)
    return replace(vault, findings=order_findings(findings))


def find_notes(context: Context) -> Scan:
    """Find the vault's notes; what Obsidian and the settings leave out is left out."""
    settings = context.settings
    folders = tuple(folder for name in _NOTES if (folder := settings.text(f"vault.{name}")))
    key = settings.property_name("interview_type")
    return scan_vault(context.root, Wish(folders, key, find_ignored(context)))


def find_ignored(context: Context) -> Ignored:
    """Say what Obsidian and the settings leave out."""
    settings = context.settings
    obsidian = read_obsidian_folders(context.root)
    left_out = (settings.text("vault.output"), settings.text("vault.templates"), *obsidian.templates)
    return Ignored(
        folders=tuple(folder for folder in left_out if folder),
        patterns=(*settings.words("vault.ignore"), *obsidian.ignored),
        attachments=obsidian.attachments,
        kept=settings.text("vault.interviews"),
    )


@dataclass(slots=True)
class _Reading:
    """What has been read so far; one bad note adds its findings and stops nothing."""

    context: Context
    minutes: Mapping[str, int]
    interviews: list[Interview] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    companies: list[Company] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    debriefs: dict[str, Debrief] = field(default_factory=dict)
    about: About = field(default_factory=About)

    def read(self, found: FoundNote) -> None:
        """Read one note as what its folder, or else its front matter, says it is."""
        try:
            note = read_note(self.context.root, found.path)
        except PrepVaultError as error:
            code = error.code if isinstance(error, NoteRefusedError) else "note/unreadable"
            place = Place(found.path, 1)
            self.findings.append(Finding(code, Severity.ERROR, place, error.message, error.hint))
            if self._is_interview(found):
                self.unread.append(Unread(found.path, found.path.rpartition("/")[2].removesuffix(".md")))
            return
        head, findings = parse_head(note.data, note.path)
        if self._is_foreign(found, head):
            return
        self.findings += findings
        self.notes[note.path], self.heads[note.path] = note, head
        if self._is_interview(found):
            findings = self._read_interview(note, head)
        elif found.folder == self.context.settings.text("vault.stories"):
            from prepvault.parse.story import parse_story

            story, findings = parse_story(note, head)
            self.stories += [story] if story else []
        else:
            from prepvault.parse.company import parse_company

            company, findings = parse_company(note, head)
            self.companies.append(company)
        self.findings += findings

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

    def _read_interview(self, note: Note, head: Head) -> tuple[Finding, ...]:
        interview, findings = parse_interview(note, head, self.context.settings, self.minutes)
        if interview:
            self.interviews.append(interview)
            if _DEBRIEF.search(note.data):
                from prepvault.parse.debrief import parse_debrief

                debrief, more = parse_debrief(head.body, note.path, head.body_line)
                findings = (*findings, *more)
                if not debrief.is_empty:
                    self.debriefs[note.path] = debrief
        elif not head.valid or any(finding.severity is Severity.ERROR for finding in findings):
            self.unread.append(Unread(note.path, note.stem))
        return findings

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
            strict_breaks=read_strict_breaks(self.context.root),
        )
