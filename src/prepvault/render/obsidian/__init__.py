"""Markdown as Obsidian writes it: one small rule per construct, put together in `parser`."""
