"""What can still be read of front matter that as a whole cannot: one line's fault must not hide the rest."""

import re

from prepvault.model.note import Value
from prepvault.parse.yaml_core import load_yaml
from prepvault.parse.yaml_faults import YamlFault

_MAX_PIECES = 200
_STARTS = re.compile(r"^(?=[A-Za-z_\"'][^:\n]*:(?:[ \t\r\n]|$))", re.MULTILINE)
_ONE_LINE = re.compile(r"([A-Za-z_][\w -]*?)\s*:[ \t]+(\S.*?)\s*")


def rescue_values(block: str) -> dict[str, Value]:
    """Read each property on its own; one that is given twice with different values is left out."""
    kept: dict[str, Value] = {}
    doubtful: set[str] = set()
    without_marks = re.sub(r"(?m)^(?:<{7}|={7}|>{7}).*$", "", block)
    for piece in _STARTS.split(without_marks)[:_MAX_PIECES]:
        for name, value in _read_piece(piece).items():
            if name in kept and kept[name] != value:
                doubtful.add(name)
            kept.setdefault(name, value)
    return {name: value for name, value in kept.items() if name not in doubtful}


def _read_piece(piece: str) -> dict[str, Value]:
    try:
        value = load_yaml(piece)
    except YamlFault:
        matched = _ONE_LINE.fullmatch(piece.strip())
        return {matched[1]: matched[2].strip("\"'")} if matched else {}
    return value if isinstance(value, dict) else {}
