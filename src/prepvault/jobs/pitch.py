"""Write a pitch from what the settings, the vault and the command line know, and check it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from prepvault.errors import RefusedError, UsageError
from prepvault.jobs.anywhere import Desk
from prepvault.jobs.load import load
from prepvault.jobs.pick import pick_interview
from prepvault.model.card import Text
from prepvault.model.dossier import Dossier
from prepvault.model.pitch import SECONDS, Pitch, PitchCheck, PitchFacts
from prepvault.model.posting import Keyword
from prepvault.model.story import Story
from prepvault.rules.audiences import audiences_of, usual_audiences
from prepvault.rules.dossiers import Dossiers
from prepvault.rules.pitch import compose_pitch
from prepvault.rules.pitch_checks import check_pitch, timed_pace
from prepvault.rules.prose import sentences, word_count

_SLOWEST, _FASTEST = 60, 240
_STORY_PARTS = ("situation", "task", "action", "result")


@dataclass(frozen=True, slots=True)
class CheckedText:
    """The checks of a text that the user wrote; `pace` is what a clock told, 0 without one."""

    checks: tuple[PitchCheck, ...]
    pace: int


def gather_facts(desk: Desk, said: PitchFacts, interview: str = "") -> PitchFacts:
    """Complete what was said on the command line by `[profile]`, and by what is known of an interview."""
    settings = desk.settings
    facts = replace(
        said,
        name=said.name or settings.text("profile.name"),
        role=said.role or settings.text("profile.role"),
        present=said.present or settings.text("profile.present"),
        achievements=said.achievements or settings.words("profile.achievements"),
        goal=said.goal or settings.text("profile.goal"),
    )
    return _with_interview(desk, facts, interview) if interview else facts


def write_pitches(desk: Desk, facts: PitchFacts, lengths: Sequence[int]) -> tuple[Pitch, ...]:
    """Write one pitch for each length in seconds, each with its checks."""
    return tuple(_checked(desk, facts, _seconds(each)) for each in lengths or SECONDS)


def check_text(desk: Desk, facts: PitchFacts, text: str, seconds: int, *, timed: int = 0) -> CheckedText:
    """Check a pitch in the user's own words; `timed` is how many seconds saying it took, 0 when not known."""
    if not text.strip():
        raise RefusedError("there is no text to check", hint="name a file with your pitch, or `-` to type it")
    pace, own = desk.settings.number("profile.words_per_minute"), timed_pace(text, timed)
    if own and not _SLOWEST <= own <= _FASTEST:
        raise UsageError(
            f"nobody speaks {own} words a minute: {word_count(text)} words in {timed} s",
            hint="time the whole text, read aloud once",
        )
    checks = check_pitch(text, _seconds(seconds), facts, desk.library.words, pace=pace, timed=timed)
    return CheckedText(checks, own)


def _checked(desk: Desk, facts: PitchFacts, seconds: int) -> Pitch:
    pitch = compose_pitch(facts, seconds, desk.library.texts.get("pitch", Text("pitch", "Pitch", "")))
    pace = desk.settings.number("profile.words_per_minute")
    return replace(pitch, checks=check_pitch(pitch.text, seconds, facts, desk.library.words, pace=pace))


def _seconds(length: int) -> int:
    if length not in SECONDS:
        raise UsageError(f"a pitch of {length} seconds is not known", hint="choose 30, 60 or 120")
    return length


def _with_interview(desk: Desk, facts: PitchFacts, text: str) -> PitchFacts:
    if desk.context is None:
        raise UsageError(f"there is no vault to find `{text}` in", hint="name one with `--vault DIR`")
    vault = load(desk.context)
    interview = pick_interview(vault, text)
    dossier = Dossiers(vault, desk.library).of(interview)
    named = audiences_of(interview.people) or (usual_audiences(interview.type) if interview.type else ())
    return replace(
        facts,
        company=facts.company or interview.company,
        wanted=facts.wanted or interview.role,
        need=facts.need or _need(desk, dossier),
        shown_by=facts.shown_by or next((each.title for each in dossier.match.stories[:1]), ""),
        reason=facts.reason or next(iter(dossier.company.say if dossier.company else ()), ""),
        story=facts.story or _story(dossier),
        keywords=facts.keywords or tuple(each.word for each in _keywords(dossier)),
        for_recruiter=facts.for_recruiter or "recruiter" in named,
    )


def _keywords(dossier: Dossier) -> Sequence[Keyword]:
    return dossier.posting.keywords[:12] if dossier.posting else ()


def _need(desk: Desk, dossier: Dossier) -> str:
    """Name what the posting asks for most, by its competency; a guess from the type is no need."""
    asked = {tag for tag, _ in dossier.posting.tags} if dossier.posting else set()
    tag = next((demand.tag for demand in dossier.demands if demand.tag in asked), "")
    card = desk.library.competencies.get(tag)
    return card.title.lower() if card else tag.replace("-", " ")


def _story(dossier: Dossier) -> str:
    """Take the best story for this interview in a sentence for each part, as a pitch has room for."""
    told: Sequence[Story] = dossier.match.stories
    if not told:
        return ""
    parts = (told[0].part(name) for name in _STORY_PARTS)
    firsts = (" ".join(sentences(part)[:1]) for part in parts if part)
    return " ".join(firsts)
