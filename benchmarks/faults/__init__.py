"""Faults of the disk over the real commands: kills, errors, full disks, races, files that vanish."""
