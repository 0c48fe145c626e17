"""Seniority: the level that a job title names."""

from enum import StrEnum


class Seniority(StrEnum):
    """The level, lowest first; UNKNOWN when the title does not say."""

    UNKNOWN = ""
    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"
    PRINCIPAL = "principal"
    LEAD = "lead"
    DIRECTOR = "director"
    EXECUTIVE = "executive"

    @property
    def scope(self) -> int:
        """The narrowest scope that stories of this level should reach, as an index of `story.SCOPES`."""
        return _SCOPES.get(self, 0)


_SCOPES = {
    Seniority.SENIOR: 1,
    Seniority.LEAD: 1,
    Seniority.STAFF: 2,
    Seniority.PRINCIPAL: 2,
    Seniority.DIRECTOR: 2,
    Seniority.EXECUTIVE: 3,
}
