"""The files of `content/`, and a vault's own in their place, read into the library of cards."""

from collections.abc import Callable, Mapping

from prepvault.model.card import Library
from prepvault.model.finding import Finding, Place, Severity, order_findings
from prepvault.parse.card_lists import (
    read_competencies,
    read_late_plans,
    read_norms,
    read_research,
    read_standing,
    read_words,
)
from prepvault.parse.card_readers import (
    read_audience,
    read_family,
    read_guide,
    read_items,
    read_mail,
    read_text,
    read_titles,
)
from prepvault.parse.card_shelf import Shelf
from prepvault.parse.yaml_faults import YamlFault

_Reader = Callable[[str, str, Shelf], None]

_READERS: Mapping[str, _Reader] = {
    "competencies.yaml": read_competencies,
    "types/*.md": read_guide,
    "checklist/*.yaml": read_items,
    "families/*.yaml": read_family,
    "ask/*.yaml": read_audience,
    "titles.yaml": read_titles,
    "standing.yaml": read_standing,
    "norms.yaml": read_norms,
    "research.yaml": read_research,
    "late.yaml": read_late_plans,
    "words/*.yaml": read_words,
    "texts/*.md": read_text,
    "mails/*.md": read_mail,
}
"""The reader of each place; files are read in this order, so that what later cards name is known by then."""

_ORDER = tuple(_READERS)


def parse_library(texts: Mapping[str, str]) -> tuple[Library, tuple[Finding, ...]]:
    """Read content files, by path within `content/`; never raises.

    A file that cannot be read gives an error finding and no cards, a bad card in a good file a warning.
    """
    shelf = Shelf()
    placed = sorted((_ORDER.index(place), path) for path in texts if (place := _place_of(path)) in _READERS)
    for index, path in placed:
        _read(_READERS[_ORDER[index]], texts[path], path, shelf)
    for path in sorted(set(texts) - {path for _, path in placed}):
        if not path.startswith("texts/"):
            message = "no cards are read from this file"
            hint = f"cards lie in {', '.join(_ORDER)}"
            shelf.findings.append(Finding("card/unknown-file", Severity.WARNING, Place(path), message, hint))
    return shelf.library(), order_findings(tuple(shelf.findings))


def _place_of(path: str) -> str:
    """Name the place of a path as the table of readers does: `checklist/*.yaml`."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}/*.{name.rpartition('.')[2]}" if slash else name


def _read(reader: _Reader, text: str, path: str, shelf: Shelf) -> None:
    """Read one file; a fault in it becomes a finding."""
    try:
        reader(text, path, shelf)
    except YamlFault as fault:
        place = Place(path, fault.line, fault.column)
        message = f"this content file cannot be read: {fault.message}"
        shelf.findings.append(Finding("card/unreadable", Severity.ERROR, place, message, fault.hint))
