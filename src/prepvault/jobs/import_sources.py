"""Find out what a person named to import from: files, folders and zips, as the sources in them."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from prepvault.errors import PrepVaultError, RefusedError, UsageError
from prepvault.jobs.context import Context
from prepvault.model.incoming import FOLDER, Source, Step, rejected
from prepvault.outside import environment
from prepvault.outside.foreign import read_folder, read_foreign, read_zip

RECORDS = "interviews.json"
_BESIDE = ("prep_notes/", "materials/")
_TABLES = ("job applications.csv", "saved jobs.csv")
_TABLE_BEGINS = "user_jobs_user_full_data_download"


def read_sources(
    context: Context, texts: Iterable[str], kinds: Collection[str]
) -> tuple[tuple[Source, ...], tuple[Step, ...]]:
    """Read everything that was named, in that order; what cannot be read is a step that says why.

    `kinds` are the endings of files that somebody can read. Raises UsageError where there is nothing of a
    name, or where it lies in the vault: that is no import.
    """
    sources: list[Source] = []
    unread: list[Step] = []
    for text in texts:
        path = _found(context, text)
        try:
            sources += _sources_at(context, path, kinds)
        except UsageError:
            raise
        except PrepVaultError as error:
            unread.append(rejected(path.name, error.message))
    return tuple(sources), tuple(unread)


def _found(context: Context, text: str) -> Path:
    path = environment.find_path(text, environment.working_folder())
    if path is None:
        raise UsageError(f"there is no file or folder `{text}`", hint="name it from this folder")
    return path


def _sources_at(context: Context, path: Path, kinds: Collection[str]) -> list[Source]:
    ending = path.suffix.lower()
    if path.is_dir():
        return _in_folder(context, path, kinds)
    if ending == ".zip":
        found = _in_archive(path.name, read_zip(path, lambda name: _is_known(name, kinds)))
        if not found:
            raise RefusedError("no file in it is one that is known here: unpack it, and name what you want")
        return found
    if ending not in kinds:
        known = ", ".join(sorted({*kinds, ".zip"} - {FOLDER}))
        raise UsageError(
            f"`{path.name}` is no file that can be imported", hint=f"there is {known}, or a folder"
        )
    beside: Mapping[str, bytes] = {}
    if path.name == RECORDS:
        beside = _beside(path.parent)
    return [Source(kind=ending, name=path.name, data=read_foreign(path), beside=beside)]


def _beside(folder: Path) -> Mapping[str, bytes]:
    """Read the two folders that belong to the records; nothing else beside them is looked at."""
    found: dict[str, bytes] = {}
    for name in _BESIDE:
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            files = read_folder(folder / name, lambda _: True)
            found |= {f"{name}{path}": data for path, data in files.items()}
    return found


def _in_folder(context: Context, folder: Path, kinds: Collection[str]) -> list[Source]:
    """A folder holds the original's records, or exports of trackers, invites and notes."""
    files = read_folder(folder, lambda name: _is_known(name, kinds))
    found = _in_archive(folder.name, files)
    is_inside = folder.is_relative_to(context.root)
    if found and (is_inside or any(path.rpartition("/")[2] == RECORDS for path in files)):
        return found
    if is_inside:
        raise UsageError(
            f"`{folder.name}` lies in this vault, and an import is from elsewhere",
            hint="name its properties under [properties] in prepvault.toml instead",
        )
    notes = read_folder(folder, lambda name: name.lower().endswith(".md"))
    if not notes and not found:
        raise UsageError("nothing in it is a note or a file that can be imported")
    return [*found, Source(kind=FOLDER, name=folder.name, beside=notes)] if notes else found


def _in_archive(name: str, files: Mapping[str, bytes]) -> list[Source]:
    """Part the files of a folder or zip into sources; those beside the records belong to them."""
    sources = []
    for path in sorted(files):
        if _is_beside(path):
            continue
        top = path.removesuffix(RECORDS) if path.endswith(RECORDS) else None
        beside = {
            each.removeprefix(top): data
            for each, data in files.items()
            if top is not None and each.startswith(tuple(f"{top}{folder}" for folder in _BESIDE))
        }
        ending = f".{path.rpartition('.')[2].lower()}"
        sources.append(Source(kind=ending, name=f"{name}/{path}", data=files[path], beside=beside))
    return sources


def _is_known(path: str, kinds: Collection[str]) -> bool:
    """Tell whether a member of a folder or zip is one that exports are known to have."""
    name = path.rpartition("/")[2].lower()
    is_table = name in _TABLES or (name.startswith(_TABLE_BEGINS) and name.endswith(".csv"))
    return name == RECORDS or is_table or (name.endswith(".ics") and ".ics" in kinds) or _is_beside(path)


def _is_beside(path: str) -> bool:
    return any(path.startswith(folder) or f"/{folder}" in path for folder in _BESIDE)
