"""The shipped forms are published ones, as they were published."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from chairside.domain.facts import Profile
from chairside.errors import FormError
from chairside.formbook.load import load
from tests.house.source import ROOT

FORMS, DRUGS = ROOT / "forms", ROOT / "resources" / "drugs"


def test_every_shipped_form_is_as_it_was_published() -> None:
    """Loading compares every version with the digest in its RELEASES.toml."""
    loaded = {name for profile in get_args(Profile) for name in load(FORMS, profile, DRUGS).forms}
    released = {path.parent.name for path in FORMS.glob("*/RELEASES.toml")}
    assert released and loaded == released


def test_no_version_lies_there_unpublished() -> None:
    for file in FORMS.glob("*/RELEASES.toml"):
        told = {release["version"] for release in tomllib.loads(file.read_text("utf-8"))["release"]}
        assert {path.name for path in file.parent.iterdir() if path.is_dir()} == told, file.parent.name


def test_one_changed_word_in_a_published_form_is_refused(tmp_path: Path) -> None:
    """Proves: T24 (the forms folder)."""
    forms = shutil.copytree(FORMS, tmp_path / "forms")
    page = next((forms / "health_check").glob("*/en.md"))
    changed = page.read_text("utf-8").replace("transplant", "implant", 1)
    assert changed != page.read_text("utf-8")
    page.write_text(changed, "utf-8")
    with pytest.raises(FormError) as caught:
        load(forms, "california", DRUGS)
    assert "was changed after it was published" in str(caught.value.facts["complaints"])
