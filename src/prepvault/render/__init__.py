"""Model in, text out; templates and content arrive as text."""
