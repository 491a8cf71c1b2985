"""The clinic's words and questions as files, made into domain forms; it lints, it asks nobody anything."""

from __future__ import annotations

from chairside.domain.book import Book
from chairside.domain.facts import Profile
from chairside.formbook.load import load

__all__ = ["Book", "Profile", "load"]
