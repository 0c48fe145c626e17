"""Run PrepVault at login: write, remove and look at the service of one vault."""

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prepvault.errors import OutsideError, RefusedError
from prepvault.jobs.context import Context
from prepvault.model.service import MARK, REMIND, Service, ServiceKind, ServiceState
from prepvault.outside import services
from prepvault.outside.state import state_key
from prepvault.parse.service_state import parse_state
from prepvault.render.units import read_text, render_units, render_windows, render_words
from prepvault.rules.service import Argv, plan_export, plan_log, plan_look, plan_start, plan_stop

_MOVE = "move that file away, then run this again"


@dataclass(frozen=True, slots=True)
class Installed:
    """What `install` or `uninstall` did to files.

    `log` is a command that shows what the service says, `unpassed` are variables that it will not see.
    """

    service: Service
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    log: str = ""
    unpassed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceStanding:
    """How a vault's service stands; `warnings` say in which way its files point elsewhere."""

    service: Service
    files: tuple[str, ...]
    state: ServiceState
    warnings: tuple[str, ...] = ()

    @property
    def again(self) -> str:
        """What to type to have it written anew."""
        return "prepvault service install" + (" --timer" if self.service.is_timer else "")

    @property
    def is_at_work(self) -> bool:
        """Whether the manager starts it at login and has it running; a timer may rest between its runs."""
        state, service = self.state, self.service
        rests = service.is_timer and service.kind is not ServiceKind.SYSTEMD
        return state.is_reachable and state.is_enabled and (rests or state.is_running is not False)

    @property
    def is_installed(self) -> bool:
        """Whether there is a file of it."""
        return bool(self.files)


def describe_service(context: Context, *, kind: str = "", is_timer: bool = False) -> Service:
    """Say what this vault's service is to be; nothing is touched."""
    chosen = ServiceKind(kind) if kind else services.service_kind()
    key = re.sub(r"[^A-Za-z0-9_.-]", "-", state_key(context.root, context.settings.text("vault.id")))
    name = f"prepvault-{key}"
    return Service(
        kind=chosen,
        name=name,
        title=context.vault_name,
        program=services.own_program(),
        vault=str(context.root),
        folder=str(services.unit_folder(chosen)),
        log=str(services.log_file(name)) if chosen is ServiceKind.LAUNCHD else "",
        account=services.own_account(chosen),
        environment=services.passed_variables(),
        is_timer=is_timer,
    )


def install_service(service: Service) -> Installed:
    """Write the service's files where they differ, and have it run; another variant of it makes room.

    Raises RefusedError before anything is written where a file is not ours, OutsideError where the files
    are written and the manager does not take them.
    """
    wanted = {_path(service, name): data for name, data in render_units(service).items()}
    there = _read_ours(service)
    if not there:
        _check_task(service)
    changed = [path for path, data in wanted.items() if there.get(path) != data]
    stale = [path for path in there if path not in wanted]
    if not changed and not stale and look_at(service).is_at_work:
        return _told(service, unchanged=[*wanted])
    if there and _look(service).is_reachable:
        _run_quietly(plan_stop(_as_installed(service, there)))
    if service.log:
        services.make_folder(Path(service.log).parent)
    for path in changed:
        services.write_unit(path, wanted[path])
    for path in stale:
        services.remove_unit(path)
    _run_all(service, plan_start(service), done=f"`{next(iter(wanted))}` is written")
    return _told(service, written=changed, removed=stale, unchanged=[p for p in wanted if p not in changed])


def uninstall_service(service: Service) -> Installed:
    """End the service and remove its files; OutsideError where the manager cannot be asked to end it."""
    there = _read_ours(service)
    if not there:
        return _told(service)
    installed = _as_installed(service, there)
    is_reachable = _look(installed).is_reachable
    if is_reachable:
        _run_quietly(plan_stop(installed))
    for path in there:
        services.remove_unit(path)
    if service.kind is ServiceKind.SYSTEMD and is_reachable:
        _run_quietly((("systemctl", "--user", "daemon-reload"),))
    if not is_reachable:
        raise OutsideError(
            f"the files of `{service.name}` are removed, but {service.kind.label} does not answer here",
            hint=f"if it still runs, end it with: {command_line(service.kind, plan_stop(installed))}",
        )
    return _told(installed, removed=[*there])


def look_at(service: Service) -> ServiceStanding:
    """Say how the service stands, and warn where its files are not what would be written now."""
    there = _read_ours(service, tolerant=True)
    if not there:
        return ServiceStanding(service, (), ServiceState(is_reachable=True))
    installed = _as_installed(service, there)
    return ServiceStanding(
        installed, tuple(map(str, there)), _look(installed), tuple(_differences(installed, there))
    )


