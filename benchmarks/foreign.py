"""Run every command over whole vaults of other people: `python -m benchmarks.foreign FOLDER...`.

Each folder is copied first. What is compared afterwards is every byte, mode, link and time of every entry.
"""

import argparse
import difflib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.commands import LASTING, NEW, NOTE, NOTES, NOTHING, READING, SITE, WRITING, Call

NOW = "2026-02-09T09:00:00+00:00"
HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""What no terminal may be sent, whoever wrote it; line ends and tabs apart."""

Tree = dict[bytes, tuple[object, ...]]


def snapshot(root: Path) -> Tree:
    """Everything about every entry of a folder that anybody could miss; links are not followed."""
    found: Tree = {}
    top = os.fsencode(root)
    for folder, folders, files in os.walk(top):
        for name in (*folders, *files):
            path = os.path.join(folder, name)
            found[os.path.relpath(path, top)] = _facts(path)
    return found


def _facts(path: bytes) -> tuple[object, ...]:
    status = os.lstat(path)
    about = (status.st_mode, status.st_uid, status.st_gid)
    if os.path.islink(path):
        return (*about, os.readlink(path))
    if not os.path.isfile(path):
        return about
    with open(path, "rb") as file:
        return (*about, status.st_nlink, status.st_mtime_ns, file.read())


def breaches(call: Call, before: Tree, after: Tree, note: str) -> Iterator[str]:
    """Tell of each entry that is another now although this call does not own it."""
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if old != new:
            yield from (f"{path!r}: {fault}" for fault in _faults(call, path, (old, new), note))


def _faults(
    call: Call, path: bytes, pair: tuple[tuple[object, ...] | None, tuple[object, ...] | None], note: str
) -> Iterator[str]:
    old, new = pair
    is_site = path == b"site" or path.startswith(b"site/")
    if is_site and (call.writes == SITE or call.lasts):
        return
    if old is None or new is None:
        if new is None or call.writes != NEW:
            yield "has gone" if new is None else "is new"
        return
    if call.writes not in {NOTE, NOTES} or (call.writes == NOTE and path != os.fsencode(note)):
        yield "is another"
        return
    if old[:4] != new[:4] or len(old) != 6:
        yield f"mode, owner or links were {old[:4]}, are {new[:4]}"
    elif old[5] == new[5]:
        yield "was touched, its bytes are the same"
    else:
        yield from strays(call, old[5], new[5])  # type: ignore[arg-type]


def strays(call: Call, old: bytes, new: bytes) -> Iterator[str]:
    """Tell of lines that were added or lost beyond the call's properties and, if it owns text, its text."""
    was, now = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if was and now and not was[-1].endswith((b"\n", b"\r")) and len(now) >= len(was):
        was[-1] += (
            now[len(was) - 1][len(was[-1].rstrip()) :] if now[len(was) - 1].startswith(was[-1]) else b""
        )
    owned, ours = (_owned(was, call), _owned(now, call))
    for tag, a, b, c, d in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (f"lost {was[at][:80]!r}" for at in range(a, b) if at not in owned)
            yield from (f"gained {now[at][:80]!r}" for at in range(c, d) if at not in ours and not call.body)


def _owned(lines: Sequence[bytes], call: Call) -> set[int]:
    """The lines of the properties that a call may write, and of our own sections."""
    owned: set[int] = set()
    head, key, is_section = 0, "", False
    for at, line in enumerate(lines):
        text = line.rstrip().removeprefix(b"\xef\xbb\xbf")
        head += text in {b"---", b"..."} if head < 2 else 0
        is_section = is_section or b"prepvault:begin" in line
        is_ours = is_section or (not line.strip() and _is_beside_marker(lines, at))
        if is_ours and call.body:
            owned.add(at)
        is_section = is_section and b"prepvault:end" not in line
        found = re.match(rb"([A-Za-z_]+)\s*:", line)
        key = found[1].decode() if found else key if line[:1] in b" -#" else ""
        if head == 1 and key in call.keys:
            owned.add(at)
    return owned


def _is_beside_marker(lines: Sequence[bytes], at: int) -> bool:
    """Whether this line parts a section from what stands before or behind it."""
    return any(b"prepvault:" in line for line in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]))


@dataclass
class Ran:
    """What one run of the program gave."""

    code: int
    out: str
    err: str
    seconds: float


