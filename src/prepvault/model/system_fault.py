"""What the system's own errors mean to a person: why, and what to do about it."""

import errno

_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


def why(error: BaseException) -> str:
    """The system's words for an error, without numbers and paths; an error of another kind tells itself."""
    return str(getattr(error, "strerror", None) or error)


def hint_for(error: BaseException, otherwise: str = "") -> str:
    """What to do about an error; `otherwise` where its kind gives no hint of its own."""
    if getattr(error, "errno", None) in _NO_ROOM:
        return "make room on that disk, then run the command again"
    return otherwise


def is_forbidden(error: BaseException) -> bool:
    """Tell whether permissions, or a disk that may only be read, are the cause."""
    return getattr(error, "errno", None) in _NOT_ALLOWED
