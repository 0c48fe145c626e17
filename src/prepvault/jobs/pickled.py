"""Values as rows of the cache, each bound to the key that it was made under, and back."""

import copyreg
import pickle
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from prepvault.model.zones import zone_of

Keyed = tuple[str, object]


def dumped(key: str, value: object) -> bytes:
    """Write a value and its key; a zone is written by its name, since its rules come from tzdata."""
    stream = BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    reducers: dict[type, Callable[[Any], Any]] = {**copyreg.dispatch_table, ZoneInfo: _reduced}
    pickler.dispatch_table = reducers
    pickler.dump((key, value))
    return stream.getvalue()


def loaded(data: bytes | None) -> Keyed | None:
    """Read a key and a value back, None for anything else.

    What comes here is ours by its checksum, and lies in a folder of the user's own.
    """
    if data is None:
        return None
    try:
        key, value = pickle.loads(data)  # noqa: S301
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is made anew
        return None
    return (key, value) if isinstance(key, str) else None


def _reduced(zone: ZoneInfo) -> tuple[Callable[[str], object], tuple[str]]:
    return zone_of, (zone.key,)
