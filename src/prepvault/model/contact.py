"""A contact: somebody met in interviews, or told of by a note of the people folder."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One person as an address book knows them.

    `key` is the same as long as name and company are. `link` is an http(s) address of theirs, `interviews`
    are the ids of those they sat in, `note` is the path of their own note, `text` what stands in it.
    """

    key: str
    name: str
    title: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    link: str = ""
    interviews: tuple[str, ...] = ()
    note: str = ""
    text: str = ""
    publish: bool = True
