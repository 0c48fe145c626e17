"""Code names for a public page: companies, people, places, links and every word of the user's go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from prepvault.model.finding import Finding, Place
from prepvault.model.interview import Interview, Person, Session, Venue
from prepvault.model.settings import SETTINGS_BY_KEY, Settings
from prepvault.model.story import Story
from prepvault.model.vault import Unread, Vault
from prepvault.rules.companies import company_key
from prepvault.rules.coverage import COMPETENCIES

HIDDEN = "the details are hidden on this page"
_VENUES = {"video": "Video call", "phone": "Phone", "in_person": "On site"}
_NAMING = ("vault.name", "vault.id", "site.title", "feed.name", "profile.name", "profile.email")
_NAMING_TOO = ("profile.phone", "profile.role", "profile.goal", "profile.achievements")


def letters(number: int) -> str:
    """Count in letters: A to Z, then AA, AB and so on, from zero."""
    text = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("A") + digit) + text
    return text


def code_names(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """Give each name a code name in order of appearance; spellings that differ in case share one."""
    codes: dict[str, str] = {}
    for name in names:
        key = company_key(name)
        if key and key not in codes:
            codes[key] = f"{prefix} {letters(len(codes))}"
    return codes


@dataclass(frozen=True, slots=True)
class _Codes:
    """Every code name of one vault."""

    companies: Mapping[str, str]
    roles: Mapping[str, str]
    people: Mapping[str, str]
    jobs: Mapping[str, str]
    ids: Mapping[str, str]
    paths: Mapping[str, str]


def redact(vault: Vault, families: Mapping[str, tuple[str, str]] | None = None) -> Vault:
    """Replace what could name anyone by code names that depend only on order; note texts are dropped.

    `families` may give an interview's role family, as id and title from the library, in place of its role.
    """
    codes = _codes_of(vault)
    known = families or {}
    paths = codes.paths
    return Vault(
        name="vault",
        settings=_settings(vault.settings),
        interviews=tuple(_interview(each, codes, known.get(each.id)) for each in vault.interviews),
        unread=tuple(Unread(paths[each.path], _stem(paths[each.path])) for each in vault.unread),
        stories=tuple(_story(each, codes) for each in vault.stories),
        companies=tuple(
            replace(
                each,
                name=codes.companies[company_key(each.name)],
                path=paths[each.path],
                website="",
                aliases=tuple(
                    codes.companies[company_key(alias)] for alias in each.aliases if company_key(alias)
                ),
            )
            for each in vault.companies
        ),
        findings=tuple(_finding(each, paths) for each in vault.findings),
    )


def _codes_of(vault: Vault) -> _Codes:
    rounds = vault.interviews
    companies = [each.company for each in rounds]
    notes = sorted(vault.companies, key=lambda each: each.path)
    people = [person.name for each in rounds for person in _everyone(each)]
    paths = {each.path: f"Interviews/interview-{n:02}.md" for n, each in enumerate(rounds, 1)}
    paths |= {each.path: f"Interviews/unread-{n:02}.md" for n, each in enumerate(vault.unread, 1)}
    paths |= {each.path: f"Stories/story-{n:02}.md" for n, each in enumerate(vault.stories, 1)}
    paths |= {each.path: f"Companies/company-{n:02}.md" for n, each in enumerate(notes, 1)}
    others = sorted({each.place.path for each in vault.findings} - set(paths))
    paths |= {path: f"note-{n:02}.md" for n, path in enumerate(others, 1)}
    aliases = [alias for each in notes for alias in each.aliases]
    return _Codes(
        companies=code_names("Company", [*companies, *(each.name for each in notes), *aliases]),
        roles=code_names("Role", (each.role for each in rounds)),
        people=code_names("Person", people),
        jobs=code_names("application", (each.job_id for each in rounds)),
        ids={each.id: f"interview-{n:02}" for n, each in enumerate(rounds, 1)},
        paths=paths,
    )


def _everyone(interview: Interview) -> tuple[Person, ...]:
    return (*interview.people, *(person for part in interview.sessions for person in part.people))


def _interview(interview: Interview, codes: _Codes, family: tuple[str, str] | None) -> Interview:
    family_id, family_title = family or ("", "")
    return replace(
        interview,
        id=codes.ids[interview.id],
        path=codes.paths[interview.path],
        company=codes.companies.get(company_key(interview.company), ""),
        role=family_title or codes.roles.get(company_key(interview.role), ""),
        role_family=family_id,
        job_id=codes.jobs.get(company_key(interview.job_id), "").lower().replace(" ", "-"),
        people=_people(interview.people, codes),
        venue=Venue(text=_VENUES.get(interview.venue.kind, ""), kind=interview.venue.kind),
        sessions=tuple(_session(part, n, codes) for n, part in enumerate(interview.sessions, 1)),
        reminders_sent=(),
        rescheduled_from=(),
        feedback="",
        notes="",
        job_description="",
        digest="",
    )


def _people(people: Iterable[Person], codes: _Codes) -> tuple[Person, ...]:
    return tuple(Person(codes.people.get(company_key(each.name), "")) for each in people)


def _session(session: Session, number: int, codes: _Codes) -> Session:
    return replace(session, title=f"Part {number}", people=_people(session.people, codes))


def _story(story: Story, codes: _Codes) -> Story:
    """Keep of a story what the matrix shows: competencies of the closed list, strength, uses."""
    number = codes.paths[story.path].removesuffix(".md").rpartition("-")[2]
    return Story(
        id=f"story-{number}",
        path=codes.paths[story.path],
        title=f"Story {letters(int(number) - 1)}",
        primary=story.primary if story.primary in COMPETENCIES else "",
        secondary=tuple(tag for tag in story.secondary if tag in COMPETENCIES),
        strength=story.strength,
        used=tuple(codes.ids[each] for each in story.used if each in codes.ids),
        retired=story.retired,
    )


def _finding(finding: Finding, paths: Mapping[str, str]) -> Finding:
    place = Place(paths[finding.place.path], finding.place.line, finding.place.column)
    return Finding(finding.code, finding.severity, place, HIDDEN, fixable=finding.fixable)


def _settings(settings: Settings) -> Settings:
    plain = {key: SETTINGS_BY_KEY[key].default for key in (*_NAMING, *_NAMING_TOO)}
    return replace(settings, values=MappingProxyType({**settings.values, **plain}), renamed={})


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
