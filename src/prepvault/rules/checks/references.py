"""Links in properties that lead nowhere."""

from collections.abc import Iterator
from unicodedata import normalize

from prepvault.model.finding import Finding, Severity
from prepvault.model.interview import Interview
from prepvault.model.vault import Vault
from prepvault.rules.checks.places import place_of


def check_references(vault: Vault) -> Iterator[Finding]:
    """Report, as information only, linked people and applications that no file is named after."""
    known = _known_names(vault.names)
    jobs = vault.settings.text("vault.jobs")
    keeps_jobs = bool(jobs) and any(name.startswith(f"{jobs}/") for name in vault.names)
    for interview in vault.interviews:
        for name, target in _targets(interview):
            if _key(target) not in known:
                message = f"`{name}` links to `{target}`, which no note or file is called"
                yield _finding(
                    vault, interview, "link/missing", name, message, "make the note, or correct the link"
                )
        if keeps_jobs and interview.job_id and _key(f"{jobs}/{interview.job_id}") not in known:
            message = f"no note in {jobs} is called `{interview.job_id}`"
            hint = f"make {jobs}/{interview.job_id}.md, or correct `job_id`"
            yield _finding(vault, interview, "job/unknown", "job_id", message, hint)


def _targets(interview: Interview) -> Iterator[tuple[str, str]]:
    for person in interview.people:
        if person.link:
            yield "interviewer", person.link


def _known_names(names: tuple[str, ...]) -> frozenset[str]:
    """Every way a link may name a file: by path or by name, with its ending or, for notes, without."""
    known = set()
    for path in names:
        for way in (path, path.rpartition("/")[2]):
            known |= {_key(way), _key(way.removesuffix(".md"))}
    return frozenset(known)


def _key(text: str) -> str:
    return (
        normalize("NFC", text)
        .replace("\u00a0", " ")
        .strip()
        .removesuffix(".md")
        .removeprefix("./")
        .casefold()
    )


def _finding(vault: Vault, interview: Interview, code: str, name: str, message: str, hint: str) -> Finding:
    return Finding(code, Severity.INFO, place_of(vault, interview.path, name), message, hint)
