"""The program's front door: answers `--version` and `--help` at once, leaves the rest to the command line."""

import sys
from collections.abc import Sequence

from prepvault import __version__


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command line; always ends by SystemExit with the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"prepvault {__version__}\n")
        raise SystemExit(0)
    if arguments in (["--help"], ["-h"]):
        sys.stdout.write(_help())
        raise SystemExit(0)
    from prepvault.cli.main import run

    raise SystemExit(run(arguments))


def _help() -> str:
    """Read the help that click would write; a test keeps the two equal, and click need not be loaded."""
    with open(f"{__file__.removesuffix('__main__.py')}cli/help.txt", encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


if __name__ == "__main__":
    main()