def show_files(service: Service) -> Iterator[tuple[str, str]]:
    """Write what `install_service` would, each file with its place; nothing is touched."""
    for name, data in render_units(service).items():
        yield str(_path(service, name)), read_text(service.kind, data).replace("\r\n", "\n")


def command_line(kind: ServiceKind, commands: tuple[Argv, ...]) -> str:
    """Write commands as one line to paste."""
    write = render_windows if kind is ServiceKind.SCHTASKS else shlex.join
    return " && ".join(write(argv) for argv in commands)


def _path(service: Service, name: str) -> Path:
    return Path(service.folder) / name


def _all_names(service: Service) -> tuple[str, ...]:
    both = (render_units(replace(service, is_timer=is_timer)) for is_timer in (False, True))
    return tuple(dict.fromkeys(name for files in both for name in files))


def _read_ours(service: Service, *, tolerant: bool = False) -> dict[Path, bytes]:
    """Read the files of the service that are there, of either variant; refuse one that we did not write."""
    found: dict[Path, bytes] = {}
    for path in (_path(service, name) for name in _all_names(service)):
        data = services.read_unit(path)
        if data is None and not os.path.lexists(path):
            continue
        if data is None or MARK not in read_text(service.kind, data):
            if tolerant:
                continue
            raise RefusedError(f"`{path}` was not made by PrepVault, so it is left as it is", hint=_MOVE)
        found[path] = data
    return found


def _check_task(service: Service) -> None:
    """Refuse to replace a task of the same name that somebody else made; the Task Scheduler has no files."""
    if service.kind is not ServiceKind.SCHTASKS:
        return
    answer = services.ask_manager(plan_export(service))
    if answer.code == 0 and MARK not in answer.out:
        message = f"the task `{service.name}` was not made by PrepVault, so it is left as it is"
        raise RefusedError(message, hint="rename that task, then run this again")


def _as_installed(service: Service, there: dict[Path, bytes]) -> Service:
    """The service in the variant that lies there."""
    if service.kind is ServiceKind.SYSTEMD:
        is_timer = any(path.suffix == ".timer" for path in there)
    else:
        remind = render_words(service, REMIND)
        is_timer = any(remind in read_text(service.kind, data) for data in there.values())
    return replace(service, is_timer=is_timer)


def _differences(service: Service, there: dict[Path, bytes]) -> Iterator[str]:
    wanted = {_path(service, name): data for name, data in render_units(service).items()}
    main = next(iter(wanted))
    text = read_text(service.kind, there.get(main, b""))
    elsewhere = False
    for words, said in (
        (service.program, f"it starts another Python than this one: `{service.program[0]}`"),
        (("--vault", service.vault), f"it is for another folder than this vault: `{service.vault}`"),
    ):
        if render_words(service, words) not in text:
            elsewhere = True
            yield said
    if not elsewhere and there != wanted:
        yield "its text is not the one that this PrepVault writes, here and now"


def _look(service: Service) -> ServiceState:
    answer = services.ask_manager(plan_look(service))
    if not answer.is_there:
        return ServiceState(is_reachable=False, words=answer.err)
    return parse_state(service.kind, answer.code, answer.out, answer.err)


def _run_quietly(commands: tuple[Argv, ...]) -> None:
    """Run commands that may find nothing to do."""
    for argv in commands:
        services.ask_manager(argv)


def _run_all(service: Service, commands: tuple[Argv, ...], *, done: str) -> None:
    for at, argv in enumerate(commands):
        answer = services.ask_manager(argv)
        if answer.code != 0:
            said = " ".join(answer.err.split() or answer.out.split()) or f"it ended with {answer.code}"
            raise OutsideError(
                f"{done}, but {service.kind.label} does not take it: {said}",
                hint=f"where it runs, type: {command_line(service.kind, commands[at:])}",
            )


def _told(
    service: Service,
    *,
    written: Sequence[Path] = (),
    removed: Sequence[Path] = (),
    unchanged: Sequence[Path] = (),
) -> Installed:
    is_task = service.kind is ServiceKind.SCHTASKS
    return Installed(
        service,
        tuple(map(str, written)),
        tuple(map(str, removed)),
        tuple(map(str, unchanged)),
        log=command_line(service.kind, (plan_log(service),)),
        unpassed=tuple(name for name, _ in service.environment) if is_task else (),
    )
