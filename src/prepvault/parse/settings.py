"""Read settings from every place they may come from; the strongest wins and every value knows its origin."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prepvault.model.finding import Finding, Place, Severity, order_findings
from prepvault.model.near import find_near
from prepvault.model.properties import BY_NAME
from prepvault.model.settings import SETTINGS, SETTINGS_BY_KEY, Settings, SettingValue
from prepvault.parse.setting_value import Judged, judge_text, judge_value
from prepvault.parse.toml_text import Toml, read_toml

Source = tuple[str, bytes | str | Mapping[str, str]]
"""An origin (`user`, `vault`, `environment` or `flag`) and what it says: TOML, or keys with texts."""

_PLACES = {
    "user": "<your own prepvault.toml>",
    "vault": "prepvault.toml",
    "environment": "<environment>",
    "flag": "<command line>",
}
_TABLES = tuple(dict.fromkeys((*(entry.table for entry in SETTINGS), "properties")))
_SECRETS = frozenset(f"mail.{name}" for name in ("password", "pass", "passwd", "secret", "token"))
_FOLDERS = tuple(f"vault.{name}" for name in ("interviews", "companies", "stories"))


@dataclass(frozen=True, slots=True)
class _Said:
    """One value that a source gives: which key, what it is, where."""

    key: str
    value: Any
    place: Place
    origin: str


def parse_settings(sources: Sequence[Source]) -> tuple[Settings, tuple[Finding, ...]]:
    """Merge the sources, weakest first; what cannot be used becomes a finding and the weaker value stays."""
    values: dict[str, SettingValue] = {entry.key: entry.default for entry in SETTINGS}
    origin = dict.fromkeys(values, "default")
    renamed: dict[str, str] = {}
    findings: list[Finding] = []
    for source in sources:
        for said in _read_source(source, findings):
            if said.key.startswith("properties."):
                if _rename(said, renamed, findings):
                    origin[said.key] = said.origin
                continue
            value = _judge(said, findings)
            if value is not None:
                values[said.key], origin[said.key] = value, said.origin
    findings += _check_names(renamed)
    findings += _check_folders(values)
    return Settings(values=values, renamed=renamed, origin=origin), order_findings(tuple(findings))


def _read_source(source: Source, findings: list[Finding]) -> Iterator[_Said]:
    origin, content = source
    if isinstance(content, Mapping):
        return _read_texts(origin, content, findings)
    return _read_tables(origin, read_toml(content), findings)


def _read_texts(origin: str, texts: Mapping[str, str], findings: list[Finding]) -> Iterator[_Said]:
    place = Place(_PLACES[origin])
    variables = {entry.key.replace(".", "_").upper(): entry.key for entry in SETTINGS}
    for name, text in texts.items():
        key = variables.get(name, name)
        if key in SETTINGS_BY_KEY:
            yield _Said(key, text, place, origin)
            continue
        near = find_near(name, variables if origin == "environment" else SETTINGS_BY_KEY, closeness=0.88)
        if near or origin == "flag":
            shown = f"PREPVAULT_{name}" if origin == "environment" else name
            near = f"PREPVAULT_{near}" if origin == "environment" else near
            findings.append(_unknown(shown, near, place))


def _read_tables(origin: str, toml: Toml, findings: list[Finding]) -> Iterator[_Said]:
    path = _PLACES[origin]
    if fault := toml.fault:
        place = Place(path, fault.line, fault.column)
        message = f"the settings cannot be read: {fault.message}"
        hint = "until this is mended every setting of this file stays at its default"
        findings.append(Finding("settings/unreadable", Severity.ERROR, place, message, hint))
    for table, entries in toml.values.items():
        line = toml.lines.get(table, 0)
        if table not in _TABLES or not isinstance(entries, dict):
            findings.append(_unknown_table(table, entries, Place(path, line)))
            continue
        for name, value in entries.items():
            key = f"{table}.{name}"
            place = Place(path, toml.lines.get(key, line))
            if key in _SECRETS:
                findings.append(_secret(key, place))
            elif origin == "vault" and key in SETTINGS_BY_KEY and SETTINGS_BY_KEY[key].private:
                findings.append(_private(key, place))
            elif key in SETTINGS_BY_KEY or (table == "properties" and name in BY_NAME):
                yield _Said(key, value, place, origin)
            else:
                findings.append(_unknown_name(table, name, place))


def _private(key: str, place: Place) -> Finding:
    """Remark on a setting that a shared vault must not decide; its value is nobody's business."""
    message = f"`{key}` counts in your own settings only, so this line does nothing"
    hint = "move it to prepvault.toml in your own configuration folder"
    return Finding("settings/private", Severity.WARNING, place, message, hint, key)


