"""Set-up: everything that stands against a charter, the recovery key typed back, and people afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from cryptography import x509

from chairside import keys
from chairside.domain.book import Book
from chairside.errors import FormError, KeyRefused, LedgerError, NotAllowed
from chairside.ledger import Ledger, load_key_file, store_key_file
from chairside.session import people
from chairside.session.charter import Charter
from chairside.session.clinic import Clinic, NewStaff, found, open_clinic, openers
from chairside.session.setup import Setup
from chairside.session.staff import Proof, Staff
from chairside.settings import who_opens
from chairside.words import Words
from tests.session.clinics import TOP, SteppingClock, book, charter

PASSPHRASE = "an invented passphrase"
ADMINISTRATOR = NewStaff("administrator-1", "Demo Administrator Ana", "administrator", "502817")


def own() -> Charter:
    """A charter of a clinic of its own, with nothing against it."""
    told = charter()
    staff = (*told.staff[:1], told.staff[2], ADMINISTRATOR)
    return replace(told, root=None, staff=staff, opener=ADMINISTRATOR.person, phone_24h="+1 (213) 555-0100")


def book_for(profile: Literal["california", "other"]) -> Book:
    """The shipped forms; the other profile has none here."""
    if profile == "other":
        raise FormError("profile_without_notices", profile=profile)
    return book()


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    """A set-up in an empty folder."""
    return Setup(tmp_path / "clinic", book_for, SteppingClock())


@cache
def words() -> Words:
    """The interface's sentences."""
    return Words.load(TOP / "resources" / "words", "en")


# -- what stands against a charter --------------------------------------------------------------
WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"name": " "}, "clinic_name_missing"),
    ({"name": "N" * 65}, "clinic_name_long"),
    ({"name": "Tide\u202epool"}, "clinic_name_not_printable"),
    ({"address": ""}, "address_missing"),
    ({"address": "a" * 201}, "address_long"),
    ({"address": "1 Street\n2 Street"}, "address_not_printable"),
    ({"phone_24h": "  "}, "phone_24h_missing"),
    ({"phone_24h": "call us"}, "phone_24h_not_valid"),
    ({"phone_24h": "555 010"}, "phone_24h_not_valid"),
    ({"phone_24h": "+1 213 555 0100 213 555 0100"}, "phone_24h_not_valid"),
    ({"zone": "Mars/Olympus"}, "zone_unknown"),
    ({"language": "tlh"}, "language_unknown"),
    ({"consent_valid_days": 0}, "consent_valid_days_out_of_range"),
    ({"consent_valid_days": 91}, "consent_valid_days_out_of_range"),
    ({"release_hours": 0}, "release_hours_out_of_range"),
    ({"release_hours": 25}, "release_hours_out_of_range"),
    ({"idle_minutes": 1}, "idle_minutes_out_of_range"),
    ({"idle_minutes": 6}, "idle_minutes_out_of_range"),
    ({"keep_years": 9}, "keep_years_out_of_range"),
    ({"keep_years": 101}, "keep_years_out_of_range"),
    ({"profile": "other"}, "counsel_missing"),
    ({"profile": "other", "counsel": "Demo Counsel", "counsel_memo": "M-1"}, "counsel_date_missing"),
    (
        {"profile": "other", "counsel": "C", "counsel_memo": "M", "counsel_on": date(2026, 12, 3)},
        "counsel_date_in_the_future",
    ),
    ({"profile": "other", "counsel": "C", "counsel_on": date(2026, 1, 1)}, "counsel_memo_missing"),
    ({"staff": own().staff[:2]}, "no_administrator"),
    ({"staff": (own().staff[0], ADMINISTRATOR)}, "no_physician"),
    ({"staff": own().staff[1:]}, "no_nurse"),
    ({"staff": (*own().staff, own().staff[0])}, "person_twice"),
    ({"staff": (*own().staff, replace(ADMINISTRATOR, person="../x"))}, "person_not_valid"),
    ({"staff": (*own().staff, replace(ADMINISTRATOR, person="a-2", name=""))}, "staff_name_missing"),
    (
        {"staff": (*own().staff, replace(ADMINISTRATOR, person="a-2", name="\u5f20"))},
        "staff_name_not_printable",
    ),
    ({"staff": (*own().staff, replace(ADMINISTRATOR, person="a-2", pin="12a456"))}, "pin_not_digits"),
    ({"staff": (*own().staff, replace(ADMINISTRATOR, person="a-2", pin="12345"))}, "pin_short"),
    ({"staff": (*own().staff, replace(ADMINISTRATOR, person="a-2", pin="123456"))}, "pin_too_easy"),
    ({"opener": "nobody"}, "opener_not_staff"),
    ({"passphrase": "short"}, "passphrase_short"),
    ({"passphrase": "  shorter    "}, "passphrase_short"),
    ({"passphrase": "a" * 40}, "passphrase_too_easy"),
    ({"passphrase": "abababababab"}, "passphrase_too_easy"),
    ({"root": charter().root}, "demo_root"),
)


