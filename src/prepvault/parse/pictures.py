"""Pictures: which of them a text embeds, and of what kind one is by its first bytes."""

import re
from types import MappingProxyType
from urllib.parse import unquote

_ENDING = r"(?:apng|avif|gif|jpe?g|png|webp)"
_WIKI = re.compile(
    rf"!\[\[([^\[\]|\n]{{1,500}}?\.{_ENDING})\s*\\?(?:[#|][^\n]{{0,500}}?)?\]\]", re.IGNORECASE
)
_ADDRESS = re.compile(rf"\](?:\(|:)\s*<?(?=([^<>\n]{{1,500}}?\.{_ENDING}))", re.IGNORECASE)
_NAMED = re.compile(rf"\.{_ENDING}\Z", re.IGNORECASE)
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
    return _NAMED.search(path) is not None


def find_pictures(text: str) -> tuple[str, ...]:
    """List what a text may embed as pictures, as typed; it may list more than is shown in the end."""
    typed = [found[1].strip() for found in _WIKI.finditer(text)]
    for found in _ADDRESS.finditer(text):
        typed += [found[1], unquote(found[1])]
    return tuple(dict.fromkeys(typed))
