"""Coverage-guided fuzzing: each target is a pure function of the product and what must hold for any bytes."""
