"""A filled example vault around this moment: made, coached, built."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from prepvault.errors import UsageError
from prepvault.jobs.context import Context, open_root
from prepvault.jobs.init import init
from prepvault.jobs.load import load
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change
from prepvault.model.vault import Vault
from prepvault.outside import programs, seed
from prepvault.outside.resources import CONTENT

DEMO_ID = "demo-"
_PLACE = re.compile(r"\{\{work([+-]\d{1,3})\}\}")
_DAY_OF = re.compile(r"^scheduled_at: (\d{4}-\d\d-\d\d)", re.MULTILINE)
_SATURDAY = 5
_DONE = {"Lumen Rail": 13, "Fernhill Energy": 6, "Marigold Learning": 3}
"""How many boxes of a company's next interview are ticked already."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made: the vault, its dashboard, and how much of each."""

    root: Path
    page: Path
    interviews: int
    coached: int
    files: int


def demo(folder: str, *, now: str | None = None) -> Demo:
    """Make the example vault in a folder that is empty, absent, or holds a demo already."""
    from prepvault.jobs.build import build
    from prepvault.jobs.coach import coach
    from prepvault.jobs.fix import fix

    root = seed.make_root(folder)
    if not _is_demo(root):
        if not seed.is_empty(root):
            raise UsageError(
                f"`{folder}` is not empty, so no demo was made there",
                hint="name a new folder: prepvault demo DIR",
            )
        _fill(root, now)
    context = open_root(root, now=now)
    fix(context)
    coached = coach(context, load(context))
    if coached.written.written:
        apply_changes(context, _ticked(load(context)))
    built = build(context, output=None, incognito=False, allow_empty=False, strict=False)
    vault = load(context)
    page = root / context.settings.text("vault.output") / "index.html"
    return Demo(root, page, len(vault.interviews), len(coached.written.written), len(built.output.written))


def open_dashboard(made: Demo) -> bool:
    """Show the dashboard in the browser; False where none can be started."""
    return programs.open_link(made.page.as_uri())


def filled(texts: Mapping[str, str], today: date) -> dict[str, str]:
    """Put days around `today` in the places of the example notes; interviews are named by their day."""
    notes = {}
    for path, text in texts.items():
        done = _PLACE.sub(lambda found: work_day(today, int(found[1])).isoformat(), text)
        day = _DAY_OF.search(done)
        folder, _, name = path.rpartition("/")
        notes[f"{folder}/{day[1]} {name}" if day else path] = done
    return notes


def work_day(today: date, count: int) -> date:
    """Count working days from today: `1` is the next one, `-1` the one before, `0` today."""
    day, step = today, 1 if count > 0 else -1
    for _ in range(abs(count)):
        day += timedelta(days=step)
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=step)
    return day


def _fill(root: Path, now: str | None) -> None:
    notes = _notes()
    init(str(root), vault_id=f"{DEMO_ID}{seed.new_token()}", without=notes)
    context = open_root(root, now=now)
    for path, text in filled(notes, _today(context)).items():
        seed.create_file(root, path, text.encode("utf-8"))


def _ticked(vault: Vault) -> list[Change]:
    """Tick the first boxes of some notes, as if a person had begun."""
    changes = []
    for interview in vault.interviews:
        count = _DONE.get(interview.company, 0)
        note = vault.notes[interview.path]
        data = note.data.replace(b"- [ ]", b"- [x]", count)
        if interview.is_open and data != note.data:
            changes.append(Change(note.path, note.digest, data, "demo"))
    return changes


def _today(context: Context) -> date:
    from prepvault.model.zones import zone_of

    return context.now.astimezone(zone_of(context.settings.zone)).date()


def _notes() -> dict[str, str]:
    return {path: data.decode("utf-8") for path, data in seed.read_tree(CONTENT / "demo").items()}


def _is_demo(root: Path) -> bool:
    return (root / "prepvault.toml").is_file() and open_root(root).settings.text("vault.id").startswith(
        DEMO_ID
    )
