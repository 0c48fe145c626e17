"""Write `.obsidian/types.json`, so that Obsidian shows our properties as dates, numbers and checkboxes."""

import json
from collections.abc import Mapping

from prepvault.model.properties import PROPERTIES


def render_types(existing: bytes | None = None, renamed: Mapping[str, str] | None = None) -> str | None:
    """Add our properties to what Obsidian has; what it has stays as it is.

    None where there is nothing to add, or where the file cannot be read and so is not ours to mend.
    """
    document = _read(existing)
    types = document.get("types", {}) if document is not None else None
    if document is None or not isinstance(types, dict):
        return None
    taken = {str(name).casefold() for name in types}
    names = {(renamed or {}).get(entry.name, entry.name): str(entry.kind) for entry in PROPERTIES}
    added = {name: kind for name, kind in names.items() if name.casefold() not in taken}
    if not added:
        return None
    return json.dumps({**document, "types": {**types, **added}}, indent=2, ensure_ascii=False)


def _read(existing: bytes | None) -> dict[str, object] | None:
    if not existing or not existing.strip():
        return {}
    try:
        found = json.loads(existing)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
