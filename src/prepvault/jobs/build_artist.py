"""Who draws the pages of one build after another, with templates that were compiled before."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from prepvault.outside.cache import Cache, Row

if TYPE_CHECKING:
    from prepvault.render.compiled import Compiled
    from prepvault.render.site import Artist


class KeptArtist:
    """The artist of one program and its settings; what was made of templates lies in the cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._artist: Artist | None = None
        self._compiled: Compiled | None = None

    def with_templates(self, templates: Callable[[], Mapping[str, str]], *, are_ours: bool) -> "Artist":
        """Who draws with these templates: the same one as before."""
        if self._artist is None:
            from prepvault.render.compiled import Compiled
            from prepvault.render.site import Artist

            self._compiled = Compiled(self._find, is_sandboxed=not are_ours)
            self._artist = Artist(templates(), are_ours=are_ours, compiled=self._compiled)
        return self._artist

    def fresh(self) -> Mapping[Row, bytes]:
        """Give what was made of templates since the last time; once."""
        if self._compiled is None:
            return {}
        fresh, self._compiled.fresh = self._compiled.fresh, {}
        return {_row(name): data for name, data in fresh.items()}

    def _find(self, name: str) -> bytes | None:
        return self._cache.read(*_row(name))


def _row(name: str) -> Row:
    return "template", name
