"""What a page showed, as one digest: the glass says it, session says it again, and they must agree (T13)."""

from __future__ import annotations

from chairside import canon
from chairside.domain.form import Words


def shown_digest(prose: Words) -> str:
    """Return the SHA-256 (hex) of the words of a page, as they stand on the glass."""
    return canon.sha256_hex("\n".join((prose.title, *prose.body)).encode())
