"""Compiled templates, kept from one build to the next."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """What the template engine made of each template; the engine checks that it is of the same text.

    `find` gives what was made before, by a name; `fresh` is what was made now.
    """

    def __init__(self, find: Callable[[str], bytes | None]) -> None:
        self._find = find
        self.fresh: dict[str, bytes] = {}

    def load_bytecode(self, bucket: "Bucket") -> None:
        """Give what was made of a template before."""
        data = self._find(bucket.key)
        if data:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: "Bucket") -> None:
        """Keep what was made of a template."""
        self.fresh[bucket.key] = bucket.bytecode_to_string()
