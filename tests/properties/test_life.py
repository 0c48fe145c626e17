"""The long life of a vault: people, sync tools, crashes and odd clocks, and PrepVault in between.

`make life RUNS=2000 STEPS=50` lives longer, by chance.
"""

import os
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from prepvault.errors import PrepVaultError, RefusedError
from prepvault.jobs import build_cache
from prepvault.jobs import undo as undo_job
from prepvault.jobs import write as write_job
from prepvault.jobs.build import build
from prepvault.jobs.coach import coach
from prepvault.jobs.context import Context
from prepvault.jobs.deliver import deliver_due
from prepvault.jobs.fix import fix
from prepvault.jobs.import_ import apply_import, plan_import
from prepvault.jobs.import_readers import Wish
from prepvault.jobs.lifecycle import change_status, mark_prepared, reschedule
from prepvault.jobs.notes import add_notes
from prepvault.jobs.remind import list_reminders
from prepvault.jobs.schedule import Request, schedule
from prepvault.jobs.snooze import snooze
from prepvault.jobs.undo import list_writes, undo
from prepvault.jobs.write import recover_writes
from prepvault.model.delivery import Channel, Ending
from prepvault.model.interview import Interview, InterviewType, Status
from prepvault.model.note import digest_of
from prepvault.model.reminder import ReminderState
from prepvault.model.vault import Vault
from prepvault.outside.ledger import Ledger
from prepvault.outside.output import MANIFEST
from prepvault.outside.state import state_folder
from prepvault.outside.writing import Probe, pass_by
from prepvault.rules.reminders import channels_told, plan_reminders
from tests.life import BLOCK, MARK, ZONES, World, theirs
from tests.writing_bench import Killed, Steps, kill, make_fast

RUNS = int(os.environ.get("PREPVAULT_LIFE_RUNS", "0"))
STEPS = int(os.environ.get("PREPVAULT_LIFE_STEPS", "50"))
FIRST = datetime(2026, 3, 26, 9, 0, tzinfo=UTC)
"""Three days before Europe's clocks change."""

NAMES = ("Acme", "Börse", "Carol")
WHENS = ("2026-03-28 10:00", "2026-03-29 02:30", "2026-04-01 18:00", "2026-04-05 02:15", "2026-10-25 02:30")
TEXTS = (
    *("word %s", "- [ ] task %s", "# Title %s", "> quote %s", "```\n%s\n```", "%%%% hidden %s %%%%"),
    *("<!-- aside %s -->", "line\r\nand %s\r", "| a | %s |\n|---|---|", "---", "``` never closed %s"),
    *("<!-- prepvault:begin id=tips v=1 sum=0 --> %s", "[[Acme]] %s \u2028 \u00e9", "<div>%s"),
)
HEADS = ("# remark %s", "mine: '%s'", "tags: [a, %s]  # why", "nested:\n  - deep %s", "time: 14:30 # %s")
JUMPS = (1, 20, 59, 61, 180, 1440, 1500, 4320, 20_000, -61, -180, -2880)
MIDST = ("prepare", "write-temp", "reread", "exchange", "look", "look-again", "sync-folder", "remove-temp")

pick = st.integers(0, 50)
Command = Any


