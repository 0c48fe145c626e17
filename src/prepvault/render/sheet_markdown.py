"""Sheets as Markdown, for a file or another program."""

from collections.abc import Iterator, Sequence

from prepvault.model.sheet import Part, Sheet


def render_sheets(sheets: Sequence[Sheet], *, level: int = 1) -> str:
    """Write sheets as Markdown, their titles at this heading level; ends with one newline."""
    blocks = (block for sheet in sheets for block in _sheet(sheet, level))
    return "\n\n".join(blocks) + "\n"


def _sheet(sheet: Sheet, level: int) -> Iterator[str]:
    yield f"{'#' * level} {sheet.title}"
    for part in sheet.parts:
        if part.title:
            yield f"{'#' * (level + 1)} {part.title}"
        if part.body:
            yield part.body.strip()
        if part.points:
            yield "\n".join(_lines(part))


def _lines(part: Part) -> Iterator[str]:
    mark = "- [ ] " if part.is_checklist else "- "
    for point in part.points:
        yield f"{mark}{point.text}"
        if point.hint:
            yield f"    - {point.hint}"
