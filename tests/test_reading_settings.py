"""Settings: where each value comes from, and what is said about what cannot be used."""

import tomllib

import pytest

from prepvault.model.finding import Finding, Place
from prepvault.model.settings import SETTINGS, Settings
from prepvault.parse.settings import Source, parse_settings
from prepvault.render.settings_file import render_settings_file


def read(text: str | bytes) -> tuple[Settings, tuple[Finding, ...]]:
    return parse_settings([("vault", text)])


def test_without_anything_every_key_has_its_default() -> None:
    settings, findings = parse_settings([])
    assert findings == ()
    assert settings.values == {entry.key: entry.default for entry in SETTINGS}
    assert set(settings.origin.values()) == {"default"}


def test_the_stronger_source_wins_and_the_origin_is_known() -> None:
    settings, findings = parse_settings(
        [
            ("user", '[site]\ntitle = "user"\n[feed]\nname = "user"\n[profile]\nname = "user"\n'),
            ("vault", '[site]\ntitle = "vault"\n[feed]\nname = "vault"\n[vault]\nname = "vault"\n'),
            ("environment", {"SITE_TITLE": "variable", "FEED_NAME": "variable", "STATE_DIR": "/x"}),
            ("flag", {"site.title": "flag"}),
        ]
    )
    assert findings == ()
    expected = {
        "site.title": ("flag", "flag"),
        "feed.name": ("variable", "environment"),
        "vault.name": ("vault", "vault"),
        "profile.name": ("user", "user"),
        "feed.past_days": (90, "default"),
    }
    for key, (value, origin) in expected.items():
        assert (settings.values[key], settings.origin[key]) == (value, origin)


@pytest.mark.parametrize(
    ("text", "code", "line", "hint"),
    [
        ('[vault\nname = "x"', "settings/unreadable", 1, ""),
        ('[vault]\nname = "x"\nname = "y"\n', "settings/unreadable", 3, ""),
        ("a = " + "[" * 4000, "settings/unreadable", 0, ""),
        ('[vault]\ntime_zone = "Europe/Berlin"\n', "settings/unknown", 2, "did you mean `[vault] timezone`?"),
        ('[vualt]\nname = "x"\n', "settings/unknown", 1, "did you mean `[vault]`?"),
        ('\ntimezone = "Europe/Berlin"\n', "settings/unknown", 2, "did you mean `[vault] timezone`?"),
        ("[vault.deep]\nx = 1\n", "settings/unknown", 1, ""),
        ("[feed]\npast_days = '90'\n", "settings/wrong-type", 2, ""),
        ("[feed]\npast_days = true\n", "settings/wrong-type", 2, ""),
        ("[coaching]\nenabled = 1\n", "settings/wrong-type", 2, ""),
        ('[reminders]\ntechnical = "24h"\n', "settings/wrong-type", 2, ""),
        ("[vault]\nname = 2026-01-01\n", "settings/wrong-type", 2, ""),
        ('[reminders]\ntechnical = ["soon"]\n', "settings/wrong-value", 2, ""),
        ('[reminders]\nthank_you = "soon"\n', "settings/wrong-value", 2, ""),
        ("[reminders]\nall_day_hour = 24\n", "settings/wrong-value", 2, ""),
        ("[reminders]\nfollow_up_days = 0\n", "settings/wrong-value", 2, ""),
        ("[feed]\npast_days = -1\n", "settings/wrong-value", 2, ""),
        ('[vault]\ntimezone = "Europe/Berln"\n', "settings/wrong-value", 2, "did you mean `Europe/Berlin`?"),
        ('[feed]\ndetail = "ful"\n', "settings/wrong-value", 2, "did you mean `full`?"),
        ('[coaching]\nsections = ["tip"]\n', "settings/wrong-value", 2, "did you mean `tips`?"),
        ('[vault]\noutput = "../site"\n', "settings/wrong-value", 2, ""),
        ('[vault]\noutput = "/etc"\n', "settings/wrong-value", 2, ""),
        ('[vault]\noutput = "~/site"\n', "settings/wrong-value", 2, ""),
        ('[vault]\noutput = "C:\\\\site"\n', "settings/wrong-value", 2, ""),
        ('[vault]\ninterviews = "."\n', "settings/wrong-value", 2, ""),
        ('[vault]\noutput = "Interviews"\n', "settings/folder-clash", 0, ""),
        ('[vault]\ninterviews = "Templates/Old"\n', "settings/folder-clash", 0, ""),
        ("[properties]\ncompany = 7\n", "settings/wrong-type", 2, ""),
        ('[properties]\ncompny = "org"\n', "settings/unknown", 2, "did you mean `[properties] company`?"),
        ('[properties]\nscheduled_at = "created_at"\n', "settings/name-clash", 0, ""),
        ('[properties]\ncompany = "x"\nrole = "x"\n', "settings/name-clash", 0, ""),
    ],
)
def test_each_fault_is_a_finding_and_leaves_the_default(text: str, code: str, line: int, hint: str) -> None:
    settings, findings = read(text)
    assert [finding.code for finding in findings] == [code]
    assert findings[0].place.path == "prepvault.toml"
    assert findings[0].place.line == line or code == "settings/unreadable"
    assert hint in findings[0].hint
    if code not in {"settings/folder-clash", "settings/name-clash"}:
        assert settings.values == Settings().values


def test_one_bad_value_does_not_spoil_the_others() -> None:
    settings, findings = read('[feed]\npast_days = "x"\nname = "Mine"\n[site]\ntitle = "T"\n')
    assert len(findings) == 1
    assert (settings.text("feed.name"), settings.text("site.title")) == ("Mine", "T")


