"""CSV as RFC 4180 has it, in which no cell is taken for a formula and nothing is lost."""

from collections.abc import Iterable, Sequence

from prepvault.model.formulas import guarded

BOM = b"\xef\xbb\xbf"
"""What tells Excel that a file is UTF-8."""


def render_csv(rows: Iterable[Sequence[str]], *, has_bom: bool = False) -> bytes:
    """Write rows, every cell in quotes, with the line ends of the standard."""
    lines = (",".join(_quoted(cell) for cell in row) for row in rows)
    data = "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")
    return BOM + data if has_bom else data


def _quoted(cell: str) -> str:
    inner = guarded(cell).replace('"', '""')
    return f'"{inner}"'
