"""The command line: one file per command, each translates, calls one job, translates back."""
