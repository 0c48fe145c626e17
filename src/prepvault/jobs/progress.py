"""How far the preparation of one interview is, from the ticks in its note."""

from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.model.interview import Interview
from prepvault.model.site import Progress
from prepvault.model.vault import Vault
from prepvault.parse.sections import find_sections
from prepvault.parse.ticks import ticks_of
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.progress import progress_of


def progress(context: Context, vault: Vault, interview: Interview) -> Progress:
    """Count what is ticked of the interview's checklist, and name what comes next."""
    note = vault.notes[interview.path]
    sections, _ = find_sections(note.data, note.path)
    text = b"\n".join(note.data[each.inner_start : each.inner_end] for each in sections)
    library, _ = load_library(context)
    dossier = Dossiers(vault, library).of(interview)
    items = pick_coaching(library, interview, context.settings, dossier).items
    ticks = ticks_of(text.decode("utf-8", "replace"))
    return progress_of(items, ticks, is_complete=interview.preparation_complete)
