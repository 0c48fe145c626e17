"""Name the file of a new note so that Obsidian, Windows and every sync service accept it."""

import re
from collections.abc import Collection, Iterable
from unicodedata import category, normalize

_DISLIKED = re.compile(r'[\\/:*?"<>|#^\[\]%]')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}
)
_LONGEST = 120


def file_name(*parts: str) -> str:
    """Join the parts of a name, what file systems or links dislike left out; without the ending."""
    text = normalize("NFC", " ".join(parts))
    shown = "".join(" " if category(letter)[0] in "ZC" else letter for letter in text)
    tidy = " ".join(_DISLIKED.sub(" ", shown).split()).strip(". ")
    while len(tidy.encode("utf-8")) > _LONGEST:
        tidy = tidy[:-1].rstrip(". ")
    return f"{tidy} note" if tidy.split(".")[0].casefold() in _DEVICES else tidy or "Interview"


def free_path(folder: str, name: str, taken: Collection[str]) -> str:
    """Find a path in the folder that no file has yet, whatever its case: `Name.md`, then `Name 2.md`."""
    return Names(taken).take(folder, name)


class Names:
    """The paths that are taken, for a plan of many new notes: each that it gives out is taken then."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._folded = {normalize("NFC", path).casefold() for path in taken}
        self._next: dict[str, int] = {}

    def take(self, folder: str, name: str) -> str:
        """Give a path in the folder that is free, and take it."""
        begin = f"{folder}/" if folder else ""
        first = path = f"{begin}{name}.md"
        number = self._next.get(first, 1)
        while normalize("NFC", path).casefold() in self._folded or (number > 1 and path == first):
            number += 1
            path = f"{begin}{name} {number}.md"
        self._next[first] = number
        self._folded.add(normalize("NFC", path).casefold())
        return path
