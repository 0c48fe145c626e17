"""Coaching sections and ticks: put in, found, replaced, taken out, and every other byte stays."""

from benchmarks.fuzz.pieces import choose, require
from prepvault.errors import RefusedError
from prepvault.parse.body import append_to_body
from prepvault.parse.sections import find_sections, has_room
from prepvault.parse.splice import Wanted, remove_section, splice_section, splice_sections, without_sections
from prepvault.parse.ticks import carry_ticks, section_sum, ticks_of

NAMES = ("checklist", "tips", "star", "questions", "ask", "strengths")
BODY = "## Checklist\n\n- [ ] Read the posting ^pv-read\n- [ ] Sleep ^pv-sleep"
LONGER = BODY + "\n- [ ] Eat ^pv-eat"
KINDS = ("all", "one", "append")


def check_sections(data: bytes) -> None:
    """Coach a note: `<what to do><note>`."""
    kind, note = choose(data, KINDS)
    sections, findings = find_sections(note, "a.md")
    is_sound = all(each.code == "coaching/edited" for each in findings)
    require(is_sound or not sections, "sections are found in a note that is ambiguous")
    require(
        all(each.place.line <= note.count(b"\n") + note.count(b"\r") + 2 for each in findings), "no place"
    )
    ticks = ticks_of(note.decode("utf-8", "replace"))
    carried = carry_ticks(LONGER, ticks)
    require(section_sum(carried) == section_sum(LONGER), "ticks change a checksum")
    shown = ticks_of(carried)
    require(all(shown.get(name, tick) == tick for name, tick in ticks.items()), "a tick is lost")
    if kind == "append":
        _append(note)
    elif is_sound and has_room(note):
        _replace(note) if sections else _put_in(note, all_of_them=kind == "all")


def _put_in(note: bytes, *, all_of_them: bool) -> None:
    """Put sections into a note that has none, and take them out again."""
    names = NAMES if all_of_them else NAMES[:1]
    spliced = splice_sections(note, (), [Wanted(name, 1, BODY) for name in names], NAMES)
    sections, findings = find_sections(spliced)
    require(not findings, "what was put in is ambiguous")
    require(tuple(each.name for each in sections) == names, "what was put in is not found")
    require(not any(each.is_edited for each in sections), "what was put in counts as edited")
    require(without_sections(spliced, sections) == note, "taking sections out leaves something behind")
    again = splice_sections(spliced, sections, [Wanted(s.name, 1, BODY, s) for s in sections], NAMES)
    require(again == spliced, "coaching twice changes the note twice")


def _replace(note: bytes) -> None:
    """Replace the first section of a note, and take out the last."""
    first, *_ = sections = find_sections(note)[0]
    after = splice_section(note, first.name, 2, LONGER, first)
    found, _ = find_sections(after)
    require([each.name for each in found] == [each.name for each in sections], "replacing loses a section")
    require(after[: found[0].start] == note[: first.start], "text above a section changed")
    require(after[found[0].inner_end :] == note[first.inner_end :], "text below a section changed")
    last = sections[-1]
    kept = remove_section(note, last, keep_text=True)
    inside = note[last.inner_start : last.inner_end].split()
    require(all(word in kept for word in inside), "taking out the markers loses text between them")


def _append(note: bytes) -> None:
    """Add a line to the note's own text: what was there is there in its order; or it is refused in words."""
    try:
        after = append_to_body(note, "zq said", heading="## Debrief")
    except RefusedError as refusal:
        require(refusal.message, "a refusal says nothing")
        return
    require(b"zq said" in after, "what was added is not there")
    kept = iter(after)
    require(all(byte in kept for byte in note.rstrip()), "adding a line loses text")
