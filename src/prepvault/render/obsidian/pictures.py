"""What an embed shows: its kind by file name, the size that Obsidian writes into the label, a picture."""

import re
from html import escape
from types import MappingProxyType

_SIZE = re.compile(r"(?:^|\|)\s*(\d{1,5})(?:x(\d{1,5}))?\s*$")
_KINDS = MappingProxyType(
    {
        "image": ("apng", "avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"),
        "audio": ("3gp", "flac", "m4a", "mp3", "ogg", "wav"),
        "video": ("mkv", "mov", "mp4", "ogv", "webm"),
        "pdf": ("pdf",),
        "base": ("base",),
        "canvas": ("canvas",),
    }
)
_KIND_OF = MappingProxyType({suffix: kind for kind, suffixes in _KINDS.items() for suffix in suffixes})


def split_size(label: str) -> tuple[str, str]:
    """Take `a map|100x50`, `a map|100` or `100` apart into the label and the size (`100x50`, `100`)."""
    found = _SIZE.search(label)
    if found is None:
        return label.strip(), ""
    size = f"{found[1]}x{found[2]}" if found[2] else found[1]
    return label[: found.start()].strip(), size


def kind_of(address: str) -> str:
    """Tell what an address points to by its last suffix; a note when nothing else is known."""
    path = address.partition("#")[0].partition("?")[0]
    return _KIND_OF.get(path.rpartition(".")[2].lower(), "note")


def draw_picture(address: str, label: str, size: str, title: str = "") -> str:
    """Write the tag of a picture; an unreadable or a zero size counts as none."""
    width, _, height = size.partition("x")
    sides = {"width": int(width or 0), "height": int(height or 0)}
    more = "".join(f' {name}="{pixels}"' for name, pixels in sides.items() if pixels)
    more += f' title="{escape(title)}"' if title else ""
    return f'<img class="picture" src="{escape(address)}" alt="{escape(label)}"{more} loading="lazy">'
