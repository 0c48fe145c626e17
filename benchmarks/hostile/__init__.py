"""Files made to hurt, read by the whole program within bounds of memory, stack and processor time."""
