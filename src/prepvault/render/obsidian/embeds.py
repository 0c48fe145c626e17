"""What an embed may show: a picture copied beside the pages, or a passage of another note."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

DEEPEST = 5
"""How many notes deep embeds are followed."""

MOST_PASSAGES = 200
MOST_CHARACTERS = 512 * 1024

_OUR_PICTURE = re.compile(r"(?:\.\./)*files/[a-z0-9-]{1,120}\.(?:avif|gif|jpg|png|webp)")


def _nothing(_target: str) -> None:
    return None


def _no_words(_target: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Embeds:
    """What a note may show of others and say of its links; each function is given a target as typed.

    `here` is the key of the note itself. `picture` gives the address of a copy of ours, `passage` a text,
    `remark` what to add to a link's title, mostly nothing.
    """

    here: str = ""
    picture: Callable[[str], str | None] = _nothing
    passage: Callable[[str], "Passage | None"] = _nothing
    remark: Callable[[str], str] = _no_words


NO_EMBEDS = Embeds()


@dataclass(frozen=True, slots=True)
class Passage:
    """A note's text to be shown within another; `part` is what a link has behind its `#`, or nothing.

    `resolve` and `embeds` are those of the note that it comes from; `embeds.here` names note and part.
    """

    text: str
    part: str
    resolve: Callable[[str], str | None]
    embeds: Embeds


@dataclass(slots=True)
class Allowance:
    """What one page may still show of other notes, and how many passages it shows already."""

    passages: int = MOST_PASSAGES
    characters: int = MOST_CHARACTERS
    shown: int = field(default=0, init=False)

    def take(self, characters: int) -> int:
        """Count one passage and give its number."""
        self.passages -= 1
        self.characters -= characters
        self.shown += 1
        return self.shown


def is_our_picture(address: str) -> bool:
    """Tell whether an address is that of a picture under a name of ours in the folder `files`."""
    return _OUR_PICTURE.fullmatch(address) is not None
