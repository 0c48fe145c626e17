"""The page of promises as data: what is promised, and which tests prove it."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "promises.md"

_PROMISE = re.compile(r"^\*\*(\d+)\. (.+?)[.,]?\*\*")
_PROOF = re.compile(r"^- `(tests/[\w/]+\.py)::(\w+)`$")


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: its number, its first words, and its proofs as file and name of a test."""

    number: int
    words: str
    proofs: tuple[tuple[str, str], ...]


def read_promises(text: str) -> list[Promise]:
    """Read the promises of a page; a line that is neither promise nor proof says more about the one above."""
    promises: list[Promise] = []
    for line in text.partition("\n## What is not promised")[0].splitlines():
        if said := _PROMISE.match(line):
            promises.append(Promise(int(said[1]), said[2], ()))
        elif (proof := _PROOF.match(line)) and promises:
            last = promises.pop()
            promises.append(Promise(last.number, last.words, (*last.proofs, (proof[1], proof[2]))))
    return promises


def find_faults(text: str) -> Iterator[str]:
    """Tell what is wrong with a page: gaps in the numbers, promises without a test, tests that do not run."""
    promises = read_promises(text)
    numbers = [promise.number for promise in promises]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"numbers have a gap: {numbers}"
    for promise in promises:
        if not promise.proofs:
            yield f"{promise.number} has no test"
        for path, name in promise.proofs:
            if fault := _fault_of(path, name):
                yield f"{promise.number}: {path}::{name} {fault}"


def _fault_of(path: str, name: str) -> str:
    file = ROOT / path
    if not file.is_file():
        return "is in no file"
    found = _functions(file)
    if name not in found:
        return "is not there"
    marks = [ast.unparse(mark) for mark in found[name].decorator_list]
    if any(re.search(r"mark\.(skip\b|xfail\b)", mark) for mark in marks):
        return "is never run"
    return "" if _proves(name, found) else "asserts nothing"


@cache
def _functions(file: Path) -> dict[str, ast.FunctionDef]:
    """Every function of a file by its name, those of classes too."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {each.name: each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}


def _proves(test: str, functions: Mapping[str, ast.FunctionDef]) -> bool:
    """Whether it asserts, expects an error, or calls a function of its file that does."""
    called = {each.id for each in ast.walk(functions[test]) if isinstance(each, ast.Name)}
    return any(_asserts(functions[name]) for name in (test, *(called & functions.keys() - {test})))


def _asserts(function: ast.FunctionDef) -> bool:
    words = ast.unparse(function)
    expects = re.search(r"\b(wait_\w+|check\w*|run_state_machine_as_test|pytest\.raises)\(", words)
    return bool(expects) or any(isinstance(each, ast.Assert) for each in ast.walk(function))


if __name__ == "__main__":
    proofs = {
        f"{path}::{name}"
        for each in read_promises(PAGE.read_text(encoding="utf-8"))
        for path, name in each.proofs
    }
    sys.stdout.write("\n".join(sorted(proofs)) + "\n")
