"""Text that a person hands over: from a file or standard input, never guessed at."""

from typing import BinaryIO

from prepvault.errors import UsageError


def read_words(source: BinaryIO, name: str = "") -> str:
    """Read UTF-8 text, line ends as `\\n`; UsageError for anything else: guessing would spoil letters."""
    shown = name or getattr(source, "name", "") or "the input"
    try:
        return source.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"`{shown}` is not UTF-8 text: byte {error.start + 1} is 0x{error.object[error.start]:02x}",
            hint="save it as UTF-8 in your editor, then try again",
        ) from error
