"""Practice: what is due when, in which order, and that no answer is ever lost."""

import io
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepvault.model.practice import CardState, DrillCard, Grade, Review
from prepvault.outside.reviews import append_review, read_reviews
from prepvault.rules.practice import EVE, grade_of, next_after, plan_practice, standing
from tests.conftest import NOW, Maker, Ran

Run = Callable[..., Ran]
CARD = DrillCard(id="story:a", kind="story", prompt="Tell me", answer=("It went well",))
DAY = timedelta(days=1)


def review(at: datetime, grade: Grade = Grade.GOOD, card: str = CARD.id) -> Review:
    return Review(card, "int_1", at, grade, 30)


def state_after(reviews: Sequence[Review], starts: datetime | None, now: datetime) -> CardState:
    return standing([CARD], reviews, now, starts=starts, interview_id="int_1")[0]


def passes(days: int, grade: Grade = Grade.GOOD) -> list[float]:
    """Practise a card whenever it is due, as days after the first time."""
    starts, now = NOW + days * DAY, NOW
    reviews = [review(now, grade)]
    while (due := state_after(reviews, starts, now).due) is not None and due < starts and len(reviews) < 40:
        now = max(due, now + timedelta(minutes=1))
        reviews.append(review(now, grade))
    return [round((each.at - NOW) / DAY, 2) for each in reviews]


@pytest.mark.parametrize(("days", "wanted"), [(7, [0, 2, 5, 6]), (10, [0, 2, 6, 9])])
def test_passes_are_spaced_as_measured(days: int, wanted: list[float]) -> None:
    assert passes(days) == wanted


@pytest.mark.parametrize("days", [2, 3, 5, 14, 30, 60])
def test_the_last_pass_is_on_the_eve(days: int) -> None:
    assert passes(days)[-1] == days - 1


def test_on_the_eve_only_what_failed_comes_again() -> None:
    starts = NOW + timedelta(hours=20)
    assert state_after([review(NOW)], starts, NOW).due is None
    assert state_after([review(NOW, Grade.AGAIN)], starts, NOW).due == NOW


def test_without_an_interview_nothing_is_bounded() -> None:
    state = state_after([review(NOW), review(NOW + 3 * DAY)], None, NOW)
    assert state.due is not None
    assert state.due - (NOW + 3 * DAY) > 5 * DAY


def test_a_moved_interview_moves_the_passes() -> None:
    reviews = [review(NOW)]
    far = state_after(reviews, NOW + 40 * DAY, NOW)
    near = state_after(reviews, NOW + 2 * DAY, NOW)
    assert near.due == NOW + 2 * DAY - EVE
    assert far.due is not None
    assert far.due > near.due


@given(
    st.lists(st.tuples(st.integers(0, 600), st.sampled_from(Grade)), min_size=1, max_size=12),
    st.integers(2, 60),
)
def test_no_pass_is_planned_after_the_eve(gaps: list[tuple[int, Grade]], days: int) -> None:
    """Whatever went how and when: before the eve the next pass is at the latest on it, recall is a share."""
    at, reviews = NOW, []
    for hours, grade in gaps:
        at += timedelta(hours=hours)
        reviews.append(review(at, grade))
    starts = NOW + days * DAY
    state = state_after(reviews, starts, at)
    assert 0 <= state.recall <= 1
    if at < starts - EVE:
        assert state.due is not None
        assert at < state.due <= starts - EVE or state.due == starts - EVE


def test_own_failures_come_first_then_the_least_sure_then_new_ones() -> None:
    cards = [
        DrillCard(id="new-light", kind="question", prompt="?", answer=(), weight=1),
        DrillCard(id="new-heavy", kind="question", prompt="?", answer=(), weight=5),
        DrillCard(id="failed", kind="asked", prompt="?", answer=()),
        DrillCard(id="weak", kind="story", prompt="?", answer=()),
        DrillCard(id="sure", kind="story", prompt="?", answer=()),
    ]
    before = NOW - 9 * DAY
    reviews = [review(before, Grade.AGAIN, "weak"), review(before, Grade.EASY, "sure")]
    reviews = [*reviews, review(before + DAY, Grade.GOOD, "sure")]
    plan = plan_practice(cards, reviews, NOW + 30 * DAY, minutes=60)
    assert [state.card.id for state in plan.queue] == ["failed", "weak", "sure", "new-heavy", "new-light"]
    assert [state.card.id for state in plan.weakest] == ["weak", "sure"]


def test_a_session_keeps_to_its_minutes_and_tells_the_rest() -> None:
    cards = [DrillCard(id=str(n), kind="question", prompt="?", answer=(), seconds=100) for n in range(10)]
    plan = plan_practice(cards, [], NOW, minutes=5)
    assert (len(plan.queue), plan.waiting, plan.total) == (2, 8, 10)
    assert plan.next_due == NOW
    assert len(plan_practice(cards, [], NOW, minutes=1).queue) == 1


