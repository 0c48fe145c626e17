"""Our sections in the notes that the dashboard shows, found once for ticks and pages alike."""

from collections.abc import Mapping, Sequence

from prepvault.model.note import Note
from prepvault.model.section import Section
from prepvault.model.vault import Vault
from prepvault.parse.sections import find_sections
from prepvault.parse.ticks import ticks_of

Sections = Mapping[str, Sequence[Section]]
"""The sections of notes, by path."""

Ticks = Mapping[str, Mapping[str, str]]
"""What is ticked, by interview id and item id."""


def read_sections(vault: Vault) -> Sections:
    """Find our sections in each interview's note, by its path."""
    notes = (vault.notes.get(each.path) for each in vault.interviews)
    return {note.path: find_sections(note.data, note.path)[0] for note in notes if note}


def read_ticks(vault: Vault, sections: Sections) -> Ticks:
    """What is ticked in each interview's note, by interview id."""
    found = {}
    for interview in vault.interviews:
        note = vault.notes.get(interview.path)
        if note is not None:
            found[interview.id] = ticks_within(note, sections[note.path])
    return found


def ticks_within(note: Note, sections: Sequence[Section]) -> Mapping[str, str]:
    """What is ticked in one note's sections, by item id."""
    text = b"\n".join(note.data[each.inner_start : each.inner_end] for each in sections)
    return ticks_of(text.decode("utf-8", "replace"))
