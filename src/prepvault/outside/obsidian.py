"""What Obsidian's own settings say: which folders hold no notes of ours, and what a line end means."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LIMIT = 1 << 20
_APP, _TEMPLATES = ".obsidian/app.json", ".obsidian/templates.json"
_TEMPLATER = ".obsidian/plugins/templater-obsidian/data.json"

SETTINGS_FILES = (_APP, _TEMPLATES, _TEMPLATER)
"""Every file below that is read here, by its path in the vault."""


@dataclass(frozen=True, slots=True)
class ObsidianFolders:
    """Folders as Obsidian knows them: of templates, of attachments; `ignored` are its excluded files."""

    templates: tuple[str, ...] = ()
    attachments: str = ""
    ignored: tuple[str, ...] = ()


def read_obsidian_folders(root: Path) -> ObsidianFolders:
    """Read them from `.obsidian`; what is absent or cannot be read counts as unset."""
    app = _read_json(root / _APP)
    folders = (
        _read_json(root / _TEMPLATES).get("folder"),
        _read_json(root / _TEMPLATER).get("templates_folder"),
    )
    ignored = app.get("userIgnoreFilters")
    return ObsidianFolders(
        tuple(dict.fromkeys(name for folder in folders if (name := _folder(folder)))),
        _folder(app.get("attachmentFolderPath")),
        tuple(text for text in ignored if isinstance(text, str) and text)
        if isinstance(ignored, list)
        else (),
    )


def read_strict_breaks(root: Path) -> bool:
    """Tell whether the user wants a single line end in a note shown as a space."""
    return _read_json(root / _APP).get("strictLineBreaks") is True


def _read_json(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file() or path.stat().st_size > _LIMIT:
            return {}
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _folder(value: object) -> str:
    text = value.strip().strip("/") if isinstance(value, str) else ""
    return "" if text.startswith(".") else text
