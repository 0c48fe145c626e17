"""Where a program lies: as PATH names it, never in the folder that a command happens to run in."""

import os
import shutil
import sys


def find_executable(name: str) -> str | None:
    """Find a program; a name with a folder in it is looked for there alone. None where there is none.

    Windows looks into the present folder first, and so does a PATH with a `.` in it. That folder is often a
    vault, and a vault may be anybody's.
    """
    if os.path.dirname(name):  # noqa: PTH120 - a word of a command line, not yet a path
        return shutil.which(name)
    if sys.platform == "win32" and not name.lower().endswith((".exe", ".com")):
        name += ".exe"
    folders = (folder for folder in os.get_exec_path() if os.path.isabs(folder))  # noqa: PTH117
    places = (shutil.which(os.path.join(folder, name)) for folder in folders)  # noqa: PTH118
    return next(filter(None, places), None)
