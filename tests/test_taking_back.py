"""Undo after undo, coaching after undo, and the same write made by another run meanwhile."""

from collections.abc import Callable
from pathlib import Path

from prepvault.jobs.context import open_root
from prepvault.jobs.write import apply_changes
from prepvault.model.change import Change
from prepvault.outside.disk import read_note
from tests.conftest import NOW, Maker, Ran

Run = Callable[..., Ran]


def two_notes(make_vault: Maker) -> Path:
    return make_vault(
        "".join(
            f"=== Interviews/{name}.md\n---\nid: int_{name}_1\ncompany: {name}\nrole: Engineer\n"
            "interview_type: technical\nscheduled_at: 2026-03-10T10:00:00\nstatus: scheduled\n"
            "created_at: 2026-01-01T10:00:00\n---\nmine\n"
            for name in ("alpha", "beta")
        )
    )


def test_a_note_that_moved_on_does_not_bar_the_way_to_earlier_writes(make_vault: Maker, run: Run) -> None:
    root = two_notes(make_vault)
    alpha, beta = (root / "Interviews" / f"{name}.md" for name in ("alpha", "beta"))
    first = alpha.read_bytes()
    assert run("status", "alpha", "confirmed", vault=root).code == 0
    assert run("coach", vault=root).code == 0
    beta.write_bytes(beta.read_bytes() + b"typed since\n")
    assert run("undo", vault=root).code == 1  # alpha is restored, beta has moved on
    kept = beta.read_bytes()
    assert run("undo", vault=root).code == 0
    assert alpha.read_bytes() == first
    assert beta.read_bytes() == kept


def test_coaching_that_was_taken_back_may_be_offered_again(make_vault: Maker, run: Run) -> None:
    root = two_notes(make_vault)
    alpha = root / "Interviews" / "alpha.md"
    first = alpha.read_bytes()
    assert run("coach", vault=root).code == 0
    coached = alpha.read_bytes()
    assert run("undo", vault=root).code == 0
    assert alpha.read_bytes() == first
    assert run("coach", vault=root).code == 0
    assert alpha.read_bytes() == coached


def test_what_another_run_wrote_just_the_same_is_unchanged(make_vault: Maker) -> None:
    root = two_notes(make_vault)
    context = open_root(root, now=NOW.isoformat())
    note = read_note(root, "Interviews/alpha.md")
    change = Change(note.path, note.digest, note.data + b"more\n", "test")
    assert apply_changes(context, [change]).written == (note.path,)
    again = apply_changes(context, [change])
    assert (again.written, again.unchanged, again.refused) == ((), 1, ())
