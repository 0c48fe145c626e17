"""The rounds of `watch` from what the rounds before left in memory: build, load, and tell what is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from prepvault.jobs.build import BuildReport, build, output_folder
from prepvault.jobs.build_cache import BuildCache
from prepvault.jobs.context import Context
from prepvault.jobs.deliver import Say, configured_channels, deliver_due
from prepvault.jobs.find_notes import find_notes
from prepvault.jobs.glance import glance
from prepvault.jobs.load import load
from prepvault.model.delivery import Channel, Delivery
from prepvault.model.vault import Vault

_FEW = 3
"""As many notes are drawn before the round: more came from a program, and nobody waits for one."""

_LOOK_AGAIN = timedelta(minutes=1)
"""After so long the ledger is read again: a snooze of another process is written only there."""


@dataclass(slots=True)
class Keeper:
    """One vault, round after round; `tell` is given what a delivery did, `say` shows a reminder.

    `more` are channels besides those of the settings.
    """

    tell: Callable[[Delivery], None]
    say: Say
    more: Sequence[Channel] = ()
    _cache: BuildCache | None = field(default=None, init=False)
    _is_settled: bool = field(default=False, init=False)
    _said: tuple[str, tuple[str, ...]] = field(default=("", ()), init=False)

    def build(self, context: Context, changed: frozenset[str] | None) -> BuildReport:
        """Build what changed: the pages of edited notes first, then all that hangs on them."""
        self._is_settled = False
        folder = output_folder(context)
        if self._cache is None or self._cache.folder != folder:
            self._cache = BuildCache(context.root, folder, keeps_objects=True)
        few = sorted(changed or ()) if len(changed or ()) <= _FEW else ()
        first = [name for path in few if (name := glance(context, self._cache, path))]
        report = build(context, cache=self._cache)
        self._is_settled = True
        output = report.output
        written = tuple(sorted({*first, *output.written}))
        early = len(written) - len(output.written)
        return replace(
            report, output=replace(output, written=written, unchanged=max(0, output.unchanged - early))
        )

    def load(self, context: Context) -> Vault:
        """Load the vault as it is now; what did not change since the last round is not read again."""
        cache = self._cache
        if cache is None or not cache.fits(context):
            return load(context)
        scan = find_notes(context, cache.others)
        try:
            return load(context, scan=scan, known=cache.known(), cards=cache.library(context))
        finally:
            cache.close()

    def remind(self, context: Context) -> datetime | None:
        """Tell what is due by the vault of the last round; the moment at which to look again."""
        channels = tuple(dict.fromkeys((*configured_channels(context.settings), *self.more)))
        if not channels:
            return None
        done = deliver_due(context, self._vault(context), channels=channels, say=self.say)
        said = done.held, tuple(sorted(done.unwritten))
        if done.reports or done.missed or done.noted or (any(said) and said != self._said):
            self.tell(done)
        self._said = said
        if done.held and not done.next_at:
            return None
        return min(done.next_at or context.now + _LOOK_AGAIN, context.now + _LOOK_AGAIN)

    def _vault(self, context: Context) -> Vault:
        """The vault of the last round; where that failed, the notes as they are."""
        vault = self._cache.last_vault if self._cache and self._is_settled else None
        return vault or self.load(context)
