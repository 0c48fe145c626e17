"""A mail as bytes: an `.eml` draft that mail programs open for editing, or a letter to hand over.

The head is written here, letter by letter, and looked at once more as bytes: the library's own headers
decode `=?utf-8?q?…?=` in a text that they are given, and what comes out can be a header of somebody else's.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from email.quoprimime import body_encode
from email.utils import format_datetime

from prepvault.errors import RefusedError
from prepvault.model.mail import Mail, is_address

_Field = tuple[str, str]

_MIME: tuple[_Field, ...] = (
    ("MIME-Version", "1.0"),
    ("Content-Type", 'text/plain; charset="utf-8"'),
    ("Content-Transfer-Encoding", "quoted-printable"),
)
_LONGEST_PLAIN = 76
_LONGEST_LINE = 998
_PIECE = 39
"""Bytes in one encoded word: with its marks and a name before it, a line stays under 76 letters."""

_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/^_`{|}~ -]+")
_FIELD_LINE = re.compile(rb"([A-Za-z-]+): [ -~]*")
_FOLDED_LINE = re.compile(rb" [!-~][ -~]*")
_IDENTITY = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")


def render_eml(mail: Mail) -> bytes:
    """Write one mail as an unsent draft: UTF-8, no date, no identity, the same bytes each time.

    An address that is none is left out: whoever opens the draft fills it in.
    """
    to = [("To", mail.to)] if is_address(mail.to) else []
    return _written([("X-Unsent", "1"), *to, ("Subject", _words("Subject", mail.subject))], mail.body)


def render_letter(mail: Mail, *, sender: str, name: str, identity: str, date: datetime) -> bytes:
    """Write one mail as it is handed to a server; RefusedError where an address or the identity is none.

    `identity` is the Message-ID with its angle brackets, `date` is aware.
    """
    if not (is_address(sender) and is_address(mail.to) and _IDENTITY.fullmatch(identity)):
        raise _refusal("an address in it is none")
    fields = [
        ("From", f"{_name(name)} <{sender}>".strip()),
        ("To", mail.to),
        ("Date", format_datetime(date)),
        ("Message-ID", identity),
        ("Subject", _words("Subject", mail.subject)),
    ]
    return _written(fields, mail.body)


def plain_line(text: str) -> str:
    """One line of whole characters: each control, separator and half of a character becomes a blank."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _written(fields: Sequence[_Field], text: str) -> bytes:
    """Join head and body, and refuse them where they are not what was meant."""
    all_fields = (*fields, *_MIME)
    head = "".join(f"{name}: {value}\r\n" for name, value in all_fields)
    data = f"{head}\r\n{_body(text)}".encode("ascii", "strict")
    _check(data, [name for name, _ in all_fields])
    return data


def _body(text: str) -> str:
    """The text in quoted-printable; half a character, which a note can spell as an escape, has no bytes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    octets = lines.encode("utf-8", "replace").decode("latin-1")
    return "\r\n".join(body_encode(line, eol="\r\n") for line in octets.split("\n"))


def _name(text: str) -> str:
    """A display name: plain where nothing in it means anything to a mail program, else encoded."""
    line = plain_line(text)
    return line if _is_short(line, "From") and _ATOMS.fullmatch(line) else _encoded(line)


def _words(field: str, text: str) -> str:
    line = plain_line(text)
    return line if _is_short(line, field) and line.isascii() and "=?" not in line else _encoded(line)


def _is_short(line: str, field: str) -> bool:
    return len(field) + 2 + len(line) <= _LONGEST_PLAIN


def _encoded(line: str) -> str:
    """Write a line as encoded words, one on each line of the head; no character is cut in two."""
    pieces, piece = [], b""
    for each in line:
        octets = each.encode("utf-8", "replace")
        if len(piece) + len(octets) > _PIECE:
            pieces.append(piece)
            piece = b""
        piece += octets
    return "\r\n ".join(f"=?utf-8?b?{b64encode(each).decode('ascii')}?=" for each in (*pieces, piece) if each)


def _check(data: bytes, names: Sequence[str]) -> None:
    """Look at what was written: our headers in our order, each once, and nothing that breaks a line."""
    head, found, _ = data.partition(b"\r\n\r\n")
    lines = data.split(b"\r\n")
    if not found or any(b"\r" in line or b"\n" in line for line in lines):
        raise _refusal("a line of it ends where it should not")
    if any(len(line) > _LONGEST_LINE for line in lines):
        raise _refusal("a line of it is too long")
    told = []
    for line in head.split(b"\r\n"):
        if field := _FIELD_LINE.fullmatch(line):
            told.append(field[1].decode("ascii"))
        elif not (told and _FOLDED_LINE.fullmatch(line)):
            raise _refusal("a line of its head is none")
    if told != list(names) or len(set(told)) != len(told):
        raise _refusal("its head is not the one that was meant")


def _refusal(why: str) -> RefusedError:
    hint = "look for odd characters in the note, in its addresses and in `[profile] name`"
    return RefusedError(f"this mail cannot be written safely: {why}", hint=hint)
