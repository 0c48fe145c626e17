"""Read TOML text without ever raising, and say on which line a key stands."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TWICE = re.compile(r"Cannot declare (\(.*?\)) twice")
_TABLE = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*(["']?)([A-Za-z0-9_.\- ]+?)\1\s*=""")


@dataclass(frozen=True, slots=True)
class TomlFault:
    """Why the text is not TOML, and where; line and column from 1, 0 if unknown."""

    message: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Toml:
    """What was read; `lines` maps `table` and `table.key` to the line they are first seen on."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    fault: TomlFault | None = None


def read_toml(data: bytes | str) -> Toml:
    """Read TOML, a byte order mark allowed; what cannot be read comes back as a fault."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Toml(fault=TomlFault("it is not UTF-8 text", line))
    try:
        return Toml(tomllib.loads(text), _find_lines(text))
    except tomllib.TOMLDecodeError as error:
        return Toml(fault=_fault_of(str(error), text))
    except (RecursionError, ValueError):
        return Toml(fault=TomlFault("it is nested too deeply or holds a number too large"))


def _fault_of(message: str, text: str) -> TomlFault:
    found = _LINE.search(message)
    plain = _LINE.sub("", message).replace("(at end of document)", "at the end of the file").strip()
    plain = _TWICE.sub(_say_twice, plain)
    plain = plain[:1].lower() + plain[1:160]
    if found:
        return TomlFault(plain, int(found[1]), int(found[2]))
    return TomlFault(plain, text.count("\n") + 1)


def _say_twice(found: re.Match[str]) -> str:
    name = ".".join(re.findall(r"'([^']*)'", found[1]))
    return f"`[{name}]` stands there twice, so put these lines under the first"


def _find_lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _TABLE.match(line):
            table = heading[1].strip("\"' ")
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault(f"{table}.{key[2]}" if table else key[2], number)
    return lines
