"""Find the note that is meant among those PrepVault has written, whether or not it still exists."""

from pathlib import Path

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.undo import list_writes
from prepvault.outside import environment

_MOST_LISTED = 8


def path_of_note(context: Context, text: str) -> str:
    """Find a written note by its path in the vault or from here, or by words that match one path."""
    known = list(dict.fromkeys(entry.path for entry in list_writes(context)))
    exact = [path for path in known if path in _paths(context, text)]
    words = text.casefold().split()
    matches = exact or [path for path in known if all(word in path.casefold() for word in words)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        listed = "\n".join(f"  {path}" for path in matches[:_MOST_LISTED])
        raise UsageError(f"`{text}` matches {len(matches)} notes", hint=f"name one:\n{listed}")
    raise UsageError(
        f"PrepVault has written no note `{text}`", hint="`prepvault undo --list` shows what it wrote"
    )


def _paths(context: Context, text: str) -> set[str]:
    """What the text may be as a path within the vault."""
    plain = Path(text).as_posix().removeprefix("./")
    found = {plain, f"{plain}.md"}
    try:
        here = (environment.working_folder() / Path(text).expanduser()).resolve()
        if here.is_relative_to(context.root):
            found.add(here.relative_to(context.root).as_posix())
    except (OSError, RuntimeError, ValueError):
        pass
    return found
