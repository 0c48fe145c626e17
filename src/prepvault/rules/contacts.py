"""Who was met: everyone that interviews name, each once, with what their own notes add."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from prepvault.model.contact import Contact
from prepvault.model.interview import Interview, Person
from prepvault.rules.companies import company_key
from prepvault.rules.links import normal_name


def gather_contacts(interviews: Sequence[Interview], notes: Iterable[Contact]) -> tuple[Contact, ...]:
    """Bring together people by name and company, in the order of their names.

    A note is about whoever links to it, else about people of its name at its company, or at any company
    where it names none. People of one name at two companies are two.
    """
    own = {_key_of_note(each): each for each in notes}
    by_link = {_file_name(each.note): key for key, each in own.items()}
    by_name = {Person(each.name).key: key for key, each in own.items() if not each.company}
    found = dict(own)
    for interview in interviews:
        for person in everyone_in(interview):
            key = _key(person.name, interview.company)
            key = by_link.get(_file_name(person.link)) or (
                key if key in own else by_name.get(person.key, key)
            )
            found[key] = _with(found.get(key), person, interview)
    named = (replace(each, key=_key(each.name, each.company)) for each in found.values())
    return tuple(sorted(_distinct(named), key=lambda each: (each.name.casefold(), each.key)))


def everyone_in(interview: Interview) -> Iterator[Person]:
    """Everyone that an interview's note names: across the table, in its sessions, and who arranged it."""
    yield from interview.people
    for session in interview.sessions:
        yield from session.people
    yield from (each for each in (interview.recruiter, interview.referrer) if each)


def _key(name: str, company: str) -> str:
    return f"{Person(name).key}|{company_key(company)}"


def _key_of_note(contact: Contact) -> str:
    return _key(contact.name, contact.company) if contact.company else f"note {contact.note}"


def _file_name(path: str) -> str:
    return normal_name(path).rpartition("/")[2].removesuffix(".md")


def _with(known: Contact | None, person: Person, interview: Interview) -> Contact:
    """Add what one interview tells; what a person's own note says comes first."""
    known = known or Contact(key="", name=person.name)
    return replace(
        known,
        title=known.title or person.title,
        company=known.company or interview.company,
        email=known.email or person.email,
        interviews=tuple(dict.fromkeys((*known.interviews, interview.id))),
    )


def _distinct(contacts: Iterable[Contact]) -> Iterator[Contact]:
    """Give two notes about the same name at the same company a key each."""
    taken: set[str] = set()
    for each in contacts:
        key = each.key if each.key not in taken else f"{each.key}|{each.note}"
        taken.add(key)
        yield replace(each, key=key)
