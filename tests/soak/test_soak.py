"""A few visits of the soak: nothing stays behind. A thousand: `make soak`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.soak.__main__ import Left, soak

pytestmark = pytest.mark.soak
FEW = 2


@pytest.mark.usefixtures("sweeping")
def test_a_visit_leaves_nothing_behind_but_its_facts(tmp_path: Path, qapp: QApplication) -> None:
    """No file, thread, temporary file or Qt object more; memory is warm only after a hundred. Proves: F17."""
    first, *_, last = soak(tmp_path, qapp, visits=FEW, warm=1, a_day=1)
    assert (first.visits, last.visits) == (1, FEW)
    assert [miss for miss in last.misses(first) if not miss.startswith("mib")] == []


def test_whatever_grows_is_told() -> None:
    base = Left(100, 200.0, 16, 4, 0, 300, 9.0, 40.0)
    assert replace(base, mib=209.9, p99_ms=90.0).misses(base) == []
    assert replace(base, mib=211.0).misses(base) == ["mib +11"]
    for name in ("files", "threads", "temporary", "objects"):
        assert replace(base, **{name: getattr(base, name) + 1}).misses(base) == [f"{name} +1"]
