"""The output folder: only what changed is written, only what we wrote is deleted."""

import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from secrets import token_hex

from prepvault.errors import OutsideError, RefusedError

MANIFEST = ".prepvault-manifest.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What we wrote last time: each file's SHA-256 by path, and how many interviews there were.

    `moment` is the ISO moment that the files speak of, `inputs` a digest of what they were made from.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    interviews: int = 0
    moment: str = ""
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class OutputReport:
    """What became of the files; `kept` are no longer wanted, but somebody changed them since."""

    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def read_manifest(folder: Path) -> Manifest | None:
    """Read what we wrote last time; None where we have written nothing yet."""
    path = folder / MANIFEST
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise RefusedError(f"`{path}` is not a plain file", hint="remove it, then build again")
        content = json.loads(path.read_bytes())
        files = {_plain(name): str(digest) for name, digest in content["files"].items()}
        made = (str(content.get(key, "")) for key in ("moment", "inputs"))
        return Manifest(files, int(content["interviews"]), *made)
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise RefusedError(f"`{folder}` is not a folder", hint="name another with `--output`") from None
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError(
            f"`{path}` cannot be understood, so it is unknown which files there are ours",
            hint="empty that folder by hand, then build again",
        ) from error


def write_output(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    root: Path,
    interviews: int = 0,
    moment: str = "",
    inputs: str = "",
) -> OutputReport:
    """Make the folder hold these files, of ours; every refusal comes before the first write.

    `root` is the vault: the folder may lie in it but must not hold it. `interviews`, `moment` and
    `inputs` are remembered.
    """
    check_folder(folder, root)
    before = read_manifest(folder)
    _check_ours(folder, before)
    old = dict(before.files) if before else {}
    wanted = {_plain(name): data for name, data in sorted(files.items())}
    changed = [name for name, data in wanted.items() if _differs(folder, name, data, ours=name in old)]
    stale = sorted(set(old) - set(wanted))
    for name in stale:
        _check_way(folder, name)
    digests = {name: sha256(data).hexdigest() for name, data in wanted.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if changed or stale:
            _write_manifest(folder, Manifest(old | digests, interviews))
        for name in changed:
            _replace(folder, name, wanted[name])
        removed = tuple(name for name in stale if _remove(folder, name, old[name]))
        _write_manifest(folder, Manifest(digests, interviews, moment, inputs))
    except OSError as error:
        raise OutsideError(
            f"`{error.filename or folder}` cannot be written: {error.strerror}",
            hint="check the folder's permissions and the free space, then build again",
        ) from error
    kept = tuple(name for name in stale if name not in removed and (folder / name).exists())
    return OutputReport(tuple(changed), len(wanted) - len(changed), removed, kept)


def check_folder(folder: Path, root: Path) -> None:
    """Refuse a folder that is the vault, holds it, or leads out of it by a symbolic link."""
    real, vault = Path(os.path.realpath(folder)), Path(os.path.realpath(root))
    if real == vault or vault.is_relative_to(real):
        raise RefusedError(
            f"`{folder}` is the vault or holds it, so it cannot be the output folder",
            hint="choose another with `--output` or `[vault] output`",
        )
    lexical = Path(os.path.abspath(folder))  # noqa: PTH100
    if lexical.is_relative_to(root) and not real.is_relative_to(vault):
        raise RefusedError(
            f"`{folder}` leads out of the vault by a symbolic link to `{real}`",
            hint="name the real folder with `--output`",
        )


def _check_ours(folder: Path, manifest: Manifest | None) -> None:
    """Refuse a folder with files of somebody else's and no manifest of ours."""
    if manifest is not None or not folder.exists():
        return
    if not folder.is_dir():
        raise RefusedError(f"`{folder}` is not a folder", hint="name another with `--output`")
    with os.scandir(folder) as entries:
        first = min((entry.name for entry in entries), default=None)
    if first is not None:
        raise RefusedError(
            f"`{folder}` is not empty and was not made by PrepVault: it holds `{first}`",
            hint="choose an empty or a new folder with `--output`",
        )


def _plain(name: str) -> str:
    """Let through a relative path that stays below the folder."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
        message = f"`{name}` is no path inside the output folder"
        raise RefusedError(message, hint="empty the output folder by hand, then build again")
    return name


def _check_way(folder: Path, name: str) -> None:
    """Refuse a path that goes through a symbolic link, or through or to something that is no plain file."""
    here = folder
    parts = PurePosixPath(name).parts
    for number, part in enumerate(parts, 1):
        here = here / part
        try:
            mode = here.lstat().st_mode
        except FileNotFoundError:
            return
        except NotADirectoryError:
            break
        if stat.S_ISREG(mode) if number == len(parts) else stat.S_ISDIR(mode):
            continue
        break
    else:
        return
    raise RefusedError(
        f"`{here}` is a link or something else that PrepVault did not make, so nothing was written",
        hint="move it away, then build again",
    )


def _differs(folder: Path, name: str, data: bytes, *, ours: bool) -> bool:
    """Tell whether a file must be written; RefusedError where somebody else's file lies in the way."""
    _check_way(folder, name)
    path = folder / name
    try:
        same = path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return True
    except OSError as error:
        raise OutsideError(f"`{path}` cannot be read: {error.strerror}") from error
    if not same and not ours:
        raise RefusedError(
            f"`{path}` was not made by PrepVault and would be overwritten, so nothing was written",
            hint="move that file away, or choose another folder with `--output`",
        )
    return not same


def _replace(folder: Path, name: str, data: bytes) -> None:
    """Put a file in place whole: a reader sees the old one or the new one, never a part."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    _check_way(folder, name)
    beside = path.with_name(f".prepvault-{token_hex(6)}.tmp")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _remove(folder: Path, name: str, digest: str) -> bool:
    """Delete a file of ours that is no longer wanted, unless somebody changed it; then its empty folders."""
    path = folder / name
    try:
        if sha256(path.read_bytes()).hexdigest() != digest:
            return False
    except FileNotFoundError:
        return False
    path.unlink()
    for parent in _between(path.parent, folder):
        try:
            parent.rmdir()
        except OSError:
            break
    return True


def _between(path: Path, folder: Path) -> Iterable[Path]:
    while path != folder:
        yield path
        path = path.parent


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    content = {
        "about": "Files that PrepVault wrote here; only these does it ever delete.",
        "version": _VERSION,
        "interviews": manifest.interviews,
        "moment": manifest.moment,
        "inputs": manifest.inputs,
        "files": dict(sorted(manifest.files.items())),
    }
    data = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    if _differs(folder, MANIFEST, data, ours=True):
        _replace(folder, MANIFEST, data)
