"""An ear for every test of what is announced."""

from __future__ import annotations

import pytest

from tests.ui.access.heard import Ear


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Ear:
    """Hears from now on."""
    return Ear().listen(monkeypatch)
