"""Text in, (value, findings) out: never raises on what a person wrote, never reads the disk."""
