"""The assignment holds its promises for any values, and against every permutation of small ones."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from prepvault.rules.assignment import assign

TABLES = st.integers(0, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 20), min_size=columns, max_size=columns), min_size=0, max_size=5
    )
)


@given(TABLES)
def test_no_permutation_is_worth_more(values: list[list[int]]) -> None:
    chosen = assign(values)
    told = [column for column in chosen if column is not None]
    assert len(told) == len(set(told))
    worth = sum(row[at] for row, at in zip(values, chosen, strict=True) if at is not None)
    columns = len(values[0]) if values else 0
    slots = [*range(columns), *[None] * len(values)]
    for order in permutations(slots, len(values)):
        assert sum(row[at] for row, at in zip(values, order, strict=True) if at is not None) <= worth


@given(TABLES)
def test_the_same_values_give_the_same_answer(values: list[list[int]]) -> None:
    assert assign(values) == assign([list(row) for row in values])
