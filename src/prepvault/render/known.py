"""What is known about an interview, in plain words that notes and pages share."""

from prepvault.model.coaching import Coaching
from prepvault.model.competency import Demand
from prepvault.model.interview import Interview, InterviewType
from prepvault.model.matching import MatchRow, StoryMatch
from prepvault.model.missing import missing_question

NEEDS, USUAL_NEEDS, LINES = 5, 3, 3
"""Most needs shown, most where only the type and the role tell of them, most lines of one kind."""

FITS = {3: "a strong fit", 2: "a fair fit", 1: "a stretch"}
"""How well a story fits, in words."""

_ADJECTIVES = {InterviewType.TECHNICAL, InterviewType.BEHAVIORAL, InterviewType.ON_SITE, InterviewType.PANEL}


def need_title(tag: str, coaching: Coaching) -> str:
    """Call a competency by its title; a tag of the user's own by its words."""
    competency = coaching.competencies.get(tag)
    return competency.title if competency else tag.replace("-", " ").capitalize()


def most_asked(coaching: Coaching) -> tuple[Demand, ...]:
    """Choose what is worth showing: less where no posting speaks for it."""
    known = coaching.dossier
    return known.demands[: NEEDS if known.posting else USUAL_NEEDS]


def reasons_of(demand: Demand) -> tuple[str, ...]:
    """Give the two weightiest reasons; a doubt is told in full elsewhere."""
    return tuple(reason.partition(": ")[0] for reason in demand.reasons[:2])


def told_rows(match: StoryMatch) -> tuple[tuple[tuple[str, ...], MatchRow], ...]:
    """Give each story to tell once, with every competency it stands for, in the order of asking."""
    groups: dict[str, list[MatchRow]] = {}
    for row in match.rows:
        if row.story:
            groups.setdefault(row.story.path, []).append(row)
    return tuple(
        (tuple(row.demand.tag for row in rows), next((row for row in rows if not row.is_shared), rows[0]))
        for rows in groups.values()
    )


def type_title(interview: Interview) -> str:
    """Call the type as a title does: `Behavioral interview`, `Phone screen`."""
    label = interview.type_label
    return f"{label} interview" if interview.type in _ADJECTIVES else label


def open_question(coaching: Coaching, interview: Interview) -> str:
    """Ask for the one thing that would help most; empty when nothing is missing."""
    if not coaching.missing:
        return ""
    untitled = [seat.person.name for seat in coaching.panel if not seat.person.title.strip()]
    return missing_question(
        coaching.missing[0],
        type=type_title(interview).lower(),
        contact=interview.recruiter.first_name if interview.recruiter else "your contact",
        company=interview.company,
        people=" and ".join(filter(None, (", ".join(untitled[:-1]), "".join(untitled[-1:])))),
    )
