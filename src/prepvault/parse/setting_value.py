"""Decide whether one value of a setting is valid, and say what is wrong when it is not."""

import re
from dataclasses import dataclass

from prepvault.model.lead import find_lead
from prepvault.model.near import find_near
from prepvault.model.quiet import find_quiet
from prepvault.model.settings import Setting, SettingValue
from prepvault.model.zones import zone_names

_KIND_WORDS = {str: "text", bool: "true or false", int: "a whole number", tuple: "a list of texts"}
_FLAG_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}
_BAD_FOLDER = re.compile(r"^[/~]|^[A-Za-z]:|\\|[\x00-\x1f]|(^|/)\.{1,2}(/|$)")


@dataclass(frozen=True, slots=True)
class Judged:
    """A valid value, or in `expected` what it should have been; `kind_is_wrong` when already its type is."""

    value: SettingValue | None
    expected: str = ""
    hint: str = ""
    kind_is_wrong: bool = False


def judge_value(setting: Setting, value: object) -> Judged:
    """Check a value as TOML gives it against its row of the table."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = tuple(value)
    kind = type(setting.default)
    if type(value) is not kind:
        return Judged(None, _KIND_WORDS[kind], kind_is_wrong=True)
    if isinstance(value, bool):
        return Judged(value)
    if isinstance(value, int):
        return _judge_number(setting, value)
    return (
        _judge_words(setting, value) if isinstance(value, tuple) else _judge_text(setting, str(value).strip())
    )


def judge_text(setting: Setting, text: str) -> Judged:
    """Check a value given as text, by a variable or a flag; a list is written with commas."""
    default = setting.default
    if isinstance(default, bool):
        flag = _FLAG_WORDS.get(text.strip().lower())
        return Judged(flag, "" if flag is not None else _KIND_WORDS[bool], kind_is_wrong=flag is None)
    if isinstance(default, int):
        number = re.fullmatch(r"\s*(-?\d{1,9})\s*", text)
        return judge_value(setting, int(number[1]) if number else text)
    if isinstance(default, tuple):
        return judge_value(setting, [part.strip() for part in text.split(",") if part.strip()])
    return judge_value(setting, text)


def _judge_number(setting: Setting, value: int) -> Judged:
    if value < setting.least or (setting.most and value > setting.most):
        limit = f"from {setting.least} to {setting.most}" if setting.most else f"of at least {setting.least}"
        return Judged(None, f"a number {limit}")
    return Judged(value)


def _judge_words(setting: Setting, words: tuple[str, ...]) -> Judged:
    cleaned = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
    for word in cleaned:
        if setting.choices and word not in setting.choices:
            return Judged(None, f"a list of {_one_of(setting.choices)}", _did_you_mean(word, setting.choices))
        if setting.form == "leads" and find_lead(word) is None:
            return Judged(None, 'a list of leads like ["24h", "2h"]')
    return Judged(cleaned)


def _judge_text(setting: Setting, text: str) -> Judged:
    if setting.choices and text not in setting.choices:
        return Judged(None, _one_of(setting.choices), _did_you_mean(text, setting.choices))
    if setting.form == "zone" and text and text not in zone_names():
        return Judged(None, "an IANA time zone like Europe/Berlin", _did_you_mean(text, sorted(zone_names())))
    if setting.form == "lead" and find_lead(text) is None:
        return Judged(None, "a length of time like 2h, 90m or 3d")
    if setting.form == "hours" and text and find_quiet(text) is None:
        return Judged(None, "hours of a day like 22:00-07:30")
    if setting.form in {"working-hours", "weekdays"}:
        return _judge_week(setting, text)
    if setting.form == "folder":
        text = text.strip("/") if len(text) > 1 and not text.startswith("/") else text
        if _BAD_FOLDER.search(text):
            return Judged(None, "a folder inside the vault, written with `/`")
    return Judged(text)


def _judge_week(setting: Setting, text: str) -> Judged:
    from prepvault.model.free_time import find_hours, find_weekdays

    if setting.form == "weekdays":
        return Judged(text if find_weekdays(text) else None, "days like mon-fri or mon,tue,thu")
    return Judged(text if find_hours(text) else None, "hours of one day like 09:00-17:00")


def _one_of(choices: tuple[str, ...]) -> str:
    return ", ".join(choices[:-1]) + " or " + choices[-1]


def _did_you_mean(word: str, known: tuple[str, ...] | list[str]) -> str:
    near = find_near(word, known)
    return f"did you mean `{near}`?" if near else ""
