"""What the tablet runs, and a self-check that really goes through the store and the keys."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import chairside
from chairside import keys
from chairside.errors import ChairsideError
from chairside.session.about import about, self_check
from tests.session.clinics import clinic_in


def test_it_names_version_clinic_and_every_form_in_force(tmp_path: Path) -> None:
    """Proves: screens.md 8."""
    clinic = clinic_in(tmp_path).clinic
    told = about(clinic)
    assert told.version == chairside.__version__ and told.tablet == clinic.scribe.desk.tablet
    assert {each.digest for each in told.forms} == {form.digest for form in clinic.book.forms.values()}
    assert told.plan == clinic.book.plan.digest


def test_a_store_in_order_is_gone_through_whole_and_nothing_is_written(tmp_path: Path) -> None:
    """Also from another thread, as the glass asks it. Proves: screens.md 8."""
    visitors = clinic_in(tmp_path)
    visitors.open()
    before = visitors.clinic.ledger.check()
    found = []
    beside = threading.Thread(target=lambda: found.append(self_check(visitors.clinic)))
    beside.start()
    beside.join()
    assert found[0].facts == before.facts and found[0].keys == 3
    assert visitors.clinic.ledger.check() == before


@pytest.mark.parametrize("name", ["root", "seal", "tablet"])
def test_a_key_that_does_not_fit_its_certificate_is_found(tmp_path: Path, name: str) -> None:
    clinic = clinic_in(tmp_path).clinic
    other = keys.wrap_key(keys.new_signing_key(), keys.derive(clinic.data_key, f"chairside/{name}/1"))
    clinic.ledger.keep_secret(f"key:{name}", other)
    with pytest.raises(ChairsideError) as refused:
        self_check(clinic)
    assert refused.value.code == "key_mismatch"
