"""The clinic: founded once, opened by its opener, its forms kept, its clock watched."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import msgspec
import pytest

from chairside import keys
from chairside.domain.book import Book
from chairside.domain.facts import SignedOut, StaffDisabled
from chairside.errors import DiskRefused, FormError, KeyRefused, LedgerError, NotAllowed, SettingsError
from chairside.ledger import Ledger, load_key_file, move_in, store_key_file
from chairside.session import people
from chairside.session.clinic import CLINIC_STREAM, found, open_clinic, openers
from chairside.session.clock import TabletClock
from chairside.session.scribe import Act
from chairside.session.view import Who
from tests.session.clinics import PINS, SteppingClock, Visitors, book, charter, opened, reopened


def test_a_wrong_passphrase_opens_nothing(visitors: Visitors) -> None:
    """Proves: T3."""
    visitors.clinic.ledger.close()
    folder = visitors.clinic.folder
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    for opener, passphrase in (("nurse-1", "another passphrase"), ("nurse-2", charter().passphrase)):
        with pytest.raises(KeyRefused):
            open_clinic(folder, opener, passphrase, book(), SteppingClock())
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_second_founding_in_the_same_folder_is_refused(visitors: Visitors) -> None:
    """And the clinic that is there opens as before."""
    with pytest.raises(LedgerError, match="store_exists"):
        found(visitors.clinic.folder, charter(), book(), SteppingClock())
    again = reopened(visitors)
    assert [who.person for who in again.staff.tiles()] == list(PINS)
    assert again.desk.name == charter().name


def test_an_unknown_zone_founds_nothing(tmp_path: Path) -> None:
    for zone in ("Mars/Olympus", "../etc/passwd", ""):
        with pytest.raises(SettingsError, match="zone_unknown"):
            found(tmp_path / "clinic", replace(charter(), zone=zone), book(), SteppingClock())
    assert not (tmp_path / "clinic").exists()


def test_a_clinic_of_its_own_has_its_own_root(tmp_path: Path) -> None:
    """Without the published root it is no demo, and the demo's cheap keys do not open it."""
    clock = TabletClock()
    clinic, recovery = found(tmp_path, replace(charter(), root=None), book(), clock)
    assert not clinic.demo and len(recovery) > 20
    assert clinic.root_certificate() not in (charter().root or ())
    clinic.ledger.close()
    again = open_clinic(tmp_path, charter().opener, charter().passphrase, book(), clock)
    assert again.founded == clinic.founded
    again.ledger.close()


def test_cheap_keys_open_no_clinic_of_its_own(tmp_path: Path) -> None:
    """A key file that costs as little as the demo's is refused. Proves: T4."""
    clock = SteppingClock()
    clinic, _ = found(tmp_path, replace(charter(), root=None), book(), clock)
    clinic.ledger.close()
    told = charter()
    opening = keys.Opening(told.opener, told.passphrase, keys.DEMO, demo=True)
    store_key_file(tmp_path, keys.add_opener(load_key_file(tmp_path), clinic.data_key, opening))
    with pytest.raises(KeyRefused, match="cost_too_low"):
        opened(tmp_path, clock)


def test_a_founding_that_fails_leaves_no_clinic_and_can_be_tried_again(tmp_path: Path) -> None:
    """A PIN that is no PIN is noticed half-way; what is there then is not mistaken for a clinic."""
    short = (*charter().staff[:2], replace(charter().staff[2], pin="12"))
    for staff in (short, short):
        with pytest.raises(KeyRefused):
            found(tmp_path, replace(charter(), staff=staff), book(), SteppingClock())
        assert not Ledger.exists(tmp_path)
    clinic, _ = found(tmp_path, charter(), book(), SteppingClock())
    assert clinic.ledger.check().facts > 3
    assert not (tmp_path / "founding").exists()
    clinic.ledger.close()


def test_a_founding_on_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "clinic").write_bytes(b"a file where the folder should be")
    with pytest.raises(DiskRefused):
        found(tmp_path / "clinic", charter(), book(), SteppingClock())
    (tmp_path / "aside").mkdir()
    with pytest.raises(DiskRefused):
        move_in(tmp_path / "gone", tmp_path)


def test_a_store_in_which_nothing_was_founded_is_unreadable_not_a_bug(tmp_path: Path) -> None:
    """The power went while the clinic was being founded."""
    founding = SteppingClock()
    clinic, _ = found(tmp_path / "whole", charter(), book(), founding)
    key = clinic.data_key
    clinic.ledger.close()
    (tmp_path / "half").mkdir()
    Ledger.create(tmp_path / "half", key).close()
    for name in ("keys.json", "keys.copy.json"):
        shutil.copy(tmp_path / "whole" / name, tmp_path / "half" / name)
    with pytest.raises(LedgerError, match="store_unreadable"):
        opened(tmp_path / "half", founding)


