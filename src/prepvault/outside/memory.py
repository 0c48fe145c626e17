"""What `coach` has offered to which note, kept outside the vault: a section deleted there stays deleted."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from prepvault.errors import OutsideError
from prepvault.outside.beside import put_in_place

Memory = Mapping[str, tuple[str, ...]]
"""A note's id, or its path while it has none, to the names of the sections it was offered."""

_NAME = "coached.json"


def read_memory(folder: Path) -> Memory:
    """Read what was offered; nothing where the file is absent or damaged."""
    try:
        kept = json.loads((folder / _NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {
        note: tuple(name for name in names if isinstance(name, str))
        for note, names in kept.items()
        if isinstance(names, list)
    }


def remember(folder: Path, offered: Memory) -> None:
    """Add what was offered now; the file is replaced as a whole, and only when it changes."""
    known = read_memory(folder)
    merged = {note: sorted({*known.get(note, ()), *offered.get(note, ())}) for note in {*known, *offered}}
    if {note: tuple(names) for note, names in merged.items()} == {
        note: tuple(sorted(names)) for note, names in known.items()
    }:
        return
    _write(folder, merged)


def forget(folder: Path, notes: Collection[str]) -> None:
    """Forget what was offered to these notes, as if they had never been coached."""
    known = read_memory(folder)
    left = {note: list(names) for note, names in known.items() if note not in notes}
    if len(left) < len(known):
        _write(folder, left)


def _write(folder: Path, content: Mapping[str, list[str]]) -> None:
    target = folder / _NAME
    text = json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True)
    try:
        # half of a pair of UTF-16 is no text to a disk, but its escape is JSON
        put_in_place(target, text.encode("utf-8", "backslashreplace"), mode=0o600)
    except OSError as error:
        raise OutsideError(f"cannot write `{target}`: {error.strerror}", hint="free some space") from error
