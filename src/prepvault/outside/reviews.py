"""The reviews of practice, one line each, appended and made durable at once: nothing is lost on Ctrl-C."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prepvault.errors import OutsideError
from prepvault.model.practice import Grade, Review

_NAME = "practice.jsonl"
_YEARS = range(1970, 2200)
"""Years in which a clock may stand, however wrong; outside them intervals leave the calendar."""
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_reviews(folder: Path) -> tuple[Review, ...]:
    """Read every review; a line that a crash tore, or that cannot be read, is passed over.

    They come as they were written, which after a clock was set back is not the order of their times.
    """
    try:
        lines = (folder / _NAME).read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise OutsideError(f"cannot read `{folder / _NAME}`: {error.strerror}") from error
    found = (_review(line) for line in lines)
    return tuple(each for each in found if each)


def append_review(folder: Path, review: Review) -> None:
    """Add one review; when this returns, it is on the disk."""
    record = {
        "card": review.card,
        "interview": review.interview,
        "at": review.at.isoformat(),
        "grade": int(review.grade),
        "seconds": review.seconds,
        "scores": list(review.scores),
    }
    path = folder / _NAME
    try:
        handle = os.open(path, _APPEND, 0o600)
        try:
            # A line that a crash left without its end must not swallow this one.
            os.write(handle, b"\n" * _is_torn(path) + json.dumps(record).encode() + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise OutsideError(f"cannot write `{path}`: {error.strerror}", hint="free some space") from error


def _is_torn(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        if not file.tell():
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _review(line: bytes) -> Review | None:
    try:
        record: Mapping[str, Any] = json.loads(line)
        at = datetime.fromisoformat(record["at"])
        if at.tzinfo is None or at.year not in _YEARS or at.astimezone(UTC).year not in _YEARS:
            return None
        return Review(
            card=str(record["card"]),
            interview=str(record["interview"]),
            at=at,
            grade=Grade(record["grade"]),
            seconds=int(record.get("seconds", 0)),
            scores=tuple(int(score) for score in record.get("scores", ())),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
