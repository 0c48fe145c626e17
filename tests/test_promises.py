"""No promise without a test that can fail."""

import pytest

from tests.promises import PAGE, find_faults, read_promises


def test_each_promise_has_a_test_that_runs() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert list(find_faults(text)) == []
    assert len(read_promises(text)) >= 40
    assert "\n## What is not promised\n" in text


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("**1. Nothing is lost.** Never.\n", "1 has no test"),
        ("**1. A.**\n- `tests/test_disk.py::test_done_means_on_the_disk`\n\n**3. B.**\n", "gap"),
        ("**1. A.**\n- `tests/test_nothing.py::test_a`\n", "is in no file"),
        ("**1. A.**\n- `tests/test_disk.py::test_of_yesterday`\n", "is not there"),
        ("**1. A.**\n- `tests/promises.py::read_promises`\n", "asserts nothing"),
        ("**1. A.**\n\n## What is not promised\n- `tests/test_disk.py::test_the_mode_stays`\n", "no test"),
    ],
)
def test_a_promise_without_proof_is_told(page: str, fault: str) -> None:
    assert any(fault in each for each in find_faults(page))
