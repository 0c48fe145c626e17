"""Words that tell a job from a name; the parser and the form both part people from their titles by them."""

_ROLES = ("president", "officer", "coordinator", "specialist", "associate", "professor")

JOB_WORDS = (
    r"\b(?:(?:engineer|develop|manag|direct|recruit|sourc|design|architect|scientist|analyst|consultant)\w*"
    r"|talent|hr|people|c[tefopi]o|[es]?vp|head|lead|chief|(?:co-?)?founder|partner|principal|staff"
    rf"|{'|'.join(_ROLES)}"
    r"|em|tpm|pm|po|sre|ph\.?d|md|mba|jr|sr|i{2,3})\b"
)
"""One pattern for all of them, which Python and browsers read alike, case aside."""
