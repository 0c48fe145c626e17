"""Files that come with the program, and the vault's own in their place: cards, templates, finding pages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from prepvault.errors import OutsideError

PACKAGE = Path(__file__).resolve().parents[1]
CONTENT = PACKAGE / "content"

_NOT_CARDS = ("findings", "demo", "import", "assistant")
_TEXT_ENDINGS = frozenset({".md", ".yaml"})
_LONGEST_CARD = 256 * 1024
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")


@cache
def read_content() -> Mapping[str, str]:
    """Every card file that comes with the program, by path within `content/`; one is read when looked up."""
    folders = (entry for entry in CONTENT.iterdir() if entry.name not in _NOT_CARDS)
    found = dict(_text_files(CONTENT, sorted(folders)))
    return _Texts(found)


class _Texts(Mapping[str, str]):
    """Files by path, each read when its text is first asked for, and once."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._read: dict[str, str] = {}

    def __getitem__(self, path: str) -> str:
        """Read one file."""
        if path not in self._read:
            self._read[path] = self._files[path].read_text(encoding="utf-8")
        return self._read[path]

    def __iter__(self) -> Iterator[str]:
        """The paths; no file is read for them."""
        return iter(self._files)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._files)


def read_tracker_words() -> str:
    """What is known about tables of other trackers."""
    return (CONTENT / "import" / "tables.yaml").read_text(encoding="utf-8")


def read_content_folder(root: Path, folder: str) -> Mapping[str, str]:
    """Read a vault's own card files, by path within that folder; none where it is absent.

    Links that lead out of the folder and files over 256 KiB are left unread; bytes that are not UTF-8 are
    replaced, so that the reader can say where.
    """
    top = _inside(root, folder)
    return {
        path: file.read_bytes().decode("utf-8", "replace")
        for path, file in _text_files(top)
        if file.stat().st_size <= _LONGEST_CARD
    }


def find_shipped(name: str) -> Path:
    """Find `vault_template` or `site_templates`: in the installed package, else in its repository."""
    installed = PACKAGE / "_shipped" / name
    if installed.is_dir():
        return installed
    repository = PACKAGE.parents[1]
    if (repository / "pyproject.toml").is_file() and (repository / name).is_dir():
        return repository / name
    raise OutsideError(f"`{name}` is missing from this installation", hint="install prepvault again")


def read_templates(folder: Path) -> Mapping[str, str]:
    """Read every text file below a folder, by path within it; none where it is absent.

    Bytes that are not UTF-8 are replaced, as in cards: the page shows where they are.
    """
    return {
        path: file.read_text(encoding="utf-8-sig", errors="replace")
        for path, file in _files(folder)
        if not _is_binary(file)
    }


def read_finding_page(code: str) -> str | None:
    """Read the page that explains a finding's code; None for an unknown code."""
    page = CONTENT / "findings" / f"{code}.md"
    if not _CODE.fullmatch(code) or not page.is_file():
        return None
    return page.read_text(encoding="utf-8")


def read_assistant_text(name: str) -> str:
    """Read one of the texts that an AI assistant is given."""
    return (CONTENT / "assistant" / f"{name}.md").read_text(encoding="utf-8")


def finding_codes() -> tuple[str, ...]:
    """Name every code that has a page, in order."""
    return tuple(path.removesuffix(".md") for path, _ in _text_files(CONTENT / "findings"))


def _inside(root: Path, folder: str) -> Path:
    """Find a folder of the vault; raises OutsideError for one that lies elsewhere."""
    top = (root / folder).resolve()
    if not top.is_relative_to(root.resolve()):
        raise OutsideError(
            f"`{folder}` leads out of the vault", hint="name a folder in the vault in `prepvault.toml`"
        )
    return top


def _text_files(top: Path, entries: Iterable[Path] | None = None) -> Iterator[tuple[str, Path]]:
    """Find the Markdown and YAML files below a folder, in order; of some of its entries only, where given."""
    return ((path, file) for path, file in _files(top, entries) if file.suffix in _TEXT_ENDINGS)


def _files(top: Path, entries: Iterable[Path] | None = None) -> Iterator[tuple[str, Path]]:
    """Find the regular files below a folder, in order; hidden ones and links that lead out are left."""
    inside = top.resolve()
    found = (
        top.rglob("*") if entries is None else (file for each in entries for file in (each, *each.rglob("*")))
    )
    for file in sorted(found):
        path = file.relative_to(top)
        hidden = any(part.startswith(".") for part in path.parts)
        if not hidden and file.is_file() and (not file.is_symlink() or file.resolve().is_relative_to(inside)):
            yield path.as_posix(), file


def _is_binary(file: Path) -> bool:
    """Tell by a zero byte near its start that a file is no text."""
    with file.open("rb") as stream:
        return b"\0" in stream.read(8192)
