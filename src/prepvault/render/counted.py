"""What each number of the statistics page counts: every one of them as a link, under the number's own key."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prepvault.model.debrief import MARKS
from prepvault.model.figures import AskedQuestion, Count, Rate, Span, Stage, Statistics, Stretch
from prepvault.model.site import Loop, SiteModel
from prepvault.render.pages import interview_path
from prepvault.render.pages_loops import loop_title, stands_at
from prepvault.render.stats_words import gap_key
from prepvault.render.times import day_text


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was counted: where to read it, what it is called, and what more there is to say."""

    href: str
    label: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of the page, by its key in links, with all that it counts: itself, or in parts.

    A number that is the sum of others holds them, so that nothing is listed twice.
    """

    key: str
    title: str
    lines: tuple[Line, ...] = ()
    parts: tuple["Counted", ...] = ()

    @property
    def number(self) -> int:
        """How many are counted, over all parts."""
        return len(self.lines) + sum(each.number for each in self.parts)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Numbers that belong together."""

    title: str
    entries: tuple[Counted, ...]


def shelves(site: SiteModel) -> tuple[Shelf, ...]:
    """Lay out every number of the page that is not zero; the four on top always, others link to them."""
    figures, find = site.statistics, _Finder(site)
    totals = (figures.total, figures.next_days, figures.completed)
    kept = (
        Shelf(
            "On top", (*map(find.count, totals), find.rate(figures.success), find.count(figures.unanswered))
        ),
        Shelf("By stage", tuple(map(find.stage, figures.stages))),
        Shelf("By type, what followed", tuple(map(find.stage, figures.steps))),
        Shelf("Days between", tuple(_flat(map(find.span, figures.times)))),
        Shelf("Outcomes and statuses", tuple(map(find.count, (*figures.by_outcome, *figures.by_status)))),
        Shelf("Types", find.group(figures.by_type, figures.rates_by_type)),
        Shelf("Role families", find.group(figures.by_family, figures.rates_by_family)),
        Shelf("Companies", find.group(figures.by_company, figures.rates_by_company)),
        Shelf("Questions", tuple(find.asked(figures))),
        Shelf("Weeks", tuple(find.weeks(figures))),
    )
    wanted = {each.key for each in (*totals, figures.success)}
    full = (
        Shelf(each.title, tuple(one for one in each.entries if one.number or one.key in wanted))
        for each in kept
    )
    return tuple(each for each in full if each.entries)


def loop_path(site: SiteModel, loop: Loop) -> str:
    """Where to read about an application: its page, else the page of its latest interview."""
    return f"loops/{loop.slug}.html" if loop.slug else interview_path(site, loop.ids[-1])


def asked_key(type_label: str, what: str) -> str:
    """The key of the questions of a type that were answered or marked in one way."""
    return f"asked-{what}-{'-'.join(type_label.lower().split())}"


def _flat(parts: Iterable[Iterable[Counted]]) -> Iterator[Counted]:
    return (each for part in parts for each in part)


def _filled(*parts: Counted) -> tuple[Counted, ...]:
    """Only the parts that count anything."""
    return tuple(each for each in parts if each.number)


