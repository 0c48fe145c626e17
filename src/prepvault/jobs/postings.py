"""Read the postings that interviews link to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from prepvault.errors import PrepVaultError
from prepvault.jobs.context import Context
from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import Interview
from prepvault.model.posting import PostingText
from prepvault.model.vault import Vault
from prepvault.outside.disk import read_note
from prepvault.rules.checks.places import place_of
from prepvault.rules.links import LinkIndex, build_index, normal_name, resolve_link

_READABLE = ("md", "txt", "text", "markdown", "html", "htm")
_SAVE = "copy its text into a note, and link that note in `job_description`"
_LEAST_LETTERS = 200
_NAMED = re.compile(
    rb"(?:^|[\r\n]) {0,3}#{1,6}[ \t].*(?:posting|description|advert|job ad|ausschreibung|anzeige)", re.I
)
"""A heading that may begin a posting: few notes have one, so few are taken apart."""


def read_postings(
    context: Context, vault: Vault
) -> tuple[Mapping[str, PostingText], tuple[Finding, ...], tuple[str, ...]]:
    """Read each open interview's posting, by the path of its note: `job_description`, else the job's note.

    Where the property is not set, the note's own part with the heading `Posting` comes before the job's note.
    A posting written into the property itself, on several lines, counts too; a web address is not fetched.
    What comes last are the paths of all files that were looked into.
    """
    desk = _Desk(context, vault)
    for interview in vault.interviews:
        if interview.is_open:
            posting = desk.posting_of(interview)
            if posting and posting.text:
                desk.found[interview.path] = posting
    return desk.found, tuple(desk.findings), tuple(desk.texts)


@dataclass(slots=True)
class _Desk:
    """What was read so far; a file that several interviews link to is read once."""

    context: Context
    vault: Vault
    found: dict[str, PostingText] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    index: LinkIndex | None = None
    has_jobs: bool | None = None
    texts: dict[str, PostingText | Finding] = field(default_factory=dict)

    def posting_of(self, interview: Interview) -> PostingText | None:
        """Find and read one interview's posting; what is wrong with it becomes a finding of that note."""
        said = interview.job_description
        if "\n" in said:
            from prepvault.parse.posting import parse_posting

            return parse_posting(said.encode(), interview.path)
        own = "" if said else self._own_part(interview)
        if own:
            return PostingText(interview.path, own)
        path = self._resolved(said, interview.path)
        if said and path is None:
            self._report_unfound(interview)
        if path is None:
            return self._job_note(interview)
        name = path.rpartition("/")[2]
        if "." in name and name.rpartition(".")[2].lower() not in _READABLE:
            message = f"`{path}` is no text, so the posting was left unread"
            self._report("posting/unreadable", interview, message, _SAVE)
            return self._job_note(interview)
        return self._read(path, interview)

    def _own_part(self, interview: Interview) -> str:
        """What was pasted into the interview's own note; no other posting is taken from there."""
        note = self.vault.notes.get(interview.path)
        if note is None or not _NAMED.search(note.data):
            return ""
        from prepvault.parse.posting import posting_inside

        return posting_inside(note.data, interview.path)

    def _job_note(self, interview: Interview) -> PostingText | None:
        """The application's own note, where it holds enough for a posting."""
        folder = self.context.settings.text("vault.jobs")
        has_note = bool(interview.job_id) and self._has_files_in(folder)
        path = self._resolved(f"{folder}/{interview.job_id}", "") if has_note else None
        if not path or not path.endswith(".md") or path == interview.path:
            return None
        posting = self._read(path, interview)
        return posting if posting and len(posting.text) >= _LEAST_LETTERS else None

    def _has_files_in(self, folder: str) -> bool:
        """Tell whether any folder of the vault is called so; most vaults have none."""
        if self.has_jobs is None:
            inside, names = f"/{normal_name(folder)}/", (f"/{normal_name(each)}" for each in self.vault.names)
            self.has_jobs = bool(folder) and any(inside in name for name in names)
        return self.has_jobs

    def _resolved(self, target: str, from_path: str) -> str | None:
        if not target or "://" in target:
            return None
        if self.index is None:
            self.index = build_index(self.vault.names)
        found = resolve_link(target, from_path, self.index)
        return found or resolve_link(unquote(target), from_path, self.index)

    def _read(self, path: str, interview: Interview) -> PostingText | None:
        if path not in self.texts:
            self.texts[path] = self._read_once(path, interview)
        posting = self.texts[path]
        if isinstance(posting, Finding):
            self._report(posting.code, interview, posting.message, posting.hint, posting.severity)
            return None
        return posting

    def _read_once(self, path: str, interview: Interview) -> PostingText | Finding:
        from prepvault.parse.posting import parse_posting

        place = place_of(self.vault, interview.path, "job_description")
        try:
            note = self.vault.notes.get(path) or read_note(self.context.root, path)
        except PrepVaultError as error:
            message = f"the posting was left unread: {error.message}"
            return Finding("posting/unreadable", Severity.WARNING, place, message, error.hint)
        is_wide = note.data.startswith((b"\xff\xfe", b"\xfe\xff"))
        if b"\0" in note.data and not is_wide:
            message = f"`{path}` is no text, so the posting was left unread"
            return Finding("posting/unreadable", Severity.INFO, place, message, _SAVE)
        return parse_posting(note.data, path)

    def _report_unfound(self, interview: Interview) -> None:
        said = interview.job_description
        if "://" in said:
            message = "`{}` is a web address, which is never fetched, and postings go offline"
            self._report("posting/online", interview, message, _SAVE)
        else:
            message = f"`{{}}` links to `{said}`, which no note or file is called"
            self._report("posting/missing", interview, message, "make the note, or correct the link")

    def _report(
        self, code: str, interview: Interview, message: str, hint: str, severity: Severity = Severity.INFO
    ) -> None:
        """Report at the property; a `{}` in the message stands for the name this vault gives it."""
        own = self.vault.settings.property_name("job_description")
        place = place_of(self.vault, interview.path, "job_description")
        text = message.replace("{}", own, 1)
        self.findings.append(Finding(code, severity, place, text, hint, found=interview.job_description))