def test_a_story_climbs_the_ladder_with_three_good_passes() -> None:
    counts = {0: 30, 2: 30, 3: 60, 6: 90, 9: 180, 20: 180}
    for greens, seconds in counts.items():
        reviews = [review(NOW + n * DAY) for n in range(greens)]
        assert state_after(reviews, None, NOW).seconds == seconds
    assert state_after([review(NOW, Grade.HARD)] * 5, None, NOW).seconds == 30


@pytest.mark.parametrize(
    ("scores", "seconds", "grade"),
    [
        ((1, 2, 2, 1, 3), 60, Grade.AGAIN),
        ((2, 2, 2, 2, 2), 60, Grade.HARD),
        ((3, 3, 3, 3, 3), 60, Grade.GOOD),
        ((4, 4, 4, 3, 3), 60, Grade.EASY),
        ((4, 4, 4, 4, 4), 200, Grade.GOOD),
    ],
)
def test_the_rubric_decides_the_grade(scores: tuple[int, ...], seconds: int, grade: Grade) -> None:
    assert grade_of(scores, seconds, 90) is grade


def test_what_failed_comes_again_once() -> None:
    state, other = CardState(card=CARD), CardState(card=DrillCard(id="b", kind="fact", prompt="", answer=()))
    assert next_after(state, [other], Grade.AGAIN) == (other, state)
    assert next_after(state, [other, state], Grade.AGAIN) == (other, state)
    assert next_after(state, [other], Grade.GOOD) == (other,)


# What is kept


def kept(at: str = "2026-02-08T09:00:00+00:00", grade: str = "3", **more: str) -> str:
    """Write a review as a file keeps it."""
    fields = {"card": f'"{CARD.id}"', "interview": '"int_1"', "at": f'"{at}"', "grade": grade, **more}
    return "{" + ", ".join(f'"{name}": {value}' for name, value in fields.items()) + "}"


def test_a_torn_line_costs_only_itself(tmp_path: Path) -> None:
    append_review(tmp_path, review(NOW))
    file = tmp_path / "practice.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole + whole[: len(whole) // 2])
    append_review(tmp_path, review(NOW + DAY))
    assert [each.at for each in read_reviews(tmp_path)] == [NOW, NOW + DAY]


@pytest.mark.parametrize(
    "line",
    [
        *("", "{}", "[1]", "\x00", "[" * 100_000, kept("2026"), kept("2026-02-09T09:00:00")),
        *(
            kept("0001-01-01T00:00:00+14:00"),
            kept("9999-12-31T23:59:59-12:00"),
            kept("9000-01-01T00:00+00:00"),
        ),
        *(kept(seconds="Infinity"), kept(seconds="-Infinity"), kept(seconds="NaN"), kept(seconds="1e400")),
        *(kept(scores="[Infinity]"), kept(scores="[1, NaN]"), kept(scores="3"), kept(grade="Infinity")),
    ],
)
def test_what_cannot_be_read_is_passed_over(tmp_path: Path, line: str) -> None:
    (tmp_path / "practice.jsonl").write_text(f"{line}\n")
    append_review(tmp_path, review(NOW))
    assert read_reviews(tmp_path) == (review(NOW),)


def test_the_same_line_with_sound_values_is_read(tmp_path: Path) -> None:
    (tmp_path / "practice.jsonl").write_text(kept(seconds="30", scores="[3, 4]") + "\n")
    assert [(each.seconds, each.scores) for each in read_reviews(tmp_path)] == [(30, (3, 4))]


def test_two_sessions_at_once_lose_nothing_and_tear_nothing(tmp_path: Path) -> None:
    def session(name: str) -> None:
        for minute in range(50):
            append_review(tmp_path, review(NOW + timedelta(minutes=minute), card=name))

    sessions = [Thread(target=session, args=(name,)) for name in ("a", "b")]
    for each in sessions:
        each.start()
    for each in sessions:
        each.join()
    read = read_reviews(tmp_path)
    for name in ("a", "b"):
        own = [each.at for each in read if each.card == name]
        assert own == [NOW + timedelta(minutes=minute) for minute in range(50)]


def test_a_clock_set_back_leaves_the_reviews_in_order(tmp_path: Path) -> None:
    for at in (NOW, NOW + 400 * DAY, NOW - 3 * DAY, NOW + DAY):
        append_review(tmp_path, review(at))
    read = read_reviews(tmp_path)
    state = state_after(read, NOW + 9 * DAY, NOW + DAY)
    assert state.reviews == 4
    assert 0 <= state.recall <= 1
    assert state == state_after(sorted(read, key=lambda each: each.at), NOW + 9 * DAY, NOW + DAY)


@pytest.mark.parametrize("year", [1, 9999])
def test_an_interview_at_the_edge_of_the_calendar_can_be_practised_for(year: int) -> None:
    starts = datetime(year, 1, 1, tzinfo=NOW.tzinfo)
    state = state_after([review(NOW), review(NOW + DAY)], starts, NOW + DAY)
    assert state.due is not None
    assert 0 <= state.recall <= 1


