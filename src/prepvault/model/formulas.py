"""Cells that a spreadsheet would calculate: made harmless in a table, and read back from it.

A spreadsheet calculates a cell that begins like a formula, and what notes hold may come from anyone. So an
apostrophe is put before what could begin one: at the start of a cell, and after a semicolon, a tab or a line
end within it, where another idea of a separator would begin a cell. An apostrophe that stands in such a place
already gets another one; taking one away at each of these places therefore gives back the very same text.
"""

import re

_SIGNS = "=+@\uff1d\uff0b\uff20\ufe66\ufe62\ufe6b\\-\uff0d\ufe63"
_PASSED_OVER = "\\s'\"\u200b-\u200f\u2060\ufeff\x00-\x1f"
_BEGINNING = re.compile(rf"(?<![{_PASSED_OVER}])[{_PASSED_OVER}]*+[{_SIGNS}]")
_ODD_START = re.compile(r"'*+[\t\r\n]")
_BREAKS = "\t\r\n"
_MARK = "'"


def guarded(text: str) -> str:
    """Put an apostrophe before everything in a cell that could begin a formula."""
    shown = _BEGINNING.sub(lambda found: _marked(found, text), text)
    return f"{_MARK}{shown}" if _is_odd(text) else shown


def unguarded(text: str) -> str:
    """Take away again what `guarded` has put into a cell; a text without it stays as it is."""
    shown = _BEGINNING.sub(lambda found: _unmarked(found, text), text)
    starts = text.startswith(_MARK) and _is_odd(text[1:])
    return shown[1:] if starts else shown


def _is_odd(text: str) -> bool:
    """Tell whether a cell begins with a tab or line end, and with no formula behind it."""
    return bool(_ODD_START.match(text)) and not _BEGINNING.match(text)


def _begins_cell(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == ";"


def _marked(found: re.Match[str], text: str) -> str:
    run = found[0]
    first = _MARK if _begins_cell(text, found.start()) else ""
    return first + "".join(sign + _MARK if sign in _BREAKS else sign for sign in run)


def _unmarked(found: re.Match[str], text: str) -> str:
    run, is_start, kept = found[0], _begins_cell(text, found.start()), []
    for sign in run:
        if not (is_start and sign == _MARK):
            kept.append(sign)
        is_start = sign in _BREAKS
    return "".join(kept)
