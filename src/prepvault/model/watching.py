"""What `watch` hears and sees: a closed set of events, and what one look at a file shows."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True)
class FilesChanged:
    """Something may have happened to these files; a hint, never a fact."""

    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rescan:
    """Something happened that names no files, or too many: look at all of them."""


@dataclass(frozen=True, slots=True)
class Reload:
    """Someone asks for the settings to be read again and everything to be made anew."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Someone asks to end."""


Event: TypeAlias = FilesChanged | Rescan | Reload | Stop


class Stamp(NamedTuple):
    """What the disk says about a file without opening it."""

    size: int
    modified_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a file showed: no `stamp` when it is not there, no `digest` when it was not read.

    `is_hollow` is true for what is no state to go by yet: nothing but blanks, zeros at the end, a head that
    is never closed, or bytes that moved while they were read.
    """

    stamp: Stamp | None = None
    digest: str = ""
    is_hollow: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Tell whether this may be the middle of somebody's save."""
        return self.stamp is None or self.is_hollow


@dataclass(frozen=True, slots=True)
class Mode:
    """How a vault is watched: by events, or by looking at it again and again; `why` and `hint` for people."""

    is_polling: bool = False
    why: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How patient `watch` is, in seconds."""

    debounce: float = 0.04
    quiet: float = 30.0
    rescan: float = 60.0


def is_hollow(data: bytes) -> bool:
    """Tell whether a note's bytes look like the middle of a save."""
    if not data.strip(b"\0 \t\r\n") or data.endswith(b"\0"):
        return True
    head = data.removeprefix(b"\xef\xbb\xbf")
    return head.startswith((b"---\n", b"---\r")) and b"\n---" not in head and b"\r---" not in head
