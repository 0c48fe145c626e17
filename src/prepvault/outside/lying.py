"""What lies in the output folder, told with as little reading as will do."""

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from prepvault.model.note import digest_of
from prepvault.outside.disk import FileStamp, stamp_of
from prepvault.outside.output import MANIFEST, read_manifest

Stamps = Mapping[str, FileStamp]


def read_stamps(folder: Path, names: Collection[str]) -> Mapping[str, FileStamp]:
    """Stamp those of these files that lie in a folder, as plain files and not behind a link."""
    found: dict[str, FileStamp] = {}
    waiting = [""]
    while waiting:
        begin = waiting.pop()
        try:
            with os.scandir(folder / begin) as entries:
                for entry in entries:
                    name = f"{begin}{entry.name}"
                    if name in names and entry.is_file(follow_symlinks=False):
                        found[name] = stamp_of(entry.stat(follow_symlinks=False))
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{name}/")
        except OSError:
            continue
    return found


def list_digest(folder: Path) -> str:
    """Name the manifest that lies in a folder by its bytes; empty where there is none."""
    return _digest_at(folder / MANIFEST)


def same_by_bytes(folder: Path, outputs: Stamps, lying: Stamps) -> Stamps:
    """Find files that are others than those which a build left, and have the bytes that its manifest names.

    `outputs` are the stamps that it left, `lying` those of now; the latter are given.
    """
    moved = [name for name, stamp in lying.items() if stamp != outputs[name] and stamp[0] == outputs[name][0]]
    before = read_manifest(folder) if moved else None
    if before is None:
        return {}
    return {name: lying[name] for name in moved if _digest_at(folder / name) == before.files.get(name, "?")}


def _digest_at(path: Path) -> str:
    with suppress(OSError):
        return digest_of(path.read_bytes())
    return ""
