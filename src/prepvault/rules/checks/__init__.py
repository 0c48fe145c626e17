"""Checks over a whole vault, one family a file; each returns findings."""