@pytest.mark.parametrize(
    ("changed", "code"), WRONG, ids=[f"{code}-{at}" for at, (_, code) in enumerate(WRONG)]
)
def test_each_thing_that_is_wrong_is_said_and_nothing_is_made(
    setup: Setup, changed: dict[str, object], code: str
) -> None:
    """Proves: Q43 and the set-up of product.md: every answer is judged before a file is written."""
    wrong = replace(own(), **changed)  # type: ignore[arg-type]
    assert code in setup.troubles(wrong)
    with pytest.raises(NotAllowed) as refused:
        setup.begin(wrong)
    assert code in refused.value.facts["all"]  # type: ignore[operator]
    assert words().has(f"trouble.{code}") and words().has(f"next.{code}")
    assert not setup.folder.exists()


def test_a_charter_in_order_has_nothing_against_it(setup: Setup) -> None:
    assert setup.troubles(own()) == ()
    alone = replace(own(), staff=own().staff[1:], physician_alone=True)
    assert setup.troubles(alone) == ()
    for phone in ("911-0000", "+49 (30) 555-01.23", "213 555 0100 x 12", "2135550100 ext. 7"):
        assert setup.troubles(replace(own(), phone_24h=phone)) == ()
    counsel = {"counsel": "Demo Counsel", "counsel_on": date(2026, 12, 1), "counsel_memo": "Memo 7"}
    assert setup.troubles(replace(own(), profile="other", **counsel)) == ()


def test_everything_wrong_is_said_at_once_in_the_order_it_is_asked(setup: Setup) -> None:
    wrong = replace(own(), name="", phone_24h="", passphrase="")
    assert setup.troubles(wrong) == ("clinic_name_missing", "phone_24h_missing", "passphrase_short")


def test_a_profile_whose_notices_are_not_there_founds_nothing(setup: Setup) -> None:
    """No profile ships without its full sourced text."""
    counsel = {"counsel": "Demo Counsel", "counsel_on": date(2026, 1, 1), "counsel_memo": "Memo 7"}
    with pytest.raises(FormError, match="profile_without_notices"):
        setup.begin(replace(own(), profile="other", **counsel))
    assert not Ledger.exists(setup.folder)


# -- the recovery key ---------------------------------------------------------------------------
def test_a_clinic_exists_only_once_its_recovery_key_was_typed_back(setup: Setup) -> None:
    """Wrong and mistyped keys, a change of mind, a new beginning; then the key, in any case and spacing."""
    with pytest.raises(NotAllowed, match="setup_not_begun"):
        setup.confirm("anything")
    first = setup.begin(own())
    assert not Ledger.exists(setup.folder)
    setup.cancel()
    assert list(setup.folder.iterdir()) == []
    with pytest.raises(NotAllowed, match="setup_not_begun"):
        setup.confirm(first)
    recovery = setup.begin(replace(own(), ages="from_12", idle_minutes=2))
    with pytest.raises(KeyRefused, match="recovery_key_wrong"):
        setup.confirm(first)
    mistyped = recovery[:-1] + ("0" if recovery[-1] != "0" else "1")
    with pytest.raises(KeyRefused, match="recovery_key_mistyped") as refused:
        setup.confirm(mistyped)
    assert refused.value.facts["group"] == 8
    assert not Ledger.exists(setup.folder)
    clinic = setup.confirm(f"  {recovery.lower().replace('-', ' ')}\n")
    assert (clinic.founded.ages, clinic.founded.idle_minutes, clinic.demo) == ("from_12", 2, False)
    assert {path.name for path in setup.folder.iterdir()} >= {"ledger.db", "keys.json"}
    assert not (setup.folder / "founding").exists()
    assert keys.open_with_recovery(load_key_file(setup.folder), recovery) == clinic.data_key
    setup.cancel()
    clinic.ledger.check()
    with pytest.raises(LedgerError, match="store_exists"):
        setup.begin(own())
    clinic.ledger.close()


