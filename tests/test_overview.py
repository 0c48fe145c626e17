"""What stands where: upcoming, waiting, closed; loops, companies, progress, file names."""

from datetime import date, datetime, timedelta

import pytest

from prepvault.model.card import Item
from prepvault.model.company import Company
from prepvault.model.interview import InterviewType, Outcome, Person, Status
from prepvault.model.site import Standing
from prepvault.model.story import Story
from prepvault.rules.agenda import timeline
from prepvault.rules.companies import group_companies
from prepvault.rules.coverage import COMPETENCIES, coverage
from prepvault.rules.loops import group_loops
from prepvault.rules.overview import find_clashes, overview, standing_of, within
from prepvault.rules.progress import progress_of
from prepvault.rules.slugs import LONGEST, id_slug, slug_of, unique_slugs
from tests.conftest import NOW
from tests.dashboard import decided, interview


@pytest.mark.parametrize(
    ("hours", "status", "standing"),
    [
        (1, Status.SCHEDULED, Standing.UPCOMING),
        (-0.5, Status.SCHEDULED, Standing.UPCOMING),
        (-1, Status.SCHEDULED, Standing.WAITING),
        (-30, Status.IN_PROGRESS, Standing.WAITING),
        (30, Status.CANCELLED, Standing.CLOSED),
        (30, Status.COMPLETED, Standing.CLOSED),
        (5, Status.RESCHEDULED, Standing.UPCOMING),
    ],
)
def test_status_decides_first_then_the_end_on_the_clock(
    hours: float, status: Status, standing: Standing
) -> None:
    assert standing_of(interview(hours=hours, status=status), NOW) is standing


def test_upcoming_comes_soonest_first_and_the_rest_latest_first() -> None:
    rounds = [interview(name, hours) for name, hours in (("b", 9), ("a", 2), ("d", -9), ("c", -90))]
    view = overview(rounds, NOW)
    assert [each.id for each in view.upcoming] == ["a", "b"]
    assert [each.id for each in view.waiting] == ["d", "c"]


def test_the_next_days_count_what_is_under_way_and_stop_before_the_end() -> None:
    rounds = [interview("now", -0.5), interview("in", 167), interview("out", 168), interview("past", -5)]
    assert [each.id for each in within(rounds, NOW, timedelta(days=7))] == ["now", "in"]


def test_overlaps_are_found_but_touching_ends_are_not() -> None:
    first, second, third = interview("a", 1), interview("b", 1.5), interview("c", 2)
    assert find_clashes((third, second, first)) == {"a": ("b",), "b": ("a", "c"), "c": ("b",)}
    assert find_clashes((first, interview("d", 1, all_day=True))) == {}
    assert find_clashes((first, interview("e", 1, status=Status.CANCELLED))) == {}


def test_rounds_of_one_job_are_one_loop_and_so_are_company_and_role() -> None:
    rounds = [
        interview("a", -200, job_id="j", status=Status.COMPLETED, outcome=Outcome.ADVANCED),
        interview("b", 20, job_id="j"),
        interview("c", 30, company="Solo"),
        interview("d", -30, company="Pair", status=Status.COMPLETED),
        interview("e", -60, company="pair ", status=Status.COMPLETED),
    ]
    loops = {loop.ids: loop for loop in group_loops(rounds)}
    assert set(loops) == {("a", "b"), ("c",), ("e", "d")}
    assert loops[("a", "b")].slug == "j"
    assert loops[("a", "b")].state == "In progress"
    assert loops[("c",)].slug == ""
    assert loops[("e", "d")].slug == "pair-engineer"
    assert loops[("e", "d")].state == "Waiting for an answer"


def test_a_rejection_ends_a_loop_and_an_offer_keeps_it_open() -> None:
    loops = group_loops([decided("a", Outcome.REJECTED, job_id="x"), decided("b", Outcome.OFFER, job_id="y")])
    assert [(loop.job_id, loop.state, loop.is_active) for loop in loops] == [
        ("y", "Offer", True),
        ("x", "Rejected", False),
    ]