def test_text_that_is_not_utf_8_names_its_line() -> None:
    _, findings = read(b'[vault]\nname = "\xff"\n')
    assert findings[0].place == Place("prepvault.toml", 2, 0)


def test_a_byte_order_mark_and_crlf_are_fine() -> None:
    settings, findings = read(b'\xef\xbb\xbf[vault]\r\nname = "x"\r\n')
    assert (settings.text("vault.name"), findings) == ("x", ())


def test_properties_are_renamed() -> None:
    settings, findings = read('[properties]\nscheduled_at = "date"\n')
    assert findings == ()
    assert settings.property_name("scheduled_at") == "date"
    assert settings.property_name("company") == "company"


@pytest.mark.parametrize(
    ("name", "text", "key", "value"),
    [
        ("COACHING_ENABLED", "no", "coaching.enabled", False),
        ("FEED_PAST_DAYS", " 30 ", "feed.past_days", 30),
        ("REMINDERS_PANEL", "72h, 1h", "reminders.panel", ("72h", "1h")),
        ("VAULT_TIMEZONE", "Asia/Tokyo", "vault.timezone", "Asia/Tokyo"),
    ],
)
def test_variables_are_texts_of_the_right_type(name: str, text: str, key: str, value: object) -> None:
    settings, findings = parse_settings([("environment", {name: text})])
    assert findings == ()
    assert settings.values[key] == value


def test_a_wrong_variable_is_told_without_a_file() -> None:
    _, findings = parse_settings(
        [("environment", {"FEED_PAST_DAYS": "many", "SITE_TITEL": "x", "OTHER": "y"})]
    )
    assert [(finding.code, finding.place.path) for finding in findings] == [
        ("settings/unknown", "<environment>"),
        ("settings/wrong-type", "<environment>"),
    ]
    assert "PREPVAULT_SITE_TITLE" in findings[0].hint


def test_the_written_file_holds_every_key_and_reads_back_clean() -> None:
    text = render_settings_file({"vault.timezone": "Europe/Berlin", "vault.name": 'A "b" \\ c'})
    settings, findings = read(text)
    assert findings == ()
    assert settings.text("vault.timezone") == "Europe/Berlin"
    assert settings.text("vault.name") == 'A "b" \\ c'
    bare = "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())
    settings, findings = read(bare)
    assert findings == ()
    shared = {entry.key for entry in SETTINGS if not entry.private}
    said = {key for key, origin in settings.origin.items() if origin == "vault"}
    assert {key for key in said if not key.startswith("properties.")} == shared
    assert "mail" not in tomllib.loads(text)
    assert "[mail]" not in text
    defaults = {entry.key: entry.default for entry in SETTINGS if entry.table != "vault"}
    assert {key: settings.values[key] for key in defaults} == defaults
    assert tomllib.loads(render_settings_file())["vault"] == {}


MAIL = '[mail]\nhost = "mail.example.com"\nport = 465\npassword_command = "pass mail"\n'


def test_private_settings_of_a_vault_do_nothing() -> None:
    settings, findings = read(MAIL)
    assert [(each.code, each.place.line) for each in findings] == [
        ("settings/private", line) for line in (2, 3, 4)
    ]
    assert settings.values == Settings().values
    assert not any("example" in each.message + each.hint + each.found for each in findings)


@pytest.mark.parametrize(
    "source",
    [
        ("user", MAIL),
        (
            "environment",
            {"MAIL_HOST": "mail.example.com", "MAIL_PORT": "465", "MAIL_PASSWORD_COMMAND": "pass mail"},
        ),
        ("flag", {"mail.host": "mail.example.com", "mail.port": "465", "mail.password_command": "pass mail"}),
    ],
    ids=lambda source: source[0],
)
def test_private_settings_count_from_the_users_own_places(source: Source) -> None:
    settings, findings = parse_settings([source])
    assert findings == ()
    assert (settings.text("mail.host"), settings.number("mail.port")) == ("mail.example.com", 465)
    assert settings.text("mail.password_command") == "pass mail"


def test_a_vault_does_not_weaken_the_users_own_server() -> None:
    settings, _ = parse_settings(
        [("user", MAIL), ("vault", '[mail]\nhost = "evil.example.com"\nsecurity = "none"\n')]
    )
    assert (settings.text("mail.host"), settings.text("mail.security")) == ("mail.example.com", "starttls")


@pytest.mark.parametrize("origin", ["user", "vault"])
@pytest.mark.parametrize("name", ["password", "token"])
def test_a_password_in_a_file_is_an_error_that_does_not_repeat_it(origin: str, name: str) -> None:
    _, findings = parse_settings([(origin, f'[mail]\n{name} = "hunter2"\n')])
    assert [each.code for each in findings] == ["settings/secret"]
    assert "hunter2" not in repr(findings)


def test_a_password_in_the_environment_is_no_setting() -> None:
    settings, findings = parse_settings([("environment", {"MAIL_PASSWORD": "hunter2"})])
    assert findings == ()
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("port = 0", "settings/wrong-value"),
        ("port = 65536", "settings/wrong-value"),
        ('security = "ssl"', "settings/wrong-value"),
        ("timeout = 0", "settings/wrong-value"),
    ],
)
def test_mail_settings_have_their_limits(line: str, code: str) -> None:
    _, findings = parse_settings([("user", f"[mail]\n{line}\n")])
    assert [each.code for each in findings] == [code]
