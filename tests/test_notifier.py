"""The desktop's own program: text is an argument and nothing else, and only a good end counts."""

import sys
from pathlib import Path

import pytest

from prepvault.outside import notifier
from prepvault.outside.notifier import command_for, notify

TITLE, TEXT = "--urgency=critical", 'a & <b>b</b> "$(touch x)" `y`'


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(notifier, "notifier_name", lambda: "notify-send")
    monkeypatch.setenv("PATH", str(tmp_path))


def program(folder: Path, code: str) -> None:
    path = folder / "notify-send"
    path.write_text(f"#!{sys.executable}\nimport os, sys\n{code}\n")
    path.chmod(0o700)


def test_options_end_before_the_text_and_markup_is_escaped() -> None:
    *front, title, text = command_for("notify-send", "/bin/notify-send", "", TITLE, TEXT)
    assert front == ["/bin/notify-send", "--"]
    assert (title, text) == (TITLE, 'a &amp; &lt;b&gt;b&lt;/b&gt; "$(touch x)" `y`')


@pytest.mark.parametrize("name", ["osascript", "powershell"])
def test_no_script_holds_the_text(name: str) -> None:
    *front, title, text = command_for(name, name, "/x/toast.ps1", TITLE, TEXT)
    assert (title, text) == (TITLE, TEXT)
    assert front[-1] == {"osascript": "PrepVault", "powershell": "/x/toast.ps1"}[name]
    assert not any("urgency" in word or "touch" in word for word in front)


def test_windows_has_its_script_and_it_shows_both_arguments() -> None:
    script = (Path(notifier.__file__).parent / "toast.ps1").read_text(encoding="utf-8")
    assert "CreateTextNode($args[$at])" in script
    assert "Invoke-Expression" not in script


def test_the_program_gets_what_was_said_and_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD", "s3cret")
    seen = tmp_path / "seen"
    program(tmp_path, f"open({str(seen)!r}, 'w').write(repr(sys.argv) + repr(dict(os.environ)))")
    assert notify("title", "one\ntwo") == ""
    assert "'--', 'title', 'one\\ntwo'" in seen.read_text()
    assert "s3cret" not in seen.read_text()


def test_a_bad_end_is_told() -> None:
    assert notify("title", "text") == "`notify-send` is not installed"
    assert not notifier.has_notifier()


def test_a_bad_code_is_told(tmp_path: Path) -> None:
    program(tmp_path, "sys.exit(3)")
    assert notifier.has_notifier()
    assert notify("title", "text") == "`notify-send` ended with 3"


def test_a_program_that_hangs_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifier, "_PATIENCE", 0.3)
    program(tmp_path, "import time; time.sleep(60)")
    assert notify("title", "text") == "`notify-send` did not end within 0.3 seconds"


def test_what_no_program_can_be_given_is_told(tmp_path: Path) -> None:
    program(tmp_path, "")
    assert notify("nul\0", "text") == "`notify-send` cannot be started (ValueError)"
