"""Run a command line in a fork of this process, which has loaded everything: thousands are affordable.

With `strace` attached, a system call can be counted, killed at, made to fail, or stopped at.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from prepvault.__main__ import main as prepvault

Entry = Callable[[Sequence[str]], object]
"""What a run calls with its words; it may end by SystemExit."""

PATIENCE = 60
NOBODY = 65534
RAISED = 99
"""The exit code of a run that raised what nobody caught."""
_SET_PTRACER = 0x59616D61
_ANYBODY = -1


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended: its exit code, or minus the signal that ended it, and what it said."""

    code: int
    said: str

    @property
    def has_trace(self) -> bool:
        """Tell whether a person saw a traceback or was told of a bug."""
        return self.code in (RAISED, 70) or "Traceback (most recent call last)" in self.said


@dataclass(frozen=True)
class Runner:
    """Runs commands in a folder of their own; `entry` is PrepVault, or a naive program in its place."""

    folder: Path
    environment: Mapping[str, str]
    entry: Entry = prepvault
    user: int | None = None
    strace: str = field(default_factory=lambda: shutil.which("strace") or "")

    def run(self, words: Sequence[str], trace: Sequence[str] = ()) -> Ran:
        """Run to the end; `trace` is what strace is told."""
        with self.begun(words, trace) as child:
            return child.wait()

    @contextmanager
    def begun(self, words: Sequence[str], trace: Sequence[str] = ()) -> Iterator["Child"]:
        """Run, and let the caller look at it meanwhile."""
        said = self.folder / "said"
        gate, opened = os.pipe()
        ready, told = os.pipe()
        number = os.fork()
        if not number:
            self._live(words, gate, told, said)
        os.close(gate)
        os.close(told)
        os.read(ready, 1)  # from here on it may be traced
        os.close(ready)
        tracer = self._attach(number, trace) if trace else None
        os.write(opened, b"x")
        os.close(opened)
        child = Child(number, said)
        try:
            yield child
        finally:
            child.end()
            if tracer:
                tracer.communicate(timeout=PATIENCE)

    def _attach(self, number: int, trace: Sequence[str]) -> "subprocess.Popen[bytes]":
        tracer = subprocess.Popen([self.strace, *trace, "-p", str(number)], stderr=subprocess.PIPE)
        told = tracer.stderr.readline() if tracer.stderr else b""
        if b"attached" not in told:
            os.kill(number, signal.SIGKILL)
            os.waitpid(number, 0)
            raise RuntimeError(f"strace cannot attach: {told.decode()}")
        return tracer

    def _live(self, words: Sequence[str], gate: int, ready: int, said: Path) -> None:
        """Be the child: never comes back."""
        code = RAISED
        try:
            with suppress(AttributeError, OSError):
                ctypes.CDLL(None).prctl(_SET_PTRACER, ctypes.c_long(_ANYBODY), 0, 0, 0)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)  # not what ends the sweep in order
            _redirect(said)
            os.chdir(self.folder)
            os.environ.clear()
            os.environ.update(self.environment)
            if self.user is not None:
                os.setgroups([])
                os.setgid(self.user)
                os.setuid(self.user)
            os.write(ready, b"x")
            os.read(gate, 1)
            self.entry(list(words))
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
        except BaseException:  # noqa: BLE001 - what a process would print as it dies
            traceback.print_exc()
        finally:
            with suppress(OSError, ValueError):
                sys.stdout.flush()
            os._exit(code)


class Child:
    """A run that was begun."""

    def __init__(self, number: int, said: Path) -> None:
        self.number = number
        self._said = said
        self._status: int | None = None

    def wait(self) -> Ran:
        """Wait for its end; one that takes too long is killed and told by a signal of its own."""
        if self._status is None:
            alarm = signal.signal(signal.SIGALRM, lambda *_: os.kill(self.number, signal.SIGXCPU))
            signal.alarm(PATIENCE)
            try:
                _, status = os.waitpid(self.number, 0)
            finally:
                signal.alarm(0)
                signal.signal(signal.SIGALRM, alarm)
            self._status = os.waitstatus_to_exitcode(status)
        return Ran(self._status, self._said.read_text("utf-8", "replace"))

    def wait_until_stopped(self) -> bool:
        """Wait until a signal stopped it; False when it ended before."""
        _, status = os.waitpid(self.number, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            return True
        self._status = os.waitstatus_to_exitcode(status)
        return False

    def go_on(self) -> None:
        """Let a stopped one go on."""
        os.kill(self.number, signal.SIGCONT)

    def end(self) -> None:
        """Leave none behind."""
        if self._status is None:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.number, signal.SIGKILL)
                os.waitpid(self.number, 0)


def _redirect(said: Path) -> None:
    handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - they live as long as the process
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
