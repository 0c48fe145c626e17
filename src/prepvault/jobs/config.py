"""Which settings count, and where each comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prepvault.errors import UsageError
from prepvault.jobs.context import SETTINGS_FILE, Context
from prepvault.model.near import find_near
from prepvault.model.properties import BY_NAME
from prepvault.model.settings import SETTINGS, SETTINGS_BY_KEY, SettingValue
from prepvault.outside import environment
from prepvault.render.settings_file import toml_value

_UNSHOWN = frozenset({"mail.password_command"})
"""Settings that may hold a secret: that they are set is told, and no more."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting as it counts: `value` is None where it is set and not to be shown."""

    key: str
    value: SettingValue | None
    origin: str
    where: str

    @property
    def table(self) -> str:
        """The TOML table the key stands in."""
        return self.key.partition(".")[0]

    @property
    def line(self) -> str:
        """The setting as a line of its table."""
        name = self.key.partition(".")[2]
        return (
            f"# {name} is set, and not shown" if self.value is None else f"{name} = {toml_value(self.value)}"
        )


def settings_in_force(
    context: Context, wanted: Sequence[str] = (), *, changed: bool = False
) -> list[InForce]:
    """List the settings that count here, all of them, or those of the tables and keys that are wanted.

    With `changed` only those that no default gives. Raises UsageError for a name that no setting has.
    """
    names = [name.strip().strip("[]") for name in wanted]
    for name in names:
        _need_known(name)
    every = [*_settings(context), *_renamed(context)]
    tables = list(dict.fromkeys(each.table for each in every))
    return [
        each
        for each in sorted(every, key=lambda each: tables.index(each.table))
        if (not names or each.key in names or each.table in names)
        and not (changed and each.origin == "default")
    ]


def _settings(context: Context) -> Iterator[InForce]:
    settings = context.settings
    for entry in SETTINGS:
        value, origin = settings.values[entry.key], settings.origin.get(entry.key, "default")
        shown = None if entry.key in _UNSHOWN and value else value
        yield InForce(entry.key, shown, origin, _where(entry.key, origin))


def _renamed(context: Context) -> Iterator[InForce]:
    for name, own in context.settings.renamed.items():
        key = f"properties.{name}"
        origin = context.settings.origin.get(key, "vault")
        yield InForce(key, own, origin, _where(key, origin))


def _where(key: str, origin: str) -> str:
    places = {
        "default": "",
        "user": str(environment.user_settings_file()),
        "vault": SETTINGS_FILE,
        "environment": f"PREPVAULT_{key.replace('.', '_').upper()}",
        "flag": "the command line",
    }
    return places[origin]


def _need_known(name: str) -> None:
    keys = [*SETTINGS_BY_KEY, *(f"properties.{each}" for each in BY_NAME)]
    known = {*keys, *(key.partition(".")[0] for key in keys)}
    if name in known:
        return
    near = find_near(name, sorted(known))
    hint = f"did you mean `{near}`?" if near else "`prepvault config show` lists them all"
    raise UsageError(f"no setting is called `{name}`", hint=hint)
