"""Everything that fuzzing found once holds ever after, and so does what every kind of seed begins with."""

from itertools import islice
from pathlib import Path

import pytest

from benchmarks.fuzz.seeds import FINDS, SEEDS
from benchmarks.fuzz.targets import TARGETS

FOUND = sorted(path for path in FINDS.glob("*/*") if path.is_file())
_SEEDS = 12


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once_holds(path: Path) -> None:
    TARGETS[path.parent.name].check(path.read_bytes())


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_seeds_and_pieces_of_them_hold(name: str) -> None:
    target = TARGETS[name]
    for seed in islice(SEEDS[name](), 0, None, max(1, sum(1 for _ in SEEDS[name]()) // _SEEDS)):
        for part in (seed, seed[: len(seed) // 2], seed[: len(seed) // 3] + seed[len(seed) // 2 :]):
            target.check(part[: target.longest])


def test_every_target_has_seeds_and_every_find_a_target() -> None:
    assert set(SEEDS) == set(TARGETS)
    assert {path.parent.name for path in FOUND} <= set(TARGETS)
    assert FOUND
