"""What is measured by hand: how fast, how steady, for how long."""
