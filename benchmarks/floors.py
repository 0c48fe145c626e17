"""What cannot be beaten: the least that a program in Python does for the same notes. Run as a program.

`walk` looks at every note, `copy` reads all of them and writes a page for each interview, `markdown` renders
the interviews' text with nothing around, `sniff` opens every note and reads its first 4 KB.
What is done between start and end is printed in seconds of processor time.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.name.endswith(".md"):
                yield entry


def walk(root: str) -> None:
    """Look at every note's size and time."""
    for entry in _files(root):
        entry.stat()


def copy(root: str, out: str) -> None:
    """Read every note; write one page of half as much again for each interview."""
    os.makedirs(out)
    for number, entry in enumerate(_files(root)):
        data = _read(entry.path, 1 << 16)
        if b"\ninterview_type:" in data:
            with open(f"{out}/{number}.html", "wb") as file:
                file.write(data + data[: len(data) // 2])


def sniff(root: str) -> None:
    """Open every note, read its beginning, close it."""
    for entry in _files(root):
        _read(entry.path, 4096)


def markdown(root: str) -> float:
    """Render every interview's body; return what rendering alone took."""
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    took = 0.0
    for entry in _files(root):
        text = _read(entry.path, 1 << 20).decode()
        if "\ninterview_type:" in text:
            began = time.process_time()
            renderer.render(text.split("\n---\n", 1)[1])
            took += time.process_time() - began
    return took


def _read(path: str, limit: int) -> bytes:
    handle = os.open(path, os.O_RDONLY)
    try:
        return os.read(handle, limit)
    finally:
        os.close(handle)


if __name__ == "__main__":
    work: dict[str, Callable[..., float | None]] = {
        "walk": walk,
        "copy": copy,
        "sniff": sniff,
        "markdown": markdown,
    }
    begun = time.process_time()
    alone = work[sys.argv[1]](*sys.argv[2:])
    print(time.process_time() - begun if alone is None else alone)
