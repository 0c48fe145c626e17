"""Add to an interview's own notes, outside everything that PrepVault manages."""

import re

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.jobs.one_note import Changed, read_current, reread, usual_minutes, with_identity, write
from prepvault.model.interview import Interview
from prepvault.parse.body import append_to_body, below_heading

_MARKER = re.compile(r"^[ \t>]*(?:<!--|%%)\s*prepvault:", re.IGNORECASE | re.MULTILINE)


def add_notes(context: Context, interview: Interview, text: str, *, heading: str) -> Changed:
    """Add text under a heading of the note, which is made at the end where there is none.

    The text's own headings come below that one.
    """
    refuse_markers(text)
    before = read_current(context, interview)
    added = below_heading(before.data, text.rstrip(), heading=heading)
    data = append_to_body(before.data, added, heading=heading)
    after = with_identity(reread(context, interview.path, data, usual_minutes(context)), interview.id)
    written = write(context, interview, before, data, "notes")
    count = len(text.split())
    words = "1 word" if count == 1 else f"{count} words"
    return Changed(after, (("added", f"{words} under `{heading}`"),), written, context.now)


def refuse_markers(text: str) -> None:
    """Refuse a text for a note's body that would pass for a coaching section."""
    if _MARKER.search(text):
        raise UsageError(
            "the text holds a PrepVault marker, which would pass for a coaching section",
            hint="remove the line with `prepvault:begin` or `prepvault:end`",
        )
