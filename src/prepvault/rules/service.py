"""Which commands of the system's manager start, stop and look at a service."""

from prepvault.model.service import Service, ServiceKind

Argv = tuple[str, ...]


def plan_start(service: Service) -> tuple[Argv, ...]:
    """The commands that make the manager run it, at every login and now; each must succeed."""
    if service.kind is ServiceKind.LAUNCHD:
        domain = f"gui/{service.account}"
        return (
            ("launchctl", "enable", f"{domain}/{service.name}"),
            ("launchctl", "bootstrap", domain, f"{service.folder}/{service.name}.plist"),
        )
    if service.kind is ServiceKind.SCHTASKS:
        file = f"{service.folder}\\{service.name}.xml"
        return (
            ("schtasks", "/Create", "/TN", service.name, "/XML", file, "/F"),
            ("schtasks", "/Run", "/TN", service.name),
        )
    unit = unit_of(service)
    return (
        ("systemctl", "--user", "daemon-reload"),
        ("systemctl", "--user", "enable", unit),
        ("systemctl", "--user", "restart", unit),
    )


def plan_stop(service: Service) -> tuple[Argv, ...]:
    """The commands that end it and make the manager forget it, while its files are still there."""
    if service.kind is ServiceKind.LAUNCHD:
        return (("launchctl", "bootout", f"gui/{service.account}/{service.name}"),)
    if service.kind is ServiceKind.SCHTASKS:
        return (
            ("schtasks", "/End", "/TN", service.name),
            ("schtasks", "/Delete", "/TN", service.name, "/F"),
        )
    return (("systemctl", "--user", "disable", "--now", unit_of(service)),)


def plan_look(service: Service) -> Argv:
    """The command that says how it stands; `parse.service_state` reads its answer."""
    if service.kind is ServiceKind.LAUNCHD:
        return ("launchctl", "print", f"gui/{service.account}/{service.name}")
    if service.kind is ServiceKind.SCHTASKS:
        return ("schtasks", "/Query", "/TN", service.name, "/FO", "CSV", "/NH")
    wanted = "--property=UnitFileState,ActiveState,Result"
    return ("systemctl", "--user", "show", wanted, unit_of(service))


def plan_export(service: Service) -> Argv:
    """The command that writes a task of the Task Scheduler as XML."""
    return ("schtasks", "/Query", "/TN", service.name, "/XML")


def plan_log(service: Service) -> Argv:
    """The command that shows what it says."""
    if service.kind is ServiceKind.LAUNCHD:
        return ("tail", "-f", service.log)
    if service.kind is ServiceKind.SCHTASKS:
        return ("schtasks", "/Query", "/TN", service.name, "/V", "/FO", "LIST")
    return ("journalctl", "--user", "-f", "-u", f"{service.name}.service")


def unit_of(service: Service) -> str:
    """What systemd starts at login: the timer where there is one, else the service."""
    return f"{service.name}.{'timer' if service.is_timer else 'service'}"
