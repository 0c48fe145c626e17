"""Name the file of a new note so that Obsidian, Windows and every sync service accept it."""

import re
from collections.abc import Collection
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
    folded = {normalize("NFC", path).casefold() for path in taken}
    number, path = 1, f"{folder}/{name}.md"
    while path.casefold() in folded:
        number += 1
        path = f"{folder}/{name} {number}.md"
    return path