def test_a_missing_secret_is_said_by_name(visitors: Visitors) -> None:
    with pytest.raises(LedgerError, match="secret_missing"):
        visitors.clinic.secret("key:nobody")


# -- forms --------------------------------------------------------------------------------------
def _changed() -> Book:
    """The book after the clinic published another text of every form and another plan."""
    forms = {
        name: msgspec.structs.replace(form, version="9.0.0", digest="9" * 64)
        for name, form in book().forms.items()
    }
    return msgspec.structs.replace(
        book(), forms=forms, plan=msgspec.structs.replace(book().plan, digest="8" * 64)
    )


def test_a_visit_keeps_the_forms_it_began_with(visitors: Visitors) -> None:
    """Proves: Q46, T12."""
    visitors.open()
    visit = visitors.here().visit.id
    again = reopened(visitors, _changed())
    room = again.desk.room(visit)
    kept = {name: form.digest for name, form in room.book.forms.items()}
    assert kept == {name: form.digest for name, form in book().forms.items()}
    assert room.book.plan == book().plan
    again.staff.sign_in("nurse-1", PINS["nurse-1"])
    assert again.open().book.forms["consent"].version == "9.0.0"


@pytest.mark.parametrize("kept", ["form:", "plan:"])
def test_a_visit_whose_text_is_gone_is_listed_with_why_and_hides_no_other(
    visitors: Visitors, kept: str
) -> None:
    """Proves: Q46: never another text in its place."""
    lost = visitors.open().visit.id
    ledger = visitors.clinic.ledger
    for name in ledger.secret_names(kept):
        ledger._open_writer().execute("DELETE FROM secret WHERE name = ?", (name,))
    again = reopened(visitors, _changed())
    again.staff.sign_in("nurse-1", PINS["nurse-1"])
    whole = again.open().visit.id
    with pytest.raises(FormError, match="form_version_missing"):
        again.desk.room(lost)
    troubles = {row.visit: row.trouble for row in again.desk.open_visits()}
    assert troubles == {lost: "form_version_missing", whole: ""}


# -- people -------------------------------------------------------------------------------------
def test_who_is_disabled_gets_in_no_more(visitors: Visitors) -> None:
    """At the next PIN, and after a restart. Proves: T5."""
    clinic = visitors.clinic
    clinic.scribe.write(Act("physician-1", CLINIC_STREAM), [StaffDisabled("nurse-2", "left the clinic")])
    clinic.reload()
    for here in (visitors, reopened(visitors)):
        outcome, proof = here.staff.prove("nurse-2", PINS["nurse-2"])
        assert (outcome.code, proof) == ("person_disabled", None)
        assert "nurse-2" not in [who.person for who in here.staff.tiles()]
        assert here.staff.prove("nobody", "123456")[0].code == "person_disabled"


def test_wrong_pins_are_counted_over_a_restart_and_forgotten_by_a_right_one(visitors: Visitors) -> None:
    """Proves: T1."""
    for left in (4, 3):
        assert visitors.staff.prove("nurse-2", "000000")[0].tries_left == left
    again = reopened(visitors)
    assert again.staff.prove("nurse-2", "000000")[0].tries_left == 2
    assert again.staff.prove("nurse-1", "000000")[0].tries_left == 4, "each person's own"
    assert again.staff.prove("nurse-2", PINS["nurse-2"])[0].right
    assert again.staff.prove("nurse-2", "000000")[0].tries_left == 4


def test_the_wait_doubles_with_every_wrong_pin_after_the_fifth(visitors: Visitors) -> None:
    """Proves: T1."""
    waits = []
    for _ in range(7):
        outcome, _ = visitors.staff.prove("nurse-2", "000000")
        waits.append(outcome.wait_seconds)
        visitors.clock.ticks += outcome.wait_seconds
    assert waits == [0, 0, 0, 0, 30, 60, 120]


def test_a_lock_that_costs_too_little_is_a_trouble_not_a_wrong_pin(visitors: Visitors) -> None:
    """No try is counted for it. Proves: T4."""
    clinic = visitors.clinic
    clinic.founded = msgspec.structs.replace(clinic.founded, demo=False)
    with pytest.raises(KeyRefused, match="cost_too_low"):
        visitors.staff.prove("nurse-2", PINS["nurse-2"])
    assert visitors.staff._tries("nurse-2") == (0, 0)