def _secret(key: str, place: Place) -> Finding:
    message = f"`{key}` holds a password, which belongs in no settings file"
    hint = "take it out, change the password, and set `[mail] password_command` or use the keyring"
    return Finding("settings/secret", Severity.ERROR, place, message, hint, key)


def _judge(said: _Said, findings: list[Finding]) -> SettingValue | None:
    setting = SETTINGS_BY_KEY[said.key]
    given_as_text = said.origin in {"environment", "flag"}
    judged: Judged = judge_text(setting, said.value) if given_as_text else judge_value(setting, said.value)
    if judged.value is None:
        code = "settings/wrong-type" if judged.kind_is_wrong else "settings/wrong-value"
        found = _shown(said.value)
        message = f"`{said.key}` should be {judged.expected}, found `{found}`"
        finding = Finding(code, Severity.ERROR, said.place, message, judged.hint, found, judged.expected)
        findings.append(finding)
    return judged.value


def _rename(said: _Said, renamed: dict[str, str], findings: list[Finding]) -> bool:
    name = said.key.partition(".")[2]
    own = said.value.strip() if isinstance(said.value, str) else ""
    if own and ":" not in own and "\n" not in own:
        renamed[name] = own
        return True
    expected = "the name your notes use"
    message = f"`{said.key}` should be {expected}, found `{_shown(said.value)}`"
    hint = f'write it like {name} = "{name}"'
    findings.append(
        Finding(
            "settings/wrong-type", Severity.ERROR, said.place, message, hint, _shown(said.value), expected
        )
    )
    return False


def _check_names(renamed: Mapping[str, str]) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for name in BY_NAME:
        own = renamed.get(name, name)
        if own in taken:
            message = f"`{taken[own]}` and `{name}` would both be read from the property `{own}`"
            hint = "give each its own name under [properties]"
            yield Finding("settings/name-clash", Severity.ERROR, Place(_PLACES["vault"]), message, hint, own)
        taken[own] = name


def _check_folders(values: Mapping[str, SettingValue]) -> Iterator[Finding]:
    for left_out in ("vault.output", "vault.templates"):
        folder = str(values[left_out])
        for key in _FOLDERS:
            notes = str(values[key])
            if folder and notes and f"{notes}/".startswith(f"{folder}/"):
                message = (
                    f"`{key}` lies in the folder of `{left_out}`, `{folder}`, where notes are left unread"
                )
                hint = "give them separate folders"
                yield Finding(
                    "settings/folder-clash", Severity.ERROR, Place(_PLACES["vault"]), message, hint, folder
                )


def _unknown_table(table: str, entries: object, place: Place) -> Finding:
    if isinstance(entries, dict):
        return _unknown(f"[{table}]", _near(table, _TABLES, "[{}]"), place)
    homes = [entry for entry in SETTINGS if entry.name == table]
    if homes:
        return _unknown(table, f"[{homes[0].table}] {table}", place)
    return _unknown(table, _near(table, _TABLES, "[{}]"), place)


def _unknown_name(table: str, name: str, place: Place) -> Finding:
    known = BY_NAME if table == "properties" else [entry.name for entry in SETTINGS if entry.table == table]
    return _unknown(f"[{table}] {name}", _near(name, known, f"[{table}] {{}}"), place)


def _near(word: str, known: Iterable[str], form: str) -> str:
    near = find_near(word, known)
    return form.format(near) if near else ""


def _unknown(name: str, near: str, place: Place) -> Finding:
    hint = f"did you mean `{near}`?" if near else "`prepvault schema settings` lists every setting"
    message = f"no setting is called `{name}`, so it does nothing"
    return Finding("settings/unknown", Severity.WARNING, place, message, hint, name, near)


def _shown(value: object) -> str:
    return str(value)[:60]
