"""What makes a mail the same mail: the key in the ledger, and the identity that mail programs see."""

from collections.abc import Sequence
from datetime import UTC
from hashlib import sha256

from prepvault.model.interview import Interview
from prepvault.model.reminder import Reminder, ReminderKind, ReminderState

_BEFORE = {ReminderKind.BEFORE, ReminderKind.CATCH_UP}


def due_reminder(reminders: Sequence[Reminder]) -> Reminder | None:
    """The latest reminder before an interview whose hour has come: a mail sent now stands for it."""
    come = [each for each in reminders if each.kind in _BEFORE and each.state is not ReminderState.PENDING]
    return come[-1] if come else None


def mail_key(
    interview: Interview, kind: str, to: str, *, reminder: Reminder | None = None, status: str = ""
) -> str:
    """Name one mail: the same key is never sent twice unasked, whatever its text.

    The start is part of it, so a moved interview may be confirmed anew; a reminder's hour and a status too.
    """
    start = f"{interview.starts.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    occasion = {"reminder": reminder.suffix if reminder else "", "status_update": status}.get(kind, "")
    return "/".join((interview.id, kind, occasion, to.strip().casefold(), start))


def message_id(vault_id: str, key: str, number: int, sender: str) -> str:
    """Make the Message-ID of one mail: the same each time, so that receivers can tell a repeat.

    `number` counts the times it was meant to be sent anew. Nothing of the vault can be read from it.
    """
    digest = sha256(f"{vault_id}\0{key}\0{number}".encode("utf-8", "replace")).hexdigest()[:32]
    domain = sender.rpartition("@")[2] or "prepvault.invalid"
    return f"<prepvault.{digest}@{domain}>"
