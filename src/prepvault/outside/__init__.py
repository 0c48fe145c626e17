"""Everything beyond the process: disk, clock, environment, other programs; dull and replaceable."""
