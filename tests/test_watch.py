"""The loop of `watch`, rule by rule, by a clock that stands still until it is told to move."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from prepvault.errors import OutsideError, RefusedError
from prepvault.jobs.watch import POLL, TICK
from prepvault.jobs.watch_settle import GRACE, LONGEST
from prepvault.jobs.watch_told import Built, Ended, Failed, Remarked, Started, Wrote
from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.watching import Mode, Reload, Rescan, Stop
from prepvault.outside.signals import StopNow
from tests.watch_stand import START, Stand

ACME = frozenset({"acme.md"})


def text(word: str) -> str:
    return f"---\ncompany: {word}\n---\n"


def test_the_start_makes_everything_once_and_says_what_is_watched() -> None:
    stand = Stand().begin(acme=text("Acme"), zeta=text("Zeta"))
    assert stand.work.builds == [(1000.0, None)]
    assert isinstance(stand.told[0], Started)
    assert stand.told[0].files == 2
    assert isinstance(stand.told[1], Built)


def test_a_save_is_built_as_soon_as_it_is_quiet() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.run(10)
    assert stand.changes == [ACME]
    assert stand.work.builds[1][0] == pytest.approx(1001.04)
    assert b"Acme Ltd" in stand.work.shown["acme.md"]


def test_many_events_of_one_save_are_one_round() -> None:
    stand = Stand().begin(acme=text("Acme"))
    for step in range(20):
        stand.save_after(1 + step * 0.03, "acme.md", text(f"Acme {step}"))
    stand.run(10)
    assert stand.changes == [ACME]


def test_an_editor_that_never_rests_is_looked_at_after_two_seconds() -> None:
    stand = Stand().begin(acme=text("Acme"))
    for step in range(200):
        stand.save_after(1 + step * 0.03, "acme.md", text(f"Acme {step}"))
    stand.run(20)
    assert stand.work.builds[1][0] == pytest.approx(1001 + LONGEST, abs=0.05)
    assert b"Acme 199" in stand.work.shown["acme.md"]


def test_the_setting_decides_how_long_quiet_is() -> None:
    stand = Stand()
    stand.set("watch.debounce_ms", 300)
    stand.begin(acme=text("Acme"))
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.run(10)
    assert stand.work.builds[1][0] == pytest.approx(1001.3)


def test_a_touch_builds_nothing() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.save_after(1, "acme.md", text("Acme"))
    stand.run(1.5)
    assert len(stand.changes) <= 1, "its bytes were not known yet"
    stand.save_after(1, "acme.md", text("Acme"))
    stand.save_after(2, "acme.md", text("Acme"))
    stand.run(200)
    assert len(stand.changes) <= 1


@pytest.mark.parametrize("torn", ["", "\0\0\0", "---\ncompany: Ac", "--- \n\0", " \n"])
def test_a_half_written_note_is_waited_for(torn: str) -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.save_after(1, "acme.md", torn)
    stand.save_after(1 + GRACE * 0.9, "acme.md", text("Acme Ltd"))
    stand.run(10)
    assert stand.changes == [ACME]
    assert b"Acme Ltd" in stand.work.shown["acme.md"]


def test_a_note_that_grows_from_nothing_is_waited_for_all_the_while() -> None:
    stand = Stand().begin(acme=text("Acme"))
    for step in range(4):
        stand.save_after(1 + step * 0.7, "acme.md", "\0" * step)
    stand.save_after(1 + 4 * 0.7, "acme.md", text("Acme Ltd"))
    stand.run(10)
    assert stand.changes == [ACME]


def test_a_note_that_stays_empty_counts_as_empty() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.save_after(1, "acme.md", "")
    stand.run(10)
    assert stand.changes == [ACME]
    assert stand.work.builds[1][0] == pytest.approx(1001.04 + GRACE, abs=0.1)


def test_a_note_that_is_missing_for_a_moment_was_never_gone() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.after(1, lambda: stand.memory.remove("acme.md"), "acme.md", "acme.md~")
    stand.save_after(1.5, "acme.md", text("Acme Ltd"))
    stand.run(10)
    assert stand.changes == [ACME]
    assert "acme.md" in stand.work.shown


def test_a_deleted_note_counts_after_its_grace() -> None:
    stand = Stand().begin(acme=text("Acme"), zeta=text("Zeta"))
    stand.after(1, lambda: stand.memory.remove("acme.md"), "acme.md")
    stand.run(10)
    assert stand.changes == [ACME]
    assert set(stand.work.shown) == {"zeta.md"}


def test_a_file_of_a_moment_is_nothing() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.after(1, lambda: None, "4913")
    stand.run(10)
    assert stand.changes == []


def test_one_that_never_comes_to_rest_does_not_hold_up_the_others_for_ever() -> None:
    stand = Stand().begin(acme=text("Acme"), zeta=text("Zeta"))
    stand.save_after(1, "zeta.md", text("Zeta Ltd"))
    for step in range(40):
        stand.save_after(1 + step * 0.5, "acme.md", "\0" * step)
    stand.run(8)
    assert b"Zeta Ltd" in stand.work.shown["zeta.md"]


def test_a_checkout_of_hundreds_is_one_round() -> None:
    stand = Stand().begin(acme=text("Acme"))
    for number in range(300):
        pause = 0.1 if number % 20 == 19 else 0
        stand.save_after(1 + number * 0.01 + pause, f"n{number}.md", text("x"))
    stand.run(20)
    assert len(stand.changes) == 1
    assert len(stand.changes[0] or ()) == 300


def test_a_slow_sync_of_many_is_still_one_round() -> None:
    stand = Stand().begin(acme=text("Acme"))
    for number in range(12):
        stand.save_after(1, f"n{number}.md", text("x"))
    for number in range(12, 30):
        stand.save_after(1 + (number - 11) * 0.2, f"n{number}.md", text("x"))
    stand.run(20)
    assert [len(changed or ()) for changed in stand.changes] == [30]


def test_changes_of_which_nobody_told_are_found_while_idle() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.after(1, lambda: stand.memory.save("acme.md", text("Acme Ltd")))
    stand.after(1, lambda: stand.memory.save("zeta.md", text("Zeta")))
    stand.run(70)
    assert stand.changes == [frozenset({"acme.md", "zeta.md"})]


def test_a_removal_of_which_nobody_told_is_found_too() -> None:
    stand = Stand().begin(acme=text("Acme"), zeta=text("Zeta"))
    stand.after(1, lambda: stand.memory.remove("acme.md"))
    stand.run(70)
    assert stand.changes == [ACME]


def test_they_are_found_also_while_somebody_works_elsewhere() -> None:
    stand = Stand().begin(acme=text("Acme"), zeta=text("Zeta"))
    stand.after(1, lambda: stand.memory.save("zeta.md", text("Zeta Ltd")))
    for second in range(0, 200, 5):
        stand.save_after(second, "acme.md", text(f"Acme {second}"))
    stand.run(100)
    assert b"Zeta Ltd" in stand.work.shown["zeta.md"]


def test_lost_events_make_it_look_at_everything_at_once() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.after(1, lambda: stand.memory.save("acme.md", text("Acme Ltd")))
    stand.tell_after(1, Rescan())
    stand.run(3)
    assert stand.changes == [ACME]


def test_what_events_name_waits_for_the_look_at_everything() -> None:
    """A folder moved in: some of its notes have events of their own, and all of them are one round."""
    stand = Stand().begin(acme=text("Acme"))
    stand.after(1, lambda: stand.memory.save("zeta.md", text("Zeta")))
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.tell_after(1, Rescan())
    stand.after(1.2, lambda: None, "site/index.html")
    stand.run(5)
    assert stand.changes == [frozenset({"acme.md", "zeta.md"})]


def test_after_sleep_it_looks_at_everything_and_the_pages_are_made_anew() -> None:
    stand = Stand().begin(acme=text("Acme"))

    def sleep() -> None:
        stand.clock.wall += timedelta(hours=8)
        stand.memory.save("acme.md", text("Acme Ltd"))

    stand.after(5, sleep)
    stand.run(40)
    assert ACME in stand.changes
    assert frozenset() in stand.changes
    assert stand.work.contexts[-1].now >= START + timedelta(hours=8)


def test_idle_costs_two_wakes_a_minute_and_one_scan() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.run(120)
    stand.script.wakes = stand.memory.scans = stand.memory.looks = 0
    stand.run(3600)
    assert stand.script.wakes <= 2 * 60 + 62
    assert stand.memory.scans <= 61
    assert stand.memory.looks == 0
    assert stand.changes == []


def test_the_longest_sleep_is_half_a_minute() -> None:
    assert Stand().begin(acme=text("Acme")).loop.pause() <= TICK


def test_polling_looks_every_few_seconds() -> None:
    stand = Stand()
    stand.script.mode = Mode(is_polling=True, why="as asked for")
    stand.begin(acme=text("Acme"))
    stand.after(1, lambda: stand.memory.save("acme.md", text("Acme Ltd")))
    stand.run(2 * POLL + 1)
    assert stand.changes == [ACME]


def test_when_listening_fails_it_says_so_once_and_polls() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.script.mode = Mode(is_polling=True, why="only 3 of 4 folders can be watched")
    stand.tell_after(1, Rescan())
    stand.run(100)
    remarks = [told for told in stand.told if isinstance(told, Remarked)]
    assert len(remarks) == 1
    assert "only 3 of 4 folders" in remarks[0].message
    stand.after(1, lambda: stand.memory.save("acme.md", text("Acme Ltd")))
    stand.run(2 * POLL + 1)
    assert stand.changes == [ACME]


def test_when_the_folder_goes_away_nothing_is_built_until_it_is_back() -> None:
    stand = Stand().begin(acme=text("Acme"))
    files = dict(stand.memory.files)

    def unmount() -> None:
        stand.memory.home = None
        stand.memory.files.clear()

    def mount() -> None:
        stand.memory.home = (2, 2)
        stand.memory.files.update(files)
        stand.memory.save("acme.md", text("Acme Ltd"))

    stand.after(1, unmount, "acme.md")
    stand.run(100)
    assert stand.changes == []
    back = stand.clock.ticks + 1
    stand.after(1, mount)
    stand.run(60)
    assert stand.changes == [ACME]
    assert stand.work.builds[-1][0] - back < POLL + 1
    assert stand.script.starts == 2
    assert [type(told) for told in stand.told[2:]] == [Remarked, Remarked, Built]


def test_an_empty_mount_point_is_not_taken_for_the_vault() -> None:
    stand = Stand()
    stand.memory.save("prepvault.toml", "")
    stand.begin(acme=text("Acme"))

    def unmount() -> None:
        stand.memory.home = (2, 2)
        stand.memory.files.clear()

    stand.after(1, unmount, "acme.md")
    stand.run(300)
    assert stand.changes == []


def test_a_failed_round_is_told_once_and_the_next_looks_at_everything() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.work.trouble = RefusedError("a template fails", hint="mend it")
    stand.save_after(1, "acme.md", text("Acme 1"))
    stand.save_after(2, "acme.md", text("Acme 2"))
    stand.run(3)
    failures = [told for told in stand.told if isinstance(told, Failed)]
    assert failures == [Failed(message="a template fails", hint="mend it")]
    assert b"Acme 1" not in stand.work.shown["acme.md"], "the last good output stays"
    stand.work.trouble = None
    stand.save_after(1, "acme.md", text("Acme 3"))
    stand.run(2)
    assert stand.changes[-1] is None
    assert b"Acme 3" in stand.work.shown["acme.md"]
    assert isinstance(stand.told[-1], Built)
    assert stand.told[-1].cause == "again", "whoever was told of the failure is told that it is over"
    stand.save_after(1, "acme.md", text("Acme 4"))
    stand.run(2)
    assert stand.changes[-1] == ACME


def test_a_failed_round_is_tried_again_without_a_change() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.work.trouble = OutsideError("the disk is full")
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.run(2)
    stand.work.trouble = None
    stand.run(130)
    assert b"Acme Ltd" in stand.work.shown["acme.md"]
    last = [told for told in stand.told if isinstance(told, Built)][-1]
    assert last.cause == "again"


def test_our_own_bug_ends_no_watch() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.work.trouble = KeyError("x")
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    assert stand.run(3)
    failure = next(told for told in stand.told if isinstance(told, Failed))
    assert "a bug in PrepVault (KeyError)" in failure.message
    assert "ready to paste" in failure.hint


def test_a_change_of_settings_counts_from_then_on() -> None:
    stand = Stand()
    stand.memory.save("prepvault.toml", "a")
    stand.begin(acme=text("Acme"))
    stand.after(1, lambda: stand.set("watch.debounce_ms", 500))
    stand.save_after(1, "prepvault.toml", "b")
    stand.run(3)
    assert stand.changes == [None], "settings change everything"
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.run(3)
    assert stand.work.builds[-1][0] == pytest.approx(1004.5)


def test_reload_makes_everything_anew() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.tell_after(1, Reload())
    stand.run(2)
    assert stand.changes == [None]


def test_reload_makes_nothing_of_a_folder_that_is_gone() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.memory.home = None
    stand.tell_after(1, Reload())
    stand.run(20)
    assert stand.changes == []
    stand.memory.home = (1, 1)
    stand.run(20)
    assert stand.changes == [None]


def test_stop_ends_the_loop() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.tell_after(1, Stop())
    assert stand.run(20) is False


def test_a_stop_in_the_middle_of_a_build_ends_it_in_order() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.work.trouble = StopNow()  # type: ignore[assignment]
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.loop.run()
    assert isinstance(stand.told[-1], Ended)


def test_pages_are_made_anew_when_the_hour_changes_them() -> None:
    stand = Stand()
    stand.work.next_at = START + timedelta(minutes=90)
    stand.begin(acme=text("Acme"))
    stand.run(5300)
    assert stand.changes == []
    stand.work.next_at = START + timedelta(hours=30)
    stand.run(200)
    assert stand.changes == [frozenset()]
    assert stand.work.contexts[-1].now == START + timedelta(minutes=90)


def test_findings_are_told_when_they_are_new_and_when_they_are_gone() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.work.findings = (Finding("date/unreadable", Severity.ERROR, Place("acme.md", 4), "odd"),)
    stand.save_after(1, "acme.md", text("Acme 1"))
    stand.run(2)
    stand.work.findings = (Finding("date/unreadable", Severity.ERROR, Place("acme.md", 9), "odd"),)
    stand.save_after(1, "acme.md", text("Acme 2"))
    stand.run(2)
    stand.work.findings = ()
    stand.save_after(1, "acme.md", text("Acme 3"))
    stand.run(2)
    rounds = [told for told in stand.told if isinstance(told, Built)][1:]
    assert [(len(told.fresh), len(told.gone)) for told in rounds] == [(1, 0), (0, 0), (0, 1)]


def test_coaching_waits_for_half_a_minute_of_quiet() -> None:
    stand = Stand().begin(acme=text("Acme"))
    before = len(stand.work.coachings)
    for second in range(1, 20, 2):
        stand.save_after(second, "acme.md", text(f"Acme {second}"))
    stand.work.plan = {"acme.md": text("coached")}
    stand.run(19 + 29)
    assert len(stand.work.coachings) == before
    stand.run(3)
    assert len(stand.work.coachings) == before + 1
    assert b"coached" in stand.work.shown["acme.md"]


def test_coaching_waits_while_a_note_is_being_saved() -> None:
    stand = Stand().begin(acme=text("Acme"), zeta=text("Zeta"))
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.save_after(30.9, "zeta.md", "")
    before = len(stand.work.coachings)
    stand.run(31.5)
    assert len(stand.work.coachings) == before
    stand.save_after(0, "zeta.md", text("Zeta Ltd"))
    stand.run(40)
    assert len(stand.work.coachings) == before + 1


def test_our_own_write_causes_one_build_and_no_round() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.work.plan = {"acme.md": text("coached")}
    stand.run(31.5)
    told = len(stand.told)
    stand.after(0, lambda: None, "acme.md")
    stand.run(3600)
    assert stand.changes == [ACME, ACME]
    assert len([each for each in stand.told if isinstance(each, Wrote)]) == 1
    assert len(stand.told) == told


def test_a_save_of_the_user_right_after_our_write_is_seen() -> None:
    """A window of time after our write would swallow it; the bytes tell the two apart."""
    stand = Stand().begin(acme=text("Acme"))
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.work.plan = {"acme.md": text("coached")}
    stand.run(31.04)
    stand.save_after(0, "acme.md", text("typed in the same moment"))
    stand.run(1)
    assert b"typed in the same moment" in stand.work.shown["acme.md"]


def test_a_note_that_rests_is_written_although_another_is_being_edited() -> None:
    stand = Stand().begin(acme=text("Acme"), zeta=text("Zeta"))
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    for second in range(2, 400, 10):
        stand.save_after(second, "zeta.md", text(f"Zeta {second}"))
    stand.work.plan = {"acme.md": text("coached"), "zeta.md": text("coached too early")}
    stand.run(350)
    assert b"coached" in stand.memory.files["acme.md"][0]
    assert b"coached" not in stand.memory.files["zeta.md"][0]
    stand.run(200)
    assert b"coached" in stand.memory.files["zeta.md"][0]


def test_without_coaching_no_note_is_ever_written() -> None:
    stand = Stand(coaches=False).begin(acme=text("Acme"))
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.work.plan = {"acme.md": text("coached")}
    stand.run(500)
    assert stand.work.coachings == []


def test_coaching_that_gave_way_to_a_save_is_tried_again_without_a_word() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.work.plan, stand.work.gives_way = {"acme.md": text("coached")}, True
    stand.run(40)
    assert b"coached" not in stand.memory.files["acme.md"][0]
    told = len(stand.told)
    stand.run(30)
    assert b"coached" in stand.memory.files["acme.md"][0]
    assert [type(each) for each in stand.told[told:]] == [Wrote, Built]


def test_coaching_that_fails_is_tried_again_a_minute_later() -> None:
    stand = Stand().begin(acme=text("Acme"))
    stand.save_after(1, "acme.md", text("Acme Ltd"))
    stand.work.plan = {"acme.md": text("coached")}
    stand.work.coach_trouble = OutsideError("the journal cannot be kept")
    stand.run(40)
    assert Failed(message="the journal cannot be kept") in stand.told
    stand.work.coach_trouble = None
    stand.run(70)
    assert b"coached" in stand.memory.files["acme.md"][0]


def test_reminders_come_at_their_moment_and_after_every_round() -> None:
    def moments() -> Iterator[datetime | None]:
        yield START + timedelta(minutes=10)
        yield START + timedelta(minutes=10)
        while True:
            yield None

    stand = Stand(remind_next=moments()).begin(acme=text("Acme"))
    assert stand.reminded == [1000.0]
    stand.save_after(60, "acme.md", text("Acme Ltd"))
    stand.run(599)
    assert stand.reminded == [1000.0, pytest.approx(1060.04)]
    stand.run(30)
    assert stand.reminded[2] == pytest.approx(1600)
    assert len(stand.reminded) == 3


def test_a_reminder_between_rounds_goes_by_the_time_of_now() -> None:
    """By that of the last round it would never be due, and would be asked for without a pause."""

    def moments() -> Iterator[datetime | None]:
        yield START + timedelta(minutes=10)
        while True:
            yield None

    stand = Stand(remind_next=moments()).begin(acme=text("Acme"))
    stand.run(601)
    assert stand.reminded_for == [START, START + timedelta(minutes=10)]


def test_reminders_come_although_the_output_cannot_be_made() -> None:
    def moments() -> Iterator[datetime | None]:
        yield START + timedelta(minutes=10)
        while True:
            yield None

    stand = Stand(remind_next=moments())
    stand.work.trouble = OutsideError("the disk is full")
    stand.begin(acme=text("Acme"))
    assert stand.reminded == [1000.0]


def test_a_reminder_is_not_missed_when_the_clock_jumps_over_it() -> None:
    def moments() -> Iterator[datetime | None]:
        yield datetime(2026, 2, 9, 12, 0, tzinfo=UTC)
        while True:
            yield None

    stand = Stand(remind_next=moments()).begin(acme=text("Acme"))

    def sleep() -> None:
        stand.clock.wall += timedelta(hours=9)

    stand.after(5, sleep)
    stand.run(40)
    assert len(stand.reminded) >= 2
