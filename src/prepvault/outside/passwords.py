"""The mail password: from the environment, a command of the user's, or the system's keyring."""

import os
import shlex
import subprocess
import sys
from importlib.util import find_spec

from prepvault.errors import OutsideError, UsageError
from prepvault.outside.executables import find_executable

VARIABLE = "PREPVAULT_MAIL_PASSWORD"
SERVICE = "prepvault"
_PATIENCE = 120


def find_password(user: str, command: str) -> str:
    """Find the password of a mail name; UsageError where no place holds one.

    What is found is held in memory only, and no message repeats it.
    """
    found = os.environ.get(VARIABLE, "") or (_ask_command(command) if command else _ask_keyring(user))
    if not found:
        raise UsageError(
            f"there is no mail password for `{user}`",
            hint=f"set ${VARIABLE}, run `keyring set {SERVICE} {user}`, or set `[mail] password_command`",
        )
    return found


def child_environment() -> dict[str, str]:
    """The environment for a program that we start: all but the mail password, which is nobody else's."""
    return {name: value for name, value in os.environ.items() if name.upper() != VARIABLE}


def password_source(command: str) -> str:
    """Name the place that `find_password` would ask, in words; empty where there is none. It is not asked."""
    if os.environ.get(VARIABLE):
        return f"${VARIABLE}"
    if command:
        return "the command in `[mail] password_command`"
    return "the system's keyring" if find_spec("keyring") else ""


def _ask_command(command: str) -> str:
    """Run the command without a shell; the first line that it writes is the password."""
    try:
        name, *words = shlex.split(command, posix=sys.platform != "win32")
        ran = subprocess.run(  # noqa: S603 - the user's own command, from the user's own settings
            [find_executable(name) or "", *words],
            stdout=subprocess.PIPE,
            timeout=_PATIENCE,
            check=False,
            env=child_environment(),
        )
    except subprocess.TimeoutExpired:
        raise _failed("it did not end") from None
    except (OSError, ValueError):
        raise _failed("it cannot be started") from None
    if ran.returncode != 0:
        raise _failed(f"`{name}` ended with {ran.returncode}")
    return ran.stdout.decode("utf-8", "replace").split("\n", 1)[0].strip("\r")


def _failed(how: str) -> OutsideError:
    hint = "run the command of `[mail] password_command` by hand and see what it says"
    return OutsideError(f"the command for the mail password failed: {how}", hint=hint)


def _ask_keyring(user: str) -> str:
    """Ask the system's keyring, where the package for it is installed."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, user) or ""
    except (KeyringError, RuntimeError, OSError):
        return ""
