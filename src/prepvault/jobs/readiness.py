"""How ready one is for the interviews to come: bring together what the vault knows, and weigh it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from prepvault.jobs.context import Context
from prepvault.jobs.library import load_library
from prepvault.jobs.site_sections import Sections, Ticks, read_sections, read_ticks, ticks_within
from prepvault.model.card import Library
from prepvault.model.coaching import Coaching
from prepvault.model.company import Company
from prepvault.model.interview import Interview
from prepvault.model.readiness import Readiness
from prepvault.model.research import ResearchState
from prepvault.model.section import Section
from prepvault.model.site import Progress, Standing
from prepvault.model.vault import Vault
from prepvault.parse.frontmatter import parse_head
from prepvault.parse.own_questions import count_questions
from prepvault.parse.sections import find_sections
from prepvault.parse.splice import without_sections
from prepvault.rules.coaching import pick_coaching
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.overview import overview, standing_of
from prepvault.rules.preparation import Preparation
from prepvault.rules.progress import progress_of
from prepvault.rules.readiness import readiness_of
from prepvault.rules.research import research_state


@dataclass(frozen=True)
class ReadinessDesk:
    """One vault whose interviews are weighed; the research of a company is read once for all of them."""

    vault: Vault
    library: Library
    now: datetime
    _states: dict[str, ResearchState] = field(default_factory=dict)

    def of(
        self,
        interview: Interview,
        coaching: Coaching,
        progress: Progress,
        ticks: Mapping[str, str],
        sections: Sequence[Section],
    ) -> Readiness | None:
        """Weigh the preparation of an interview to come; `ticks` and `sections` are those of its note."""
        if standing_of(interview, self.now) is not Standing.UPCOMING:
            return None
        return readiness_of(
            Preparation(
                interview=interview,
                coaching=coaching,
                progress=progress,
                ticks=ticks,
                research=self._research(coaching.dossier.company, interview),
                questions=self._questions(interview, sections),
                settings=self.vault.settings,
            )
        )

    def _research(self, company: Company | None, interview: Interview) -> ResearchState:
        """How far a company's note is; a company without one has no path. Ages are not asked for here."""
        known = company or Company(name=interview.company, path="")
        if known.path not in self._states:
            day = interview.starts.date()
            self._states[known.path] = research_state(known, self.library.research, day)
        return self._states[known.path]

    def _questions(self, interview: Interview, sections: Sequence[Section]) -> int:
        note = self.vault.notes.get(interview.path)
        own = without_sections(note.data, sections) if note else b""
        if note is None or b"uestion" not in own:  # most notes have none, and reading a head takes its time
            return 0
        head, _ = parse_head(own, note.path)
        return count_questions(head.body)


def readiness_of_coming(
    context: Context,
    vault: Vault,
    library: Library,
    ticks: Ticks,
    sections: Sections,
    *,
    wanted: Collection[str] | None = None,
) -> Mapping[str, Readiness]:
    """Weigh the interviews to come, by id; only the `wanted` ones where some are named."""
    desk, dossiers = ReadinessDesk(vault, library, context.now), Dossiers(vault, library)
    found = {}
    for each in overview(vault.interviews, context.now).upcoming:
        if wanted is not None and each.id not in wanted:
            continue
        coaching = pick_coaching(library, each, vault.settings, dossiers.of(each))
        ticked = ticks.get(each.id, {})
        progress = progress_of(coaching.items, ticked, is_complete=each.preparation_complete)
        weighed = desk.of(each, coaching, progress, ticked, sections.get(each.path, ()))
        if weighed:
            found[each.id] = weighed
    return found


def prepared(context: Context, vault: Vault, interview: Interview) -> tuple[Progress, Readiness | None]:
    """Count what is ticked of one interview's checklist, and weigh its preparation while it is to come."""
    note = vault.notes[interview.path]
    sections, _ = find_sections(note.data, note.path)
    library, _ = load_library(context)
    coaching = pick_coaching(library, interview, context.settings, Dossiers(vault, library).of(interview))
    ticks = ticks_within(note, sections)
    progress = progress_of(coaching.items, ticks, is_complete=interview.preparation_complete)
    desk = ReadinessDesk(vault, library, context.now)
    return progress, desk.of(interview, coaching, progress, ticks, sections)


def percents(context: Context, vault: Vault, interviews: Sequence[Interview]) -> Mapping[str, int]:
    """Tell how ready one is for some of the interviews to come, by id."""
    library, _ = load_library(context)
    sections = read_sections(vault)
    ticks, wanted = read_ticks(vault, sections), {each.id for each in interviews}
    found = readiness_of_coming(context, vault, library, ticks, sections, wanted=wanted)
    return {each: weighed.percent for each, weighed in found.items()}
