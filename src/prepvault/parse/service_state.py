"""What systemctl, launchctl and schtasks say about a service."""

import re

from prepvault.model.service import ServiceKind, ServiceState


def parse_state(kind: ServiceKind, code: int, out: str, err: str) -> ServiceState:
    """Read the answer to `rules.service.plan_look`; what is not understood counts as not running."""
    if kind is ServiceKind.SYSTEMD:
        return _systemd(code, out, err)
    if kind is ServiceKind.LAUNCHD:
        return _launchd(code, out, err)
    return _schtasks(code, out)


def _systemd(code: int, out: str, err: str) -> ServiceState:
    if code != 0:
        return ServiceState(is_reachable=False, words=_last(err))
    says = dict(line.split("=", 1) for line in out.splitlines() if "=" in line)
    active = says.get("ActiveState", "")
    result = says.get("Result", "")
    return ServiceState(
        is_reachable=True,
        is_enabled=says.get("UnitFileState", "").startswith("enabled"),
        is_running=active in {"active", "activating", "reloading"},
        words=f"{active}: {result}" if result not in {"", "success"} else active,
    )


def _launchd(code: int, out: str, err: str) -> ServiceState:
    """Read `launchctl print`: 113 says that there is no such service, another code that nobody is there."""
    if code != 0:
        return ServiceState(is_reachable=code == 113, words=_last(err))
    found = re.search(r"^\s*state = (.+)$", out, re.MULTILINE)
    state = found[1].strip() if found else ""
    return ServiceState(is_reachable=True, is_enabled=True, is_running=state == "running", words=state)


def _schtasks(code: int, out: str) -> ServiceState:
    """Read the last column of the first row; its words are in the language of the system."""
    if code != 0:
        return ServiceState(is_reachable=True)
    row = out.strip().splitlines()[:1]
    said = row[0].rpartition(",")[2].strip().strip('"') if row else ""
    known = {"Running": True, "Ready": False, "Disabled": False}
    is_running = known.get(said)
    return ServiceState(is_reachable=True, is_enabled=said != "Disabled", is_running=is_running, words=said)


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
