"""Faults of the disk, for real: kills, errors, full disks, races and files that vanish, over the real commands."""
