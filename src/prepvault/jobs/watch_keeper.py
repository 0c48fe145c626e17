"""The rounds of `watch` from what the rounds before left in memory: build, load, and tell what is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

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


@dataclass(slots=True)
class Keeper:
    """One vault, round after round; `tell` is given what a delivery did, `say` shows a reminder.

    `more` are channels besides those of the settings.
    """

    tell: Callable[[Delivery], None]
    say: Say
    more: Sequence[Channel] = ()
    _cache: BuildCache | None = None
    _held: str = field(default="", init=False)

    def build(self, context: Context, changed: frozenset[str] | None) -> BuildReport:
        """Build what changed: the pages of edited notes first, then all that hangs on them."""
        folder = output_folder(context)
        if self._cache is None or self._cache.folder != folder:
            self._cache = BuildCache(context.root, folder, keeps_objects=True)
        for path in sorted(changed or ()) if len(changed or ()) <= _FEW else ():
            glance(context, self._cache, path)
        return build(context, cache=self._cache)

    def load(self, context: Context) -> Vault:
        """Load the vault as it is now; what did not change since the last round is not read again."""
        cache = self._cache
        if cache is None or not cache.fits(context):
            return load(context)
        scan = find_notes(context, cache.others)
        return load(context, scan=scan, known=cache.known(), cards=cache.library(context))

    def remind(self, context: Context) -> datetime | None:
        """Tell what is due by the vault of the last round; the moment of what comes next."""
        channels = tuple(dict.fromkeys((*configured_channels(context.settings), *self.more)))
        if not channels:
            return None
        vault = self._cache.last_vault if self._cache else None
        done = deliver_due(context, vault or self.load(context), channels=channels, say=self.say)
        if done.reports or done.missed or (done.held and done.held != self._held):
            self.tell(done)
        self._held = done.held
        return done.next_at