@dataclass
class Stand:
    """A vault to run commands on, with folders of its own for everything else."""

    root: Path
    beside: Path
    program: Sequence[str] = (sys.executable, "-m", "prepvault")

    def run(self, call: Call, note: str, *more: str) -> Ran:
        """Run a call to its end, or until it has begun to last, and then ask it to stop."""
        values = {"note": note, "out": str(self.beside), "import": str(self.beside / "invite.ics")}
        clock = () if call.lasts else ("--now", NOW)
        argv = [*self.program, "--vault", str(self.root), *clock, *call.argv(values), *more]
        began = time.perf_counter()
        with subprocess.Popen(
            argv,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.root,
        ) as child:
            if call.lasts and child.stderr is not None:
                child.stderr.readline()
                child.send_signal(signal.SIGTERM)
            out, err = child.communicate(call.asks.encode(), timeout=300)
        return Ran(
            child.returncode,
            out.decode("utf-8", "replace"),
            err.decode("utf-8", "replace"),
            time.perf_counter() - began,
        )

    def environment(self) -> Mapping[str, str]:
        """No place of the user's own, and no program that could open a window."""
        places = {
            name: str(self.beside / "own" / name)
            for name in ("HOME", "PREPVAULT_STATE_DIR", "PREPVAULT_CACHE_DIR", "XDG_CONFIG_HOME")
        }
        return {"PATH": "/nowhere", "PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C.UTF-8", **places}


def sweep(stand: Stand, notes: Sequence[str], calls: Sequence[Call]) -> Iterator[str]:
    """Run calls over a vault and tell of everything that should not have been."""
    for call in calls:
        for note in notes if "{note}" in " ".join(call.words) else notes[:1] or ("",):
            yield from _tried(stand, call, note)


def _tried(stand: Stand, call: Call, note: str) -> Iterator[str]:
    before = snapshot(stand.root)
    ran = stand.run(call, note)
    after = snapshot(stand.root)
    name = f"{' '.join(call.words)} [{note}]"
    print(f"{ran.seconds:6.1f} s  exit {ran.code}  {name}", file=sys.stderr)
    yield from (f"{name}: {fault}" for fault in breaches(call, before, after, note))
    yield from (f"{name}: {fault}" for fault in said(call, ran))
    if call.json and not call.lasts and call.writes == NOTHING:
        try:
            json.loads(stand.run(call, note, "--json").out or "{}")
        except ValueError as error:
            yield f"{name} --json: {error}"
    if call.again and not call.lasts:
        stand.run(call, note)
        again = snapshot(stand.root)
        yield from (f"{name}: second run: {path!r}" for path in again if again[path] != after.get(path))
        yield from (f"{name}: second run: {path!r} gone" for path in after.keys() - again.keys())


def said(call: Call, ran: Ran) -> Iterator[str]:
    """Tell what is wrong with an exit code and what stands on a terminal."""
    if ran.code not in {0, 1, 2, 3}:
        yield f"exit {ran.code}: {ran.err[-400:]}"
    if "Traceback" in ran.err + ran.out or "Warning:" in ran.err:
        yield f"traceback: {ran.err[-400:]}"
    for stream in (ran.out.replace("\r\n", "\n") if call.words[0] == "feed" else ran.out, ran.err):
        found = HOSTILE.search(stream)
        if found:
            yield f"raw {found[0]!r} in {stream[max(0, found.start() - 40) : found.end() + 10]!r}"


def _copied(folder: Path, beside: Path) -> Stand:
    root = beside / "vault"
    shutil.copytree(folder, root, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    invite = folder.parent / f"{folder.name}-outside" / "invite.ics"
    if invite.exists():
        shutil.copy(invite, beside / "invite.ics")
    return Stand(root, beside)


def main(arguments: Sequence[str] | None = None) -> None:
    """Sweep the folders that were named."""
    from tests.foreign_vaults import FAMILIES, make_foreign

    parser = argparse.ArgumentParser(prog="python -m benchmarks.foreign", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="else vaults made for tests")
    parser.add_argument("--notes", type=int, default=3, help="how many interviews get what writes one note")
    asked = parser.parse_args(arguments)
    made = Path(tempfile.mkdtemp(prefix="prepvault-vaults-"))
    for folder in asked.folders or [make_foreign(family, made / family) for family in FAMILIES]:
        with tempfile.TemporaryDirectory(prefix="prepvault-foreign-") as beside:
            stand = _copied(folder, Path(beside))
            listed = stand.run(Call(("list", "--json")), "")
            notes = [each["note"] for each in json.loads(listed.out)["interviews"]][: asked.notes]
            count = len(snapshot(stand.root))
            began = time.perf_counter()
            told = list(sweep(stand, notes, (*READING, *WRITING, *LASTING)))
            print(f"{folder.name}: {count} entries, {time.perf_counter() - began:.0f} s, {len(told)} faults")
            print("\n".join(f"  {fault}" for fault in told), flush=True)
    shutil.rmtree(made)


if __name__ == "__main__":
    main()
