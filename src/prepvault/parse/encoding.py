"""Say that a note's text is not UTF-8, where only its front matter was read closely before."""

from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.note import Head, Note


def odd_bytes(note: Note, head: Head) -> tuple[Finding, ...]:
    """Report the first byte of a note that is no UTF-8; one whose head is no UTF-8 was reported already."""
    if not head.valid:
        return ()
    try:
        note.data.decode("utf-8")
    except UnicodeDecodeError as fault:
        place = Place(note.path, note.data.count(b"\n", 0, fault.start) + 1)
        message = f"the text should be UTF-8, found the byte 0x{note.data[fault.start]:02x}"
        hint = "save the note as UTF-8 in your editor"
        return (Finding("frontmatter/not-utf8", Severity.ERROR, place, message, hint),)
    return ()
