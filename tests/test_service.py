"""`service`: files in the user's own folders, and what a manager that writes it down was told."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from prepvault.errors import OutsideError
from prepvault.jobs.context import open_context
from prepvault.jobs.doctor import examine
from prepvault.outside import services
from tests.conftest import NOW, Maker, Ran

Run = Callable[..., Ran]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the managers that stand in are shell scripts")

SETTINGS = '=== prepvault.toml\n[vault]\ntimezone = "UTC"\nid = "0123456789abcdef"\nname = "Job search"\n'
NAME = "prepvault-id-0123456789abcdef"
EXPORT = f"/Query /TN {NAME} /XML"
RUNNING = "UnitFileState=enabled\nActiveState=active\nResult=success\n"
UNKNOWN = "UnitFileState=\nActiveState=inactive\nResult=success\n"


class Manager:
    """Programs of the name that write down how they were called and answer as they are told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "bin"
        self.folder.mkdir()
        self.calls_file = folder / "calls"

    def answer(self, program: str, *cases: tuple[str, int, str, str], otherwise: int = 0) -> None:
        """Let a program answer by the first word found in its call: the word, code, stdout, stderr."""
        script = [
            "#!/bin/sh",
            f"for word in {program} \"$@\"; do printf '%s\\0' \"$word\"; done >>'{self.calls_file}'",
            f"printf '\\n' >>'{self.calls_file}'",
            'case " $* " in',
        ]
        for at, (word, code, out, err) in enumerate(cases):
            texts = [self.folder / f"{program}.{at}.{end}" for end in ("out", "err")]
            texts[0].write_text(out, encoding="utf-8")
            texts[1].write_text(err, encoding="utf-8")
            script.append(f"*' {word} '*) /bin/cat '{texts[0]}'; /bin/cat '{texts[1]}' >&2; exit {code};;")
        path = self.folder / program
        path.write_text("\n".join([*script, "esac", f"exit {otherwise}", ""]), encoding="utf-8")
        path.chmod(0o755)

    def calls(self) -> list[list[str]]:
        """Every call since the last time, its words as they came."""
        if not self.calls_file.exists():
            return []
        lines = self.calls_file.read_text(encoding="utf-8").splitlines()
        self.calls_file.unlink()
        return [line.split("\0")[:-1] for line in lines]

    def told(self) -> list[str]:
        """The calls that change something, as lines."""
        asking = {"show", "print", "/Query"}
        return [" ".join(call) for call in self.calls() if not asking & set(call)]


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Manager:
    made = Manager(tmp_path)
    monkeypatch.setenv("PATH", str(made.folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME")
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "PREPVAULT_CACHE_DIR", "USERDOMAIN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("USERNAME", "ada")
    return made


@pytest.fixture
def units(tmp_path: Path) -> Path:
    return tmp_path / "home" / ".config" / "systemd" / "user"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_install_writes_the_unit_and_has_it_run(
    run: Run, make_vault: Maker, manager: Manager, units: Path
) -> None:
    manager.answer("systemctl", ("show", 0, UNKNOWN, ""))
    ran = run("service", "install", vault=make_vault(SETTINGS), now=None)
    assert (ran.code, names(units)) == (0, [f"{NAME}.service"]), ran.err
    assert manager.told() == [
        "systemctl --user daemon-reload",
        f"systemctl --user enable {NAME}.service",
        f"systemctl --user restart {NAME}.service",
    ]
    assert f"wrote     {units / NAME}.service" in ran.out
    assert f"journalctl --user -f -u {NAME}.service" in ran.out
    assert "prepvault service uninstall" in ran.out
    assert "loginctl enable-linger" in ran.err


def test_installed_twice_nothing_is_done_the_second_time(
    run: Run, make_vault: Maker, manager: Manager, units: Path
) -> None:
    root = make_vault(SETTINGS)
    manager.answer("systemctl", ("show", 0, RUNNING, ""))
    assert run("service", "install", vault=root).code == 0
    manager.calls()
    before = (units / f"{NAME}.service").stat().st_mtime_ns
    ran = run("service", "install", vault=root)
    assert (ran.code, manager.told()) == (0, [])
    assert "unchanged" in ran.out
    assert (units / f"{NAME}.service").stat().st_mtime_ns == before


def test_a_timer_takes_the_place_of_the_watcher_and_back(
    run: Run, make_vault: Maker, manager: Manager, units: Path
) -> None:
    root = make_vault(SETTINGS)
    manager.answer("systemctl", ("show", 0, RUNNING, ""))
    run("service", "install", vault=root)
    manager.calls()
    assert run("service", "install", "--timer", vault=root).code == 0
    assert names(units) == [f"{NAME}.service", f"{NAME}.timer"]
    assert '"remind" "--due" "--send"' in (units / f"{NAME}.service").read_text(encoding="utf-8")
    assert manager.told() == [
        f"systemctl --user disable --now {NAME}.service",
        "systemctl --user daemon-reload",
        f"systemctl --user enable {NAME}.timer",
        f"systemctl --user restart {NAME}.timer",
    ]
    assert json.loads(run("service", "status", "--json", vault=root).out)["timer"] is True
    manager.calls()
    ran = run("service", "install", vault=root)
    assert (ran.code, names(units)) == (0, [f"{NAME}.service"])
    assert manager.told()[0] == f"systemctl --user disable --now {NAME}.timer"
    assert f"removed   {units / NAME}.timer" in ran.out


def test_two_vaults_have_a_service_each(
    run: Run, make_vault: Maker, manager: Manager, units: Path, tmp_path: Path
) -> None:
    manager.answer("systemctl", ("show", 0, UNKNOWN, ""))
    other = tmp_path / "other"
    other.mkdir()
    (other / "prepvault.toml").write_text("[vault]\n", encoding="utf-8")
    assert run("service", "install", vault=make_vault(SETTINGS)).code == 0
    assert run("service", "install", vault=other).code == 0
    assert len(names(units)) == 2
    assert run("service", "uninstall", vault=other).code == 0
    assert names(units) == [f"{NAME}.service"]


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_a_unit_of_somebody_else_is_left_alone(
    command: str, run: Run, make_vault: Maker, manager: Manager, units: Path
) -> None:
    manager.answer("systemctl", ("show", 0, RUNNING, ""))
    units.mkdir(parents=True)
    unit = units / f"{NAME}.service"
    unit.write_text("[Service]\nExecStart=/bin/mine\n", encoding="utf-8")
    ran = run("service", command, vault=make_vault(SETTINGS))
    assert (ran.code, manager.told()) == (1, [])
    assert "was not made by PrepVault" in ran.err
    assert unit.read_text(encoding="utf-8") == "[Service]\nExecStart=/bin/mine\n"


@pytest.mark.parametrize("is_there", [True, False], ids=["no bus", "no systemctl"])
def test_without_a_manager_the_unit_is_written_and_the_way_on_is_told(
    run: Run, make_vault: Maker, manager: Manager, units: Path, *, is_there: bool
) -> None:
    if is_there:
        manager.answer("systemctl", otherwise=1)
    ran = run("service", "install", vault=make_vault(SETTINGS))
    assert (ran.code, names(units)) == (3, [f"{NAME}.service"])
    assert "is written, but" in ran.err
    assert f"systemctl --user daemon-reload && systemctl --user enable {NAME}.service && " in ran.err
    assert "does not answer here" in run("service", "status", vault=make_vault(SETTINGS)).out
    assert run("service", "uninstall", vault=make_vault(SETTINGS)).code == 3
    assert names(units) == []


def test_uninstall_ends_it_and_removes_what_is_ours(
    run: Run, make_vault: Maker, manager: Manager, units: Path
) -> None:
    root = make_vault(SETTINGS)
    manager.answer("systemctl", ("show", 0, RUNNING, ""))
    run("service", "install", "--timer", vault=root)
    (units / "mine.service").write_text("", encoding="utf-8")
    manager.calls()
    ran = run("service", "uninstall", vault=root)
    assert (ran.code, names(units)) == (0, ["mine.service"])
    assert manager.told() == [
        f"systemctl --user disable --now {NAME}.timer",
        "systemctl --user daemon-reload",
    ]
    assert "nothing is installed" in run("service", "uninstall", vault=root).err


@pytest.mark.parametrize("kind", ["systemd", "launchd", "schtasks"])
@pytest.mark.parametrize("timer", [[], ["--timer"]], ids=["watch", "timer"])
def test_what_was_just_installed_is_current(
    kind: str, timer: list[str], run: Run, make_vault: Maker, manager: Manager
) -> None:
    for program, word, out in (
        ("systemctl", "show", RUNNING),
        ("launchctl", "print", "\tstate = running\n"),
        ("schtasks", "CSV", '"\\\\x","N/A","Running"\n'),
    ):
        manager.answer(program, (EXPORT, 1, "", ""), (word, 0, out, ""))
    root = make_vault(SETTINGS)
    assert run("service", "install", "--kind", kind, *timer, vault=root).code == 0
    ran = run("service", "status", "--kind", kind, vault=root)
    assert (ran.code, ran.err) == (0, ""), ran.out
    assert "running    yes" in ran.out
    assert ("remind --due --send" in ran.out) is bool(timer)


@pytest.mark.parametrize("kind", ["systemd", "launchd", "schtasks"])
@pytest.mark.parametrize(
    ("part", "by", "said"),
    [
        ("python", "another Python", "another Python"),
        ("vault", "elsewhere", "another folder"),
        ("text", "\n", "not the one"),
    ],
)
def test_a_unit_that_points_elsewhere_is_warned_of(
    kind: str,
    part: str,
    by: str,
    said: str,
    run: Run,
    make_vault: Maker,
    manager: Manager,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = make_vault(SETTINGS)
    for program, word in (("systemctl", "show"), ("launchctl", "print"), ("schtasks", "CSV")):
        manager.answer(program, (EXPORT, 1, "", ""), (word, 0, RUNNING, ""))
    assert run("service", "install", "--timer", "--kind", kind, vault=root).code == 0
    if part == "python":
        monkeypatch.setattr(services, "own_program", lambda: ("/opt/other/python", "-P", "-m", "prepvault"))
    elif part == "vault":
        root = root.rename(root.with_name(by))
    else:
        asked = run("service", "status", "--kind", kind, "--json", vault=root)
        unit = Path(json.loads(asked.out)["files"][0])
        unit.write_bytes(unit.read_bytes() + by.encode("utf-16-le" if kind == "schtasks" else "utf-8"))
    ran = run("service", "status", "--kind", kind, vault=root)
    assert ran.code == 0
    assert ran.err.count("warning: ") == 1, ran.err
    assert said in ran.err
    assert "hint: prepvault service install --timer" in ran.err


def test_launchd_is_told_of_the_person_and_the_file(
    run: Run, make_vault: Maker, manager: Manager, tmp_path: Path
) -> None:
    manager.answer("launchctl", ("print", 113, "", "Could not find service"))
    ran = run("service", "install", "--kind", "launchd", vault=make_vault(SETTINGS))
    agents = tmp_path / "home" / "Library" / "LaunchAgents"
    assert (ran.code, names(agents)) == (0, [f"{NAME}.plist"]), ran.err
    user = f"gui/{os.getuid()}"
    assert manager.told() == [
        f"launchctl enable {user}/{NAME}",
        f"launchctl bootstrap {user} {agents / NAME}.plist",
    ]
    assert (tmp_path / "home" / "Library" / "Logs" / "PrepVault").is_dir(), "launchd makes no folder"
    manager.answer("launchctl", ("print", 0, "state = running\n", ""))
    assert run("service", "uninstall", "--kind", "launchd", vault=make_vault(SETTINGS)).code == 0
    assert manager.told() == [f"launchctl bootout {user}/{NAME}"]


def test_the_task_scheduler_is_given_a_file(
    run: Run, make_vault: Maker, manager: Manager, own_state: Path
) -> None:
    manager.answer("schtasks", ("/Query", 1, "", "ERROR: The system cannot find the file specified."))
    ran = run("service", "install", "--kind", "schtasks", "--timer", vault=make_vault(SETTINGS))
    assert (ran.code, names(own_state / "services")) == (0, [f"{NAME}.xml"]), ran.err
    create, start = manager.told()
    assert create.startswith(f"schtasks /Create /TN {NAME} /XML ")
    assert create.endswith(f"{NAME}.xml /F")
    assert start == f"schtasks /Run /TN {NAME}"
    assert "PREPVAULT_STATE_DIR" in ran.err, "a task takes no variables"
    manager.answer("schtasks", ("CSV", 0, '"x","N/A","Ready"\n', ""))
    assert run("service", "uninstall", "--kind", "schtasks", vault=make_vault(SETTINGS)).code == 0
    assert manager.told() == [f"schtasks /End /TN {NAME}", f"schtasks /Delete /TN {NAME} /F"]


def test_a_task_of_somebody_else_is_left_alone(run: Run, make_vault: Maker, manager: Manager) -> None:
    manager.answer("schtasks", (EXPORT, 0, "<Task><Author>Ben</Author></Task>", ""))
    ran = run("service", "install", "--kind", "schtasks", vault=make_vault(SETTINGS))
    assert (ran.code, manager.told()) == (1, [])
    assert "was not made by PrepVault" in ran.err


def test_with_unreadable_settings_it_can_be_ended_and_not_installed(
    run: Run, make_vault: Maker, manager: Manager, units: Path
) -> None:
    root = make_vault(SETTINGS)
    manager.answer("systemctl", ("show", 0, RUNNING, ""))
    assert run("service", "install", vault=root).code == 0
    assert run("doctor", vault=root).code == 0, "from here on the vault is known by its place"
    (root / "prepvault.toml").write_text("[vault\n", encoding="utf-8")
    assert run("service", "install", vault=root).code == 1
    assert run("service", "uninstall", vault=root).code == 0
    assert names(units) == []


def test_print_touches_nothing(
    run: Run, make_vault: Maker, manager: Manager, tmp_path: Path, own_state: Path
) -> None:
    manager.answer("systemctl")
    ran = run("service", "print", "--timer", vault=make_vault(SETTINGS))
    assert ran.code == 0
    assert "[Timer]" in ran.out
    assert f"{NAME}.timer" in ran.err
    assert manager.calls() == []
    assert not (tmp_path / "home").exists()
    assert names(own_state) == []


def test_no_secret_and_only_places_reach_a_unit(
    run: Run, make_vault: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD", "hunter2-secret")
    monkeypatch.setenv("PREPVAULT_MAIL_PASSWORD_COMMAND", "echo hunter2-secret")
    monkeypatch.setenv("PREPVAULT_CACHE_DIR", "kept here")
    for kind in ("systemd", "launchd"):
        said = run("service", "print", "--kind", kind, vault=make_vault(SETTINGS)).out
        assert "hunter2" not in said
        assert "MAIL" not in said
        assert str(Path("kept here").absolute()) in said, "a relative place means another one elsewhere"


def test_the_program_is_this_interpreter_and_its_venv(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    link = tmp_path / "bin" / "python"
    link.parent.mkdir()
    link.symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(link))
    assert services.own_program()[0] == str(link), "what the link leads to knows nothing of the venv"
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(OutsideError, match="its own path"):
        services.own_program()


@pytest.mark.parametrize(
    ("platform", "kind"), [("linux", "systemd"), ("darwin", "launchd"), ("win32", "schtasks")]
)
def test_the_system_decides_who_is_asked(platform: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert services.service_kind().value == kind


def test_the_doctor_has_a_line(run: Run, make_vault: Maker, manager: Manager) -> None:
    root = make_vault(SETTINGS)

    def line() -> tuple[str, str, str]:
        (found,) = [each for each in examine(str(root), now=NOW.isoformat()) if each.name == "service"]
        return found.standing.value, found.text, found.hint

    assert line()[::2] == ("unset", "prepvault service install")
    assert manager.calls() == [], "there is nothing to ask about"
    manager.answer("systemctl", ("show", 0, RUNNING, ""))
    run("service", "install", vault=root)
    assert line() == ("ok", "`watch` by systemd's user manager", "")
    manager.answer(
        "systemctl", ("show", 0, "UnitFileState=enabled\nActiveState=failed\nResult=exit-code\n", "")
    )
    assert line() == (
        "unset",
        "`watch` by systemd's user manager: failed: exit-code",
        "prepvault service status",
    )


def test_a_vault_without_an_id_keeps_its_name(make_vault: Maker, manager: Manager) -> None:
    from prepvault.jobs.service import describe_service

    context = open_context(str(make_vault("")), now=NOW.isoformat())
    first, second = (describe_service(context).name for _ in range(2))
    assert first == second
    assert first.startswith("prepvault-at-")
