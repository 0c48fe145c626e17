"""Asking a person for what is missing, before anything is done."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from prepvault.cli import report


@contextmanager
def before_writing() -> Iterator[None]:
    """Hold questions that all come before the writing: who stops at one is told that nothing happened."""
    try:
        yield
    except click.Abort:
        report.tell("\nstopped: nothing was written")
        raise
