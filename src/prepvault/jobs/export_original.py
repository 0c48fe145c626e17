"""Give interviews back to the original system: its `interviews.json`, with notes and materials beside it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prepvault.errors import RefusedError, UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.named_file import named_file
from prepvault.jobs.site_sections import sections_at
from prepvault.jobs.user_file import refuse_the_vaults
from prepvault.model.export import Exported
from prepvault.model.interview import Interview
from prepvault.model.note import Head
from prepvault.model.vault import Vault
from prepvault.outside.single_file import create_single, make_folder, read_single, write_single
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.kept import Part, find_kept
from prepvault.parse.splice import without_sections
from prepvault.render.api import to_json
from prepvault.render.original import is_imported, original_file, original_record

MAIN = "interviews.json"
_EXAMPLE = f"prepvault export --format {MAIN} -o ~/interviews"
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}")


@dataclass(slots=True)
class _Folder:
    """The files beside the original's main one, by their paths, and what could not be one of them."""

    files: dict[str, bytes] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def export_original(
    context: Context, vault: Vault, interviews: Sequence[Interview], *, is_whole: bool
) -> Exported:
    """Make the original's files; where all are meant, also of notes that cannot be read as interviews."""
    made = _Folder()
    known = {each.path: each for each in interviews}
    unread = {each.path for each in vault.unread}
    others = (path for path, head in vault.heads.items() if path in unread or is_imported(head))
    left = [path for path in others if is_whole and path not in known]
    paths = (path for path in (*known, *left) if path in vault.heads)
    records = [_add(made, context, vault, path, known.get(path)) for path in paths]
    data = to_json(original_file(records, context.now))
    return Exported(data, len(records), "interview", made.files, tuple(made.left))


def write_folder(folder: str, made: Exported, *, root: Path, is_forced: bool) -> bool:
    """Write the files, each whole or not at all; False where all of them lay there like this.

    RefusedError, with nothing written, where other files lie there, or in the place of notes of the vault.
    """
    top = named_file(folder)
    if top.is_file() or folder.endswith(".json"):
        raise UsageError(f"`{folder}` should name a folder, for several files", hint=_EXAMPLE)
    files = {**made.others, MAIN: made.data}
    paths = {name: top / name for name in files}
    for name, path in paths.items():
        refuse_the_vaults(path, f"{folder}/{name}", root=root, what="export", example=_EXAMPLE)
    wanted = {name: data for name, data in files.items() if read_single(paths[name]) != data}
    taken = [name for name in wanted if paths[name].exists()]
    if taken and not is_forced:
        raise RefusedError(
            f"`{taken[0]}` in `{folder}` is there already, so nothing was written",
            hint="name another folder, or add `--force` to replace what is there",
        )
    for name, data in wanted.items():
        make_folder(paths[name].parent)
        done = write_single(paths[name], data) if is_forced else create_single(paths[name], data)
        if not done:
            raise RefusedError(f"`{name}` in `{folder}` has just been made by another program")
    return bool(wanted)


def _add(
    made: _Folder, context: Context, vault: Vault, path: str, interview: Interview | None
) -> Mapping[str, Any]:
    head = vault.heads[path]
    kept = find_kept(head.body)
    record = original_record(head, interview, context.settings, _fields(made, path, kept))
    for name, text in _texts(vault, path, head, kept, str(record.get("id", ""))):
        if not name:
            made.left.append(f"the notes of {path}: its id is no file name")
        elif made.files.setdefault(name, text.encode("utf-8", "replace")) != text.encode("utf-8", "replace"):
            made.left.append(f"a text of {path}: {name} is that of another note with the same id")
    return record


def _fields(made: _Folder, path: str, kept: Mapping[Part, str]) -> Mapping[str, Any]:
    """The fields that no property could hold."""
    try:
        found = json.loads(kept.get(Part.RECORD, "{}"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        made.left.append(f"fields of {path}: its original record is no JSON object any more")
        return {}
    return found


def _texts(
    vault: Vault, path: str, head: Head, kept: Mapping[Part, str], identity: str
) -> Iterator[tuple[str, str]]:
    """The texts that the original has in files of their own, with their names; empty where there is none."""
    is_plain = bool(_PLAIN.fullmatch(identity))
    notes = kept.get(Part.PREP_NOTES) if is_imported(head) else _own_text(vault, path) or None
    if notes is not None:
        yield f"prep_notes/{identity}.md" if is_plain else "", notes
    if Part.MATERIALS in kept:
        yield f"materials/interview_{identity}.json" if is_plain else "", kept[Part.MATERIALS]


def _own_text(vault: Vault, path: str) -> str:
    """What the user wrote into a note that never was a record, our sections left out."""
    note = vault.notes[path]
    text = parse_head(without_sections(note.data, sections_at(vault, path)), path)[0].body.strip()
    return f"{text}\n" if text and text != "## Notes" else ""
