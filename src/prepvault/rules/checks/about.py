"""What the user wrote about themselves, against their stories and what interviews ask for."""

from collections.abc import Iterator

from prepvault.model.about import About, Weakness
from prepvault.model.card import Library
from prepvault.model.finding import Finding, Place, Severity
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.rules.about import settle_about, story_of
from prepvault.rules.competencies import title_of
from prepvault.rules.prose import find_phrases, word_count

CORE = 2
"""How many of the most asked competencies are the core of an interview: no place for a weakness."""


def check_about(vault: Vault, library: Library) -> Iterator[Finding]:
    """Report, as hints, what an interviewer would ask about first: no proof, disguises, what is too long."""
    about = settle_about(vault.about, vault.stories, library.competencies)
    yield from _unproved(about, vault)
    yield from _disguised(about, library)
    yield from _at_the_core(about, vault, library)
    yield from _too_long(about, vault, library)


def _unproved(about: About, vault: Vault) -> Iterator[Finding]:
    for strength in about.strengths:
        if story_of(strength, vault.stories):
            continue
        if strength.story:
            message = f"the strength `{strength.name}` names the story `{strength.story}`, which is not there"
            hint = "write that story, or link the one you mean"
        else:
            message = f"the strength `{strength.name}` has no story that shows it"
            hint = f"link one: **{strength.name}**: [[name of the story]]"
        yield _finding("about/no-story", about, strength.line, message, hint)


def _disguised(about: About, library: Library) -> Iterator[Finding]:
    phrases = library.words.get("disguised_strengths", ())
    for weakness in about.weaknesses:
        found = find_phrases(f"{weakness.name}. {weakness.text}", phrases)
        if found:
            message = f"the weakness `{weakness.name}` sounds like a strength in disguise: `{found[0]}`"
            hint = "name something that cost you or others, and what you do now"
            yield _finding("about/disguised", about, weakness.line, message, hint)


def _at_the_core(about: About, vault: Vault, library: Library) -> Iterator[Finding]:
    """Compare weaknesses with what open interviews ask for most; one finding for each weakness."""
    tagged = [weakness for weakness in about.weaknesses if weakness.tag]
    if not tagged:
        return
    from prepvault.rules.dossiers import Dossiers  # every command checks, and few vaults come this far

    dossiers = Dossiers(vault, library)
    asked = [(each, dossiers.demands_of(each)[:CORE]) for each in vault.interviews if each.is_open]
    for weakness in tagged:
        meets = [each for each, demands in asked if weakness.tag in {demand.tag for demand in demands}]
        if meets:
            yield _core(about, weakness, meets, title_of(weakness.tag, library.competencies))


def _core(about: About, weakness: Weakness, meets: list[Interview], title: str) -> Finding:
    more = f" and {len(meets) - 1} more" if len(meets) > 1 else ""
    message = f"the weakness `{weakness.name}` is {title}, what `{meets[0].title}`{more} asks for most"
    hint = "keep another one ready for that interview"
    return _finding("about/core", about, weakness.line, message, hint)


def _too_long(about: About, vault: Vault, library: Library) -> Iterator[Finding]:
    for prompt in library.standing:
        count = word_count(about.answers.get(prompt.id, ""))
        if count > prompt.most_words:
            message = f"the answer to `{prompt.text}` has {count} words, and {prompt.most_words} are enough"
            hint = "keep the first reason and what you look for; let them ask for the rest"
            yield _finding("about/long", about, _line_of(prompt.text, about, vault), message, hint)


def _line_of(text: str, about: About, vault: Vault) -> int:
    """Find the line of a prompt's heading; the first line where it is worded otherwise."""
    head = vault.heads.get(about.path)
    for number, line in enumerate(head.body.splitlines() if head else (), head.body_line if head else 1):
        if text.casefold() in line.casefold():
            return number
    return 1


def _finding(code: str, about: About, line: int, message: str, hint: str) -> Finding:
    return Finding(code, Severity.INFO, Place(about.path, line), message, hint)
