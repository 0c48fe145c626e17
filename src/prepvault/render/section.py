"""The text of a coaching section; it holds nothing that ages and nothing that a program would run."""

from collections.abc import Callable, Iterable, Mapping

from prepvault.model.card import PHASES, Guide, Item, Question, Text
from prepvault.model.coaching import Coaching
from prepvault.model.conditions import CONDITION_REASONS
from prepvault.model.interview import Interview
from prepvault.render.inert import inert_body, inert_line

SECTION_VERSION = 1
"""The version written into markers; it rises when the set of sections grows."""

INTRODUCED: Mapping[str, int] = {
    "checklist": 1,
    "tips": 1,
    "star": 1,
    "questions": 1,
    "ask": 1,
    "strengths": 1,
}
"""Every section with the version that brought it."""

PHASE_TITLES: Mapping[str, str] = {
    "T-7d": "A week before",
    "T-72h": "Three days before",
    "T-48h": "Two days before",
    "T-24h": "The day before",
    "T-2h": "Two hours before",
    "T-10min": "Ten minutes before",
    "T+2h": "Right after",
    "T+24h": "The day after",
    "T+7d": "A week after",
}

_STAR_PARTS = (("S", "example_s"), ("T", "example_t"), ("A", "example_a"), ("R", "example_r"))


def render_section(name: str, coaching: Coaching, interview: Interview, *, level: int) -> str:
    """Write one section in Markdown, its heading at this level; empty when there is nothing to say."""
    title, blocks = _WRITERS[name](coaching, interview, level)
    body = "\n\n".join(block for block in blocks if block)
    return f"{_heading(title, level)}\n\n{body}" if body else ""


def _heading(title: str, level: int) -> str:
    """Write a heading; below the sixth level it is a line in bold."""
    text = inert_line(title)
    return f"{'#' * level} {text}" if level <= 6 else f"**{text}**"


def _bullets(lines: Iterable[str]) -> str:
    """Write a list."""
    return "\n".join(f"- {inert_line(line)}" for line in lines)


def _checklist(coaching: Coaching, _: Interview, level: int) -> tuple[str, list[str]]:
    """Write the items by phase, each a task box with its block id."""
    blocks = []
    for phase in PHASES:
        due = [item for item in coaching.items if item.phase == phase]
        if due:
            blocks += [_heading(PHASE_TITLES[phase], level + 1), "\n".join(map(_task, due))]
    return "Checklist", blocks


def _task(item: Item) -> str:
    """Write an item: what to do, how long, when it is done, and why it is asked here."""
    reasons = [CONDITION_REASONS[name] for name in item.conditions if name in CONDITION_REASONS]
    parts = [
        item.text,
        f"{item.minutes} min" if item.minutes else "",
        f"done: {item.done_when}" if item.done_when else "",
        f"because {' and '.join(reasons)}" if reasons else "",
    ]
    return f"- [ ] {inert_line(' · '.join(part for part in parts if part))} ^pv-{item.id}"


def _tips(coaching: Coaching, interview: Interview, level: int) -> tuple[str, list[str]]:
    """Write what the type is for, how it runs, and what helps."""
    guide = coaching.guide
    if not guide:
        return "Tips", []
    return f"Tips: {guide.title}", [
        _purpose(guide, interview),
        _labelled("Course", (f"{stage.name} ({stage.minutes} min)" for stage in guide.stages)),
        _labelled("Assessed", guide.assessed),
        _bullets(guide.tips),
        *_list_under("In the interview", guide.during, level),
        *_list_under("Avoid", guide.mistakes, level),
    ]


def _purpose(guide: Guide, interview: Interview) -> str:
    """Write what it is for and how long it takes."""
    differs = not interview.all_day and interview.minutes not in {0, guide.minutes}
    own = f"; this note says {interview.minutes} min" if differs else ""
    lines = [guide.purpose, f"Usual length: {guide.usual}{own}" if guide.usual else ""]
    return inert_line(" ".join(_sentence(line) for line in lines if line))


def _sentence(text: str) -> str:
    """End a text with a full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _labelled(label: str, parts: Iterable[str]) -> str:
    """Write a list as one paragraph after its name; nothing for an empty list."""
    text = "; ".join(parts)
    return f"**{label}:** {inert_line(_sentence(text))}" if text else ""


def _list_under(title: str, lines: tuple[str, ...], level: int) -> tuple[str, ...]:
    """Write a list under its own heading; nothing for an empty list."""
    return (_heading(title, level + 1), _bullets(lines)) if lines else ()


def _star(coaching: Coaching, _: Interview, level: int) -> tuple[str, list[str]]:
    """Write the story framework, and how many stories of what length this type asks for."""
    star, guide = coaching.star, coaching.guide
    stories = f"Stories to have ready: {guide.stories}" if guide and guide.stories else ""
    seconds = f"Seconds an answer: {guide.answer_seconds}" if guide and guide.answer_seconds else ""
    need = " ".join(_sentence(part) for part in (stories, seconds) if part)
    return star.title, [inert_line(need), inert_body(star.body, level=level + 1) or _star_in_brief(star)]


def _star_in_brief(star: Text) -> str:
    """Write framework, timing and example from the head of a text that has no body."""
    facts = (star.fields.get(name, "") for name in ("framework", "timing"))
    example = (f"**{mark}**: {star.fields[name]}" for mark, name in _STAR_PARTS if star.fields.get(name))
    return "\n\n".join(
        part for part in (inert_line(", ".join(filter(None, facts))), _bullets(example)) if part
    )


def _questions(coaching: Coaching, _: Interview, level: int) -> tuple[str, list[str]]:
    """Write likely questions; an assumed family is named as assumed."""
    family = coaching.family
    assumed = f"Assumed family: {family.title} (set `role_family` in the note to change it)."
    return f"Likely questions: {family.title}", [
        inert_line(assumed) if coaching.family_is_assumed and coaching.questions else "",
        _labelled("Areas", family.areas) if coaching.questions else "",
        "\n".join(_question(question) for question in coaching.questions),
    ]


def _question(question: Question) -> str:
    """Write a question with its hint below."""
    line = f"- {inert_line(question.text)}"
    return f"{line}\n    - {inert_line(question.hint)}" if question.hint else line


def _ask(coaching: Coaching, _: Interview, level: int) -> tuple[str, list[str]]:
    """Write questions to ask, by who sits across the table."""
    chosen = {question.id for question in coaching.ask}
    inferred = "No interviewer's title is in the note, so this is for who usually comes."
    blocks = [inferred if coaching.audience_is_inferred and coaching.ask else ""]
    for audience in coaching.audiences:
        questions = [question for question in audience.questions if question.id in chosen]
        if questions:
            listed = "\n".join(_question(question) for question in questions)
            blocks += [_heading(audience.title, level + 1), listed]
    return "Questions to ask", blocks


def _strengths(coaching: Coaching, _: Interview, level: int) -> tuple[str, list[str]]:
    """Write the framework for strengths and weaknesses."""
    return coaching.strengths.title, [inert_body(coaching.strengths.body, level=level + 1)]


_Writer = Callable[[Coaching, Interview, int], tuple[str, list[str]]]
_WRITERS: Mapping[str, _Writer] = {
    "checklist": _checklist,
    "tips": _tips,
    "star": _star,
    "questions": _questions,
    "ask": _ask,
    "strengths": _strengths,
}
