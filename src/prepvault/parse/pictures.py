"""Pictures: which of them a text embeds, and of what kind one is by its first bytes."""

import re
from collections.abc import Iterator
from itertools import islice
from types import MappingProxyType
from urllib.parse import unquote

_ENDING = re.compile(r"\.(?:apng|avif|gif|jpe?g|png|webp)(?![^\W_])", re.IGNORECASE)
_OPENERS = ("![[", "](", "]:")
_LONGEST_NAME = 500
_MOST = 2_000
_BEGINNINGS = MappingProxyType(
    {
        b"\x89PNG\r\n\x1a\n": "png",
        b"\xff\xd8\xff": "jpg",
        b"GIF87a": "gif",
        b"GIF89a": "gif",
    }
)
_AVIF = frozenset({b"avif", b"avis"})
_LONGEST_BOX = 256


def picture_kind(data: bytes) -> str:
    """Tell by its bytes what a picture is: `png`, `jpg`, `gif`, `webp` or `avif`; else nothing."""
    for beginning, kind in _BEGINNINGS.items():
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    size = int.from_bytes(data[:4], "big")
    if data[4:8] == b"ftyp" and 16 <= size <= _LONGEST_BOX:
        brands = {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}
        return "avif" if brands & _AVIF else ""
    return ""


def is_named_picture(path: str) -> bool:
    """Tell whether a name ends like that of a picture which a page may show; SVG can hold scripts."""
    found = _ENDING.search(path, max(0, len(path) - len(".webp")))
    return found is not None and found.end() == len(path)


def find_pictures(text: str) -> tuple[str, ...]:
    """List what a text may embed as pictures, as typed; it may list more than is shown in the end."""
    return tuple(dict.fromkeys(islice(_typed(text), _MOST)))


def _typed(text: str) -> Iterator[str]:
    """Look from each picture's ending back to what may begin its name: an embed, a link, a definition."""
    for ending in _ENDING.finditer(text):
        first = max(0, ending.start() - _LONGEST_NAME)
        for opener in _OPENERS:
            start = text.rfind(opener, first, ending.start())
            name = text[start + len(opener) : ending.end()].lstrip(" \t<")
            if start >= 0 and "\n" not in name:
                yield name
                if "%" in name:
                    yield unquote(name)