class _Finder:
    """Finds what to show of interviews and applications of one site."""

    def __init__(self, site: SiteModel) -> None:
        self.site = site
        self.loops = {loop.key: loop for loop in site.loops}
        self.known: dict[str, Line] = {}

    def interview(self, identity: str) -> Line:
        if identity not in self.known:
            each = self.site.interviews[identity].interview
            more = [each.type_label, day_text(each.starts.date())]
            if each.outcome:
                more.append(each.outcome.label.lower())
            self.known[identity] = Line(interview_path(self.site, identity), each.title, ", ".join(more))
        return self.known[identity]

    def loop(self, key: str) -> Line:
        loop = self.loops[key]
        return Line(loop_path(self.site, loop), loop_title(loop), stands_at(self.site, loop))

    def count(self, count: Count) -> Counted:
        return Counted(count.key, count.label, tuple(map(self.interview, count.ids)))

    def rate(self, rate: Rate) -> Counted:
        """Those that were decided, what was won first."""
        won = set(rate.won)
        rest = tuple(each for each in rate.decided if each not in won)
        return Counted(
            rate.key,
            rate.basis() if rate.key.startswith("rate-") else f"{rate.label}: {rate.basis()}",
            tuple(map(self.interview, (*rate.won, *rest))),
        )

    def group(self, counts: Sequence[Count], rates: Sequence[Rate]) -> tuple[Counted, ...]:
        """Each count, those that its rate is of apart from the others."""
        found = {each.label: each for each in rates}
        return tuple(
            self.parted(each, found[each.label]) if each.label in found else self.count(each)
            for each in counts
        )

    def parted(self, count: Count, rate: Rate) -> Counted:
        """A count as the decided and the others; the two have a label in common."""
        decided = set(rate.decided)
        others = Count(
            f"{count.key}-rest", "Not decided", tuple(each for each in count.ids if each not in decided)
        )
        return Counted(count.key, count.label, parts=_filled(self.rate(rate), self.count(others)))

    def stage(self, stage: Stage) -> Counted:
        key = stage.key if stage.key.startswith("step-") else f"stage-{stage.key}"
        if not stage.onward:
            return Counted(key, stage.label, tuple(map(self.loop, stage.loops)))
        parts = (
            Counted(f"{key}-{ending}", f"{stage.label}: {words}", tuple(map(self.loop, loops)))
            for ending, words, loops in (
                ("on", "went on", stage.went_on),
                ("ended", "ended here", stage.ended),
                ("open", "still open", stage.still_open),
            )
        )
        return Counted(key, f"{stage.label}: had it", parts=_filled(*parts))

    def span(self, span: Span) -> Iterator[Counted]:
        for ending, words, stretches in (
            ("", "", span.known),
            ("-waiting", ", still waiting", span.waiting),
            ("-overdue", ", past the promised day", span.overdue),
        ):
            lines = map(self.stretch, sorted(stretches, key=lambda each: (each.days, each.ids)))
            yield Counted(f"{span.key}{ending}", f"{span.label}{words}", tuple(lines))

    def stretch(self, stretch: Stretch) -> Line:
        rounds = [self.site.interviews[each].interview for each in stretch.ids]
        days = f"{stretch.days} day{'' if stretch.days == 1 else 's'}"
        ways = " to ".join(f"{each.type_label} {day_text(each.starts.date())}" for each in rounds)
        return Line(interview_path(self.site, stretch.ids[-1]), rounds[-1].title, f"{days}: {ways}")

    def asked(self, figures: Statistics) -> Iterator[Counted]:
        """Questions with the interview each came in; a question that comes again is there each time."""
        asked = figures.asked
        by_type = [
            (each, [one for one in asked.questions if one.type_label == each.label])
            for each in asked.listed_by_type
        ]
        all_parts = (self.answers(each.label, questions) for each, questions in by_type)
        yield Counted("asked", "All questions", parts=_filled(*all_parts))
        listed = (
            self.questions(
                asked_key(each.label, "listed"), each.label, [one for one in found if one.was_listed]
            )
            for each, found in by_type
        )
        yield Counted("listed", "Listed by PrepVault", parts=_filled(*listed))
        for name, _ in asked.gaps:
            gaps = [each for each in asked.questions if each.is_gap and each.about == name]
            yield self.questions(gap_key(name), f"Went badly: {name}", gaps)
        for place, (text, ids) in enumerate(asked.repeated, 1):
            yield Counted(f"again-{place}", f"Asked again: {text}", tuple(map(self.interview, ids)))

    def answers(self, type_label: str, questions: Sequence[AskedQuestion]) -> Counted:
        """A type's questions, apart by how the answers went."""
        parts = (
            self.questions(
                asked_key(type_label, mark or "unmarked"),
                f"{type_label}, {f'answered {mark}' if mark else 'without a mark'}",
                [each for each in questions if each.mark == mark],
            )
            for mark in (*MARKS, "")
        )
        return Counted(asked_key(type_label, "all"), f"{type_label}, all questions", parts=_filled(*parts))

    def questions(self, key: str, title: str, questions: Iterable[AskedQuestion]) -> Counted:
        return Counted(key, title, tuple(map(self.question, questions)))

    def question(self, question: AskedQuestion) -> Line:
        line = self.interview(question.interview_id)
        return Line(line.href, question.text, f"{line.label}, {line.more}")

    def weeks(self, figures: Statistics) -> Iterator[Counted]:
        for week in figures.weeks:
            title = f"Week of {day_text(week.monday)}"
            yield Counted(f"week-{week.monday}", title, tuple(map(self.interview, week.ids)))
