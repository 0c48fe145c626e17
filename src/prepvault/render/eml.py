"""A draft as an `.eml` file that mail programs open for editing."""

from email.message import EmailMessage
from email.policy import SMTP

from prepvault.model.mail import Mail


def render_eml(mail: Mail) -> bytes:
    """Write one mail as an unsent draft: UTF-8, no date, no identity, the same bytes each time."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if "@" in mail.to:
        message["To"] = _header(mail.to)
    message["Subject"] = _header(mail.subject)
    message.set_content(mail.body, cte="quoted-printable")
    return message.as_bytes()


def _header(text: str) -> str:
    """One line of plain characters: every control and separator becomes a blank."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
