"""Give the JSON Schemas of what a person writes by hand."""

from typing import Any

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.render.schema import note_schema, settings_schema

SCHEMAS: tuple[str, ...] = ("note", "settings")


def schema_of(name: str, context: Context | None = None) -> dict[str, Any]:
    """Return the schema of a `note`'s front matter, in the names this vault uses, or of the `settings`."""
    if name == "note":
        return note_schema(context.settings.renamed if context else None)
    if name == "settings":
        return settings_schema()
    raise UsageError(f"there is no schema `{name}`", hint=f"name one of {', '.join(SCHEMAS)}")