def test_one_person_at_a_time_is_signed_in(visitors: Visitors) -> None:
    """The one before is signed out by the next. Proves: T7."""
    visitors.staff.sign_in("nurse-2", PINS["nurse-2"])
    assert visitors.staff.who is not None and visitors.staff.who.person == "nurse-2"
    visitors.staff.sign_in("nurse-2", PINS["nurse-2"])
    visitors.staff.leave()
    visitors.staff.leave()
    stream = visitors.clinic.ledger.stream(visitors.clinic.tablet_stream)
    told = [stamped.fact for stamped in reversed(stream)][:4]
    kinds = [type(fact).__name__ for fact in told]
    assert kinds == ["SignedOut", "SignedIn", "SignedIn", "SignedOut"]
    assert getattr(told[3], "why", "") == "switched"
    assert not visitors.staff.sign_in("nurse-2", "000000").right
    assert visitors.staff.who is None


def test_an_idle_tablet_signs_out_whoever_was_there(visitors: Visitors) -> None:
    """And the next start has nothing interrupted to ask about. Proves: T7."""
    visitors.staff.leave("idle")
    last = visitors.clinic.ledger.stream(visitors.clinic.tablet_stream)[-1].fact
    assert last == SignedOut("nurse-1", "idle")
    assert reopened(visitors).staff.all_left()


# -- the clock ----------------------------------------------------------------------------------
def test_only_a_physician_or_administrator_sets_the_clock_right_and_says_why(visitors: Visitors) -> None:
    """Proves: T8."""
    with pytest.raises(NotAllowed, match="not_this_role"):
        visitors.staff.correct_clock(visitors.proof("nurse-1"), "it was wrong")
    with pytest.raises(NotAllowed, match="reason_needed"):
        visitors.staff.correct_clock(visitors.proof("physician-1"), "  ")
    administrator = replace(visitors.proof("physician-1"), who=Who("a-1", "Ana", "administrator"))
    with pytest.raises(NotAllowed, match="reason_needed"):
        visitors.staff.correct_clock(administrator, "")


def test_a_clock_set_forward_inside_one_boot_stops_what_needs_a_pin(visitors: Visitors) -> None:
    """After a restart monotonic time says nothing any more. Proves: T8."""
    visitors.open()
    assert visitors.clinic.scribe.trouble() is None
    visitors.clock.at += timedelta(minutes=10)
    assert visitors.clinic.scribe.trouble() == "clock_jumped"
    with pytest.raises(NotAllowed, match="clock_jumped"):
        visitors.hand_over("notices")
    visitors.staff.correct_clock(visitors.proof("physician-1"), "set by hand")
    assert visitors.clinic.scribe.trouble() is None
    visitors.clock.at += timedelta(minutes=10)
    assert reopened(visitors).clinic.scribe.trouble() is None


def test_a_sleep_of_the_tablet_is_no_jump_of_its_clock() -> None:
    """The tablet's clock goes on while it sleeps, as the wall's does. Proves: T8."""
    clock = TabletClock()
    before, wall = clock.monotonic_ms(), clock.now()
    assert wall.tzinfo is UTC and wall.microsecond % 1000 == 0
    assert 0 <= clock.monotonic_ms() - before < 60_000
    up = float(Path("/proc/uptime").read_text().split()[0]) * 1000
    assert abs(clock.monotonic_ms() - up) < 5_000
    assert TabletClock().boot != clock.boot


# -- disabled openers ---------------------------------------------------------------------------
def test_a_disabling_that_the_power_cut_short_is_finished_at_the_next_start(visitors: Visitors) -> None:
    """A disabled opener's passphrase opens nothing, whatever the key file still says. Proves: T2."""
    clinic = visitors.clinic
    administrator = replace(visitors.proof("physician-1"), who=Who("a-1", "Ana", "administrator"))
    people.add_opener(clinic, administrator, "nurse-2", "another invented phrase")
    clinic.scribe.write(Act("nurse-1", "clinic:own"), [StaffDisabled("nurse-2", "left")])  # and no further
    clinic.ledger.close()
    with pytest.raises(KeyRefused, match="person_disabled"):
        open_clinic(clinic.folder, "nurse-2", "another invented phrase", book(), visitors.clock)
    assert openers(clinic.folder) == ("nurse-1",)


def test_a_disabling_that_was_cut_short_is_finished_when_told_again(visitors: Visitors) -> None:
    clinic = visitors.clinic
    administrator = replace(visitors.proof("physician-1"), who=Who("a-1", "Ana", "administrator"))
    people.add_opener(clinic, administrator, "nurse-2", "another invented phrase")
    clinic.scribe.write(Act("nurse-1", "clinic:own"), [StaffDisabled("nurse-2", "left")])
    clinic.reload()
    people.disable_staff(clinic, administrator, "nurse-2", "left")
    assert openers(clinic.folder) == ("nurse-1",)
    with pytest.raises(NotAllowed, match="person_disabled"):
        people.disable_staff(clinic, administrator, "nurse-2", "left")
