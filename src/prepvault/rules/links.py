"""Find the note that a link means, the way Obsidian does: by path, by name, the nearest one first."""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from unicodedata import normalize

_NO_ALIASES: Mapping[str, Sequence[str]] = MappingProxyType({})
_SPACES = re.compile("[\u00a0\u202f]")
_Paths = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LinkIndex:
    """What links may point to; keys are normal names, values paths as they are spelled in the vault."""

    by_path: _Paths
    by_name: _Paths
    by_alias: _Paths


def normal_name(text: str) -> str:
    """Bring a name or path into the form in which two spellings of one file are equal."""
    return _SPACES.sub(" ", normalize("NFC", text)).casefold()


def build_index(paths: Sequence[str], aliases: Mapping[str, Sequence[str]] = _NO_ALIASES) -> LinkIndex:
    """Index every file a link may point to; `aliases` maps a note's path to its other names."""
    return _index(tuple(paths), tuple((path, tuple(names)) for path, names in aliases.items() if names))


@lru_cache(maxsize=4)
def _index(paths: tuple[str, ...], aliases: tuple[tuple[str, tuple[str, ...]], ...]) -> LinkIndex:
    """Index them once for all who ask in one build, and for the next while no file comes or goes."""
    ordered, names = sorted(set(paths)), dict(aliases)
    return LinkIndex(
        by_path=_gather((normal_name(path), path) for path in ordered),
        by_name=_gather((normal_name(posixpath.basename(path)), path) for path in ordered),
        by_alias=_gather((normal_name(name), path) for path in ordered for name in names.get(path, ())),
    )


def split_target(target: str) -> tuple[str, str]:
    """Take `Note#Heading` or `Note#^block` apart into the file and the fragment after `#`."""
    file, _, fragment = target.partition("#")
    return file.strip(), fragment.strip()


def meant_by(target: str, from_path: str, index: LinkIndex) -> tuple[str, ...]:
    """Return the paths of all notes and files that a link in `from_path` means equally well, in order."""
    file, _ = split_target(target)
    return _nearest(_candidates(file, from_path, index), from_path) if file else ()


def resolve_link(target: str, from_path: str, index: LinkIndex) -> str | None:
    """Return the path of the note or file that a link in `from_path` means, or None."""
    return next(iter(meant_by(target, from_path, index)), None)


def ambiguous_targets(target: str, from_path: str, index: LinkIndex) -> tuple[str, ...]:
    """Return the paths that a link means equally well; none when it is clear or leads nowhere."""
    found = meant_by(target, from_path, index)
    return found if len(found) > 1 else ()


def _gather(pairs: Iterable[tuple[str, str]]) -> _Paths:
    gathered: dict[str, list[str]] = {}
    for key, path in pairs:
        gathered.setdefault(key, []).append(path)
    return {key: tuple(dict.fromkeys(found)) for key, found in gathered.items()}


def _candidates(file: str, from_path: str, index: LinkIndex) -> tuple[str, ...]:
    """Find what a file part means: from the vault's root, from the note's folder, by name, by alias."""
    folder = posixpath.dirname(from_path)
    from_folder = posixpath.normpath(posixpath.join(folder, file))
    if file.startswith(("./", "../")):
        return _named(from_folder, index.by_path)
    plain = file.strip("/")
    return (
        _named(plain, index.by_path)
        or _named(from_folder, index.by_path)
        or _by_tail(plain, index)
        or index.by_alias.get(normal_name(plain), ())
    )


def _named(path: str, paths: _Paths) -> tuple[str, ...]:
    """Look a path or name up, with `.md` first and as it stands second; the exact spelling wins."""
    for spelled in (f"{path}.md", path):
        found = paths.get(normal_name(spelled), ())
        if spelled in found:
            return (spelled,)
        if found:
            return found
    return ()


def _by_tail(path: str, index: LinkIndex) -> tuple[str, ...]:
    """Find files whose path ends with this one: `Note`, or `folder/Note` in any parent folder."""
    for spelled in (f"{path}.md", path):
        tail = "/" + normal_name(spelled)
        named = index.by_name.get(posixpath.basename(tail), ())
        found = tuple(each for each in named if ("/" + normal_name(each)).endswith(tail))
        if found:
            return found
    return ()


def _nearest(paths: Sequence[str], from_path: str) -> tuple[str, ...]:
    """Keep the paths whose folders are the fewest steps away, in order of their names."""
    if len(paths) < 2:
        return tuple(paths)
    steps = {path: _steps_between(from_path, path) for path in paths}
    least = min(steps.values())
    return tuple(path for path in paths if steps[path] == least)


def _steps_between(one: str, other: str) -> int:
    here, there = one.split("/")[:-1], other.split("/")[:-1]
    shared = 0
    for left, right in zip(here, there, strict=False):
        if left != right:
            break
        shared += 1
    return len(here) + len(there) - 2 * shared
