"""What the figures say in plain words: where one stands, and what is missing to know more."""

from collections.abc import Iterator
from dataclasses import dataclass

from prepvault.model.figures import FEWEST, AskedFigures, Span, Stage, Statistics


@dataclass(frozen=True, slots=True)
class Said:
    """One statement, the key of the figure that it rests on, and whether that is too little to go by."""

    text: str
    key: str
    is_thin: bool = False


def say_standing(figures: Statistics) -> tuple[Said, ...]:
    """Say where one stands: the steps of the funnel, what is not noted, how long it takes, what is asked."""
    if not figures.total.number:
        return ()
    return (
        *_steps(figures.stages),
        *_unanswered(figures),
        *_pace(figures),
        *_questions(figures.asked),
    )


def _steps(stages: tuple[Stage, ...]) -> Iterator[Said]:
    """The strongest and the weakest step where there is enough to say, else what is missing."""
    steps = [each for each in stages if each.onward and each.loops]
    told = [each for each in steps if each.onward and each.onward.is_told]
    if not told:
        yield _missing(steps)
        return
    ranked = sorted(told, key=lambda each: -_share(each))
    best, worst = ranked[0], ranked[-1]
    if len(told) == 1 or _share(best) == _share(worst):
        for each in told:
            yield Said(f"After {_name(each)}, {_told(each)}.", f"stage-{each.key}")
        return
    yield Said(f"Your strongest step is {_name(best)}: {_told(best)}.", f"stage-{best.key}")
    yield Said(
        f"Your weakest step is {_name(worst)}: {_told(worst)}.{_caution(best, worst)}", f"stage-{worst.key}"
    )


def _missing(steps: list[Stage]) -> Said:
    closest = max(steps, key=lambda each: each.onward.n if each.onward else 0, default=None)
    settled = closest.onward.n if closest and closest.onward else 0
    text = f"No step can be judged yet: that takes {FEWEST} applications that went on from it or ended there"
    if not closest or not settled:
        return Said(f"{text}, and none has any.", "total", is_thin=True)
    return Said(
        f"{text}. {closest.label} comes closest, with {settled}.", f"stage-{closest.key}", is_thin=True
    )


def _caution(best: Stage, worst: Stage) -> str:
    """Two ranges that overlap tell no difference for sure."""
    low, high = (best.onward.low if best.onward else 0), (worst.onward.high if worst.onward else 1)
    return " The two ranges overlap, so this may be chance." if low <= high else ""


def _share(stage: Stage) -> float:
    return stage.onward.share if stage.onward else 0.0


def _name(stage: Stage) -> str:
    return stage.label.lower()


def _told(stage: Stage) -> str:
    rate = stage.onward
    if rate is None:
        return ""
    return f"{round(rate.share * 100)} % went on ({rate.basis('settled')})"


def _unanswered(figures: Statistics) -> Iterator[Said]:
    number = figures.unanswered.number
    if number:
        words = "interview is" if number == 1 else "interviews are"
        yield Said(
            f"{number} {words} over and no outcome is noted: with it, the figures below say more.",
            figures.unanswered.key,
        )


def _pace(figures: Statistics) -> Iterator[Said]:
    span = next((each for each in figures.times if each.key == "time-next"), None)
    if span and span.is_told:
        reach = f"median of {span.n}, from {span.least} to {days(span.most)}"
        yield Said(f"The next round comes {days(span.median)} later ({reach}).", span.key)
    if span and span.waiting:
        longest = max(each.days for each in span.waiting)
        one = len(span.waiting) == 1
        subject = "1 application waits" if one else f"{len(span.waiting)} applications wait"
        since = f"for {days(longest)}" if one else f"the longest for {days(longest)}"
        yield Said(f"{subject} for word of a next round, {since}.", f"{span.key}-waiting")


def _questions(asked: AskedFigures) -> Iterator[Said]:
    if asked.listed:
        share = f" ({round(asked.listed.share * 100)} %)" if asked.listed.is_told else ", too few to say"
        counted = f"{asked.predicted} of {asked.total}"
        plural = "question" if asked.total == 1 else "questions"
        yield Said(
            f"PrepVault had listed {counted} {plural} from your debriefs{share}.",
            "listed" if asked.predicted else "asked",
            is_thin=not asked.listed.is_told,
        )
    if asked.gaps:
        name, number = asked.gaps[0]
        times = "once" if number == 1 else "twice" if number == 2 else f"{number} times"
        yield Said(f"What went badly most often is {name}: {times}.", gap_key(name), is_thin=number < FEWEST)


def gap_key(about: str) -> str:
    """The key of the questions about one thing that went badly."""
    return f"gap-{'-'.join(''.join(each if each.isalnum() else ' ' for each in about.lower()).split())}"


def days(number: float) -> str:
    """So many days, a half where the middle lies between two."""
    short = f"{number:.1f}".removesuffix(".0")
    return f"{short} day" if short == "1" else f"{short} days"


def spread(span: Span) -> str:
    """From the shortest to the longest, and how many are known."""
    if not span.n:
        return "none known"
    reach = days(span.most) if span.least == span.most else f"{span.least} to {days(span.most)}"
    return f"{span.n} known, {reach}"


def span_words(span: Span) -> str:
    """A span in one line: its median where enough are known, and what it rests on."""
    parts = [f"median {days(span.median)}, {spread(span)}" if span.is_told else spread(span)]
    if span.n and not span.is_told:
        parts.append("too few to say")
    if span.waiting:
        longest = max(each.days for each in span.waiting)
        parts.append(f"{len(span.waiting)} waiting, up to {days(longest)}")
    if span.overdue:
        parts.append(f"{len(span.overdue)} past the promised day")
    return ", ".join(parts)
