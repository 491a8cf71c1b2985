"""A real, small clinic for every test of the session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.session.clinics import Visitors, clinic_in


@pytest.fixture
def visitors(tmp_path: Path) -> Visitors:
    """A clinic with the first nurse signed in and one vial accepted."""
    return clinic_in(tmp_path / "clinic")
