"""Where tools work: one vault as it is at each call, one writer at a time, and what was written here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from prepvault.errors import ConflictError, RefusedError, UnknownError, UsageError
from prepvault.jobs.asked_mail import Drafted
from prepvault.jobs.context import Context, open_context
from prepvault.jobs.desk import Desk as VaultDesk
from prepvault.jobs.pick import pick_by_id
from prepvault.jobs.undo import UndoReport, undo
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault

_MOST_DRAFTS = 50
_LIST_ALL = "`prepvault undo --list` shows every write, `prepvault undo` takes the last one back"


@dataclass(frozen=True, slots=True)
class Mode:
    """How the server was started: whether tools that write are there, and the one that sends."""

    is_read_only: bool = False
    allows_sending: bool = False


@dataclass(frozen=True, slots=True)
class _Made:
    """A write of this server: the note, and its digest afterwards."""

    path: str
    digest: str


class Desk:
    """One vault. Calls come on threads of their own: those that write wait for each other."""

    def __init__(self, root: Path, *, now: str | None = None, mode: Mode | None = None) -> None:
        self.root = root
        self.mode = mode or Mode()
        self._vault = VaultDesk(open=lambda: open_context(str(root), now=now))
        self._made: list[_Made] = []
        self._drafts: dict[str, Drafted] = {}

    def read(self) -> tuple[Context, Vault]:
        """Read the whole vault as it is now, what is not to be published too."""
        view = self._vault.look()
        return view.context, view.whole

    @contextmanager
    def change(self, *, preview: bool) -> Iterator[tuple[Context, Vault]]:
        """Read the vault to change it; nobody else here writes meanwhile. A preview writes nothing."""
        with self._vault.change() as view:
            yield replace(view.context, is_preview=preview), view.whole

    @contextmanager
    def alone(self) -> Iterator[Context]:
        """Work on the vault while nobody else here writes."""
        with self._vault.alone() as context:
            yield context

    def remember(self, interview: Interview) -> None:
        """Keep in mind what was written, so that it can be taken back; called while the change is on."""
        self._made.append(_Made(interview.path, interview.digest))

    def keep_draft(self, drafted: Drafted) -> str:
        """Keep a draft as it was shown, so that just this can be sent; give it a name."""
        self._drafts = dict([*self._drafts.items(), (drafted.name, drafted)][-_MOST_DRAFTS:])
        return drafted.name

    def draft(self, name: str) -> Drafted:
        """Find a draft that was shown here."""
        if name not in self._drafts:
            raise UnknownError("no draft with that `draft_id` was shown here", hint="draft the mail first")
        return self._drafts[name]

    def take_back(self) -> UndoReport:
        """Take back the last write of this server that stands, while nobody has edited that note since."""
        with self._vault.change() as view:
            if not self._made:
                raise RefusedError("nothing was written here that could be taken back", hint=_LIST_ALL)
            last = self._made[-1]
            note = view.whole.notes.get(last.path)
            if note is None or note.digest != last.digest:
                raise ConflictError(
                    f"`{last.path}` was changed since, so nothing was taken back", hint=_LIST_ALL
                )
            done = undo(view.context, last.path)
            self._made.pop()
            return done


def pick(vault: Vault, identity: str, version: str = "") -> Interview:
    """Find the interview that a caller names; with a version, only in the state that the caller read."""
    return pick_by_id(vault, identity.strip(), version=version.strip())


def need_version(version: str, *, preview: bool) -> None:
    """Refuse to change what the caller may not have read."""
    if not preview and not version.strip():
        raise UsageError(
            "`expected_version` is missing, so nothing was written",
            hint="preview it first; the answer has the `version` to pass",
        )
