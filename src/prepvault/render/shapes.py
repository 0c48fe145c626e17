"""How an interview stands, as a shape and a word that say the same; the shapes are drawn in calendar.html."""

from prepvault.model.interview import Interview, InterviewType, Outcome, Status

SHAPES = {
    "planned": "planned",
    "firm": "confirmed",
    "held": "held, no answer yet",
    "advanced": "advanced",
    "offer": "offer",
    "rejected": "rejected",
    "ended": "ended without an answer",
    "cancelled": "cancelled",
}
"""Every shape, and what it means wherever it stands."""

_OUTCOMES = {
    Outcome.ADVANCED: "advanced",
    Outcome.OFFER: "offer",
    Outcome.REJECTED: "rejected",
    Outcome.WITHDRAWN: "ended",
    Outcome.NO_RESPONSE: "ended",
    Outcome.NO_SHOW: "ended",
}
_STATUSES = {
    Status.CONFIRMED: "firm",
    Status.REMINDER_SENT: "firm",
    Status.IN_PROGRESS: "firm",
    Status.COMPLETED: "held",
    Status.CANCELLED: "cancelled",
}
_ICONS = {
    InterviewType.PHONE_SCREEN: "phone",
    InterviewType.VIDEO_INTERVIEW: "video",
    InterviewType.TECHNICAL: "code",
    InterviewType.BEHAVIORAL: "talk",
    InterviewType.ON_SITE: "companies",
    InterviewType.PANEL: "people",
    InterviewType.FINAL_ROUND: "target",
    InterviewType.DEBRIEF: "note",
}


def shape_of(interview: Interview) -> str:
    """The shape of how an interview stands: its outcome where there is one, else its status."""
    if interview.status is not Status.CANCELLED and interview.outcome in _OUTCOMES:
        return _OUTCOMES[interview.outcome]
    return _STATUSES.get(interview.status, "planned")


def standing_word(interview: Interview) -> str:
    """The word for that shape: `Confirmed`, `Advanced`."""
    is_outcome = interview.status is not Status.CANCELLED and interview.outcome in _OUTCOMES
    return interview.outcome.label if interview.outcome and is_outcome else interview.status.label


def icon_of(interview: Interview) -> str:
    """The icon of an interview's type."""
    return _ICONS[interview.type] if interview.type else "interviews"
