"""A sheet from which any friend can run a mock interview: prompts, what to ask next, boxes for scores."""

from collections.abc import Iterator, Sequence

from prepvault.model.debrief import DIMENSIONS
from prepvault.model.interview import Interview
from prepvault.model.practice import CardState
from prepvault.render.inert import inert_line

_RULES = (
    "Real length, and the room or the camera of the day.",
    "Ask in this order; do not show the sheet; say nothing about the answers until the end.",
    "When an answer stays general, ask a line below it, else: what did you do, and how do you know?",
    "At the end: the scores, one thing that worked, one thing to change. Only one.",
)
_ASKED = ("story", "question", "asked")


def render_mock_sheet(interview: Interview | None, queue: Sequence[CardState]) -> str:
    """Write the sheet in Markdown, for one printed page; only what a stranger can ask is on it."""
    title = f"Mock interview: {interview.title}" if interview else "Mock interview"
    return "\n".join([f"# {inert_line(title)}", "", *_lines(interview, queue)]) + "\n"


def _lines(interview: Interview | None, queue: Sequence[CardState]) -> Iterator[str]:
    if interview:
        yield f"{interview.type_label}, {interview.minutes} minutes."
        yield ""
    yield from (f"- {rule}" for rule in _RULES)
    asked = [state for state in queue if state.card.kind in _ASKED][:8]
    for number, state in enumerate(asked, 1):
        yield ""
        yield f"## {number}. {inert_line(state.card.prompt)}"
        yield ""
        yield f"About {state.seconds} seconds."
        for probe in state.card.probes[:3]:
            yield f"- {inert_line(probe)}"
        yield ""
        yield " · ".join(f"{name} __" for name in DIMENSIONS) + " (1 to 4 each)"
