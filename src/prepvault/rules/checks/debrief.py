"""Debriefs that say more than the front matter does, and links in them that lead nowhere."""

from collections.abc import Iterator

from prepvault.model.debrief import Debrief
from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.interview import Interview, Outcome
from prepvault.model.vault import Vault
from prepvault.rules.checks.places import place_of
from prepvault.rules.links import normal_name


def check_debriefs(vault: Vault) -> Iterator[Finding]:
    """Report a promised day of answer that drives nothing, and told stories that no note is called."""
    known = _names(vault)
    for interview in vault.interviews:
        debrief = vault.debriefs.get(interview.path)
        if debrief:
            yield from _answer_day(vault, interview, debrief)
            yield from _stories(interview, debrief, known)


def _answer_day(vault: Vault, interview: Interview, debrief: Debrief) -> Iterator[Finding]:
    if interview.reply_by or interview.outcome not in {None, Outcome.PENDING}:
        return
    promised = (each for each in debrief.promises if each.by == "them" and each.due and not each.is_kept)
    promise = next(promised, None)
    if promise and promise.due:
        name = vault.settings.property_name("reply_by")
        message = (
            f"they promised `{promise.text}` by {promise.due.isoformat()}, and nothing reminds you of it"
        )
        hint = f"write {name}: {promise.due.isoformat()}"
        place = place_of(vault, interview.path, "reply_by")
        yield Finding(
            "debrief/reply-by", Severity.INFO, place, message, hint, expected=promise.due.isoformat()
        )


def _stories(interview: Interview, debrief: Debrief, known: frozenset[str]) -> Iterator[Finding]:
    for asked in debrief.asked:
        for story in asked.stories:
            if _key(story) not in known:
                message = f"the debrief links to `{story}`, which no note is called"
                hint = "correct the link, so that the story counts as told here"
                yield Finding(
                    "debrief/story", Severity.INFO, Place(interview.path, asked.line), message, hint, story
                )


def _names(vault: Vault) -> frozenset[str]:
    """Every way a link may name a note, and the titles and ids of stories."""
    ways = (way for path in vault.names for way in (path, path.rpartition("/")[2]))
    titles = (name for story in vault.stories for name in (story.title, story.id))
    return frozenset(map(_key, (*ways, *titles)))


def _key(text: str) -> str:
    return normal_name(text.partition("#")[0].strip().strip("/")).removesuffix(".md")
