"""The program's front door: answers `--version` at once, leaves the rest to the command line."""

import sys
from collections.abc import Sequence

from prepvault import __version__


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command line; always ends by SystemExit with the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"prepvault {__version__}\n")
        raise SystemExit(0)
    from prepvault.cli.main import run

    raise SystemExit(run(arguments))


if __name__ == "__main__":
    main()
