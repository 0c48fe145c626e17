"""A note as it lies on disk, and the front matter read from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
"""A front matter value as Obsidian reads it (YAML 1.2 core): dates and times stay text."""


def digest_of(data: bytes) -> str:
    """Name these bytes: the SHA-256 as 64 hexadecimal digits."""
    return sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Note:
    """Exactly what was on disk: `path` relative to the vault with `/`, `modified` aware UTC."""

    path: str
    data: bytes
    modified: datetime
    digest: str = ""

    def __post_init__(self) -> None:
        if not self.digest:
            object.__setattr__(self, "digest", digest_of(self.data))

    @property
    def stem(self) -> str:
        """The file's name without folder and `.md`."""
        return self.path.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Head:
    """What a note's front matter says and where.

    `values` maps each key as written to its value; `lines` maps it to its line in the file, from 1.
    `present` is false when the note has no front matter at all; `valid` is false when there is one
    that cannot be read: then `values` is empty, and `rescued` holds the properties that could still be
    read one by one, so that a bad line does not hide an interview. `body` is the text after the closing
    fence, decoded with replacement characters where it is not UTF-8; `body_line` is its first line, from 1.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    present: bool = False
    valid: bool = True
    body: str = ""
    body_line: int = 1
    rescued: Mapping[str, Value] = field(default_factory=dict)
