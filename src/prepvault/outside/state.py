"""The folder outside the vault where journal and lock of one vault live."""

import os
import re
from hashlib import sha256
from pathlib import Path

from prepvault.errors import OutsideError

_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def state_folder(root: Path, vault_id: str) -> Path:
    """Make and return the folder, readable by its owner only.

    It is keyed by the vault's id, so that a moved vault keeps its journal, else by where the vault lies.
    """
    folder = state_home() / "vaults" / _key(root, vault_id)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError as error:
        raise OutsideError(
            f"the folder for the journal cannot be made: `{folder}`: {error.strerror}",
            hint="name another one with `PREPVAULT_STATE_DIR`",
        ) from error
    return folder


def state_home() -> Path:
    """Return where PrepVault keeps the state of all vaults: `$PREPVAULT_STATE_DIR`, else the user's own."""
    named = os.environ.get("PREPVAULT_STATE_DIR")
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_state_dir("prepvault"))


def _key(root: Path, vault_id: str) -> str:
    if _PLAIN_ID.fullmatch(vault_id):
        return f"id-{vault_id}"
    if vault_id:
        return f"named-{sha256(vault_id.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"
    return f"at-{sha256(os.fsencode(root.resolve())).hexdigest()[:24]}"
