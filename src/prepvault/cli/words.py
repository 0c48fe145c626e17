"""Kinds of arguments: one word of a closed list, a day, and which interviews are meant."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

import click
from click.shell_completion import CompletionItem

from prepvault.errors import UsageError
from prepvault.model.interview import InterviewType, Outcome, Status

Kind = TypeVar("Kind", bound=StrEnum)
Function = TypeVar("Function", bound=Callable[..., Any])


class Word(click.ParamType[Kind], Generic[Kind]):
    """One word of a list, however it is spelled, or how only one of them begins."""

    def __init__(self, kind: type[Kind], name: str) -> None:
        self.kind = kind
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Kind:
        """Read the word."""
        if isinstance(value, self.kind):
            return value
        folded = "_".join(str(value).casefold().replace("-", " ").replace("_", " ").split())
        if folded in [entry.value for entry in self.kind]:
            return self.kind(folded)
        from prepvault.jobs.understand import understand_word

        try:
            return understand_word(self.kind, self.name, str(value))
        except UsageError as error:
            return self.fail(f"{error.message}; {error.hint}", param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Name the kind of word in the help."""
        return self.name.upper()

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the words of the list."""
        return [CompletionItem(entry.value) for entry in self.kind if entry.value.startswith(incomplete)]


class Day(click.ParamType[date]):
    """A day, written like 2026-03-17."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            return self.fail(f"should be a day like 2026-03-17, found `{value}`", param, ctx)


def filter_options(function: Function) -> Function:
    """Take the filters that say which interviews are meant."""
    options = (
        click.option(
            "--status", "statuses", multiple=True, type=Word(Status, "status"), help="Only this status."
        ),
        click.option(
            "--type", "types", multiple=True, type=Word(InterviewType, "type"), help="Only this type."
        ),
        click.option(
            "--outcome", "outcomes", multiple=True, type=Word(Outcome, "outcome"), help="Only this outcome."
        ),
        click.option(
            "--company", "companies", multiple=True, metavar="TEXT", help="Only companies with these words."
        ),
        click.option("--job-id", "job", default="", metavar="ID", help="Only the rounds of one application."),
        click.option("--since", type=Day(), help="Only from this day on, like 2026-03-17."),
        click.option("--until", type=Day(), help="Only up to this day."),
    )
    for option in reversed(options):
        function = option(function)
    return function
