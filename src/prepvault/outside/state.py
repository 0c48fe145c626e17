"""The folder outside the vault where journal and lock of one vault live."""

import os
import re
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from prepvault.errors import OutsideError

_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_PRIVATE = 0o700
_ROOT = "root"
"""The file in a state folder that remembers where its vault lies."""


def state_folder(root: Path, vault_id: str) -> Path:
    """Make and return the folder, readable by its owner only.

    It is keyed by the vault's id, so that a moved vault keeps its journal; a copy beside a vault that is
    still there gets a folder of its own. Without an id it is the one that remembers this place, if any.
    """
    from prepvault.outside.beside import sweep  # who only asks for its name need not load it

    home = root.resolve()
    folder = _find(home, vault_id)
    try:
        make_private(folder)
        sweep(folder)
    except OSError as error:
        raise OutsideError(
            f"the folder for the journal cannot be made: `{folder}`: {error.strerror}",
            hint="make room there, or name another one with `PREPVAULT_STATE_DIR`",
        ) from error
    if vault_id:
        _remember(folder, home)
    return folder


def make_private(folder: Path) -> None:
    """Make a folder below the state's own, with those between: from the start for this account alone."""
    home = state_home()
    home.parent.mkdir(parents=True, exist_ok=True)
    for each in (*reversed(folder.parents), folder):
        if each.is_relative_to(home):
            each.mkdir(exist_ok=True, mode=_PRIVATE)
    if (
        stat.S_IMODE(folder.stat().st_mode) != _PRIVATE
    ):  # a disk that may only be read refuses even what is so
        folder.chmod(_PRIVATE)


def find_state_folder(root: Path, vault_id: str) -> Path:
    """Name this vault's folder without making it."""
    return _find(root.resolve(), vault_id)


def state_key(root: Path, vault_id: str) -> str:
    """Name this vault's folder without making it: it is this vault's own name wherever state is kept."""
    return find_state_folder(root, vault_id).name


def state_home() -> Path:
    """Return where PrepVault keeps the state of all vaults: `$PREPVAULT_STATE_DIR`, else the user's own."""
    named = os.environ.get("PREPVAULT_STATE_DIR")
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_state_dir("prepvault"))


def _find(root: Path, vault_id: str) -> Path:
    vaults = state_home() / "vaults"
    here = f"at-{sha256(os.fsencode(root)).hexdigest()[:24]}"
    if not vault_id:
        known = (folder for folder in sorted(vaults.glob("*")) if _root_of(folder) == root)
        return next(known, vaults / here)
    shared = vaults / _key(vault_id)
    own = vaults / f"{shared.name}.{here}"
    before = _root_of(shared)
    if os.path.isdir(own) or (before and not _is_same(before, root) and _is_vault(before, vault_id)):  # noqa: PTH112
        return own
    return shared


def _key(vault_id: str) -> str:
    if _PLAIN_ID.fullmatch(vault_id):
        return f"id-{vault_id}"
    return f"named-{sha256(vault_id.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def _root_of(folder: Path) -> Path | None:
    """Where the vault of a state folder lay when it was last used; None where that was never put down."""
    try:
        return Path(os.fsdecode((folder / _ROOT).read_bytes()))
    except OSError:
        return None


def _remember(folder: Path, root: Path) -> None:
    """Put down where the vault lies; what fails now is done by the next start."""
    if _root_of(folder) == root:
        return
    from prepvault.outside.beside import put_in_place

    with suppress(OSError):
        put_in_place(folder / _ROOT, os.fsencode(root), mode=0o600)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _is_vault(root: Path, vault_id: str) -> bool:
    """Tell whether the vault of this id is still there; settings that cannot be read count as its own."""
    import tomllib

    try:
        settings = tomllib.loads((root / "prepvault.toml").read_bytes().decode("utf-8-sig"))
        return str(settings["vault"]["id"]).strip() == vault_id.strip()
    except (FileNotFoundError, NotADirectoryError, KeyError, TypeError):
        return False
    except (OSError, ValueError, RecursionError):
        return True
