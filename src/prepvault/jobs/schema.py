"""Give the JSON Schemas of what a person writes by hand, and of what an export holds."""

from typing import Any

from prepvault.errors import UsageError
from prepvault.jobs.context import Context
from prepvault.render.export_schema import export_schema
from prepvault.render.schema import note_schema, settings_schema

SCHEMAS: tuple[str, ...] = ("note", "settings", "export")


def schema_of(name: str, context: Context | None = None) -> dict[str, Any]:
    """Return the schema of a `note` under the names of this vault, of the `settings`, or of an `export`."""
    if name == "note":
        return note_schema(context.settings.renamed if context else None)
    if name == "settings":
        return settings_schema()
    if name == "export":
        return export_schema()
    raise UsageError(f"there is no schema `{name}`", hint=f"name one of {', '.join(SCHEMAS)}")
