"""Speaking to people and programs: data on stdout, talk on stderr, nothing hostile to a terminal."""

import errno
import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import NamedTuple, TextIO

_LONGEST_CELL = 60
ENVELOPE = 1
"""The version of the JSON envelope; `docs/json.md` says what raises it."""

_HOSTILE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
    r"|(?<=##)\["
)
"""What could forge lines, colours or, on GitHub's machines, a command: they obey `##[` anywhere in a line."""
_COLOR_CODE = re.compile(r"(\x1b\[[0-9;]*m)")
_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "36",
    "note": "36",
    "ok": "32",
    "dim": "2",
    "strong": "1",
}


def help_width() -> int:
    """How wide help may be: `$COLUMNS` or the terminal's width, at most 100; click would load much to ask."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(sys.stdout.fileno()).columns)
    except (AttributeError, OSError, ValueError):
        columns = 80
    return max(min(columns, 100) - 2, 50)


class Styled(NamedTuple):
    """A piece of text and how it should look where colour is wanted; `style` is one of our few words."""

    text: str
    style: str = ""


Piece = str | Styled


@cache
def _hostile() -> re.Pattern[str]:
    """Compile the pattern once, and not for `--help`."""
    return re.compile(_HOSTILE)


def safe(text: str, *, lines: bool = False) -> str:
    """Make controls, bidirectional and zero-width characters visible; `lines` keeps tab and newline."""
    shown = _hostile().sub(lambda found: _escape(found[0]), text)
    return shown if lines else shown.replace("\n", "\\n").replace("\t", "\\t")


def wants_color(stream: TextIO | None, environ: Mapping[str, str] | None = None) -> bool:
    """Decide about colour: NO_COLOR and a dumb terminal say no, FORCE_COLOR yes, else only on a terminal."""
    variables = os.environ if environ is None else environ
    if variables.get("NO_COLOR"):
        return False
    if variables.get("FORCE_COLOR", "0") != "0":
        return True
    return variables.get("TERM") != "dumb" and is_terminal(stream)


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person sits at the other end."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def say(*pieces: Piece) -> None:
    """Write one line of data to stdout, the pieces side by side."""
    _write(sys.stdout, _line(pieces, color=wants_color(sys.stdout)) + "\n")


def tell(*pieces: Piece) -> None:
    """Write one line of talk to stderr."""
    _write(sys.stderr, _line(pieces, color=wants_color(sys.stderr)) + "\n")


def say_rendered(text: str) -> None:
    """Write text that may hold our own colour codes to stdout; everything else hostile is made visible."""
    parts = _COLOR_CODE.split(text)
    shown = "".join(part if place % 2 else safe(part, lines=True) for place, part in enumerate(parts))
    _write(sys.stdout, shown if shown.endswith("\n") or not shown else shown + "\n")


def say_bytes(data: bytes) -> None:
    """Write bytes to stdout as they are, or made harmless when a person is looking."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or is_terminal(sys.stdout):
        _write(sys.stdout, safe(data.decode("utf-8", "replace").replace("\r\n", "\n"), lines=True))
        return
    with _Piped(sys.stdout):
        sys.stdout.flush()
        buffer.write(data)
        buffer.flush()


def say_json(kind: str, fields: Mapping[str, object]) -> None:
    """Write one JSON document in our envelope; hostile characters stand in it as escapes."""
    import json

    say_json_text(
        json.dumps({"prepvault": ENVELOPE, "kind": kind, **fields}, indent=2, ensure_ascii=_is_narrow())
    )


def say_json_line(kind: str, fields: Mapping[str, object]) -> None:
    """Write one JSON document in our envelope on a line of its own: one of a stream."""
    import json

    say_json_text(json.dumps({"prepvault": ENVELOPE, "kind": kind, **fields}, ensure_ascii=_is_narrow()))


def say_json_text(text: str) -> None:
    """Write a JSON document that is already text, its hostile characters as JSON escapes."""
    shown = _hostile().sub(lambda found: _json_escape(found[0]), text)
    _write(sys.stdout, shown.rstrip("\n") + "\n")


def say_table(rows: Sequence[Sequence[Piece]]) -> None:
    """Write rows of cells with aligned columns; wide characters count twice, long cells are cut."""
    if not rows:
        return
    rows = [[*map(_cut, row[:-1]), *row[-1:]] for row in rows]
    count = max(len(row) for row in rows)
    widths = [max((_width(row[at]) for row in rows if at < len(row)), default=0) for at in range(count)]
    for row in rows:
        say(*_padded(row, widths))


def prepare_streams() -> None:
    """Let no character that the terminal's encoding lacks stop a command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with suppress(ValueError, OSError):
                reconfigure(errors="backslashreplace")


def flush() -> None:
    """Hand over what is buffered; a reader that has left is no failure."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with _Piped(stream):
                stream.flush()


def _padded(row: Sequence[Piece], widths: Sequence[int]) -> list[Piece]:
    pieces: list[Piece] = []
    last = max((at for at, cell in enumerate(row) if _width(cell)), default=0)
    for at, cell in enumerate(row[: last + 1]):
        pieces.append(Styled(safe(_text(cell)), _style(cell)))
        if at < last:
            pieces.append(" " * (widths[at] - _width(cell) + 2))
    return pieces


def _line(pieces: Sequence[Piece], *, color: bool) -> str:
    return "".join(_paint(safe(_text(piece), lines=True), _style(piece), color=color) for piece in pieces)


def _paint(text: str, style: str, *, color: bool) -> str:
    code = _STYLES.get(style, "")
    return f"\x1b[{code}m{text}\x1b[0m" if color and code and text else text


def _cut(cell: Piece) -> Piece:
    """Keep a cell that others follow to a readable length; JSON output has it whole."""
    text = _text(cell)
    return cell if len(text) <= _LONGEST_CELL else Styled(f"{text[: _LONGEST_CELL - 1]}…", _style(cell))


def _text(piece: Piece) -> str:
    return piece.text if isinstance(piece, Styled) else piece


def _style(piece: Piece) -> str:
    return piece.style if isinstance(piece, Styled) else ""


def _width(piece: Piece) -> int:
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1
        for letter in safe(_text(piece))
    )


def _escape(letter: str) -> str:
    code = ord(letter)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(letter: str) -> str:
    code = ord(letter)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _is_narrow() -> bool:
    return not (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")


def _write(stream: TextIO | None, text: str) -> None:
    if stream is not None and text:
        with _Piped(stream):
            stream.write(text)


class _Piped:
    """Writes to a reader that may leave: from then on the stream leads nowhere and the job goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __enter__(self) -> None:
        """Begin to write."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, OSError) or error.errno not in {errno.EPIPE, errno.EINVAL}:
            return False
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
        return True