def test_companies_gather_by_name_and_alias_with_everyone_met() -> None:
    notes = [Company(name="Acme Robotics", path="Companies/Acme.md", aliases=("Acme",))]
    rounds = [
        interview("a", company="acme", people=(Person("Dana Roe"),)),
        interview("b", company="Acme Robotics", people=(Person("Dana Roe", "CTO"), Person("Kim"))),
        interview("c", company="Index"),
        interview("d", company=""),
    ]
    firms = group_companies(rounds, notes)
    assert [(firm.name, firm.slug) for firm in firms] == [
        ("Acme Robotics", "acme-robotics"),
        ("Index", firms[1].slug),
    ]
    assert firms[1].slug not in {"index", ""}
    assert [each.id for each in firms[0].interviews] == ["a", "b"]
    assert firms[0].people == (Person("Dana Roe", "CTO"), Person("Kim"))


def test_a_timeline_is_in_order_and_tells_earlier_times_first() -> None:
    moved = interview(rescheduled_from=("2026-02-01T10:00:00",), created_at=NOW, reply_by=date(2026, 2, 20))
    assert [moment.kind for moment in timeline(moved, ())] == ["moved", "booked", "start", "end", "reply"]
    assert timeline(moved, ())[0].at == datetime(2026, 2, 1, 10, tzinfo=moved.starts.tzinfo)
    unread = interview(rescheduled_from=("some other day",))
    assert timeline(unread, ())[0].text == "Moved from some other day"


def items(*phases: str) -> list[Item]:
    return [Item(id=f"i{n}", text=phase, phase=phase) for n, phase in enumerate(phases)]


def test_progress_counts_what_comes_before_without_what_was_struck() -> None:
    progress = progress_of(items("T-24h", "T-2h", "T-2h", "T+2h"), {"i0": "x", "i1": "-", "i3": "x"})
    assert (progress.done, progress.total) == (1, 2)
    assert [item.id for item in progress.next_items] == ["i2"]


def test_the_notes_own_word_completes_the_preparation() -> None:
    progress = progress_of(items("T-24h", "T-2h"), {}, is_complete=True)
    assert (progress.done, progress.total, progress.next_items, progress.is_complete) == (0, 2, (), True)


def test_next_items_are_musts_first_then_the_earliest() -> None:
    later, could = items("T-2h", "T-7d")
    must = Item(id="m", text="m", phase="T-10min", priority="must")
    assert [each.id for each in progress_of([later, could, must], {}).next_items] == ["m", "i1", "i0"]


def test_the_matrix_shows_gaps_and_the_users_own_competencies() -> None:
    stories = [
        Story(id="1", path="a.md", title="A", primary="ownership", secondary=("juggling",)),
        Story(id="2", path="b.md", title="B", primary="conflict", retired=True),
    ]
    matrix = coverage(stories)
    rows = dict(matrix.rows)
    assert rows["ownership"] == ("primary", "")
    assert rows["juggling"] == ("secondary", "")
    assert "conflict" in matrix.gaps
    assert list(rows)[: len(COMPETENCIES)] == list(COMPETENCIES)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Acme Robotics", "acme-robotics"),
        ("Łódź Data Sp. z o.o.", "lodz-data-sp-z-o-o"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-file"),
        ("Straße", "strasse"),
    ],
)
def test_slugs_are_plain(text: str, slug: str) -> None:
    assert slug_of(text) == slug


def test_slugs_of_other_scripts_are_hashes_and_long_ones_are_cut() -> None:
    assert slug_of("東京").startswith("n-")
    assert slug_of("東京") != slug_of("大阪")
    assert len(slug_of("a" * 300)) <= LONGEST
    assert slug_of("a" * 300) != slug_of("a" * 301)


def test_a_safe_id_names_its_page_and_another_gets_a_slug() -> None:
    assert id_slug("int_job_stripe_1674345600") == "int_job_stripe_1674345600"
    assert id_slug("INT/Über") == "int-uber"
    assert id_slug("nul") == "nul-file"


def test_names_that_differ_in_case_only_get_different_files_whatever_the_order() -> None:
    names = ["Acme", "acme", "ACME"]
    slugs = unique_slugs(names)
    assert len(set(slugs.values())) == 3
    assert slugs == unique_slugs(reversed(names))
    assert slugs["acme"] == "acme"
    assert unique_slugs(["stats"], reserved=("stats",))["stats"].startswith("stats-")


def test_unknown_types_stay_in_view() -> None:
    assert overview([interview(type=None)], NOW).upcoming[0].type_label == "Interview"
    assert InterviewType.ON_SITE.label == "On-site"
