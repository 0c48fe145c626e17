"""Sockets that only this machine reaches: where `serve` listens."""

import errno
import socket
import sys
from contextlib import suppress

from prepvault.errors import OutsideError

LOOPBACK = {"127.0.0.1": socket.AF_INET, "::1": socket.AF_INET6}
"""The addresses that never leave the machine."""

Socket = socket.socket

_BACKLOG = 64
_TRIES = 8
_ABSENT = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT}


def listen(port: int, hosts: tuple[str, ...] = tuple(LOOPBACK)) -> list[socket.socket]:
    """Listen on these addresses at one port; 0 takes a free one. A machine without IPv6 does without.

    OutsideError where somebody has the port, or the system does not give it.
    """
    for attempt in range(_TRIES):
        try:
            return _listen(port, hosts)
        except OSError as error:
            if port == 0 and attempt + 1 < _TRIES:
                continue
            raise _refusal(port, error) from error
    raise AssertionError


def _listen(port: int, hosts: tuple[str, ...]) -> list[socket.socket]:
    held: list[socket.socket] = []
    try:
        for host in hosts:
            try:
                one = _bound(host, port)
            except OSError as error:
                if held and error.errno in _ABSENT:
                    continue
                raise
            held.append(one)
            port = one.getsockname()[1]
    except OSError:
        for each in held:
            each.close()
        raise
    return held


def _bound(host: str, port: int) -> socket.socket:
    one = socket.socket(LOOPBACK[host], socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            one.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if LOOPBACK[host] == socket.AF_INET6:
            with suppress(OSError):
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind((host, port))
        one.listen(_BACKLOG)
        one.settimeout(0)
    except OSError:
        one.close()
        raise
    return one


def _refusal(port: int, error: OSError) -> OutsideError:
    if error.errno == errno.EADDRINUSE:
        return OutsideError(
            f"port {port} is taken, perhaps by another `prepvault serve`",
            hint=f"see who answers at http://127.0.0.1:{port}/, or take a free one: prepvault serve --port 0",
        )
    return OutsideError(
        f"port {port} cannot be had: {error.strerror}",
        hint="take a free port: prepvault serve --port 0",
    )
