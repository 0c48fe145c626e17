"""Which notes a person names on the command line."""

from collections.abc import Iterable

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.outside import environment


def paths_in_vault(context: Context, texts: Iterable[str]) -> tuple[str, ...]:
    """Turn paths as typed, from here or from the vault, into those of the vault; others are a UsageError."""
    return tuple(_path_in_vault(context, text) for text in texts)


def lies_in(path: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether a note is one of these, or lies in one of these folders; without any, every note does."""
    return not wanted or any(path == each or each == "." or path.startswith(f"{each}/") for each in wanted)


def _path_in_vault(context: Context, text: str) -> str:
    for start in (environment.working_folder(), context.root):
        path = environment.find_path(text, start)
        if path and path.is_relative_to(context.root):
            return path.relative_to(context.root).as_posix()
    raise UsageError(
        f"no note or folder `{text}` in this vault", hint="name it from here, or from the vault's folder"
    )
