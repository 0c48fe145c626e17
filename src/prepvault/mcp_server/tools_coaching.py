"""Tools that prepare the user, and the one that builds the dashboard."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from prepvault.jobs.answers_coaching import match_answer, materials_answer, pitch_answer, research_answer
from prepvault.jobs.anywhere import Desk as Shelf
from prepvault.jobs.build import BuildReport, build
from prepvault.jobs.library import load_library
from prepvault.jobs.pitch import gather_facts, write_pitches
from prepvault.jobs.stories import match_interview
from prepvault.jobs.understand import split_list, understand_word
from prepvault.mcp_server import arguments as said
from prepvault.mcp_server import results
from prepvault.mcp_server import results_coaching as coaching
from prepvault.mcp_server.desk import Desk, pick
from prepvault.model.finding import Severity
from prepvault.model.interview import InterviewType
from prepvault.model.pitch import SECONDS, PitchFacts


class Coaching:
    """Materials, research, pitch, stories, dashboard."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get_interview_prep_materials(
        self,
        *,
        job_id: said.JobId = "",
        interview_type: said.Type,
        role_family: Annotated[
            str, said.said("like backend_engineer or data_engineer; else by the role")
        ] = "",
        section: Annotated[str, said.said("only this field of the result, in full", 80)] = "",
    ) -> coaching.Materials:
        """Give STAR guide, likely questions, checklist, tips, strengths framework and questions to ask."""
        context, vault = self._desk.read()
        kind = understand_word(InterviewType, "type", interview_type)
        told = materials_answer(
            context, vault, kind, job_id=job_id, family=role_family, section=section.strip()
        )
        return coaching.Materials.model_validate(told)

    def get_company_research_template(self, *, company: said.Company) -> coaching.Research:
        """Give the template of a company's research: what to find out, where to look, what is known already.

        Nothing is fetched and nothing written.
        """
        context, vault = self._desk.read()
        return coaching.Research.model_validate(research_answer(context, vault, company))

    def generate_elevator_pitch(
        self,
        *,
        name: Annotated[str, said.said("the user's name; else as in the settings")] = "",
        current_role: Annotated[str, said.said("what they are today; else as in the settings")] = "",
        key_achievements: Annotated[
            str | list[str], Field(description="three or four, with numbers: a list, or one text")
        ] = "",
        goal: Annotated[str, said.said("what they want next", 1_000)] = "",
        interview_id: said.MaybeId = "",
        seconds: Annotated[int, Field(description="30, 60 or 120")] = 120,
    ) -> coaching.Pitch:
        """Write an introduction of two minutes, checked; for an interview, with what is known of it.

        Only what is given or known is said of the user. What nobody knows stands in brackets.
        """
        context, vault = self._desk.read()
        found = pick(vault, interview_id).id if interview_id.strip() else ""
        shelf = Shelf(load_library(context)[0], context.settings, context)
        facts = PitchFacts(
            name=name.strip(),
            role=current_role.strip(),
            achievements=split_list(key_achievements),
            goal=goal.strip(),
        )
        lengths = tuple(dict.fromkeys((seconds, *SECONDS)))
        pitches = write_pitches(shelf, gather_facts(shelf, facts, found), lengths)
        return coaching.Pitch.model_validate(pitch_answer(pitches, seconds))

    def match_stories(self, *, interview_id: said.Id) -> coaching.StoryMatch:
        """Say which of the user's STAR stories to tell for what one interview asks for."""
        context, vault = self._desk.read()
        found = pick(vault, interview_id)
        matched = match_interview(context, vault, found)
        return coaching.StoryMatch.model_validate(match_answer(found, matched))

    def build_site(self) -> results.Built:
        """Write the dashboard and the calendar anew where notes changed; no note is touched."""
        with self._desk.alone() as context:
            done = build(context)
        errors = sum(each.severity is Severity.ERROR for each in done.findings)
        wrote = len(done.output.written)
        words = "1 file" if wrote == 1 else f"{wrote} files"
        more = "; `check_vault` lists what is wrong in the notes" if errors else ""
        return results.Built(
            success=not done.is_failed,
            page=f"{_place(done, self._desk.root)}/index.html",
            interviews=done.interviews,
            written=wrote,
            unchanged=done.output.unchanged,
            removed=len(done.output.removed),
            errors=errors,
            message=f"{words} written, {done.output.unchanged} unchanged{more}",
        )


def _place(done: BuildReport, root: Path) -> str:
    """The output folder as the vault names it; outside of it, its name alone."""
    inside = done.folder.is_relative_to(root)
    return done.folder.relative_to(root).as_posix() if inside else done.folder.name
