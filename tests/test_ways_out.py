"""What hostile notes say reaches every reader as text, and as nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.ways_out import HARMLESS, PAYLOADS, WAYS, Case, make_hostile


@pytest.mark.parametrize("kind", PAYLOADS)
def test_no_way_out_lets_it_act(kind: str, tmp_path: Path, run: Callable[..., Ran]) -> None:
    case, twin = (Case(make_hostile(each, tmp_path / each), run) for each in (kind, HARMLESS))
    for each in (case, twin):
        each.beside.mkdir()
    faults = [f"{way.__name__}: {fault}" for way in WAYS for fault in way(case, twin)]
    assert faults == []
