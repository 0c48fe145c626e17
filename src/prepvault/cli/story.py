"""`prepvault story`: write, list, check and match STAR stories."""

from __future__ import annotations

import sys
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from prepvault.cli import report, story_words, wording
from prepvault.cli.asking import before_writing
from prepvault.cli.options import Options, interview_argument, json_option, pass_options, vault_command
from prepvault.errors import UsageError

if TYPE_CHECKING:
    from prepvault.jobs.context import Context
    from prepvault.jobs.stories import StoryBank
    from prepvault.model.vault import Vault

_PARTS = ("headline", "situation", "task", "action", "result", "reflection")
_AGREED = "Enter leaves a part for later."


@click.group(
    "story",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: prepvault story match kestrel",
)
def command() -> None:
    """Write, list, check and match STAR stories: the evidence that every answer rests on."""


@vault_command("new", example='prepvault story new "The import that had to stop" --for ownership')
@click.argument("title", nargs=-1)
@click.option(
    "--for", "primary", default="", metavar="TAG", help="The competency that it shows best, one of the list."
)
@click.option("--also", "secondary", multiple=True, metavar="TAG", help="One it shows too; may repeat.")
@click.option("--when", default="", metavar="TEXT", help="When it happened: `2024`, `spring 2025`.")
@click.option("--scope", default="", metavar="TEXT", help="self, team, several teams or organisation.")
@click.option("--domain", default="", metavar="TEXT", help="The project or field it is from.")
@click.option(
    "--number", "numbers", multiple=True, metavar="TEXT", help='Like "9 min, was 6 h, per run 2024 (cv)".'
)
@click.option("--headline", default="", metavar="TEXT", help="The result in one line.")
@click.option("--situation", default="", metavar="TEXT", help="Who, when, what was at stake.")
@click.option("--task", default="", metavar="TEXT", help="What fell to you.")
@click.option("--action", default="", metavar="TEXT", help="What you did, and why that way.")
@click.option("--result", default="", metavar="TEXT", help="From what, to what, in how long.")
@click.option("--reflection", default="", metavar="TEXT", help="What you do differently since.")
@json_option
@pass_options
def new(options: Options, /, title: tuple[str, ...], *, as_json: bool, **typed: Any) -> None:
    """Write a new story's note; asks for what is missing on a terminal, leaves prompts elsewhere."""
    from prepvault.jobs.stories import NewStory, competencies_of, new_story

    context, vault = options.load()
    parts = {name: typed.pop(name) for name in _PARTS}
    name = " ".join(title)
    if not (name and typed["primary"]):
        if not (report.is_terminal(sys.stdin) and report.is_terminal(sys.stderr)):
            missing = "TITLE" if not name else "--for"
            raise UsageError(f"missing: {missing}", hint="`prepvault story new --help` has an example")
        with before_writing():
            typed["primary"] = typed["primary"] or _ask_competency(context, vault)
            for line in story_words.competency_lines(competencies_of(context).get(typed["primary"])):
                report.tell(line)
            name = name or click.prompt("Title, a few words that bring it back", err=True)
            parts |= _ask_parts({key for key, text in parts.items() if text})
    written = new_story(context, vault, NewStory(title=name, parts=parts, **typed))
    if as_json:
        report.say_json("story-written", {"id": written.id, "note": written.path})
        return
    report.say(written.id)
    report.say(written.path)
    options.tell(f"when it is written: prepvault story check {quote(written.id)}")


def _ask_competency(context: Context, vault: Vault) -> str:
    """Ask what the story is for; what is asked for next and missing is offered."""
    from prepvault.jobs.pick_story import pick_competency
    from prepvault.jobs.stories import competencies_of, own_tags, read_bank

    read = read_bank(context, vault)
    known = competencies_of(context)
    own = own_tags(vault, known)
    missing = [need for need in read.bank.needs if need.open_in]
    for line in story_words.asked_next(missing):
        report.tell(line)
    for line in story_words.tag_lines(known):
        report.tell(line)
    following = read.bank.next_need
    while True:
        typed = click.prompt("For which", default=following.tag if following else None, err=True)
        try:
            return pick_competency(known, str(typed), own)
        except UsageError as error:
            for line in wording.wrapped(f"{error.message}; {error.hint}", indent="  "):
                report.tell(report.safe(line))


