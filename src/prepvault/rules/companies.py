"""Companies: the interviews, people and the research note that belong together under one name."""

from collections.abc import Sequence
from dataclasses import dataclass

from prepvault.model.company import Company
from prepvault.model.interview import Interview, Person
from prepvault.rules.slugs import unique_slugs


@dataclass(frozen=True, slots=True)
class CompanyGroup:
    """One company: `note` is its research note, if there is one."""

    slug: str
    name: str
    note: Company | None
    interviews: tuple[Interview, ...]
    people: tuple[Person, ...]


def company_key(name: str) -> str:
    """What two spellings of one company share: letter case and white space do not matter."""
    return " ".join(name.casefold().split())


def group_companies(interviews: Sequence[Interview], notes: Sequence[Company]) -> tuple[CompanyGroup, ...]:
    """Bring together what belongs to each company, by its name or the aliases in its note, by name.

    A company whose note is not to be published is left out, its interviews belong to none.
    """
    alias_of: dict[str, str] = {}
    note_of: dict[str, Company] = {}
    for note in notes:
        key = company_key(note.name)
        note_of.setdefault(key, note)
        for alias in note.aliases:
            alias_of.setdefault(company_key(alias), key)
    met: dict[str, list[Interview]] = {key: [] for key in note_of}
    for interview in interviews:
        if interview.company:
            key = company_key(interview.company)
            met.setdefault(key if key in note_of else alias_of.get(key, key), []).append(interview)
    kept_back = {company_key(note.name) for note in notes if not note.publish}
    shown = {key: each for key, each in met.items() if key not in kept_back}
    names = {key: note_of[key].name if key in note_of else each[0].company for key, each in shown.items()}
    slugs = unique_slugs(names.values(), reserved=("index",))
    return tuple(
        CompanyGroup(slugs[names[key]], names[key], note_of.get(key), tuple(met[key]), _people(met[key]))
        for key in sorted(shown, key=lambda each: (names[each].casefold(), each))
    )


def _people(interviews: Sequence[Interview]) -> tuple[Person, ...]:
    """Everyone met there, once each; a title that was written later completes the name."""
    people: dict[str, Person] = {}
    for interview in interviews:
        parts = (person for session in interview.sessions for person in session.people)
        for person in (*interview.people, *parts):
            known = people.get(person.key)
            if person.key and (known is None or (person.title and not known.title)):
                people[person.key] = person
    return tuple(people.values())