def test_a_power_cut_before_the_key_was_typed_leaves_no_clinic(setup: Setup) -> None:
    """What lies aside is cleared by the next beginning."""
    setup.begin(own())
    assert (setup.folder / "founding" / "ledger.db").exists()
    after = Setup(setup.folder, book_for, SteppingClock())
    assert not Ledger.exists(setup.folder)
    recovery = after.begin(own())
    with_clinic = after.confirm(recovery)
    assert with_clinic.ledger.check().facts > 3
    with_clinic.ledger.close()


def test_tiles_and_pins_are_judged_for_the_glass(setup: Setup) -> None:
    assert setup.pin_trouble("111111") == "pin_too_easy" and setup.pin_trouble("502817") is None
    assert [who.name for who in setup.tiles((("a-1", "Ana"), ("n-1", "Wren")))] == ["Ana", "Wren"]


# -- afterwards ---------------------------------------------------------------------------------
@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    """A demo clinic with an administrator: cheap keys, everything else as it is."""
    told = replace(charter(), staff=(*charter().staff, ADMINISTRATOR))
    made, _ = found(tmp_path / "demo", told, book(), SteppingClock())
    yield made
    made.ledger.close()


def proof(clinic: Clinic, person: str = ADMINISTRATOR.person, pin: str = ADMINISTRATOR.pin) -> Proof:
    """A person's PIN, given for one act."""
    _, proved = Staff(clinic).prove(person, pin)
    assert proved is not None
    return proved


def nurse(clinic: Clinic) -> Proof:
    """The first nurse's PIN."""
    return proof(clinic, "nurse-1", charter().staff[0].pin)


NEW = NewStaff("nurse-9", "Demo Nurse Ode", "nurse", "640197")


def test_an_administrator_adds_somebody_who_can_then_sign_in(clinic: Clinic) -> None:
    """Proves: T5."""
    who = people.add_staff(clinic, proof(clinic), NEW)
    assert (who.person, who.role) == ("nurse-9", "nurse")
    assert Staff(clinic).sign_in("nurse-9", NEW.pin).right
    assert clinic.ledger.check().signatures > 0
    assert keys.issued_by(
        clinic.certificates["nurse-9"], clinic.root_certificate(), clinic.scribe.clock.now()
    )
    for new, code in (
        (NEW, "person_twice"),
        (replace(NEW, person="n 9"), "person_not_valid"),
        (replace(NEW, person="nurse-8", pin="1"), "pin_short"),
    ):
        with pytest.raises(NotAllowed, match=code):
            people.add_staff(clinic, proof(clinic), new)


def test_only_an_administrator_changes_who_works_here(clinic: Clinic) -> None:
    with pytest.raises(NotAllowed, match="administrator_needed"):
        people.add_staff(clinic, nurse(clinic), NEW)
    with pytest.raises(NotAllowed, match="administrator_needed"):
        people.disable_staff(clinic, nurse(clinic), "nurse-2", "left")
    with pytest.raises(NotAllowed, match="administrator_needed"):
        people.add_opener(clinic, nurse(clinic), "nurse-2", PASSPHRASE)


def revoked(clinic: Clinic) -> set[int]:
    """The serial numbers on the clinic's signed list."""
    return {each.serial_number for each in x509.load_pem_x509_crl(clinic.secret("revoked"))}


def test_who_is_disabled_opens_nothing_and_is_on_the_list(clinic: Clinic) -> None:
    """Nothing they did changes. Proves: T5."""
    assert revoked(clinic) == set()
    people.add_opener(clinic, proof(clinic), "nurse-2", "a second passphrase")
    assert openers(clinic.folder) == who_opens(clinic.folder) == ("nurse-1", "nurse-2")
    people.disable_staff(clinic, proof(clinic), "nurse-2", "left the clinic")
    assert revoked(clinic) == {keys.holder(clinic.certificates["nurse-2"]).serial}
    assert Staff(clinic).prove("nurse-2", "730164")[0].code == "person_disabled"
    assert openers(clinic.folder) == ("nurse-1",)
    clinic.ledger.close()
    with pytest.raises(KeyRefused, match="not_an_opener"):
        open_clinic(clinic.folder, "nurse-2", "a second passphrase", book(), clinic.scribe.clock)


