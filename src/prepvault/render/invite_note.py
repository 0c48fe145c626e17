"""The text of an invite as it stands in a note: in a code fence, so that nothing in it can act."""

import re

from prepvault.model.invite import Invite, Party

_ACTIVE = (("<%", "< %"), ("%>", "% >"), ("<!--", "< !--"), ("-->", "-- >"), ("%%", "% %"))


def render_invite(invite: Invite) -> str:
    """Write the body of a new note: its title, who invited, where a page is, and the text as it came."""
    facts = [("Title", invite.summary), ("From", _party(invite.organizer)), ("Page", invite.page)]
    if invite.link and invite.link != invite.place:
        facts.append(("Link", invite.link))
    head = "\n".join(f"{name}: {value}" for name, value in facts if value)
    text = "\n\n".join(part for part in (head, invite.description.strip("\n")) if part)
    return f"## Notes\n\n### Invite\n\n{fenced(text)}\n" if text else "## Notes\n"


def fenced(text: str) -> str:
    """Put a text into a fence that nothing in it closes; what programs look for anywhere is taken apart."""
    for sign, apart in _ACTIVE:
        text = text.replace(sign, apart)
    ticks = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, ticks + 1)
    return f"{fence}text\n{text}\n{fence}"


def _party(party: Party | None) -> str:
    return party.text if party else ""
