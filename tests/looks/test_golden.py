"""Twelve pages are painted exactly as they were looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from chairside.ui.theme import Theme
from tests.looks import golden

MOST_BYTES = 80_000


@pytest.mark.parametrize("name", golden.NAMES)
def test_it_looks_exactly_as_it_was_looked_at(theme: Theme, name: str) -> None:
    """Every pixel; what is painted now and the difference are written. Proves: screens.md 7."""
    for size, actual in golden.take(theme, name).items():
        file = golden.file_of(name, size)
        expected, pixels = golden.kept(file)
        assert pixels, f"{file.name} is not kept yet: make looks FREEZE=1"
        if golden.digest(actual) != pixels:
            now = golden.show_difference(actual, expected, file)
            pytest.fail(f"{file.name} is painted otherwise: see {now}; if it was meant, make looks FREEZE=1")


def test_no_picture_is_kept_for_nothing() -> None:
    """Each file belongs to a page, and is small."""
    wanted = {golden.file_of(name, size).name for name in golden.NAMES for size in golden.SIZES}
    files = list(golden.HERE.glob("*.png"))
    assert {file.name for file in files} == wanted
    assert max(file.stat().st_size for file in files) < MOST_BYTES


def test_one_changed_pixel_is_seen(theme: Theme, tmp_path: Path) -> None:
    """The comparison is not blind, and the difference shows where."""
    image = golden.take(theme, "who are you")[golden.SIZES[0]]
    golden.keep(image, tmp_path / "kept.png")
    expected, pixels = golden.kept(tmp_path / "kept.png")
    assert golden.digest(image) == pixels
    image.setPixel(5, 5, 0xFF00FF00)
    assert golden.digest(image) != pixels
    assert golden.where_different(image, expected).pixel(5, 5) == golden.RED
