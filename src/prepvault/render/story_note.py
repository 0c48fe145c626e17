"""Write the body of a new story's note: what is told already, and a prompt where something is missing."""

from collections.abc import Iterator, Mapping

from prepvault.model.competency import Competency
from prepvault.model.story import PARTS
from prepvault.render.inert import inert_line

PROMPTS: Mapping[str, str] = {
    "headline": "The result in one line, at most 20 words. Write it last, say it first.",
    "situation": "Who, when, and what was at stake. Two sentences; the listener waits for the action.",
    "task": "What fell to you, and what did not: “My part was …”. One sentence.",
    "action": "Three things you did, and why not another way. Say I. Half of the words belong here.",
    "result": "From what, to what, in how long, and how you know. What did others do differently?",
    "reflection": "What you do differently since then, and where that showed.",
}
"""What each part needs, for the comment that stands in it until it is written."""


def story_body(parts: Mapping[str, str], competency: Competency | None) -> str:
    """Write the parts under their headings; prompts are comments, which no reader sees and nothing counts."""
    return "\n".join(_lines(parts, competency))


def _lines(parts: Mapping[str, str], competency: Competency | None) -> Iterator[str]:
    if competency:
        yield ""
        yield _comment(f"{competency.title}: {competency.proves}")
        yield _comment(f"It must hold: {competency.needs}")
        yield _comment(f"The trap: {competency.trap}")
    for name in PARTS:
        text = _unrun(parts.get(name, "").strip())
        yield ""
        yield f"## {name.capitalize()}"
        yield ""
        yield text or _comment(PROMPTS[name])
    yield ""


def _comment(text: str) -> str:
    return f"%% {inert_line(text)} %%"


def _unrun(text: str) -> str:
    """Let no template program run anything in the user's words."""
    return text.replace("<%", "&lt;%")