# The command

VAULT = """=== Interviews/kestrel.md
---
id: int_k
company: Kestrel Health
role: Backend Engineer
interview_type: behavioral
scheduled_at: 2026-02-16T10:00:00
interviewer: Dana Roe (Engineering Manager)
status: scheduled
created_at: 2026-02-01T10:00:00
---
=== Stories/rota.md
---
type: story
id: story_rota
title: Growing the rota
primary: mentoring
numbers: ["from three people to seven in five months (cv)"]
---
## Situation

Three people were on call, and one was leaving.
## Action
I paired with each new one.
## Result
Seven people in five months.
## Reflection
I now ask who is afraid of the pager.
"""


def typing(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    stream = io.StringIO(text)
    stream.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", stream)


def test_the_plan_names_stories_people_and_questions(make_vault: Maker, run: Run) -> None:
    made = json.loads(run("practice", "--json", vault=make_vault(VAULT)).out)
    kinds = {card["kind"] for card in made["queue"]}
    assert made["interview"] == "int_k"
    assert kinds >= {"story", "question"}
    story = next(card for card in made["queue"] if card["kind"] == "story")
    assert "Story: Growing the rota" in story["answer"]
    assert "Begin: Three people were on call, and one was leaving." in story["answer"]
    assert "Lesson: I now ask who is afraid of the pager." in story["answer"]


def test_a_drill_keeps_every_answer_and_goes_on_where_it_stopped(
    make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch, own_state: Path
) -> None:
    root = make_vault(VAULT)
    before = json.loads(run("practice", "--json", "--minutes", "120", vault=root).out)
    typing(monkeypatch, "\n3\n\nwhat\n33333\n\ns\n\nq\n")
    done = run("practice", "--minutes", "120", vault=root)
    assert done.code == 0
    assert "2 answers kept" in done.err
    kept = read_reviews(next(own_state.glob("vaults/*")))
    assert [each.grade for each in kept] == [Grade.GOOD, Grade.GOOD]
    assert kept[1].scores == (3, 3, 3, 3, 3)
    after = json.loads(run("practice", "--json", "--minutes", "120", vault=root).out)
    assert len(after["queue"]) == len(before["queue"]) - 2
    assert {card["id"] for card in after["weakest"]} == {each.card for each in kept}


def test_an_interrupted_drill_has_lost_nothing(
    make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch, own_state: Path
) -> None:
    root, answers = make_vault(VAULT), iter(["", "2", ""])

    def answer(_: str = "") -> str:
        try:
            return next(answers)
        except StopIteration:
            raise KeyboardInterrupt from None

    typing(monkeypatch, "")
    monkeypatch.setattr("builtins.input", answer)
    done = run("practice", vault=root)
    assert done.code == 130
    assert "1 answer kept" in done.err
    assert len(read_reviews(next(own_state.glob("vaults/*")))) == 1


def test_notes_are_never_written(make_vault: Maker, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault(VAULT)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    typing(monkeypatch, "\n1\n\n4\nq\n")
    run("practice", vault=root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_failed_question_has_one_card_and_an_empty_story_none(make_vault: Maker, run: Run) -> None:
    root = make_vault(
        VAULT
        + """=== Stories/empty.md
---
type: story
title: Nothing yet
primary: conflict
---
## Situation
=== Interviews/before.md
---
id: int_before
company: Kestrel Health
role: Backend Engineer
interview_type: phone_screen
scheduled_at: 2026-02-03T10:00:00
status: completed
created_at: 2026-02-01T10:00:00
---
## Debrief

### Questions as asked
- How do you make a retry safe? · gap
"""
    )
    made = json.loads(run("practice", "--json", "--minutes", "120", vault=root).out)
    prompts = [card["prompt"] for card in made["queue"]]
    assert prompts.count("How do you make a retry safe?") == 1
    assert made["queue"][0]["kind"] == "asked"
    assert not any("Nothing yet" in line for card in made["queue"] for line in card["answer"])


def test_the_sheet_is_for_a_friend(make_vault: Maker, run: Run) -> None:
    out = run("practice", "--sheet", vault=make_vault(VAULT)).out
    assert out.startswith("# Mock interview: Kestrel Health, Backend Engineer")
    assert "structure __" in out
    assert "Growing the rota" not in out


def test_the_sheet_is_there_for_programs_too(make_vault: Maker, run: Run) -> None:
    root = make_vault(VAULT)
    told = json.loads(run("practice", "kestrel", "--sheet", "--json", vault=root).out)
    assert (told["kind"], told["interview"]) == ("practice-sheet", "int_k")
    assert told["text"] == run("practice", "kestrel", "--sheet", vault=root).out


def test_nothing_to_practise_is_said(make_vault: Maker, run: Run) -> None:
    done = run("practice", vault=make_vault("=== Note.md\n"))
    assert done.code == 1
    assert "prepvault story new" in done.err
