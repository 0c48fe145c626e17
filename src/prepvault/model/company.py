"""A company: one research note."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What a research note says; `name` is its title or file name, `website` an http(s) address.

    Without `publish` nothing about it is shown outside the vault; only `prepvault.rules.published` sets it.
    """

    name: str
    path: str
    website: str = ""
    aliases: tuple[str, ...] = ()
    publish: bool = True
