"""The files that tell systemd, launchd or the Windows Task Scheduler to run PrepVault for one vault."""

import plistlib
import re
from html import escape
from xml.etree import ElementTree as ET

from prepvault.errors import RefusedError
from prepvault.model.service import EVERY_MINUTES, MARK, Service, ServiceKind

_TASK_SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_NOT_PRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_HARDENING = (
    # Seccomp alone: what hides or locks folders needs name spaces, which many systems deny to users, and the
    # vault, its output and the journal may lie anywhere. Python's ctypes needs memory to write and execute.
    "NoNewPrivileges=yes",
    "RestrictSUIDSGID=yes",
    "RestrictRealtime=yes",
    "RestrictNamespaces=yes",
    "LockPersonality=yes",
    "SystemCallArchitectures=native",
)


def render_units(service: Service) -> dict[str, bytes]:
    """Write every file of a service, by its name; RefusedError for a path that no such file can hold."""
    _check_words(service)
    if service.kind is ServiceKind.LAUNCHD:
        return {f"{service.name}.plist": _plist(service)}
    if service.kind is ServiceKind.SCHTASKS:
        return {f"{service.name}.xml": _task(service)}
    files = {f"{service.name}.service": _lines(_systemd_service(service))}
    if service.is_timer:
        files[f"{service.name}.timer"] = _lines(_systemd_timer(service))
    return files


def render_words(service: Service, words: tuple[str, ...]) -> str:
    """Write a part of the command line as it stands in the service's unit."""
    if service.kind is ServiceKind.LAUNCHD:
        return "\n\t\t".join(f"<string>{_escaped(word)}</string>" for word in words)
    if service.kind is ServiceKind.SYSTEMD:
        # systemd finds no program through `$$`, so a path with a `$` turns variables off, see `_exec_start`.
        dollar = "$" if "$" in service.program[0] else "$$"
        return " ".join(_quoted(word).replace("$", dollar) for word in words)
    if words[:1] == service.program[:1]:
        rest = render_windows(words[1:])
        return f"<Command>{_escaped(words[0])}</Command>\r\n      <Arguments>{_escaped(rest)}"
    return _escaped(render_windows(words))


def render_windows(words: tuple[str, ...]) -> str:
    """Write a command line by the rules of Windows: backslashes count only before a quotation mark."""
    return " ".join(_windows_word(word) for word in words)


def read_text(kind: ServiceKind, data: bytes) -> str:
    """Take a unit's bytes for text, whatever they are."""
    return data.decode("utf-16" if kind is ServiceKind.SCHTASKS else "utf-8", "replace")


def _check_words(service: Service) -> None:
    values = (service.log, service.account, *(value for _, value in service.environment))
    for word in (*service.argv, *values):
        if _NOT_PRINTABLE.search(word):
            raise RefusedError(
                f"a service cannot be made for {word!r}: it holds a line break or a character of no text",
                hint="rename that file or folder",
            )
    if service.kind is ServiceKind.SYSTEMD and re.search(r"[\"'\\]", service.program[0]):
        raise RefusedError(
            f"systemd starts no program with a quote or a backslash in its path: {service.program[0]!r}",
            hint="install PrepVault in another folder",
        )


def _lines(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _systemd_head(service: Service) -> list[str]:
    return [
        f"# {MARK}, which writes it anew.",
        f"# Changes of your own belong into `systemctl --user edit {service.name}.service`.",
        "",
        "[Unit]",
        f"Description={_plain(service.about).replace('%', '%%')}",
    ]


def _systemd_service(service: Service) -> list[str]:
    kept_alive = ["Type=exec", "Restart=on-failure", "RestartSec=10", "TimeoutStopSec=15"]
    return [
        *_systemd_head(service),
        *([] if service.is_timer else ["StartLimitIntervalSec=300", "StartLimitBurst=5"]),
        "",
        "[Service]",
        *(["Type=oneshot", "TimeoutStartSec=180"] if service.is_timer else kept_alive),
        f"ExecStart={_exec_start(service)}",
        *(f"Environment={_quoted(f'{name}={value}')}" for name, value in service.environment),
        *_HARDENING,
        *([] if service.is_timer else ["", "[Install]", "WantedBy=default.target"]),
    ]


def _systemd_timer(service: Service) -> list[str]:
    return [
        *_systemd_head(service),
        "",
        "[Timer]",
        f"OnCalendar=*:0/{EVERY_MINUTES}",
        "AccuracySec=10",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]


def _exec_start(service: Service) -> str:
    """Write the command line; a colon before it says that no `$` begins a variable."""
    return (":" if "$" in service.program[0] else "") + render_words(service, service.argv)


def _quoted(word: str) -> str:
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text}"'


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _plain(text: str) -> str:
    return _NOT_PRINTABLE.sub(" ", text)