class Life(RuleBasedStateMachine):
    """Rules are what may happen; each command is held against what was there before it."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="life")).resolve()
        self.patch = pytest.MonkeyPatch()
        make_fast(self.patch)
        for name, folder in (("STATE", "state"), ("CACHE", "cache")):
            self.patch.setenv(f"PREPVAULT_{name}_DIR", str(self.home / folder))
        self.patch.setenv("PREPVAULT_PROFILE_EMAIL", "me@example.com")
        self.patch.setenv("PREPVAULT_MAIL_HOST", "127.0.0.1")
        self.patch.setenv("PREPVAULT_MAIL_SECURITY", "none")
        self.patch.setattr("prepvault.jobs.send_mail._MOST", ())  # months pass within one second
        self.patch.setattr(build_cache, "UNSURE_NS", 0)
        self.world = World(self.home / "vault", FIRST)
        self.patch.setattr("prepvault.jobs.send_mail.post", self.world.post)
        desk = write_job.open_desk

        def open_desk(context: Context, probe: Probe = pass_by) -> Any:
            return desk(context, self.world.probe)

        self.patch.setattr(write_job, "open_desk", open_desk)
        self.patch.setattr(undo_job, "open_desk", open_desk)

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.home, ignore_errors=True)

    @initialize(mode=st.sampled_from(["exchange", "exchange", "in-place"]), seed=pick)
    def first_day(self, mode: str, seed: int) -> None:
        self.seed = seed
        self.world.begin(mode)
        for number, name in enumerate(NAMES):
            end = "\r\n" if (seed + number) % 4 == 0 else "\n"
            text = (
                f"---\ncompany: {name}\nrole: Engineer  # {self.world.mark().decode()}\n"
                f"interview_type: {('technical', 'panel', 'phone_screen')[number]}\n"
                f"scheduled_at: {WHENS[(seed + number) % 3].replace(' ', 'T')}:00 # hm\n---\n"
                f"Words {self.world.mark().decode()}."
            ).replace("\n", end)
            self.world.save(f"Interviews/{name}.md", text.encode())

    # What people and their other programs do

    def path(self, number: int) -> str:
        return self.world.paths()[number % len(self.world.paths())]

    @rule(number=pick, what=st.sampled_from(TEXTS), at=pick, fresh=st.booleans())
    def writes_in_the_body(self, number: int, what: str, at: int, fresh: bool) -> None:
        path = self.path(number)
        lines = self.world.read(path).split(b"\n")
        marked = what.replace("%s", self.world.mark().decode()).replace("%%", "%").encode()
        begin = next((at for at, line in enumerate(lines) if at and line.rstrip() == b"---"), 0) + 1
        lines.insert(begin + at % (len(lines) - begin + 1), marked)
        self.world.save(path, b"\n".join(lines), fresh=fresh)

    @rule(number=pick, what=st.sampled_from(HEADS), at=pick)
    def writes_in_the_head(self, number: int, what: str, at: int) -> None:
        path = self.path(number)
        lines = self.world.read(path).split(b"\n")
        lines.insert(1 + at % 3, what.replace("%s", self.world.mark().decode()).encode())
        self.world.save(path, b"\n".join(lines))

    @rule(number=pick, at=pick, how=st.sampled_from(["write", "tick", "delete"]))
    def works_in_a_section(self, number: int, at: int, how: str) -> None:
        found = [path for path in self.world.paths() if BLOCK.search(self.world.read(path))]
        if not found:
            return
        path = found[number % len(found)]
        data = self.world.read(path)
        blocks = list(BLOCK.finditer(data))
        block = blocks[at % len(blocks)]
        inner = {
            "write": block[2] + b"mine " + self.world.mark() + b"\n",
            "tick": block[2].replace(b"[ ]", b"[x]", 1 + at % 3),
            "delete": None,
        }[how]
        fresh = b"" if inner is None else block[0].replace(block[2], inner)
        self.world.save(path, data[: block.start()] + fresh + data[block.end() :])

    @rule(number=pick, how=st.sampled_from(["delete", "rename", "copy", "conflict copy", "merge", "link"]))
    def moves_notes_about(self, number: int, how: str) -> None:
        path = self.path(number)
        target, data = self.world.root / path, self.world.read(path)
        if how == "delete" and len(self.world.paths()) > 2:
            target.unlink()
        elif how == "rename":
            target.rename(target.with_name(f"r{number} {target.name[-20:]}"))
        elif how == "copy":
            self.world.save(f"{path[:-3][:40]} copy.md", data)
        elif how == "conflict copy":
            self.world.save(f"{path[:-3][:40]}.sync-conflict-20260326-100000-ABCDEFG.md", data)
        elif how == "merge":
            lines, at = data.split(b"\n"), number % (data.count(b"\n") + 1)
            lines[at:at] = [b"<<<<<<< HEAD", self.world.mark(), b"=======", self.world.mark(), b">>>>>>> x"]
            self.world.save(path, b"\n".join(lines))
        elif how == "link" and not (self.home / "twin").exists():
            (self.home / "twin").hardlink_to(target)

    @rule(number=pick, older=pick)
    def sync_rolls_back(self, number: int, older: int) -> None:
        known = [path for path in self.world.paths() if path in self.world.seen]
        if known:
            path = known[number % len(known)]
            self.world.save(path, self.world.seen[path][older % len(self.world.seen[path])])

    @rule(minutes=st.sampled_from(JUMPS))
    def clock_jumps(self, minutes: int) -> None:
        self.world.later(timedelta(minutes=minutes))

    @rule(zone=st.sampled_from(ZONES))
    def travels(self, zone: str) -> None:
        self.world.set_zone(zone)

    @rule()
    def leaves_everything_alone(self) -> None:
        for path in self.world.paths():
            self.world.settle(self.world.root / path)

    # What PrepVault does

    def command(self, job: Command, at: int, *, twice: bool = True, adds: bool = False) -> None:
        """Run it, now and then with a crash at a step; hold the notes against those before; run it again."""
        before = self.world.notes()
        if at % 3 == 0:
            self.world.probe = Steps(at // 3, kill)
            with suppress(Killed, PrepVaultError):
                self.run(job)
            is_torn_meanwhile = self.world.mode == "in-place" or (self.home / "twin").exists()
            self.world.probe = Steps()
            if not is_torn_meanwhile:
                self.world.check_blow(before)
            recover_writes(self.world.context())
            self.world.check_blow(before)
        else:
            self.world.probe = Steps()
            with suppress(PrepVaultError):
                self.run(job)
        self.after(before, adds=adds)
        if twice:
            with suppress(PrepVaultError):
                self.run(job)
            once = self.world.notes()
            with suppress(PrepVaultError):
                self.run(job)
            assert self.world.notes() == once, "the second time wrote"
            self.after(before, adds=adds)

    def run(self, job: Command) -> None:
        job(*self.world.load())

    def after(self, before: dict[str, bytes], *, adds: bool) -> None:
        if not adds:
            self.world.check_theirs(before)
        self.world.check_tidy()
        for path, data in self.world.notes().items():
            if data != before.get(path):
                self.world.seen.setdefault(path, []).append(data)

    def chosen(self, vault: Vault, number: int) -> Interview:
        """The same note's interview each time, whatever became of its time."""
        path = self.path(number)
        found = next((each for each in vault.interviews if each.path == path), None)
        if found is None:
            raise RefusedError("the note tells of no interview")
        return found

    @rule(number=pick, at=pick, status=st.sampled_from(list(Status)))
    def status(self, number: int, at: int, status: Status) -> None:
        self.command(lambda c, v: change_status(c, self.chosen(v, number), status, feedback="good: yes"), at)

    @rule(number=pick, at=pick, when=st.sampled_from(WHENS))
    def reschedule(self, number: int, at: int, when: str) -> None:
        self.command(lambda c, v: reschedule(c, self.chosen(v, number), when), at)

    @rule(number=pick, at=pick)
    def prepared(self, number: int, at: int) -> None:
        self.command(lambda c, v: mark_prepared(c, self.chosen(v, number)), at)

    @rule(at=pick)
    def coach(self, at: int) -> None:
        self.command(lambda c, v: coach(c, v), at)

    @rule(at=pick)
    def check_fix(self, at: int) -> None:
        self.command(lambda c, v: fix(c), at)

    @rule(number=pick, at=pick, when=st.sampled_from(WHENS))
    def schedule(self, number: int, at: int, when: str) -> None:
        wish = Request(company=NAMES[number % 3], role="Lead", type=InterviewType.PANEL, at=when)
        self.command(lambda c, v: schedule(c, v, wish), at)

    @rule(at=pick, number=pick)
    def imports(self, at: int, number: int) -> None:
        file = self.home / "jobs.csv"
        day = number % 9 + 1
        file.write_text(f"Company,Position,Status,Date\nNova{number % 3},Dev,Interview,2026-04-0{day}\n")
        wish = Wish(type=InterviewType.TECHNICAL)
        self.command(lambda c, v: apply_import(plan_import(c, v, [str(file)], wish)), at)

    @rule(number=pick, at=pick)
    def notes(self, number: int, at: int) -> None:
        before, word = self.world.notes(), self.world.mark()
        self.command(
            lambda c, v: add_notes(c, self.chosen(v, number), f"- {word.decode()}", heading="Notes"),
            at,
            twice=False,
            adds=True,
        )
        for path, data in self.world.notes().items():
            words = [each for each in MARK.findall(data) if each != word]
            assert words == MARK.findall(before[path])
            assert data.count(word) <= 1

    @rule(number=pick, at=pick, all_of_it=st.booleans())
    def undo(self, number: int, at: int, all_of_it: bool) -> None:
        before, path = self.world.notes(), None if all_of_it else self.path(number)
        standing = [each for each in list_writes(self.world.context()) if each.can_be_undone]
        self.world.probe = Steps()
        with suppress(PrepVaultError):
            undo(self.world.context(), path)
        self.world.check_tidy()
        for name in {*before, *self.world.notes()}:
            data = self.world.notes().get(name)
            if data == before.get(name):
                continue
            last = next(each for each in reversed(standing) if each.path == name)
            assert digest_of(before[name]) == last.after, "it had moved on"
            assert (digest_of(data) if data is not None else None) == last.before, "not what it was"
        mine = [each for each in standing if path and each.path == path]
        if mine and path and digest_of(before[path]) == mine[-1].after != mine[-1].before:
            assert self.world.notes().get(path) != before[path], "nothing was taken back"

    @precondition(lambda self: self.world.mode == "exchange" and not (self.home / "twin").exists())
    @rule(number=pick, step=st.sampled_from(MIDST), in_place=st.booleans())
    def saves_in_the_middle_of_a_write(self, number: int, step: str, in_place: bool) -> None:
        path = self.path(number)
        fresh = self.world.read(path) + b"\nlate " + self.world.mark()

        saved = False

        def save(name: str) -> None:
            nonlocal saved
            if saved or name != step:
                return
            saved, target = True, self.world.root / path
            if in_place:
                target.write_bytes(fresh)
            else:
                beside = target.with_name("editor.tmp")
                beside.write_bytes(fresh)
                beside.replace(target)

        self.world.probe = save
        with suppress(PrepVaultError):
            self.run(lambda c, v: add_notes(c, self.chosen(v, number), f"- at {step}", heading="Notes"))
        self.world.probe = Steps()
        assert not saved or self.world.read(path) == fresh, "a save is gone"
        self.world.seen.setdefault(path, []).append(fresh)
        self.world.check_tidy()

    # Reminders

    @rule(number=pick, how_long=st.sampled_from(["20m", "5h"]))
    def snoozes(self, number: int, how_long: str) -> None:
        with suppress(PrepVaultError):
            self.run(lambda c, v: snooze(c, self.chosen(v, number), how_long))

    @rule(
        mood=st.sampled_from(["good", "good", "good", "refuses", "silent", "dies"]),
        step=st.sampled_from(["", "", "", "intent", "deliver", "outcome", "note", "missed"]),
        count=st.integers(1, 3),
    )
    def reminds(self, mood: str, step: str, count: int) -> None:
        before = self.world.notes()
        self.world.post.mood = mood
        left = count

        def probe(name: str) -> None:
            nonlocal left
            left -= name == step
            if name == step and not left:
                raise Killed

        try:
            self.deliver(probe)
        except Killed:
            self.world.crashed += 1
        self.world.post.mood = "good"
        self.check_told()
        self.world.check_theirs(before)
        if mood == "good":
            self.deliver(pass_by)
            told = len(self.world.shown), len(self.world.post.letters)
            self.check_in_sight()
            self.deliver(pass_by)
            assert (len(self.world.shown), len(self.world.post.letters)) == told, "told again"
            self.check_told()

    def deliver(self, probe: Probe) -> None:
        context, vault = self.world.load()
        known = self.past().tellings
        for one in vault.interviews:
            for each in plan_reminders(one, context.settings, context.now):
                if each.state is not ReminderState.SENT or any(each.key in t.keys for t in known):
                    self.world.planned[each.key] = each.until
        deliver_due(context, vault, say=lambda title, lines: self.world.shown.append(title), probe=probe)

    def past(self) -> Any:
        return Ledger(state_folder(self.world.root, "life")).read()

    def check_told(self) -> None:
        """No mail goes twice, and nothing is shown twice but after a crash."""
        letters = Counter(self.world.post.letters)
        assert not letters or max(letters.values()) == 1, "one mail twice"
        told = [(key, t.channel) for t in self.past().tellings if t.ending is Ending.TOLD for key in t.keys]
        assert len(told) == len(set(told)), "told twice by one channel"
        mine = [t for t in self.past().tellings if t.ending is Ending.TOLD and t.channel is Channel.TERMINAL]
        assert len(self.world.shown) <= len(mine) + self.world.crashed

    def check_in_sight(self) -> None:
        """What came to pass was told, is in doubt, is listed, or was put down as missed."""
        context, vault = self.world.load()
        past = self.past()
        known = {key for t in past.tellings if t.ending is Ending.TOLD or t.is_in_doubt for key in t.keys}
        listed = {each.reminder.key for each in list_reminders(context, vault).open}
        for one in vault.interviews:
            for each in plan_reminders(one, context.settings, context.now):
                is_due = each.at <= context.now and past.began < each.until
                is_seen = each.key in known | listed | set(past.missed)
                assert not is_due or is_seen or channels_told(each, one)

    # The site

    @precondition(lambda self: bool(RUNS) or (self.seed % 4 == 0 and not (self.home / "site").exists()))
    @rule()
    def builds(self) -> None:
        elsewhere = self.home / "clean"
        shutil.rmtree(elsewhere, ignore_errors=True)
        sites = []
        for folder, use_cache in ((self.home / "site", True), (elsewhere, False)):
            build(self.world.context(), output=folder, use_cache=use_cache, allow_empty=True)
            found = (each for each in folder.rglob("*") if each.is_file() and each.name != MANIFEST)
            sites.append({each.relative_to(folder).as_posix(): each.read_bytes() for each in found})
        assert sites[0] == sites[1], sorted(
            n for n in sites[0] | sites[1] if sites[0].get(n) != sites[1].get(n)
        )


def test_theirs_sees_what_is_lost() -> None:
    """The measure itself: it tells a person's lines from ours."""
    note = b"---\nstatus: a\nreminders_sent:\n  - 24h\nmine: 1\n# u1u\n---\nwords\n\nmore\n"
    assert theirs(note) == [b"---", b"mine: 1", b"# u1u", b"---", b"words", b"more"]
    assert theirs(note.replace(b"status: a", b"status: b\nrevision: 1")) == theirs(note)
    for line in (b"mine: 1", b"# u1u", b"words"):
        assert theirs(note.replace(line, b"")) != theirs(note)


@pytest.mark.timeout(0 if RUNS else 120)
def test_a_long_life_loses_nothing_and_tells_nothing_twice() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=RUNS or 12,
            stateful_step_count=STEPS if RUNS else 30,
            derandomize=not RUNS,
            deadline=None,
            database=None,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink) if RUNS else (Phase.generate,),
        ),
    )
