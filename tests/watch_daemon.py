"""A real `prepvault watch` in a process of its own, and what it tells; for tests and for the soak."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

Event = dict[str, Any]
PAUSE = 0.02


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Wait for something outside this process; fail in words when it does not come."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(PAUSE)


class Daemon:
    """One running `watch`; `events` are the documents it has written so far."""

    def __init__(
        self,
        root: Path,
        state: Path,
        *options: str,
        settings: Mapping[str, str] | None = None,
        before: Sequence[str] = (),
    ) -> None:
        self.root = root
        named = {f"PREPVAULT_{key.upper()}": text for key, text in (settings or {}).items()}
        own = {"PREPVAULT_STATE_DIR": str(state), "XDG_CONFIG_HOME": str(state / "config"), "TZ": "UTC"}
        kept = {name: text for name, text in os.environ.items() if not name.startswith("PREPVAULT_")}
        command = [
            *before,
            sys.executable,
            "-m",
            "prepvault",
            "--vault",
            str(root),
            "watch",
            "--json",
            *options,
        ]
        self.process = subprocess.Popen(
            command, env=kept | own | named, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.events: list[Event] = []
        self.errors: list[str] = []
        self._readers = [Thread(target=self._read, daemon=True), Thread(target=self._complain, daemon=True)]
        for reader in self._readers:
            reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.events.append(json.loads(line))

    def _complain(self) -> None:
        assert self.process.stderr is not None
        self.errors += list(self.process.stderr)

    def of(self, kind: str) -> list[Event]:
        """What it told of one kind."""
        return [event for event in list(self.events) if event["event"] == kind]

    def wait_for(self, kind: str, count: int = 1, seconds: float = 60) -> Event:
        """Wait until it has told so many things of one kind."""
        try:
            wait_until(
                lambda: len(self.of(kind)) >= count or self.process.poll() is not None,
                f"{count} x {kind}",
                seconds,
            )
        except AssertionError as error:
            raise AssertionError(f"{error}; it told {self.events[-3:]} and said {self.errors}") from None
        told = self.of(kind)
        assert len(told) >= count, f"it ended: {self.errors}"
        return told[count - 1]

    def wait_for_rest(self, seconds: float = 1.0) -> None:
        """Wait until it has told nothing for so long."""
        known, since = len(self.events), time.monotonic()
        while time.monotonic() - since < seconds:
            time.sleep(PAUSE)
            if len(self.events) != known:
                known, since = len(self.events), time.monotonic()

    def wait_for_page(self, text: str, seconds: float = 30) -> None:
        """Wait until a page of an interview shows this text."""
        wait_until(lambda: self.shows(text), f"a page with `{text}`", seconds)

    def shows(self, text: str) -> bool:
        """Tell whether a page of an interview shows this text."""
        pages = (self.root / "site" / "interviews").glob("*.html")
        return any(text in page.read_text(encoding="utf-8") for page in pages)

    def end(self, number: int = signal.SIGTERM, seconds: float = 10) -> float:
        """Ask it to end; return how long that took."""
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(seconds)
        for reader in self._readers:
            reader.join(5)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
        return time.monotonic() - begun

    def __enter__(self) -> "Daemon":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGKILL)
