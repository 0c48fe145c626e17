"""Words and lists as people and programs write them."""

import pytest

from prepvault.errors import UsageError
from prepvault.jobs.understand import split_list, understand_word
from prepvault.model.interview import InterviewType, Status


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("technical", "technical"),
        ("Technical Interview", "technical"),
        ("tech", "technical"),
        ("PHONE-SCREEN", "phone_screen"),
        ("phone call", "phone_screen"),
        ("video", "video_interview"),
        ("onsite", "on_site"),
        ("Final", "final_round"),
        ("final round interview", "final_round"),
        (" behavioral  interviews ", "behavioral"),
    ],
)
def test_a_type_is_read_however_it_is_spelled(said: str, meant: str) -> None:
    assert understand_word(InterviewType, "type", said) == meant


@pytest.mark.parametrize("said", ["", "  ", "interview", "chess", "p", "not technical", "technical or panel"])
def test_what_could_be_anything_is_no_type(said: str) -> None:
    with pytest.raises(UsageError, match="no type is called"):
        understand_word(InterviewType, "type", said)


def test_the_nearest_is_named() -> None:
    with pytest.raises(UsageError) as raised:
        understand_word(Status, "status", "canceled")
    assert raised.value.hint.startswith("did you mean `cancelled`? there is scheduled, confirmed,")
    with pytest.raises(UsageError, match=r"no status is called `x{60}…`"):
        understand_word(Status, "status", "x" * 500)


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("one, two", ("one", "two")),
        ("cut 1,200 ms, led 4", ("cut 1,200 ms", "led 4")),
        ("one, with a comma; two", ("one, with a comma", "two")),
        ("- one\n- two, too\n", ("one", "two, too")),
        (["one, two", " ", "three "], ("one, two", "three")),
        ("", ()),
        (" , ", ()),
    ],
)
def test_a_list_may_come_as_one_text(said: str | list[str], parts: tuple[str, ...]) -> None:
    assert split_list(said) == parts
