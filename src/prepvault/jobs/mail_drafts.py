"""Drafts that the user keeps: a note in the drafts folder, or an `.eml` file for a mail program."""

from dataclasses import dataclass, replace
from pathlib import Path

from prepvault.errors import PrepVaultError, RefusedError, UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.note_name import file_name, free_path
from prepvault.jobs.one_note import refusal
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change
from prepvault.model.interview import Interview, Person
from prepvault.model.mail import Mail, is_address
from prepvault.model.vault import Vault
from prepvault.outside.disk import read_note
from prepvault.outside.single_file import read_single, write_single
from prepvault.parse.emit import emit_head
from prepvault.parse.frontmatter import parse_head
from prepvault.render.eml import render_eml

_DISARMED = (("<%", "< %"), ("<!--", "< !--"), ("`", "'"), ("%%", "% %"))
"""What other programs would run or hide in a note, and what stands there instead."""

_EML = b"X-Unsent: 1"


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft as its note holds it now."""

    path: str
    mail: Mail


def find_draft(
    context: Context, vault: Vault, mail: Mail, interview: Interview, person: Person | None
) -> SavedDraft | None:
    """Find the note in which this mail was saved, under the name that it was given."""
    stem = _path(context, mail, interview, person).removesuffix(".md")
    for path in sorted(name for name in vault.names if name.startswith(stem) and name.endswith(".md")):
        try:
            note = read_note(context.root, path)
        except PrepVaultError:
            continue
        head, _ = parse_head(note.data, path)
        said = {
            name: _text(head.values.get(name)) for name in ("mail", "interview", "person", "to", "subject")
        }
        name = person.name if person else ""
        if (said["mail"], said["interview"], said["person"]) == (mail.kind, interview.id, name):
            to = said["to"] if is_address(said["to"]) else ""
            body = head.body.replace("\r\n", "\n").strip("\n") + "\n"
            return SavedDraft(path, replace(mail, subject=said["subject"], body=body, to=to))
    return None


def save_draft(
    context: Context, vault: Vault, mail: Mail, interview: Interview, person: Person | None
) -> str:
    """Write a new note with the mail and return its path; a draft that is there is never written over."""
    there = find_draft(context, vault, mail, interview, person)
    if there:
        raise RefusedError(
            f"this mail is saved already: `{there.path}`",
            hint="change it there, its text counts from now on; or remove the note to begin anew",
        )
    wanted = _path(context, mail, interview, person)
    folder, _, name = wanted.rpartition("/")
    path = free_path(folder, name.removesuffix(".md"), vault.names).lstrip("/")
    pairs = {
        "mail": mail.kind,
        "interview": interview.id,
        "person": person.name if person else "",
        "to": mail.to,
        "subject": mail.subject,
    }
    text = emit_head([(key, value) for key, value in pairs.items() if value]) + _disarmed(mail.body)
    written = apply_changes(context, [Change(path, None, text.encode("utf-8", "replace"), "email")])
    if written.refused:
        raise refusal(written.refused)
    return path


def write_eml(file: str, mail: Mail) -> bool:
    """Write the mail as a draft for mail programs; False where the file holds it already.

    RefusedError where the file holds anything but a draft of ours.
    """
    try:
        path = Path(file).expanduser()
    except RuntimeError as error:
        raise UsageError(f"`{file}` names a home folder that is not there", hint="name the folder") from error
    if path.is_dir():
        raise UsageError(f"`{file}` is a folder", hint=f"name a file: {file.rstrip('/')}/mail.eml")
    before = read_single(path)
    if before and not before.startswith(_EML):
        raise RefusedError(
            f"`{file}` holds something else than a draft of ours, so it was not overwritten",
            hint="name another file, or move this one away first",
        )
    return write_single(path, render_eml(mail))


def _path(context: Context, mail: Mail, interview: Interview, person: Person | None) -> str:
    folder = context.settings.text("vault.drafts").strip("/")
    whom = person.name if person and mail.recipient == "interviewer" else ""
    name = file_name(f"{interview.starts:%Y-%m-%d}", interview.company, mail.title, whom)
    return f"{folder}/{name}.md" if folder else f"{name}.md"


def _disarmed(text: str) -> str:
    for live, plain in _DISARMED:
        text = text.replace(live, plain)
    return text


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
