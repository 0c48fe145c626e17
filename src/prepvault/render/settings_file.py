"""Write `prepvault.toml`: every setting with its meaning, defaults as comments."""

from collections.abc import Mapping

from prepvault.model.properties import PROPERTIES
from prepvault.model.settings import SETTINGS, Setting, SettingValue

_INTRODUCTION = (
    "# Settings of this vault. Each key stands here with its default;",
    "# take away the `#` before one and change it.",
)
_PROPERTIES = (
    "# What your notes call our properties, where they have another name for them already.",
    "[properties]",
)


def render_settings_file(values: Mapping[str, SettingValue] | None = None) -> str:
    """Write the file; the keys in `values` (`vault.timezone`) are set, all others are comments.

    Private settings are left out: they count in the user's own file only.
    """
    given = values or {}
    lines = list(_INTRODUCTION)
    shown = [entry for entry in SETTINGS if not entry.private]
    for table in dict.fromkeys(entry.table for entry in shown):
        lines += ["", f"[{table}]"]
        for entry in (entry for entry in shown if entry.table == table):
            lines += [f"# {entry.doc}{_choices(entry)}", _line(entry, given)]
    names = (f'# {entry.name} = "{entry.name}"' for entry in PROPERTIES if entry.required)
    return "\n".join([*lines, "", *_PROPERTIES, *names]) + "\n"


def toml_value(value: SettingValue) -> str:
    """Write one value as TOML does."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    return '"' + "".join(_escaped(char) for char in value) + '"'


def _line(entry: Setting, given: Mapping[str, SettingValue]) -> str:
    if entry.key in given:
        return f"{entry.name} = {toml_value(given[entry.key])}"
    return f"# {entry.name} = {toml_value(entry.default)}"


def _choices(entry: Setting) -> str:
    if not entry.choices or entry.default == entry.choices:
        return ""
    return f" ({', '.join(entry.choices)})"


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char
