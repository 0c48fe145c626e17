"""A posting: the job description that an interview's note links to, and what it asks for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostingText:
    """A posting as it was found: where, and its text without front matter.

    Without `publish`, nothing of it is shown outside the vault.
    """

    path: str
    text: str
    publish: bool = True


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or phrase that says much of the posting, as it writes it, and how often it comes."""

    word: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What reading a posting closely gives; every text is the posting's own words.

    `tags` are competency tags with the lines that ask for them, most asked first; `weights` say how strongly,
    from 1 to 5. `keywords` are its own words, the most telling first. `musts` and `nices`
    are lines under required and nice-to-have headings; `owns` are lines whose verb gives the work to the
    reader, `supports` those whose verb only takes part.
    """

    path: str
    tags: tuple[tuple[str, int], ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    keywords: tuple[Keyword, ...] = ()
    musts: tuple[str, ...] = ()
    nices: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
