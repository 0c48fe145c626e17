"""Decisions: model in, model out; `now` is an argument."""
