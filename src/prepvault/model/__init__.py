"""Nouns: frozen values that every floor above speaks about; standard library only."""
