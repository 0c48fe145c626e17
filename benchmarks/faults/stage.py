"""The stage: a small vault with state, cache and output around it, and what a person does there."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from benchmarks.faults.postbox import Postbox
from benchmarks.faults.warm import Entry, Ran, Runner
from prepvault.__main__ import main as prepvault

NOW, LATER = "2026-02-09T09:00:00+00:00", "2026-02-09T10:00:00+00:00"
TOML = """[vault]
timezone = "UTC"
id = "faults"
[reminders]
channels = [{channels}]
[writing]
mode = "{mode}"
"""
NOTE = """---
id: int_{low}_1
company: {name}
role: Engineer
interview_type: {kind}
scheduled_at: 2026-02-{day:02}T14:00:00
timezone: UTC
status: scheduled
created_at: 2026-02-01T09:00:00Z
---
Own words about {name}.
"""
BARE = """---
company: Cedar
role: Engineer
interview_type: panel
scheduled_at: 2026-03-05T09:00:00
---
No identity yet.
"""
STORY = """---
type: story
title: The outage
competencies: [ownership]
---
## Situation
The shop stood still.
## Action
I found the fault.
## Result
Back in 20 minutes.
"""
RECORDS = """{"interviews": [%s]}"""
RECORD = (
    '{"id": "int_job_%d_170000000%d", "job_id": "job_%d", "company": "Firm %d", "role": "Engineer",'
    ' "interview_type": "technical", "scheduled_at": "2026-03-1%dT14:00:00", "status": "scheduled",'
    ' "created_at": "2026-01-22T10:30:00", "reminders_sent": [], "preparation_complete": false}'
)
DESKTOP = """#!/bin/sh
printf '%s\\n' "$2" >> "$TITLES"
"""
SETTLED = 1_770_000_000


@dataclass(frozen=True, slots=True)
class Act:
    """A command as a person types it; `before` are those that went before, `shape` changes the vault last."""

    name: str
    words: Sequence[str]
    before: Sequence[Sequence[str]] = ()
    shape: Callable[[Path], None] = lambda vault: None
    mode: str = "exchange"
    channels: Sequence[str] = ("desktop", "terminal")

    @property
    def tells(self) -> bool:
        """Whether it tells reminders: what counts then is the ledger, which notes only repeat."""
        return self.words[:1] == ("remind",)


def _edit(vault: Path) -> None:
    """What a person did since the last build: a line more, a note less, one more."""
    note = vault / "Interviews" / "acme.md"
    note.write_text(note.read_text(encoding="utf-8") + "One line more.\n", encoding="utf-8")
    (vault / "Interviews" / "bolt.md").unlink()
    write_note(vault, "Delta", 20, "panel")


def _unmake(vault: Path) -> None:
    (vault / "prepvault.toml").unlink()


ACTS = (
    Act(
        "schedule",
        tuple("schedule --company Nova --role Engineer --type panel --at 2026-03-01T10:00".split()),  # noqa: SIM905
    ),
    Act("status", ("status", "acme", "confirmed")),
    Act("reschedule", ("reschedule", "acme", "2026-03-02T10:00")),
    Act("notes", ("notes", "acme", "a line")),
    Act("coach", ("coach",)),
    Act("coach-in-place", ("coach",), mode="in-place"),
    Act("check-fix", ("check", "--fix")),
    Act("build", ("build",)),
    Act("build-again", ("build",), before=(("build",),), shape=_edit),
    Act("feed", ("feed", "-o", "../out/feed.ics"), before=(("feed", "-o", "../out/feed.ics"),), shape=_edit),
    Act("remind", ("remind", "--due", "--send")),
    Act("remind-mail", ("remind", "--due", "--send"), channels=("email",)),
    Act("import", ("import", "../interviews.json", "--write")),
    Act("undo", ("undo",), before=(("status", "acme", "confirmed"), ("coach",))),
    Act("init", ("init", "."), shape=_unmake),
)
BY_NAME: Mapping[str, Act] = MappingProxyType({act.name: act for act in ACTS})


def write_note(vault: Path, name: str, day: int, kind: str = "technical") -> None:
    """Write an interview's note."""
    text = NOTE.format(low=name.lower(), name=name, day=day, kind=kind)
    (vault / "Interviews" / f"{name.lower()}.md").write_text(text, encoding="utf-8")