def _ask_parts(written: set[str]) -> dict[str, str]:
    """Ask for the parts that were not given, each after what it needs."""
    from prepvault.jobs.stories import part_prompts

    report.tell(f"  {_AGREED}")
    answers = {}
    for name, prompt in part_prompts().items():
        if name not in written:
            for line in wording.wrapped(prompt, indent="  "):
                report.tell(report.Styled(line, "dim"))
            answers[name] = str(click.prompt(name.capitalize(), default="", show_default=False, err=True))
    return answers


@vault_command("list", example="prepvault story list --for conflict")
@click.option("--for", "tag", default="", metavar="TAG", help="Only stories that show this competency.")
@click.option("--all", "with_retired", is_flag=True, help="Retired stories too.")
@json_option
@pass_options
def list_(options: Options, tag: str, *, with_retired: bool, as_json: bool) -> None:
    """List the bank: what each story shows, how strong it is, how often it was told."""
    from prepvault.jobs.pick_story import pick_competency
    from prepvault.jobs.stories import own_tags, read_bank
    from prepvault.jobs.story_records import review_record

    context, vault = options.load()
    read = read_bank(context, vault)
    wanted = pick_competency(read.competencies, tag, own_tags(vault, read.competencies)) if tag else ""
    reviews = [
        each
        for each in read.bank.reviews
        if (with_retired or not each.story.retired) and (not wanted or wanted in read.tags_of(each.story))
    ]
    if as_json:
        records = [review_record(each, read.told.get(each.story.id, 0)) for each in reviews]
        report.say_json("stories", {"count": len(records), "stories": records})
        return
    report.say_table(story_words.table(reviews, read.told))
    if not reviews:
        options.tell("no stories" + (f" for {wanted}" if wanted else " yet") + "; prepvault story new")
    for line in story_words.asked_next([need for need in read.bank.needs if need.open_in]):
        options.tell(line)


@vault_command("check", example='prepvault story check "the import"')
@click.argument("story", nargs=-1)
@json_option
@pass_options
def check(options: Options, story: tuple[str, ...], *, as_json: bool) -> None:
    """Read STORY closely, or the whole bank: shares, whose story it is, numbers, length, what to mend."""
    from prepvault.jobs.pick_story import pick_story
    from prepvault.jobs.stories import read_bank
    from prepvault.jobs.story_records import bank_record, review_record

    context, vault = options.load()
    read = read_bank(context, vault)
    picked = pick_story(vault, " ".join(story)) if story else None
    reviews = [each for each in read.bank.reviews if picked is None or each.story == picked]
    if as_json:
        records = [review_record(each, read.told.get(each.story.id, 0)) for each in reviews]
        report.say_json("story-check", {"stories": records, **({} if picked else bank_record(read))})
        return
    if picked:
        for line in story_words.whole_review(reviews[0], read.competency_of(picked)):
            report.say(line)
        return
    _say_bank(read)


def _say_bank(read: StoryBank) -> None:
    for review in read.bank.reviews:
        for line in story_words.short_review(review):
            report.say(line)
    for line in story_words.health(read):
        report.say(line)


@vault_command("match", example="prepvault story match kestrel")
@interview_argument
@json_option
@pass_options
def match(options: Options, interview: str, *, as_json: bool) -> None:
    """Match stories to what INTERVIEW asks for, so that together they answer as much as they can."""
    from prepvault.jobs.stories import match_interview
    from prepvault.jobs.story_records import match_record

    context, vault, picked = options.pick(interview)
    found = match_interview(context, vault, picked)
    if as_json:
        report.say_json("story-match", match_record(picked, found.match))
        return
    report.say(report.Styled(f"{picked.title}: {picked.type_label.lower()}", "strong"))
    lines = story_words.match_lines(
        found.match, found.competencies, found.states, has_stories=bool(vault.stories)
    )
    for line in lines:
        report.say(line)


for _each in (new, list_, check, match):
    command.add_command(_each)
