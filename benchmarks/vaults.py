"""Write a vault of any size: interview notes like those people keep, and notes that are about something else.

Every note draws from random numbers of its own, so that the same seed and moment give the same bytes on any
machine, and note 7 of a vault of ten is note 7 of a vault of ten thousand.
"""

import random
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_MINUTES: dict[str, int] = _WORDS["minutes"]


def interview_note(number: int, now: datetime, seed: int = 1) -> tuple[str, str]:
    """One interview's path and text; three rounds in a row belong to one application."""
    draw = random.Random(f"{seed}/interview/{number}")
    job = random.Random(f"{seed}/job/{number // 3}")
    company = f"{_pick(job, 'first')} {_pick(job, 'second')} {number // 36}"
    role = _pick(job, "roles")
    kind = draw.choice(list(_MINUTES))
    is_ahead = draw.random() < 0.06
    days = draw.randint(1, 60) if is_ahead else -draw.randint(1, 900)
    starts = (now + timedelta(days=days)).replace(
        hour=8 + draw.randrange(10), minute=draw.choice((0, 15, 30))
    )
    people = [f"{_pick(draw, 'given')} {_pick(draw, 'family')}" for _ in range(draw.randint(1, 3))]
    head = [
        f"id: int_bench_{number:06d}",
        f"job_id: bench_{number // 3:05d}",
        f'company: "{company}"',
        f"role: {role}",
        f"interview_type: {kind}",
        f"scheduled_at: {starts:%Y-%m-%dT%H:%M:%S}",
        f"timezone: {_pick(draw, 'zones')}",
        f"duration_minutes: {_MINUTES[kind]}",
        "interviewer:",
        *(f'  - "{name}"' for name in people),
        f'location: "{_pick(draw, "places").format(n=number % 9000)}"',
        *_standing(draw, is_ahead=is_ahead),
        f"round: {number % 3 + 1}",
        f"created_at: {starts - timedelta(days=draw.randint(4, 40)):%Y-%m-%dT%H:%M:%S}",
    ]
    path = f"Interviews/{starts:%Y}/{number // 100:03d}/{starts:%Y-%m-%d} {company} {number:06d}.md"
    return path, "\n".join(["---", *head, "---", "", *_body(draw, company, role, people)]) + "\n"


def other_note(number: int, now: datetime, seed: int = 1) -> tuple[str, str]:
    """A note about something else: a day, a thought, a recipe; some have front matter, some are long."""
    draw = random.Random(f"{seed}/other/{number}")
    day = now - timedelta(days=number % 2000)
    folder = draw.choice(
        (f"Daily/{day:%Y}/{day:%m}", "Thoughts/" + draw.choice("abcdefgh"), "Recipes", "Archive/Old")
    )
    head = (
        ["---", f"tags: [{_pick(draw, 'nouns')}]", f"rating: {draw.randint(1, 5)}", "---"]
        if draw.random() < 0.6
        else []
    )
    lines = [*head, f"# {_pick(draw, 'nouns').capitalize()} {number}", ""]
    for _ in range(draw.choice((2, 4, 6, 10, 60))):
        lines += [_paragraph(draw, 3), ""]
    return f"{folder}/{_pick(draw, 'nouns')} {number:06d}.md", "\n".join(lines)


def write_vault(root: Path, *, interviews: int, others: int = 0, now: datetime, seed: int = 1) -> None:
    """Write a vault into a new folder, one note at a time."""
    root.mkdir(parents=True)
    (root / "prepvault.toml").write_text(_WORDS["settings"], encoding="utf-8", newline="\n")
    (root / "theme").mkdir()
    for path, text in _notes(interviews, others, now, seed):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def _notes(interviews: int, others: int, now: datetime, seed: int) -> Iterator[tuple[str, str]]:
    yield from (interview_note(number, now, seed) for number in range(interviews))
    yield from (other_note(number, now, seed) for number in range(others))


def _standing(draw: random.Random, *, is_ahead: bool) -> list[str]:
    if is_ahead:
        return [f"status: {draw.choice(('scheduled', 'confirmed'))}"]
    if draw.random() < 0.08:
        return ["status: cancelled"]
    said = [f"feedback: {_sentence(draw)}"] if draw.random() < 0.3 else []
    return ["status: completed", f"outcome: {_pick(draw, 'ended')}", *said]


def _body(draw: random.Random, company: str, role: str, people: list[str]) -> Iterator[str]:
    """Some 3 KB of what such notes hold: callout, tasks, links, a table, code, a story in its parts."""
    yield from (f"# {role} at {company}", "", f"> [!tip] {_sentence(draw)}", f"> {_sentence(draw)}", "")
    yield from ("## To do", "")
    for _ in range(draw.randint(5, 8)):
        yield f"- [{draw.choice('x ')}] {_sentence(draw)}"
    yield from (
        "",
        "## About them",
        "",
        _paragraph(draw, 4),
        "",
        f"See [[{company}]] and #interview/notes.",
        "",
    )
    yield from (
        _paragraph(draw, 4),
        "",
        "## Who",
        "",
        "| Name | Asks about | Years |",
        "| :--- | --- | ---: |",
    )
    for name in people:
        yield f"| [[{name}]] | {_pick(draw, 'nouns')} | {draw.randint(1, 20)} |"
    yield from ("", "## Ask", "")
    for place in range(1, 5):
        yield f"{place}. Why was the {_pick(draw, 'nouns')} {_pick(draw, 'verbs')} {_pick(draw, 'manners')}?"
    yield from ("", "```python", _WORDS["code"].strip(), "```", "", "## A story for it", "")
    for part in ("Situation", "Task", "Action", "Result"):
        yield from (f"**{part}**: {_paragraph(draw, 3)}", "")
    yield from ("## Notes", "", _paragraph(draw, 3), "")


def _pick(draw: random.Random, words: str) -> str:
    return str(draw.choice(_WORDS[words]))


def _paragraph(draw: random.Random, sentences: int) -> str:
    return " ".join(_sentence(draw) for _ in range(sentences))


def _sentence(draw: random.Random) -> str:
    """A sentence with now and then an emphasis, a link or a piece of code in it."""
    noun = _pick(draw, "nouns")
    noun = draw.choice(
        (noun, noun, noun, noun, f"*{noun}*", f"`{noun}`", f"[{noun}](https://example.com/{noun})")
    )
    words = (
        "the",
        noun,
        "was",
        _pick(draw, "verbs"),
        _pick(draw, "manners"),
        "and the",
        _pick(draw, "nouns"),
    )
    return f"{_pick(draw, 'given')} says {' '.join(words)} {_pick(draw, 'manners')}."
