"""What stops a job: the few kinds of failure that a person can do something about.

Remarks about notes are findings (`prepvault.model.finding`), never exceptions. Anything that is
raised and is not a `PrepVaultError` is our bug.
"""


class PrepVaultError(Exception):
    """This job cannot go on; says what happened, where, and what to do next.

    `message` is lower case without a full stop, with ticks around what was typed or named;
    `hint` is one line that can be pasted or followed.
    """

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PrepVaultError):
    """The command line, or the choice of vault or interview, is wrong."""

    exit_code = 2


class UnknownError(UsageError):
    """What was named is not there."""


class RefusedError(PrepVaultError):
    """The change could harm a note or lose output, so nothing was written."""

    exit_code = 1


class ConflictError(RefusedError):
    """What is there stands in the way: a note that moved on, an interview that is scheduled already."""


class OutsideError(PrepVaultError):
    """The disk, the network, a mail server or another program failed."""

    exit_code = 3
