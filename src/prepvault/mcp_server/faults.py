"""What a caller is told when a call fails: plain words and a hint, no path of this machine, no trace."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from pydantic import ValidationError

from prepvault.errors import PrepVaultError
from prepvault.jobs.assistant_texts import plain_words
from prepvault.jobs.crash import write_crash_log
from prepvault.model.near import find_near
from prepvault.model.system_fault import hint_for, why

_PATH = re.compile(r"`(?:[A-Za-z]:[\\/]|\\\\|[/~])[^`\n]*`|(?<![\w:/`.])(?:[A-Za-z]:\\|/)[^\s`'\",;]+")
_LONGEST_ECHO = 60
_PREFIX = "Error executing tool "

_WANTED = {
    "int": "a whole number",
    "bool": "true or false",
    "string": "text",
    "list": "a list of texts",
    "float": "a number",
}


def told(error: PrepVaultError, root: Path) -> str:
    """Say what happened and what to do next."""
    hint = f"\nhint: {without_paths(error.hint, root)}" if error.hint else ""
    return plain_words(without_paths(error.message, root) + hint)


def without_paths(text: str, root: Path) -> str:
    """Leave of a path on this machine only its last name; places in the vault are relative to it."""
    inside = text.replace(f"{root}/", "").replace(f"{root}\\", "")
    return _PATH.sub(_last_name, inside)


def _last_name(found: re.Match[str]) -> str:
    tick = "`" if found[0].startswith("`") else ""
    names = re.split(r"[\\/]", found[0].strip("`").rstrip("\\/"))
    return f"{tick}{names[-1]}{tick}"


def mapped(name: str, error: ToolError, root: Path, takes: Sequence[str]) -> ToolError:
    """Turn whatever a tool raised into what its caller is told; a bug of ours leaves a log."""
    cause = error.__cause__
    if isinstance(cause, PrepVaultError):
        return ToolError(told(cause, root))
    if isinstance(cause, OSError):
        return ToolError(plain_words(f"the system refused: {why(cause)}\nhint: {hint_for(cause)}"))
    if isinstance(cause, ToolError):
        return cause
    if isinstance(cause, ValidationError) and not isinstance(error, UnexpectedToolError):
        hint = f"hint: `{name}` takes {', '.join(takes)}"
        return ToolError(plain_words("\n".join((*_arguments(cause), hint))))
    if isinstance(error, UnexpectedToolError):
        kind = type(cause).__name__
        path = write_crash_log(cause, f"mcp {name}") if cause else None
        log = f"; its log, `{path.name}`, lies in PrepVault's state folder" if path else ""
        return ToolError(f"this is a bug in PrepVault ({kind}){log}")
    return ToolError(plain_words(str(error).removeprefix(_PREFIX)))


def unknown_tool(name: str, known: Iterable[str]) -> ToolError:
    """Say that there is no such tool, and which was probably meant."""
    near = find_near(name, known)
    guess = f"\nhint: did you mean `{near}`?" if near else ""
    return ToolError(plain_words(f"there is no tool `{name[:80]}`{guess}"))


def unknown_arguments(name: str, given: Iterable[str], known: Iterable[str]) -> ToolError | None:
    """Refuse what the tool does not take: what is left out in silence is never done."""
    taken = tuple(known)
    strange = [each for each in given if each not in taken]
    if not strange:
        return None
    near = find_near(strange[0], taken)
    guess = f"did you mean `{near}`? It" if near else "it"
    listed = ", ".join(taken) or "no arguments"
    return ToolError(plain_words(f"`{name}` takes no `{strange[0][:80]}`\nhint: {guess} takes {listed}"))


def _arguments(error: ValidationError) -> Iterable[str]:
    seen: set[str] = set()
    for each in error.errors(include_url=False):
        name = str(each["loc"][0]) if each["loc"] else "?"
        if name not in seen:
            seen.add(name)
            yield _sentence(name, each["type"], each.get("ctx", {}), each.get("input"))


def _sentence(name: str, kind: str, limits: dict[str, object], given: object) -> str:
    if kind == "missing":
        return f"`{name}` is missing"
    bounds = {
        "greater_than_equal": f"at least {limits.get('ge')}",
        "less_than_equal": f"at most {limits.get('le')}",
        "string_too_long": f"at most {limits.get('max_length')} characters long",
        "too_long": f"a list of at most {limits.get('max_length')}",
    }
    wanted = bounds.get(kind) or _WANTED.get(kind.partition("_")[0], "something else")
    return f"`{name}` should be {wanted}, found {_found(kind, given)}"


def _found(kind: str, given: object) -> str:
    if isinstance(given, list | dict):
        return "a list" if isinstance(given, list) else "a record"
    text = str(given)
    return str(len(text)) if kind == "string_too_long" else f"`{text[:_LONGEST_ECHO]}`"
