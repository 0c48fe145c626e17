"""What a build hands over to the next."""

from dataclasses import dataclass
from datetime import datetime

from prepvault.model.finding import Finding
from prepvault.model.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a build leaves: all it read, what it found, and when its pages stop being true by themselves.

    `until` is in seconds; `pictures` are the paths of all that were looked at, `site` is whatever drew it.
    """

    vault: Vault
    findings: tuple[Finding, ...]
    made: datetime
    until: float
    next_at: datetime
    pictures: tuple[str, ...]
    site: object
