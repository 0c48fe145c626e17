"""Whether a release can be taken up: the same bytes wherever it is built, and a first hour in clean places."""
