"""PrepVault: interview notes in, coached notes, a calendar that rings and a dashboard out."""

__version__ = "0.1.0"
