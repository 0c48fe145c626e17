"""Looking at what a fault left: whole notes and pages, nothing lost or lying about, the truth said."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from benchmarks.faults.stage import Stage
from benchmarks.faults.warm import Ran
from prepvault.outside.checked_lines import CheckedLines
from prepvault.outside.journal import Journal
from prepvault.outside.output import MANIFEST

COLUMNS = ("attempts", "torn", "lost", "strays", "tracebacks", "wrong exits", "other")
Files = Mapping[str, bytes]
_SENT = re.compile(rb"(?m)^(?:reminders_sent:|revision:.*|  - .* (?:desktop|terminal|email) .*)\n")
_NEW_ID = re.compile(rb'(?m)^id = "[0-9a-f]{16}"')
"""What `init` names a vault by: it is another one each time."""


@dataclass
class Tally:
    """What was counted over one row of the table, and every fault with where it was."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    note: str = ""

    def fault(self, kind: str, where: str, what: str) -> None:
        """Put down one fault."""
        self.counts[kind] += 1
        self.faults.append(f"{self.name}: {kind}: {where}: {what}")


@dataclass(frozen=True)
class Look:
    """Everything on the stage at one moment."""

    notes: Files
    site: Files
    out: Files
    titles: tuple[str, ...]


def look(stage: Stage) -> Look:
    """Read everything that matters."""
    site = stage.vault / "site"
    titles = stage.live / "titles"
    return Look(
        files_below(stage.vault, without=site),
        files_below(site),
        files_below(stage.out),
        tuple(titles.read_text(encoding="utf-8").splitlines()) if titles.exists() else (),
    )


def files_below(folder: Path, without: Path | None = None) -> dict[str, bytes]:
    """The bytes of every file below a folder, by its path there; our own strays are counted elsewhere."""
    return {
        path.relative_to(folder).as_posix(): _NEW_ID.sub(b"id", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and not (without and path.is_relative_to(without))
        and not is_stray(path.relative_to(folder))
    }


def is_stray(path: Path) -> bool:
    """Tell whether a path is one that PrepVault uses on its way and should have removed."""
    return any(part.startswith(".prepvault-") and part != MANIFEST for part in path.parts)


def strays(stage: Stage) -> list[str]:
    """What lies about that nothing will ever use."""
    found = [path.relative_to(stage.live) for path in stage.live.rglob("*")]
    return sorted(str(path) for path in found if is_stray(path) or path.name.endswith(".tmp"))


def judge_files(tally: Tally, where: str, found: Files, *allowed: Files) -> None:
    """Every file is one that it may be; what nobody may miss is there."""
    for name in sorted({*found, *(name for each in allowed for name in each)}):
        may = [each.get(name) for each in allowed]
        is_now = found.get(name)
        if is_now in may:
            continue
        kind = "lost" if is_now is None else "torn"
        tally.fault(kind, where, f"{name} ({'gone' if is_now is None else f'{len(is_now)} bytes'})")


def judge_site(tally: Tally, where: str, found: Files, *allowed: Files) -> None:
    """Every page is whole, and the manifest knows all that lies there as one of ours."""
    pages = {name: data for name, data in found.items() if name != MANIFEST}
    judge_files(tally, where, pages, *(_without_manifest(each) for each in allowed))
    if not pages:
        return
    try:
        listed = json.loads(found[MANIFEST])["files"]
    except (KeyError, ValueError) as error:
        tally.fault("other", where, f"the manifest is not whole: {error!r}")
        return
    for name, data in pages.items():
        if sha256(data).hexdigest() not in listed.get(name, "").split():
            tally.fault("other", where, f"the manifest does not know {name}")


def _without_manifest(files: Files) -> Files:
    return {name: data for name, data in files.items() if name != MANIFEST}


def judge_run(tally: Tally, where: str, ran: Ran, codes: Iterable[int]) -> None:
    """The exit code is one that it may be, and nobody saw a traceback."""
    last = " / ".join(ran.said.strip().splitlines()[-3:])
    if ran.has_trace:
        tally.fault("tracebacks", where, last)
    elif ran.code not in set(codes):
        tally.fault("wrong exits", where, f"{ran.code}: {last}")


def judge_state(tally: Tally, where: str, stage: Stage) -> None:
    """Journal and ledger can be read whole."""
    for folder in (stage.state / "vaults").glob("*"):
        if Journal(folder).read().damaged:
            tally.fault("other", where, "the journal has a damaged line")
        for name in ("reminders", "mails"):
            if None in CheckedLines(folder / name, name).read():
                tally.fault("other", where, f"the ledger `{name}` has a damaged line")


def same_but_reminders(files: Files) -> Files:
    """Notes without what they tell of reminders: it grows by one channel after the other."""
    return {name: _SENT.sub(b"", data) for name, data in files.items()}


def judge_strays(tally: Tally, where: str, stage: Stage) -> None:
    """Nothing lies about."""
    for path in strays(stage):
        tally.fault("strays", where, path)
