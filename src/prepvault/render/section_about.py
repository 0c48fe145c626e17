"""Strengths, weaknesses and standing answers from the user's own note, ordered by what is asked here."""

from collections.abc import Iterator

from prepvault.model.about import About, Strength, Weakness
from prepvault.model.coaching import Coaching
from prepvault.model.interview import InterviewType
from prepvault.model.phrases import lower_first, sentence
from prepvault.render.inert import inert_body, inert_line
from prepvault.render.known import need_title
from prepvault.render.section_text import Page, Written, own_words, wikilink

STRENGTHS, WEAKNESSES, ANSWERS, NEEDS = 4, 2, 4, 3
"""How many of each are worth having ready for one conversation."""

ABOUT = "About me.md"


def write_strengths(page: Page) -> Written:
    """Write the user's own, what is asked here first; in short how to write them where nothing stands yet."""
    coaching, about = page.coaching, page.coaching.dossier.about
    if not (about.strengths or about.weaknesses or about.answers):
        return coaching.strengths.title, [*_framework(page), *_under(page, "Customs", _customs(page))]
    return coaching.strengths.title, [
        "\n".join(_strengths(about, coaching)),
        *_under(page, "Weaknesses to have ready", _weaknesses(about, coaching)),
        *_under(page, "They are likely to ask", _answers(page)),
        *_under(page, "Customs", _customs(page)),
        _unwritten(page),
    ]


def _customs(page: Page) -> Iterator[str]:
    """Say how to speak of oneself and of pay by the customs that the settings name, and what to find out."""
    norms = page.coaching.norms
    if norms:
        yield from (f"- {inert_line(text)}" for text in (norms.pitch, norms.pay) if text)
        yield from (f"- To find out: {inert_line(text)}" for text in norms.verify)


def _framework(page: Page) -> Iterator[str]:
    """Say in two lines what to write for this interview and where; a text of the vault's own as it is."""
    text, about = page.coaching.strengths, page.coaching.dossier.about
    if not any(text.fields.get(name) for name in ("strengths", "weaknesses")):
        yield inert_body(text.body, level=page.level + 1)
        return
    demands = page.coaching.dossier.demands[:NEEDS]
    asked = [inert_line(lower_first(need_title(each.tag, page.coaching))) for each in demands]
    note = wikilink(about.path or ABOUT)
    shown = f", for what is asked here ({', '.join(asked)})" if asked else ""
    core = f" outside what is asked most ({asked[0]})" if asked else ""
    kind = page.interview.type or InterviewType.VIDEO_INTERVIEW
    yield "\n".join(
        (
            f"- **Strengths:** write three or four into {note}{shown}: a plain noun each, the story that"
            " shows it, and what came of it, with a number.",
            f"- **Weaknesses:** write two into {note}: something real{core}, what it cost, what you do about"
            " it now, and who noticed the difference.",
        )
    )
    yield (
        "They stand here after the next `prepvault coach`; how to word them tells"
        f" `prepvault materials --type {kind} --section strengths`."
    )
    yield _unwritten(page)


def _under(page: Page, title: str, lines: Iterator[str]) -> tuple[str, ...]:
    """Write a list under its heading; nothing for an empty list."""
    written = "\n".join(lines)
    return (page.heading(title), written) if written else ()


def _rank(tag: str, coaching: Coaching) -> int:
    tags = [demand.tag for demand in coaching.dossier.demands]
    return tags.index(tag) if tag in tags else len(tags)


def _strengths(about: About, coaching: Coaching) -> Iterator[str]:
    ordered = sorted(about.strengths, key=lambda each: _rank(each.tag, coaching))
    for number, strength in enumerate(ordered[:STRENGTHS], 1):
        yield f"{number}. {_strength(strength, coaching)}"


def _strength(strength: Strength, coaching: Coaching) -> str:
    """Write a strength with its story, its impact, and why it counts here."""
    needed = strength.tag in {demand.tag for demand in coaching.dossier.demands}
    parts = (
        wikilink(strength.story) if strength.story else "",
        own_words(strength.impact),
        f"asked for here: {inert_line(need_title(strength.tag, coaching))}" if needed else "",
    )
    said = " · ".join(part for part in parts if part)
    return f"**{own_words(strength.name)}**{f': {said}' if said else ''}"


def _weaknesses(about: About, coaching: Coaching) -> Iterator[str]:
    """Write those first that are not what this interview asks for most."""
    core = {demand.tag for demand in coaching.dossier.demands[:WEAKNESSES]}
    for each in sorted(about.weaknesses, key=lambda each: each.tag in core)[:WEAKNESSES]:
        yield _weakness(each, is_core=each.tag in core)


def _weakness(weakness: Weakness, *, is_core: bool) -> str:
    said = f": {own_words(weakness.text, 60)}" if weakness.text else ""
    mind = " (this is what they ask for most: choose another)" if is_core else ""
    return f"- **{own_words(weakness.name)}**{mind}{said}"


def _answers(page: Page) -> Iterator[str]:
    """Write the user's own answers to what this audience is likely to ask."""
    about = page.coaching.dossier.about
    written = [each for each in page.coaching.standing if about.answers.get(each.id)]
    for each in written[:ANSWERS]:
        yield f"- **{inert_line(each.text)}** {sentence(own_words(about.answers[each.id], each.most_words))}"


def _unwritten(page: Page) -> str:
    """Name the likely questions without an answer yet, and the note to write them in."""
    about = page.coaching.dossier.about
    open_ = [each.text for each in page.coaching.standing if not about.answers.get(each.id)][:ANSWERS]
    where = f"Not written yet in {wikilink(about.path or ABOUT)}"
    return f"{where}: {inert_line(' '.join(open_))}" if open_ else ""