@pytest.mark.parametrize(
    ("person", "reason", "code"),
    [
        ("nurse-2", " ", "reason_needed"),
        ("nobody", "left", "person_unknown"),
        (ADMINISTRATOR.person, "left", "last_administrator"),
        ("nurse-1", "left", "last_opener"),
    ],
)
def test_a_disabling_that_would_lock_the_clinic_out_is_refused(
    clinic: Clinic, person: str, reason: str, code: str
) -> None:
    before = clinic.ledger.check().facts
    admin = proof(clinic)
    with pytest.raises((NotAllowed, KeyRefused), match=code):
        people.disable_staff(clinic, admin, person, reason)
    assert clinic.ledger.check().facts == before and openers(clinic.folder) == ("nurse-1",)


def test_nobody_is_disabled_twice(clinic: Clinic) -> None:
    people.disable_staff(clinic, proof(clinic), "nurse-2", "left")
    with pytest.raises(NotAllowed, match="person_disabled"):
        people.disable_staff(clinic, proof(clinic), "nurse-2", "left")
    with pytest.raises(NotAllowed, match="person_unknown"):
        people.add_opener(clinic, proof(clinic), "nurse-2", PASSPHRASE)


def test_a_list_that_a_power_cut_left_behind_is_made_at_the_next_start(clinic: Clinic) -> None:
    """The fact was stored, the list was not."""
    people.disable_staff(clinic, proof(clinic), "nurse-2", "left")
    root = keys.Root(clinic.signing_key("root"), clinic.root_certificate())
    clinic.ledger.keep_secret(
        "revoked", keys.revocation_list(root, {}, 1, clinic.scribe.clock.now()).encode()
    )
    clinic.ledger.keep_secret("revoked:for", b"")
    clinic.ledger.close()
    again = open_clinic(clinic.folder, "nurse-1", charter().passphrase, book(), clinic.scribe.clock)
    assert len(revoked(again)) == 1
    again.ledger.close()


def test_one_more_person_may_open_the_store(clinic: Clinic) -> None:
    for weak, code in (("short", "passphrase_short"), ("aaaaaaaaaaaaaaaa", "passphrase_too_easy")):
        with pytest.raises(NotAllowed, match=code):
            people.add_opener(clinic, proof(clinic), "nurse-2", weak)
    people.add_opener(clinic, proof(clinic), "nurse-2", "a second passphrase")
    clinic.ledger.close()
    again = open_clinic(clinic.folder, "nurse-2", "a second passphrase", book(), clinic.scribe.clock)
    assert again.data_key == clinic.data_key
    again.ledger.close()


def test_a_person_changes_their_own_pin(clinic: Clinic) -> None:
    """The key stays, the old PIN opens nothing any more. Proves: T4."""
    staff, was = Staff(clinic), charter().staff[0].pin
    for new, code in (("12", "pin_short"), ("222222", "pin_too_easy"), (was, "pin_same")):
        assert staff.change_pin(nurse(clinic), new).code == code
    assert staff.change_pin(nurse(clinic), "918273").right
    assert not staff.prove("nurse-1", was)[0].right
    outcome, proved = staff.prove("nurse-1", "918273")
    assert outcome.right and proved is not None
    signed = keys.sign(proved.key, b"a fact")
    assert keys.verify(clinic.certificates["nurse-1"], b"a fact", signed)


# -- demo and clinic stay apart -----------------------------------------------------------------
def test_a_demo_dressed_as_a_clinic_and_a_foreign_root_do_not_open(clinic: Clinic) -> None:
    """Proves: Q43."""
    folder, told = clinic.folder, charter()
    kept = clinic.secret("certificate:root")
    other = keys.found_root("Other", clinic.scribe.clock.now()).certificate
    clinic.ledger.keep_secret("certificate:root", other.encode())
    clinic.ledger.close()
    with pytest.raises(KeyRefused, match="root_mismatch"):
        open_clinic(folder, told.opener, told.passphrase, book(), clinic.scribe.clock)
    clinic.ledger.keep_secret("certificate:root", kept)
    opening = keys.Opening(told.opener, told.passphrase, keys.CLINIC)
    store_key_file(folder, keys.add_opener(load_key_file(folder), clinic.data_key, opening))
    clinic.ledger.close()
    with pytest.raises(KeyRefused, match="demo_in_a_clinic"):
        open_clinic(folder, told.opener, told.passphrase, book(), clinic.scribe.clock)
