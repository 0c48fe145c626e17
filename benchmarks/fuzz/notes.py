"""Whole notes: whatever the bytes are, each reader gives valid values, and each finding has a place."""

from datetime import UTC, datetime, timedelta

from benchmarks.fuzz.pieces import require
from prepvault.model.note import Note
from prepvault.model.settings import Settings
from prepvault.model.zones import zone_names
from prepvault.parse.about import parse_about
from prepvault.parse.company import parse_company
from prepvault.parse.debrief import parse_debrief
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.hold import parse_hold
from prepvault.parse.interview import parse_interview
from prepvault.parse.research import read_research
from prepvault.parse.story import parse_story
from prepvault.render.findings import FORMATS, render_findings

NOW = datetime(2026, 2, 9, 9, 0, tzinfo=UTC)


def check_notes(data: bytes) -> None:
    """Read one note as an interview, a story, a company, a hold and the note about oneself."""
    note = Note("Interviews/a.md", data, NOW)
    head, told = parse_head(data, note.path)
    interview, more = parse_interview(note, head, Settings(), {})
    findings = [*told, *more]
    findings += parse_story(note, head)[1]
    findings += parse_company(note, head)[1]
    findings += parse_hold(note, head, "Europe/Berlin")[1]
    findings += parse_about(note, head, ())[1]
    findings += parse_debrief(head.body, note.path, head.body_line)[1]
    read_research(head.body, head.body_line)
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for each in findings:
        require(each.message and each.code, "a finding says nothing")
        require(0 <= each.place.line <= lines, f"{each.code} points behind the end of the note")
    for shape in FORMATS:
        shown = render_findings(findings, format=shape, total_notes=1)
        require(shown.encode("utf-8") is not None, "findings cannot be written")
        hidden = [sign for sign in shown if (sign < " " and sign not in "\t\n\r") or "\x7f" <= sign < "\xa0"]
        require(not hidden, f"a control character stands in findings as {shape}")
    if interview:
        length = interview.ends.astimezone(UTC) - interview.starts.astimezone(UTC)
        require(interview.zone in zone_names(), "an interview has a zone that is none")
        require(timedelta() < length <= timedelta(hours=27), "an interview ends before it begins, or never")
