"""The results of tools that coach: every field with its type."""

from typing import Any

from prepvault.mcp_server.results import InterviewRecord, Result


class Materials(Result):
    """Coaching for a type and a role; a section that was not asked for is null."""

    success: bool = True
    job_id: str
    interview_type: str
    role: str
    role_family: str
    role_family_assumed: bool
    star_method: dict[str, str] | None
    common_questions: list[str] | None
    prep_checklist: list[str] | None
    interview_tips: list[str] | None
    strength_weaknesses: dict[str, str] | None
    questions_to_ask: list[str] | None
    truncated: bool
    rest: str


class ResearchSection(Result):
    """One part of the research: what to find out and where, and what is known already."""

    title: str
    fields: list[str]
    where_to_look: str
    so_what: str
    known: list[dict[str, str | None]]


class Research(Result):
    """The template of a company's research with what the vault knows."""

    success: bool = True
    company: str
    sections: list[ResearchSection]
    filled: int
    fields: int
    say: list[str]
    ask: list[str]
    watch: list[str]
    unknown: list[str]
    note: str | None
    next_interview: str | None
    remark: str


class Pitch(Result):
    """A pitch; what stands in brackets is for the user to fill in."""

    success: bool = True
    pitch: str
    seconds: int
    missing: list[str]
    checks_passed: int
    checks_failed: list[dict[str, str]]
    other_lengths: dict[str, str]


class StoryMatch(Result):
    """Which story to tell for what an interview asks for."""

    success: bool = True
    interview: InterviewRecord
    stories_to_bring: dict[str, int]
    rows: list[dict[str, Any]]
    states: dict[str, str]
