"""A mail: one message that the user may send, and what became of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?!-)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_LONGEST_ADDRESS = 254


def is_address(text: str) -> bool:
    """Tell whether a text is one plain mail address and nothing else; letters beyond ASCII are not.

    What other programs could read as something else is none either: an encoded word, a name with dots that
    nothing stands between.
    """
    return len(text) <= _LONGEST_ADDRESS and "=?" not in text and bool(_ADDRESS.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Mail:
    """A draft; `recipient` is who it is for (`self`, `interviewer`, `recruiter`, `referrer`).

    `to` is an address or empty. `missing` names the merge fields nothing was known for; they stand in the
    text as `[field]`.
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


class Posted(StrEnum):
    """What became of a mail given to a server.

    `accepted`: the server took it. `refused`: it was not sent, for certain. `uncertain`: nobody can tell.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Handover:
    """The end of one attempt; `message` says in plain words what happened, and holds no secret.

    `is_final` tells that the same mail would be refused again: the server said so, not only that it is busy.
    """

    state: Posted
    message: str = ""
    hint: str = ""
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over; `security` is `starttls`, `tls` or `none`, `timeout` in seconds.

    An empty `user` sends without signing in.
    """

    host: str
    port: int
    security: str
    user: str
    timeout: int


@dataclass(frozen=True, slots=True)
class Sending:
    """One entry of the ledger: a mail that was begun to be sent, and how that ended.

    `key` is the same for every attempt at one mail. `at` is aware, and the moment that the run was told;
    `clock` is the machine's own, None in entries of before it was kept. While `state` is None nobody knows:
    the attempt is under way, or was cut short.
    """

    number: int
    key: str
    kind: str
    to: str
    message_id: str
    at: datetime
    state: Posted | None = None
    clock: datetime | None = None

    @property
    def is_in_doubt(self) -> bool:
        """True when the mail may or may not have gone out."""
        return self.state in {None, Posted.UNCERTAIN}
