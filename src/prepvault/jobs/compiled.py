"""Compiled templates, kept from one build to the next."""

from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from prepvault.outside.cache import Cache, Row

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

_KIND = "template"


class Compiled(BytecodeCache):
    """What the template engine made of each template; the engine checks that it is of the same text."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self.fresh: dict[Row, bytes] = {}

    def load_bytecode(self, bucket: "Bucket") -> None:
        """Give what was made of a template before."""
        data = self._cache.read(_KIND, bucket.key)
        if data:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: "Bucket") -> None:
        """Keep what was made of a template."""
        self.fresh[_KIND, bucket.key] = bucket.bytecode_to_string()
