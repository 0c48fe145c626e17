"""Find words that must not leave a vault in what a build wrote, however they may be written there."""

import base64
import html
import json
import quopri
import re
from collections.abc import Iterable, Iterator, Mapping
from os.path import commonprefix
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from prepvault.rules.slugs import slug_of

_ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{8,}={0,2}")
_ENCODED_WORD = re.compile(r"=\?utf-8\?([bq])\?([^?]*)\?=", re.IGNORECASE)


def read_output(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def find_leaks(files: Mapping[str, bytes], words: Iterable[str]) -> list[tuple[str, str]]:
    """Which of the words stand in which files or file names: plain, escaped, encoded or as a slug."""
    wanted = {word: {_plain(word), slug_of(word)} for word in words}
    begins = {_common(map(_plain, wanted)), _common(map(slug_of, wanted))}
    found = []
    for name, data in files.items():
        text = _plain(f"{name}\n" + "\n".join(_readings(data)))
        if any(begin in text for begin in begins):
            found += [(name, word) for word, ways in wanted.items() if any(way in text for way in ways)]
    return found


def _common(words: Iterable[str]) -> str:
    """The letters that all of them begin with: most files hold not even these."""
    return commonprefix([*words])  # noqa: RUF071 - letters are meant, not folders


def _plain(text: str) -> str:
    return normalize("NFC", text).casefold()


def _readings(data: bytes) -> Iterator[str]:
    """The text as it stands, and as each of the encodings in use would read it."""
    unfolded = data.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").replace(b"=\r\n", b"").replace(b"=\n", b"")
    for each in {data, unfolded}:
        text = each.decode("utf-8", "replace")
        yield text
        yield unquote(html.unescape(text))
        yield html.unescape(unquote(_ESCAPE.sub(lambda found: json.loads(f'"{found[0]}"'), text)))
        yield text.replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n").replace('\\"', '"')
        yield "".join(_word(kind, inside) for kind, inside in _ENCODED_WORD.findall(text))
        yield quopri.decodestring(each).decode("utf-8", "replace")
        yield "\n".join(_decoded(run) for run in _BASE64.findall(each))


def _word(kind: str, inside: str) -> str:
    data = inside.encode()
    read = base64.b64decode(data) if kind in "bB" else quopri.decodestring(data, header=True)
    return read.decode("utf-8", "replace")


def _decoded(run: bytes) -> str:
    """A run of letters as if it were base64, begun at each of the four places where one may begin."""
    plain = run.translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    cuts = (plain[begin:] for begin in range(4))
    whole = (cut[: len(cut) // 4 * 4 + (0 if len(cut) % 4 == 1 else len(cut) % 4)] for cut in cuts)
    return "\n".join(
        base64.b64decode(each + b"=" * (-len(each) % 4)).decode("utf-8", "replace") for each in whole
    )
