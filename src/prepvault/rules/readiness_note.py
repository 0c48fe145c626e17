"""Parts of readiness that the interview's own note and the settings tell of.

Only what the user did counts: boxes, own lines, filled settings, known facts. A section that PrepVault wrote
is no sign of work; a box in it that the user ticked is.
"""

from collections.abc import Iterator

from prepvault.model.card import Item
from prepvault.model.interview import Interview, InterviewType
from prepvault.rules.audiences import people_of
from prepvault.rules.conditions import place_kind
from prepvault.rules.formats import is_alone
from prepvault.rules.preparation import ITEMS, MUST, OTHER, Measured, Move, Preparation
from prepvault.rules.progress import is_before

FULFILLED = (
    *("ask-format", "ask-purpose", "subformat", "mode-known"),
    *("first-stories", "people-ask", "place-ask", "start-hour"),
)
"""Items that leave the checklist once the vault holds what they ask for: a tick on one keeps its worth."""

TO_ASK = 3
PITCH = ("name", "role", "present", "achievements", "goal")
"""What a pitch is made of in `[profile]`."""

_FACT_MINUTES, _PROFILE_MINUTES = 5, 3
_DAY_OF = frozenset({"T-2h", "T-10min"})


def measure_checklist(known: Preparation) -> Measured | None:
    """Count the ticks before the interview; where nobody can tick, there is nothing to count."""
    sections = known.settings.words("coaching.sections")
    can_tick = (
        known.interview.coaching and known.settings.flag("coaching.enabled") and "checklist" in sections
    )
    counted = [each for each in known.progress.items if is_before(each.item) and not each.is_dropped]
    if not counted or not (can_tick or known.ticks):
        return None
    listed = {each.item.id for each in known.progress.items}
    earlier = sum(known.is_ticked(each) for each in FULFILLED if each not in listed)
    total = sum(_worth(each.item) for each in counted) + MUST * earlier
    left = [each.item for each in counted if not each.is_done]
    musts = sum(item.priority == "must" for item in left)
    return Measured(
        share=(total - sum(map(_worth, left))) / total,
        found=f"{len(counted) - len(left)} of {len(counted)} ticked",
        missing=f"{len(left)} to tick, {musts} of them musts" if left else "",
        moves=tuple(_tick(item, total) for item in left),
    )


def _worth(item: Item) -> int:
    return MUST if item.priority == "must" else OTHER


def _tick(item: Item, total: int) -> Move:
    """What takes no minutes is a rule to keep on the eve, no work that could be done now."""
    return Move(
        text=item.text,
        minutes=item.minutes,
        gain=_worth(item) / total,
        ticks=item.id,
        is_late=item.phase in _DAY_OF or not item.minutes,
    )


def measure_questions(known: Preparation) -> Measured | None:
    """Count the user's own: written in the note or under `Ask` of the research, or ticked as chosen."""
    if is_alone(known.coaching.format, known.interview) or not known.needs("questions"):
        return None
    company = known.coaching.dossier.company
    written = min(TO_ASK, known.questions + (len(company.ask) if company else 0))
    if known.is_ticked(*ITEMS["questions"]):
        return Measured(share=1.0, found="questions to ask are ticked")
    found = f"{written} of {TO_ASK} questions to ask written down"
    if written == TO_ASK:
        return Measured(share=1.0, found=found)
    item = known.item("questions")
    return Measured(
        share=written / TO_ASK,
        found=found,
        missing=f"{TO_ASK - written} more under a heading `Questions to ask`, or the tick for them",
        moves=(
            Move(
                text=item.text if item else f"Write down {TO_ASK} questions to ask under `Questions to ask`",
                minutes=item.minutes if item else _FACT_MINUTES * TO_ASK,
                gain=1 - written / TO_ASK,
                ticks=item.id if item else "",
            ),
        ),
    )


def measure_pitch(known: Preparation) -> Measured | None:
    """Count what `[profile]` holds of it; the tick says that it was spoken, in whatever words."""
    if known.interview.type is InterviewType.DEBRIEF or not known.needs("pitch"):
        return None
    if known.is_ticked("pitch"):
        return Measured(share=1.0, found="the pitch is ticked")
    empty = [name for name in PITCH if not known.settings.values[f"profile.{name}"]]
    filled = len(PITCH) - len(empty)
    if not empty:
        return Measured(share=1.0, found=f"{filled} of {len(PITCH)} parts of the pitch filled in")
    names = ", ".join(f"`{name}`" for name in empty)
    return Measured(
        share=filled / len(PITCH),
        found=f"{filled} of {len(PITCH)} parts of the pitch filled in",
        missing=f"{names} under `[profile]`",
        moves=(
            Move(
                text=f"Fill in {names} under `[profile]` in prepvault.toml: your pitch is made of it",
                minutes=_PROFILE_MINUTES * len(empty),
                gain=len(empty) / len(PITCH),
                command="prepvault pitch",
            ),
        ),
    )


def measure_facts(known: Preparation) -> Measured | None:
    """Count what must be known to be there and to prepare: hour, place, people, posting."""
    facts = tuple(_facts(known))
    left = [each for each in facts if not each[1]]
    return Measured(
        share=(len(facts) - len(left)) / len(facts),
        found=f"{len(facts) - len(left)} of {len(facts)} facts known",
        missing=", ".join(name for name, *_ in left),
        moves=tuple(
            Move(text=text, minutes=_FACT_MINUTES, gain=1 / len(facts), serves=serves)
            for _, _, text, serves in left
        ),
    )


def _facts(known: Preparation) -> Iterator[tuple[str, bool, str, tuple[str, ...]]]:
    """Each fact that applies: its name, whether it is known, how to come by it, the item that asks for it."""
    interview, name_of = known.interview, known.settings.property_name
    ask = f"Ask {interview.recruiter.first_name if interview.recruiter else 'your contact'}"
    has_hour = not interview.all_day or bool(interview.sessions)
    hour = f"{ask} for the hour; it goes into `{name_of('scheduled_at')}`"
    yield "the hour", has_hour, hour, ("start-hour",)
    what, is_known = _place(interview)
    yield what, is_known, f"{ask} for {what}; it goes into `{name_of('location')}`", ("place-ask",)
    if not is_alone(known.coaching.format, interview):
        people = f"{ask} who will be there, with titles; it goes into `{name_of('interviewer')}`"
        yield "the people", bool(people_of(interview)), people, ("people-ask",)
    if interview.type is not InterviewType.DEBRIEF:
        has_posting = bool(interview.job_description) or known.coaching.dossier.posting is not None
        posting = f"Save the posting as a note and link it in `{name_of('job_description')}`"
        yield "the posting", has_posting, posting, ()


def _place(interview: Interview) -> tuple[str, bool]:
    """Name what one needs to get there, and tell whether the note has it."""
    kind = place_kind(interview)
    if kind == "video":
        return "the link", bool(interview.venue.link)
    if kind == "phone":
        return "the number", bool(interview.venue.link or interview.venue.text)
    return "the place", bool(interview.venue.text)
