"""The examples of README and `docs/`: found in the pages by their fences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "ARCHITECTURE.md",
    *sorted((ROOT / "docs").glob("*.md")),
)

_FENCE = re.compile(r"^(?P<indent> {0,3})(?P<ticks>`{3,})(?P<language>[^\n`]*)$")
_NAMED = re.compile(r"`(?P<path>[^`\s/][^`]*\.(?:html|css|js|ya?ml|md|toml|json|sh))`(?: in your vault)?:$")


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its lines, where they stand (from 0), the file it is said to be."""

    language: str
    lines: tuple[str, ...]
    at: int
    path: str = ""

    @property
    def text(self) -> str:
        """What stands in it."""
        return "".join(f"{line}\n" for line in self.lines)


def find_blocks(text: str) -> Iterator[Block]:
    """Find the fenced blocks of a page. `path` is the last name of a file before it, if a colon follows."""
    lines = text.splitlines()
    at, before = 0, ""
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence is None:
            before = lines[at].strip() or before
            at += 1
            continue
        indent, ticks = len(fence["indent"]), fence["ticks"]
        end = next(n for n in range(at + 1, len(lines)) if lines[n].strip() == ticks)
        named = _NAMED.search(before)
        body = tuple(line[indent:] for line in lines[at + 1 : end])
        yield Block(fence["language"].strip(), body, at + 1, named["path"] if named else "")
        at, before = end + 1, ""


def inline_commands(text: str) -> Iterator[str]:
    """Find the commands that stand within a sentence, `prepvault …` between ticks."""
    bare = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.DOTALL | re.MULTILINE)
    for code in re.findall(r"`(prepvault [^`]+)`", bare):
        yield code.replace("\n", " ").replace("\\|", "|")
