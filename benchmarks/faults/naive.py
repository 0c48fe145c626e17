"""Programs that write as one does without thinking: a harness that finds no fault in them proves nothing."""

import sys
from collections.abc import Sequence
from pathlib import Path


def _edited(text: bytes) -> bytes:
    return text.replace(b"status: scheduled", b"status: confirmed")


def truncate_and_write(words: Sequence[str]) -> None:
    """`status acme confirmed`, straight into the note."""
    path = _note(words)
    path.write_bytes(_edited(path.read_bytes()))
    sys.exit(0)


def rename_without_a_look(words: Sequence[str]) -> None:
    """`status acme confirmed` by a file beside the note, whoever saved meanwhile."""
    path = _note(words)
    text = _edited(path.read_bytes())
    beside = path.with_name(f".prepvault-{len(text)}.tmp")
    beside.write_bytes(text)
    beside.replace(path)
    sys.exit(0)


def _note(words: Sequence[str]) -> Path:
    return Path(words[words.index("--vault") + 1]) / "Interviews" / "acme.md"
