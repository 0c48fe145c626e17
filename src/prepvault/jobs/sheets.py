"""Coaching for a type and a role on sheets, as records and as Markdown."""

from collections.abc import Sequence

from prepvault.errors import UsageError
from prepvault.model.card import Audience, Library
from prepvault.model.interview import InterviewType
from prepvault.model.near import find_near
from prepvault.model.sheet import Sheet
from prepvault.render.sheet_markdown import render_sheets
from prepvault.rules.coaching import pick_for_type
from prepvault.rules.sheets import SHEETS, ask_of, lay_out, tips_of


def materials_on_sheets(
    library: Library,
    type: InterviewType,  # noqa: A002
    role: str,
    family: str = "",
    names: Sequence[str] = (),
) -> tuple[Sheet, ...]:
    """Lay out all materials of a type and a role, or the named sheets; UsageError for an unknown one."""
    for name in names:
        if name not in SHEETS:
            near = find_near(name, SHEETS)
            hint = f"did you mean `{near}`?" if near else f"there is {', '.join(SHEETS)}"
            raise UsageError(f"the materials have no section `{name}`", hint=hint)
    coaching = pick_for_type(library, type, role, _known_family(library, family))
    return lay_out(library, coaching, names or SHEETS)


def tips_on_sheets(library: Library, types: Sequence[InterviewType]) -> tuple[Sheet, ...]:
    """Lay out what types of interviews are like."""
    return tuple(tips_of(library.guides[kind]) for kind in types if kind in library.guides)


def ask_on_sheet(library: Library, audience: str = "") -> Sheet:
    """Lay out what to ask one kind of person, or everyone; UsageError for a kind that is not known."""
    if not audience:
        return ask_of(library.audiences.values())
    return ask_of([_audience(library, audience)])


def record_of(sheet: Sheet) -> dict[str, object]:
    """Give a sheet as plain data, ready for JSON."""
    parts = [
        {
            "title": part.title,
            "points": [{"text": point.text, "hint": point.hint} for point in part.points],
            "body": part.body,
        }
        for part in sheet.parts
    ]
    return {"id": sheet.id, "title": sheet.title, "parts": parts}


def as_markdown(sheets: Sequence[Sheet]) -> str:
    """Give sheets as one Markdown text."""
    return render_sheets(sheets)


def _audience(library: Library, name: str) -> Audience:
    plain = _plain(name)
    if plain not in library.audiences:
        known = ", ".join(library.audiences)
        near = find_near(plain, library.audiences)
        hint = f"did you mean `{near}`?" if near else f"there is {known}"
        raise UsageError(f"no audience is called `{name}`", hint=hint)
    return library.audiences[plain]


def _known_family(library: Library, name: str) -> str:
    if name and _plain(name) not in library.families:
        near = find_near(_plain(name), library.families)
        hint = f"did you mean `{near}`?" if near else f"there is {', '.join(library.families)}"
        raise UsageError(f"no role family is called `{name}`", hint=hint)
    return name


def _plain(name: str) -> str:
    return "_".join(name.lower().replace("-", " ").replace("_", " ").split())
