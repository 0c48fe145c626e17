"""A mail: one message, not sent by anything here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mail:
    """A draft; `recipient` is who it is for (`self`, `interviewer`, `recruiter`), `to` an address or empty.

    `missing` names the merge fields nothing was known for; they stand in the text as `[field]`.
    """

    kind: str
    title: str
    recipient: str
    subject: str
    body: str
    to: str = ""
    missing: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """True when every merge field was filled."""
        return not self.missing
