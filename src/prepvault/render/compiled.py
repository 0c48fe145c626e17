"""Compiled templates, kept from one build to the next."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """What the template engine made of each template; the engine checks that it is of the same text.

    `find` gives what was made before, by a name; `fresh` is what was made now. What is made of the same text
    inside and outside the sandbox differs, so it goes by different names.
    """

    def __init__(self, find: Callable[[str], bytes | None], *, is_sandboxed: bool) -> None:
        self._find = find
        self._prefix = "sandboxed/" if is_sandboxed else ""
        self.fresh: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Name what is made of a template."""
        return f"{self._prefix}{super().get_cache_key(name, filename)}"

    def load_bytecode(self, bucket: "Bucket") -> None:
        """Give what was made of a template before."""
        data = self._find(bucket.key)
        if data:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: "Bucket") -> None:
        """Keep what was made of a template."""
        self.fresh[bucket.key] = bucket.bytecode_to_string()
