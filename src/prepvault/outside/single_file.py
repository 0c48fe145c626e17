"""One file that a person named, outside the vault or in it: written whole or not at all."""

from pathlib import Path

from prepvault.errors import OutsideError
from prepvault.model.system_fault import hint_for, why
from prepvault.outside.swap import place_new

_ANOTHER = "name a file in a folder of yours"


def find_names(path: Path) -> tuple[Path, Path]:
    """Where the file's own name lies, and what it leads to through links; both absolute."""
    try:
        return path.parent.resolve() / path.name, path.resolve()
    except (OSError, RuntimeError) as error:
        raise OutsideError(f"`{path}` cannot be found: {why(error)}", hint=_ANOTHER) from error


def read_single(path: Path, *, most: int = -1) -> bytes | None:
    """Read a regular file, or `most` bytes of it; None for what is none, such as a pipe."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        hint = "name another file, or make this one readable"
        raise OutsideError(f"`{path}` cannot be read: {why(error)}", hint=hint) from error


def write_single(path: Path, data: bytes) -> bool:
    """Replace the file's bytes, through a link to what it points to; False where it holds them already."""
    try:
        target = path.resolve()
        if target.is_file() and target.read_bytes() == data:
            return False
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.write(data)
            return True
        _replace(target, data)
    except (OSError, RuntimeError) as error:  # a link that leads to itself is a RuntimeError
        message = f"`{path}` cannot be written: {why(error)}"
        raise OutsideError(message, hint=hint_for(error, _ANOTHER)) from error
    return True


def create_single(path: Path, data: bytes) -> bool:
    """Make a file that is not there yet; False where its name is taken, by whatever it is."""
    try:
        target = path.parent.resolve() / path.name
        try:
            from prepvault.outside.beside import file_beside  # who only reads need not load it

            with file_beside(target, data) as temporary:
                place_new(temporary, target)
        except FileExistsError:
            return False
    except OSError as error:
        message = f"`{path}` cannot be written: {why(error)}"
        raise OutsideError(message, hint=hint_for(error, _ANOTHER)) from error
    return True


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where they are not there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder `{path}` cannot be made: {why(error)}"
        raise OutsideError(message, hint=hint_for(error, _ANOTHER)) from error


def _replace(target: Path, data: bytes) -> None:
    from prepvault.outside.beside import file_beside

    # What takes another file's place is nobody else's to read before it has that one's permissions.
    with file_beside(target, data, mode=0o600 if target.exists() else 0o666) as temporary:
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
