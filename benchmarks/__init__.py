"""Benchmarks of PrepVault: whole processes, side by side; `docs/benchmarks.md` says what they measure."""
