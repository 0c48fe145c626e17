"""What a scan leaves out: folders, file patterns, drawings, copies of sync services."""

import re
from dataclasses import dataclass, field
from fnmatch import translate

_WORDS = (
    "conflicted copy",
    "in konflikt stehende kopie",
    "copie en conflit",
    "copia en conflicto",
    "copia in conflitto",
)
_CONFLICT = re.compile(
    r"(?:\.sync-conflict-\d{8}-\d{6}-[A-Z0-9]{7}|-safeBackup-\d{4}"
    rf"|\([^()]*(?:{'|'.join(_WORDS)})[^()]*\))\.md$",
    re.IGNORECASE,
)


def is_conflict_copy(path: str) -> bool:
    """Tell whether the name is one that only a sync service gives to a copy it could not merge."""
    return _CONFLICT.search(path) is not None


@dataclass(frozen=True, slots=True)
class Ignored:
    """What is left out: `folders` are not entered, `patterns` hide, in `attachments` nothing is a note.

    A pattern is a folder or file, a shell pattern, or a regular expression between slashes as Obsidian
    writes it. What would hide all of `kept` (the folder of interviews) is not applied to it.
    """

    folders: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    attachments: str = ""
    kept: str = ""
    _compiled: tuple[re.Pattern[str], ...] = field(init=False)

    def __post_init__(self) -> None:
        compiled = tuple(found for text in self.patterns if (found := _compile(text)))
        if self.kept:
            compiled = tuple(each for each in compiled if not each.match(f"{self.kept}/"))
        object.__setattr__(self, "_compiled", compiled)

    def leaves_out(self, path: str, *, is_folder: bool) -> bool:
        """Tell whether a folder or file is left out altogether."""
        if is_folder and path in self.folders:
            return True
        if not self._compiled:
            return False
        shown = f"{path}/" if is_folder else path
        return any(pattern.match(shown) for pattern in self._compiled)

    def is_no_note(self, path: str) -> bool:
        """Tell whether a Markdown file is no note: a drawing, or a file among attachments."""
        return path.endswith(".excalidraw.md") or bool(
            self.attachments and path.startswith(f"{self.attachments}/")
        )


def _compile(text: str) -> re.Pattern[str] | None:
    text = text.strip()
    if len(text) > 2 and text.startswith("/") and text.endswith("/"):
        try:
            return re.compile(f".*(?:{text[1:-1]})", re.DOTALL)
        except (re.error, RecursionError, OverflowError):
            return None
    text = text.strip("/")
    if not text:
        return None
    if any(char in text for char in "*?["):
        return _compile_glob(text)
    return re.compile(re.escape(text) + r"(?:/|$)")


def _compile_glob(text: str) -> re.Pattern[str]:
    inner = translate(text).removesuffix(r"\Z").removesuffix(r"\z")
    return re.compile(rf"(?:{'' if '/' in text else '(?:.*/)?'}{inner})(?:/.*)?\Z", re.DOTALL)