class Stage:
    """Folders in which one act is played again and again, each time from the same beginning."""

    def __init__(self, act: Act, folder: Path, *, entry: Entry = prepvault, user: int | None = None) -> None:
        self.act = act
        self.live = folder / "live"
        self.base = folder / "base"
        self.vault, self.state = self.live / "vault", self.live / "state"
        self.cache, self.out = self.live / "cache", self.live / "out"
        self.environment = {
            "PATH": f"{self.live / 'bin'}:/usr/bin:/bin",
            "HOME": str(self.live / "home"),
            "PREPVAULT_STATE_DIR": str(self.state),
            "PREPVAULT_CACHE_DIR": str(self.cache),
            "TITLES": str(self.live / "titles"),
            "NO_COLOR": "1",
            "TZ": "UTC",
            "LANG": "C.UTF-8",
        }
        self._postbox = self._open_postbox()
        self.runner = Runner(folder, self.environment, entry=entry, user=user)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        self._make()
        self.own()
        for words in act.before:
            self.run(words)
        act.shape(self.vault)
        _settle(self.vault)
        shutil.copytree(self.live, self.base, symlinks=True)

    @classmethod
    def beside(cls, other: "Stage", name: str) -> "Stage":
        """Another person at the same vault, with the same state."""
        made = cls.__new__(cls)
        made.__dict__.update(other.__dict__)
        folder = other.runner.folder / f"beside {name}"
        folder.mkdir()
        made.runner = Runner(folder, other.environment, entry=other.runner.entry)
        return made

    def own(self) -> None:
        """Give everything to whoever runs here."""
        if self.runner.user is not None:
            for folder in (self.live, self.runner.folder):
                for path in (folder, *folder.rglob("*")):
                    os.chown(path, self.runner.user, self.runner.user, follow_symlinks=False)

    def _make(self) -> None:
        for name in ("vault/Interviews", "vault/Stories", "state", "cache", "out", "home", "bin"):
            (self.live / name).mkdir(parents=True)
        (self.vault / "prepvault.toml").write_text(self._settings(), encoding="utf-8")
        write_note(self.vault, "Acme", 10)
        write_note(self.vault, "Bolt", 17, "behavioral")
        (self.vault / "Interviews" / "cedar.md").write_text(BARE, encoding="utf-8")
        (self.vault / "Stories" / "outage.md").write_text(STORY, encoding="utf-8")
        records = ", ".join(RECORD % (at, at, at, at, at) for at in (1, 2))
        (self.live / "interviews.json").write_text(RECORDS % records, encoding="utf-8")
        program = self.live / "bin" / "notify-send"
        program.write_text(DESKTOP, encoding="utf-8")
        program.chmod(0o755)
        _settle(self.vault)

    def _settings(self) -> str:
        channels = ", ".join(f'"{name}"' for name in self.act.channels)
        return TOML.format(mode=self.act.mode, channels=channels)

    def _open_postbox(self) -> Postbox | None:
        if "email" not in self.act.channels:
            return None
        postbox = Postbox(self.live / "titles")
        self.environment |= {
            "PREPVAULT_MAIL_HOST": "127.0.0.1",
            "PREPVAULT_MAIL_PORT": str(postbox.port),
            "PREPVAULT_MAIL_SECURITY": "none",
            "PREPVAULT_PROFILE_EMAIL": "me@example.com",
        }
        return postbox

    def close(self) -> None:
        """Leave nothing running and nothing on the disk."""
        if self._postbox:
            self._postbox.close()
        shutil.rmtree(self.runner.folder, ignore_errors=True)

    def reset(self) -> None:
        """Begin anew."""
        for folder in (self.vault, self.state, self.cache, self.out, self.live):
            empty(folder)
        shutil.copytree(self.base, self.live, symlinks=True, dirs_exist_ok=True)
        self.own()

    def words(self, words: Sequence[str], now: str = NOW) -> list[str]:
        """The whole command line."""
        where = [] if words[0] == "init" else ["--vault", str(self.vault)]
        return [*where, "--now", now, *(self._place(word) for word in words)]

    def _place(self, word: str) -> str:
        if word == ".":
            return str(self.vault)
        return str(self.live / word[3:]) if word.startswith("../") else word

    def run(self, words: Sequence[str] | None = None, trace: Sequence[str] = (), *, now: str = NOW) -> Ran:
        """Run the act, or other words."""
        return self.runner.run(self.words(self.act.words if words is None else words, now), trace)


def empty(folder: Path) -> None:
    """Remove what lies in a folder and may be removed; a disk that is mounted there stays."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _settle(vault: Path) -> None:
    """Let every note be one that nobody saved for a while."""
    for path in vault.rglob("*"):
        if path.is_file():
            os.utime(path, (SETTLED, SETTLED))


def roomy_folder() -> str | None:
    """A disk in memory where there is one: thousands of runs from a clean beginning wear nothing out."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


def new_folder() -> Path:
    """A folder that anybody may look into, so that runs of another user can, too."""
    folder = Path(tempfile.mkdtemp(prefix="prepvault-faults-", dir=roomy_folder()))
    folder.chmod(0o755)
    return folder
