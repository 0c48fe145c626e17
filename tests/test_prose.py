"""Measures of a text, on sentences whose answer is known."""

import pytest

from prepvault.rules.prose import (
    find_phrases,
    i_and_we,
    numbers_in,
    own_verbs,
    passive_sentences,
    placeholders,
    repeated_phrases,
    sentences,
    speaking_seconds,
    word_count,
    words_of,
)

ALLOWED = ("promoted", "chosen", "invited", "awarded", "based", "excited", "experienced")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("I cut it from 6 h to 9 min.", 9),
        ("- **Bold** and [[Notes/Story|a link]]", 4),
        ("a 3.5% rise, 9-to-5, don't", 5),
        ("# — … !", 0),
    ],
)
def test_words_are_what_a_reader_says(text: str, count: int) -> None:
    assert word_count(text) == count == len(words_of(text))


def test_sentences_end_where_a_speaker_stops() -> None:
    text = "I led it, e.g. the plan. It took 3.5 days! Was it worth it? Yes"
    assert sentences(text) == ("I led it, e.g. the plan.", "It took 3.5 days!", "Was it worth it?", "Yes")
    assert sentences("- first point\n- second point") == ("first point", "second point")
    assert sentences("one\nwrapped line. Two.") == ("one wrapped line.", "Two.")
    assert sentences(" \n ") == ()


def test_speaking_time_follows_the_pace() -> None:
    assert speaking_seconds(280, 140) == 120
    assert speaking_seconds(280, 120) == 140
    assert speaking_seconds(0, 140) == 0


def test_phrases_are_whole_words_in_any_case() -> None:
    text = "Basically, I kind  of like kindness. BASICALLY."
    assert find_phrases(text, ("basically", "kind of")) == ("Basically", "kind  of", "BASICALLY")
    assert find_phrases(text, ()) == ()
    assert find_phrases("c++ and c", ("c++",)) == ("c++",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 6 h to 9 min", ("6", "9")),
        ("cut by 40 % to €1,200", ("40 %", "€1,200")),
        ("seven of nine, twice", ("seven", "nine", "twice")),
        ("no one saw one thing", ()),
        ("at 14:30 on 2026-02-10", ("14:30", "2026", "02", "10")),
    ],
)
def test_numbers_in_digits_and_words(text: str, found: tuple[str, ...]) -> None:
    assert numbers_in(text) == found


@pytest.mark.parametrize(
    "text",
    ["[name]", "{{company}}", "TODO", "XX%", "about ??? of it", "in ___ days", "<your name>", "see [ ]"],
)
def test_what_waits_to_be_filled_in_is_found(text: str) -> None:
    assert placeholders(text)


@pytest.mark.parametrize(
    "text",
    [
        "[[A story]]",
        "[text](https://example.com)",
        "- [ ] a task\n",
        "a < b",
        "[^1] note",
        "XML",
        "> [!note] hi",
    ],
)
def test_what_markdown_means_by_brackets_is_no_gap(text: str) -> None:
    assert placeholders(text) == ()


def test_who_acts() -> None:
    assert i_and_we("I asked my lead, and we wrote our plan. I'd do it again.") == (3, 2)
    assert i_and_we("The US team and us") == (0, 1)
    assert own_verbs("I asked her. Then I carefully rewrote it, I was glad, and I also had measured it.") == (
        "asked",
        "rewrote",
        "measured",
    )


@pytest.mark.parametrize(
    ("text", "is_passive"),
    [
        ("The bug was fixed by the team.", True),
        ("It was quickly decided.", True),
        ("The report is being written.", True),
        ("Mistakes were made.", True),
        ("The plan got approved.", True),
        ("The data had been lost.", True),
        ("It was not tested.", True),
        ("I was promoted in a year.", False),
        ("I was chosen to lead it.", False),
        ("We are based in Graz.", False),
        ("I am excited about it.", False),
        ("I fixed the bug.", False),
        ("She was tired and red.", True),
        ("I have fixed it.", False),
        ("The need is clear.", False),
        ("It was a bed of roses.", False),
    ],
)
def test_the_doer_is_missing(text: str, is_passive: bool) -> None:
    assert bool(passive_sentences(text, ALLOWED)) is is_passive


def test_runs_of_words_that_come_twice() -> None:
    text = "I write tools that people use. We write tools that people use daily."
    assert repeated_phrases(text) == ("write tools that people", "tools that people use")
    assert repeated_phrases("never twice the same") == ()
