"""A mapping whose values are worked out when they are first asked for, and once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

Value = TypeVar("Value")


class Lazily(Mapping[str, Value]):
    """The values of some keys, in the keys' order; `make` works out one of them."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Value]) -> None:
        self._keys = dict.fromkeys(keys)
        self._make = make
        self._made: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        """Give one value, worked out now where it was not before."""
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a value; none is worked out for that."""
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        """The keys; no value is worked out for them."""
        return iter(self._keys)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._keys)
