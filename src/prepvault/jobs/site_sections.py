"""Our sections in the notes that the dashboard shows, found once for ticks and pages alike."""

from collections.abc import Mapping, Sequence

from prepvault.jobs.lazily import Lazily
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
    """Find our sections in each interview's note, by its path; looked for when they are asked for."""
    return Lazily([each.path for each in vault.interviews], lambda path: sections_at(vault, path))


def sections_at(vault: Vault, path: str) -> Sequence[Section]:
    """Find our sections in the note of one interview."""
    note = vault.notes.get(path)
    return find_sections(note.data, note.path)[0] if note else ()


def read_ticks(vault: Vault, sections: Sections) -> Ticks:
    """What is ticked in each interview's note, by interview id; looked for when it is asked for."""
    paths = {each.id: each.path for each in vault.interviews}

    def ticks_at(key: str) -> Mapping[str, str]:
        note = vault.notes.get(paths[key])
        return ticks_within(note, sections[note.path]) if note else {}

    return Lazily(tuple(paths), ticks_at)


def ticks_within(note: Note, sections: Sequence[Section]) -> Mapping[str, str]:
    """What is ticked in one note's sections, by item id."""
    text = b"\n".join(note.data[each.inner_start : each.inner_end] for each in sections)
    return ticks_of(text.decode("utf-8", "replace"))
