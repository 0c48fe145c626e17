"""Code names for a public page: companies, people, places, links and every word of the user's go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from prepvault.model.company import Company
from prepvault.model.debrief import DIMENSIONS, Debrief
from prepvault.model.finding import Finding, Place
from prepvault.model.interview import Interview, Person, Session, Venue
from prepvault.model.settings import SETTINGS, Setting, Settings
from prepvault.model.story import SCOPES, Story, StoryUse
from prepvault.model.vault import Unread, Vault
from prepvault.rules.companies import company_key
from prepvault.rules.coverage import COMPETENCIES

HIDDEN = "the details are hidden on this page"
_LANDED = ("yes", "so-so", "no")
_VENUES = {"video": "Video call", "phone": "Phone", "in_person": "On site"}
_HARMLESS = frozenset({"zone", "lead", "leads"})
"""What texts in the settings may be that name nobody."""


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
    ids_by_path: Mapping[str, str]
    paths: Mapping[str, str]


def redact(vault: Vault, families: Mapping[str, tuple[str, str]] | None = None) -> Vault:
    """Replace what could name anyone by code names that depend only on order; note texts are dropped.

    Everything here is made anew from what is known to be harmless, so a new field is hidden until it is let
    through on purpose. Postings, research and the note about oneself go; of debriefs only scores stay.
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
        companies=tuple(_company(each, codes) for each in vault.companies),
        debriefs={
            codes.paths[path]: Debrief(
                scores={name: each.scores[name] for name in DIMENSIONS if name in each.scores}
            )
            for path, each in vault.debriefs.items()
            if path in codes.ids_by_path
        },
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
        ids_by_path={each.path: f"interview-{n:02}" for n, each in enumerate(rounds, 1)},
        paths=paths,
    )


def _everyone(interview: Interview) -> tuple[Person, ...]:
    return (*interview.people, *(person for part in interview.sessions for person in part.people))


def _interview(interview: Interview, codes: _Codes, family: tuple[str, str] | None) -> Interview:
    family_id, family_title = family or ("", "")
    return Interview(
        id=codes.ids[interview.id],
        path=codes.paths[interview.path],
        company=codes.companies.get(company_key(interview.company), ""),
        role=family_title or codes.roles.get(company_key(interview.role), ""),
        role_family=family_id,
        type=interview.type,
        starts=interview.starts,
        ends=interview.ends,
        zone=interview.zone,
        has_id=interview.has_id,
        all_day=interview.all_day,
        job_id=codes.jobs.get(company_key(interview.job_id), "").lower().replace(" ", "-"),
        status=interview.status,
        outcome=interview.outcome,
        people=_people(interview.people, codes),
        venue=Venue(text=_VENUES.get(interview.venue.kind, ""), kind=interview.venue.kind),
        round=interview.round,
        reply_by=interview.reply_by,
        leads=interview.leads,
        preparation_complete=interview.preparation_complete,
        created_at=interview.created_at,
        sessions=tuple(_session(part, n, codes) for n, part in enumerate(interview.sessions, 1)),
        revision=interview.revision,
        deadline=interview.deadline,
        publish=interview.publish,
        coaching=interview.coaching,
        modified=interview.modified,
    )


def _people(people: Iterable[Person], codes: _Codes) -> tuple[Person, ...]:
    return tuple(Person(codes.people.get(company_key(each.name), "")) for each in people)


def _session(session: Session, number: int, codes: _Codes) -> Session:
    return Session(f"Part {number}", session.starts, session.ends, _people(session.people, codes))


def _company(company: Company, codes: _Codes) -> Company:
    """Keep of a company its code names; and of its values those of the closed list."""
    aliases = (codes.companies[company_key(alias)] for alias in company.aliases if company_key(alias))
    return Company(
        name=codes.companies[company_key(company.name)],
        path=codes.paths[company.path],
        aliases=tuple(aliases),
        publish=company.publish,
        values=tuple(each for each in company.values if each in COMPETENCIES),
    )


def _story(story: Story, codes: _Codes) -> Story:
    """Keep of a story what the matrix shows: competencies of the closed list, strength, scope, uses."""
    number = codes.paths[story.path].removesuffix(".md").rpartition("-")[2]
    return Story(
        id=f"story-{number}",
        path=codes.paths[story.path],
        title=f"Story {letters(int(number) - 1)}",
        primary=story.primary if story.primary in COMPETENCIES else "",
        secondary=tuple(tag for tag in story.secondary if tag in COMPETENCIES),
        reframes=tuple(tag for tag in story.reframes if tag in COMPETENCIES),
        strength=story.strength,
        scope=story.scope if story.scope in SCOPES else "",
        used=tuple(codes.ids[each] for each in story.used if each in codes.ids),
        uses=tuple(
            StoryUse(
                interview=codes.ids[each.interview],
                day=each.day,
                landed=each.landed if each.landed in _LANDED else "",
            )
            for each in story.uses
            if each.interview in codes.ids
        ),
        retired=story.retired,
    )


def _finding(finding: Finding, paths: Mapping[str, str]) -> Finding:
    place = Place(paths[finding.place.path], finding.place.line, finding.place.column)
    return Finding(finding.code, finding.severity, place, HIDDEN, fixable=finding.fixable)


def _settings(settings: Settings) -> Settings:
    """Keep numbers, choices, zones and leads; every text that a person wrote goes back to its default."""
    values = {
        each.key: settings.values[each.key] if _is_harmless(each) else each.default for each in SETTINGS
    }
    return Settings(values=MappingProxyType(values), local_zone=settings.local_zone)


def _is_harmless(setting: Setting) -> bool:
    return isinstance(setting.default, int) or bool(setting.choices) or setting.form in _HARMLESS


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
