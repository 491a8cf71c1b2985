"""Every story once, whichever tests and however many of pytest's processes ask for it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.visits.playbill import Playbill


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playbill]:
    """What each story left, by its name; a story is played when the first test asks for it."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # the folder all processes share
    playbill = Playbill(run / "stories")
    yield playbill
    playbill.close()
