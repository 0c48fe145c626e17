"""What a round that failed tells people: one line and what to do, also where the fault is ours."""

from prepvault.errors import PrepVaultError
from prepvault.jobs.crash import write_crash_log
from prepvault.jobs.watch_told import Failed
from prepvault.model.system_fault import hint_for, why


def failure_of(error: Exception) -> Failed:
    """Put an error in words; a bug of ours leaves a log, as it does in every command."""
    if isinstance(error, PrepVaultError):
        return Failed(message=error.message, hint=error.hint)
    if isinstance(error, OSError):
        place = f" `{error.filename}`" if error.filename else ""
        return Failed(message=f"the system refused{place}: {why(error)}", hint=hint_for(error))
    kept = write_crash_log(error, "watch")
    hint = f"the log is ready to paste: {kept}" if kept else ""
    return Failed(message=f"this is a bug in PrepVault ({type(error).__name__})", hint=hint)
