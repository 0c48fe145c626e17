"""The table of targets: what is fuzzed, with which of the seeds, and how long an input may be."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.fuzz.calendars import check_busy, check_invites
from benchmarks.fuzz.heads import check_heads
from benchmarks.fuzz.kept import check_journal, check_ledgers
from benchmarks.fuzz.moments import check_moments
from benchmarks.fuzz.notes import check_notes
from benchmarks.fuzz.requests import check_requests
from benchmarks.fuzz.sections import check_sections
from benchmarks.fuzz.tables import check_records, check_tables
from benchmarks.fuzz.texts import check_links, check_markdown, check_settings


@dataclass(frozen=True)
class Target:
    """One target; `check` raises where something does not hold, `longest` bounds an input in bytes."""

    check: Callable[[bytes], None]
    longest: int = 2048


TARGETS: dict[str, Target] = {
    "heads": Target(check_heads),
    "notes": Target(check_notes),
    "sections": Target(check_sections),
    "moments": Target(check_moments, longest=200),
    "invites": Target(check_invites, longest=4096),
    "busy": Target(check_busy, longest=4096),
    "tables": Target(check_tables),
    "records": Target(check_records),
    "markdown": Target(check_markdown),
    "links": Target(check_links, longest=600),
    "settings": Target(check_settings, longest=4096),
    "ledgers": Target(check_ledgers),
    "journal": Target(check_journal),
    "requests": Target(check_requests),
}
