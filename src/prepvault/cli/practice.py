"""`prepvault practice`: recall stories and answers from memory, spaced up to the interview."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from prepvault.cli import report, wording
from prepvault.cli.options import Options, complete_interview, json_option, pass_options, vault_command

if TYPE_CHECKING:
    from prepvault.jobs.practice import Practice
    from prepvault.model.practice import CardState, Grade, PracticePlan

_KEYS = "1 again, 2 hard, 3 good, 4 easy, five scores like 33243, s skip, q end"


@vault_command("practice", example="prepvault practice kestrel --minutes 15")
@click.argument("interview", required=False, metavar="[INTERVIEW]", shell_complete=complete_interview)
@click.option("--minutes", type=click.IntRange(1, 120), help="How long the session is.")
@click.option(
    "--list", "only_list", is_flag=True, help="Show what is due and what is weakest; drill nothing."
)
@click.option("--sheet", is_flag=True, help="Print a sheet from which a friend can run a mock interview.")
@json_option
@pass_options
def command(
    options: Options, /, interview: str | None, *, minutes: int | None, as_json: bool, **flags: bool
) -> None:
    """Drill stories, likely questions and weak answers for an INTERVIEW, else for the next one.

    You see a prompt, answer aloud, press Enter, compare and say how it went. Cards come back when you would
    begin to forget them, the last time on the eve. Every answer is kept at once: stop whenever you like.
    """
    from prepvault.jobs.pick import pick_interview
    from prepvault.jobs.practice import mock_sheet, open_practice

    context, vault = options.load()
    picked = pick_interview(vault, interview) if interview else None
    practice = open_practice(context, vault, picked)
    plan = practice.plan(minutes=minutes or 0)
    if flags["sheet"]:
        _say_sheet(practice, mock_sheet(practice, minutes=minutes or 0), as_json=as_json)
    elif as_json:
        report.say_json("practice", _record(practice, plan))
    elif flags["only_list"] or not report.is_terminal(sys.stdin):
        _say_plan(practice, plan)
    else:
        _drill(options, practice, plan)


def _say_sheet(practice: Practice, text: str, *, as_json: bool) -> None:
    if as_json:
        report.say_json("practice-sheet", {"interview": _id_of(practice), "text": text})
    else:
        report.say_rendered(text)


def _drill(options: Options, practice: Practice, plan: PracticePlan) -> None:
    """Go through the queue; what failed comes again at the end."""
    from prepvault.jobs.practice import queue_after

    _say_title(practice, plan)
    if not plan.queue:
        _say_next(plan)
        return
    report.say(report.Styled("Answer aloud, then press Enter. Stop with q or Ctrl-C.", "dim"))
    queue, done = plan.queue, 0
    try:
        while queue:
            state, queue = queue[0], queue[1:]
            told = _ask(practice, state, f"{done + 1}/{done + 1 + len(queue)}")
            if told is None:
                break
            done += told > 0
            queue = queue_after(state, queue, _grade(told)) if told else queue
    except (KeyboardInterrupt, click.Abort):
        report.say()
        options.tell(f"stopped; {wording.plural(done, 'answer')} kept")
        raise
    report.say()
    options.tell(f"{wording.plural(done, 'answer')} kept")
    _say_weakest(practice.plan(minutes=plan.minutes))


def _ask(practice: Practice, state: CardState, place: str) -> int | None:
    """Ask one card; the grade as a number, 0 for skipped, None to end."""
    card = state.card
    report.say()
    report.say(report.Styled(f"{place}  {card.kind} · {state.seconds} s", "dim"))
    for line in wording.wrapped(card.prompt):
        report.say(report.Styled(line, "strong"))
    began = practice.now()
    if _read("").lower() == "q":
        return None
    seconds = int((practice.now() - began).total_seconds())
    _say_answer(state)
    return _hear_grade(practice, state, seconds)


def _say_answer(state: CardState) -> None:
    for text in state.card.answer:
        for line in wording.wrapped(text, indent="  ", hanging="    "):
            report.say(line)
    if state.level and state.card.probes:
        report.say(report.Styled("  They may go on:", "dim"))
        for probe in state.card.probes[:2]:
            report.say(f"  - {probe}")


def _hear_grade(practice: Practice, state: CardState, seconds: int) -> int | None:
    """Hear how it went and put it down; asks again until it understands."""
    from prepvault.jobs.practice import graded
    from prepvault.model.practice import Grade

    while (typed := "".join(_read(f"{_KEYS}: ").lower().split())) != "q":
        if typed == "s":
            return 0
        scores = tuple(int(each) for each in typed) if _are_scores(typed) else ()
        if scores or typed in {"1", "2", "3", "4"}:
            grade = graded(scores, state, seconds) if scores else Grade(int(typed))
            practice.record(state, grade, seconds=seconds, scores=scores)
            return int(grade)
        report.say(f"no grade `{typed[:12]}`")
    return None


def _are_scores(typed: str) -> bool:
    return len(typed) == 5 and set(typed) <= set("1234")


def _grade(number: int) -> Grade:
    from prepvault.model.practice import Grade

    return Grade(number)


def _read(prompt: str) -> str:
    """Read a line; the end of input ends the session."""
    try:
        return input(prompt).strip()
    except EOFError:
        return "q"


def _say_title(practice: Practice, plan: PracticePlan) -> None:
    what = practice.interview.title if practice.interview else "Story bank"
    when = f", {wording.countdown(plan.starts, plan.now)}" if plan.starts else ""
    report.say(report.Styled(f"{what}{when}", "strong"))
    seconds = sum(state.seconds + 20 for state in plan.queue)
    more = f", {plan.waiting} more due" if plan.waiting else ""
    report.say(
        f"{wording.plural(len(plan.queue), 'card')} of {plan.total}, about {round(seconds / 60)} min{more}"
    )


def _say_plan(practice: Practice, plan: PracticePlan) -> None:
    _say_title(practice, plan)
    for state in plan.queue:
        for line in wording.wrapped(f"{state.card.kind}: {state.card.prompt}", indent="- ", hanging="  "):
            report.say(line)
    _say_weakest(plan)


def _say_weakest(plan: PracticePlan) -> None:
    if plan.weakest:
        report.say()
        report.say("Least sure on the day:" if plan.starts else "Least sure:")
        for state in plan.weakest:
            for line in wording.wrapped(state.card.prompt, indent="- ", hanging="  "):
                report.say(line)
    _say_next(plan)


def _say_next(plan: PracticePlan) -> None:
    if plan.next_due and plan.next_due > plan.now:
        report.say(f"Next: {wording.moment(plan.next_due)}, {wording.countdown(plan.next_due, plan.now)}")
    elif not plan.queue:
        report.say("Nothing more is due before the interview: rest.")


def _record(practice: Practice, plan: PracticePlan) -> dict[str, object]:
    return {
        "interview": _id_of(practice),
        "total": plan.total,
        "waiting": plan.waiting,
        "next_due": plan.next_due.isoformat() if plan.next_due else None,
        "queue": [_card(state) for state in plan.queue],
        "weakest": [_card(state) for state in plan.weakest],
    }


def _id_of(practice: Practice) -> str | None:
    return practice.interview.id if practice.interview else None


def _card(state: CardState) -> dict[str, object]:
    return {
        "id": state.card.id,
        "kind": state.card.kind,
        "prompt": state.card.prompt,
        "answer": list(state.card.answer),
        "probes": list(state.card.probes),
        "seconds": state.seconds,
        "reviews": state.reviews,
        "due": state.due.isoformat() if state.due else None,
        "recall": round(state.recall, 3) if not state.is_new else None,
    }
