"""File names of the site: whatever a note says, plain, short, unique on every file system."""

import re

from hypothesis import given
from hypothesis import strategies as st

from prepvault.rules.slugs import LONGEST, unique_slugs

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")


@given(st.lists(st.text(max_size=120)), st.booleans())
def test_any_texts_get_plain_unique_names(texts: list[str], keep_ids: bool) -> None:
    slugs = unique_slugs(texts, reserved=("index", "stats"), keep_ids=keep_ids)
    assert set(slugs) == set(texts)
    names = list(slugs.values())
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?", name)
        assert len(name.encode()) <= LONGEST
        assert not DEVICES.fullmatch(name)
        assert name not in {"index", "stats"}


@given(st.permutations(["Acme", "acme", "ACME!", "açme", "con", "a" * 200, "東京", ""]))
def test_the_names_do_not_depend_on_the_order(texts: list[str]) -> None:
    assert unique_slugs(texts) == unique_slugs(sorted(texts))
