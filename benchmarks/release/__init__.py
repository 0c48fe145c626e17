"""Whether a release can be taken up: the same bytes wherever it is built, first steps in clean places."""
