"""The command line: `python -m benchmarks.hostile [WORD...]` writes the table."""

from benchmarks.hostile.runs import main

raise SystemExit(main())
