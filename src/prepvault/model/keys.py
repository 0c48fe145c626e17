"""Short names of values, for telling whether anything has changed."""

from hashlib import sha256


def key_of(*parts: object) -> str:
    """Name these values: two that differ have other names, if their `repr` shows it."""
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]
