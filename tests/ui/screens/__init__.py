"""Screens alone, each on a visit that is really folded and really judged."""