def _plist(service: Service) -> bytes:
    content: dict[str, object] = {
        "Label": service.name,
        "ProgramArguments": list(service.argv),
        "RunAtLoad": True,
        "StandardOutPath": service.log,
        "StandardErrorPath": service.log,
    }
    if service.environment:
        content["EnvironmentVariables"] = dict(service.environment)
    if service.is_timer:
        content["StartInterval"] = EVERY_MINUTES * 60
    else:
        content |= {"KeepAlive": {"SuccessfulExit": False}, "ThrottleInterval": 30}
    data = plistlib.dumps(content, sort_keys=False)
    return data.replace(b"<plist", f"<!-- {MARK}, which writes it anew. -->\n<plist".encode(), 1)


def _task(service: Service) -> bytes:
    task = ET.Element("Task", {"version": "1.2", "xmlns": _TASK_SPACE})
    about = ET.SubElement(task, "RegistrationInfo")
    _add(about, {"Author": "PrepVault", "Description": f"{_plain(service.about)}. {MARK}."})
    _add_trigger(ET.SubElement(task, "Triggers"), service)
    principal = ET.SubElement(ET.SubElement(task, "Principals"), "Principal", {"id": "Author"})
    _add(
        principal,
        {"UserId": service.account, "LogonType": "InteractiveToken", "RunLevel": "LeastPrivilege"},
    )
    settings = ET.SubElement(task, "Settings")
    _add(
        settings,
        {
            "MultipleInstancesPolicy": "IgnoreNew",
            "DisallowStartIfOnBatteries": "false",
            "StopIfGoingOnBatteries": "false",
            "StartWhenAvailable": "true",
            "ExecutionTimeLimit": "PT3M" if service.is_timer else "PT0S",
        },
    )
    if not service.is_timer:
        _add(ET.SubElement(settings, "RestartOnFailure"), {"Interval": "PT1M", "Count": "5"})
    program, *words = service.argv
    action = ET.SubElement(ET.SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    _add(action, {"Command": program, "Arguments": render_windows(tuple(words))})
    ET.indent(task)
    # Without a named encoding the text is right in UTF-16, which Windows wants, and as UTF-8 on a terminal.
    text = '<?xml version="1.0"?>\n' + ET.tostring(task, "unicode") + "\n"
    return b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")


def _add_trigger(triggers: ET.Element, service: Service) -> None:
    """At this person's login, or every few minutes from a day in the past on, for as long as it is there."""
    if not service.is_timer:
        _add(ET.SubElement(triggers, "LogonTrigger"), {"Enabled": "true", "UserId": service.account})
        return
    trigger = ET.SubElement(triggers, "TimeTrigger")
    repetition = ET.SubElement(trigger, "Repetition")
    _add(repetition, {"Interval": f"PT{EVERY_MINUTES}M", "StopAtDurationEnd": "false"})
    _add(trigger, {"StartBoundary": "2026-01-01T00:00:00", "Enabled": "true"})


def _add(parent: ET.Element, children: dict[str, str]) -> None:
    for name, text in children.items():
        ET.SubElement(parent, name).text = text


def _windows_word(word: str) -> str:
    if word and not re.search(r'[\s"&<>|^%]', word):
        return word
    text = re.sub(r'(\\*)"', r'\1\1\\"', word)
    return '"' + re.sub(r"(\\+)$", r"\1\1", text) + '"'
