"""The seal: who may certify what, what the file then is to other programs, and no quiet failure."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from pyhanko.pdf_utils.reader import PdfFileReader

from chairside import keys
from chairside.domain.facts import Ending
from chairside.errors import SealError
from chairside.record import content as record
from chairside.record.check_bytes import P256_ORDER, examine
from chairside.record.envelope import parts, whole_value
from chairside.record.seal import Act, Authority, certify_and_seal
from tests.record.sealed_files import NOW, Clinic, clinic, content, foreign_clinic, genuine, unsigned

BY_PHYSICIAN: tuple[Ending, ...] = ("countersigned", "deferred", "do_not_treat")
BY_STAFF: tuple[Ending, ...] = ("refused", "withdrawn", "no_show")


def _sealed(ours: Clinic, ending: Ending, person: str, **changed: object) -> bytes:
    terms = {"authority": Authority(ours.root.certificate, ours.lists), "act": Act(ending, NOW), **changed}
    return certify_and_seal(
        unsigned(b"{}"),
        ours.signer(person),
        ours.signer("seal"),
        **terms,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("ending", BY_PHYSICIAN)
def test_a_nurse_cannot_certify_what_a_physician_must(ending: Ending) -> None:
    """Proves: T6."""
    with pytest.raises(SealError) as refused:
        _sealed(clinic(), ending, "n1")
    assert refused.value.code == "role_does_not_fit"


@pytest.mark.parametrize("ending", BY_STAFF)
def test_the_attesting_nurse_certifies_a_stop_before_the_decision(ending: Ending) -> None:
    """Proves: T6 (the other way round)."""
    assert not examine(_sealed(clinic(), ending, "n1"), clinic().trust).failed


def test_a_role_that_is_only_claimed_certifies_nothing() -> None:
    """The certificate says nurse; calling oneself physician does not help. Proves: T6."""
    ours = clinic()
    with pytest.raises(SealError) as refused:
        certify_and_seal(
            unsigned(b"{}"),
            ours.signer("n1", role="physician"),
            ours.signer("seal"),
            authority=Authority(ours.root.certificate, ours.lists),
            act=Act("countersigned", NOW),
        )
    assert refused.value.code == "role_does_not_fit"


def test_a_physician_cannot_stand_in_for_the_clinics_seal() -> None:
    """Only the certificate whose role is the seal's makes the last signature."""
    ours = clinic()
    with pytest.raises(SealError) as refused:
        certify_and_seal(
            unsigned(b"{}"),
            ours.signer("p1"),
            ours.signer("p1"),
            authority=Authority(ours.root.certificate),
            act=Act("countersigned", NOW),
        )
    assert refused.value.code == "role_does_not_fit"


def test_a_revoked_physician_cannot_certify() -> None:
    """Proves: T5."""
    ours = clinic()
    serial = keys.holder(ours.certificates["p1"]).serial
    revoked = keys.revocation_list(ours.root, {serial: NOW - timedelta(days=1)}, 2, NOW - timedelta(days=1))
    with pytest.raises(SealError) as refused:
        _sealed(ours, "countersigned", "p1", authority=Authority(ours.root.certificate, (revoked,)))
    assert refused.value.facts["reason"] == "revoked"


def test_a_later_revocation_leaves_what_was_signed_before() -> None:
    """Disabling somebody does not undo their past acts."""
    ours = clinic()
    serial = keys.holder(ours.certificates["p1"]).serial
    later = keys.revocation_list(ours.root, {serial: NOW + timedelta(days=1)}, 2, NOW - timedelta(days=1))
    sealed = _sealed(ours, "countersigned", "p1", authority=Authority(ours.root.certificate, (later,)))
    assert not examine(sealed, ours.trust).failed


@pytest.mark.parametrize("days", [-31, 12000])
def test_a_certificate_outside_its_days_signs_nothing(days: int) -> None:
    """Before it was issued and after it ran out."""
    with pytest.raises(SealError) as refused:
        _sealed(clinic(), "countersigned", "p1", act=Act("countersigned", NOW + timedelta(days=days)))
    assert refused.value.facts["reason"] == "out_of_date"


def test_a_certificate_of_another_clinic_signs_nothing_here() -> None:
    """The root given is the root that must have issued it."""
    stranger = Authority(foreign_clinic().root.certificate)
    with pytest.raises(SealError) as refused:
        _sealed(clinic(), "countersigned", "p1", authority=stranger)
    assert refused.value.facts["reason"] == "not_issued_by_root"


def test_a_file_without_our_fields_is_not_signed() -> None:
    """A PDF that did not come from the generator ends in a sentence, not in a traceback."""
    for broken in (b"", b"no document", b"%PDF-1.7\n%%EOF\n", genuine()):
        with pytest.raises(SealError) as refused:
            ours = clinic()
            certify_and_seal(
                broken,
                ours.signer("p1"),
                ours.signer("seal"),
                authority=Authority(ours.root.certificate),
                act=Act("countersigned", NOW),
            )
        assert refused.value.code == "not_signable"


def test_metadata_stays_as_it_was_built() -> None:
    """The unsigned file is the beginning of the sealed one, byte for byte."""
    built = unsigned(record.to_json(content(clinic())))
    sealed = clinic().signed(built)
    assert sealed.startswith(built)
    reader = PdfFileReader(BytesIO(sealed))
    assert reader.total_revisions == 3
    assert "/Version" not in reader.root or reader.root["/Version"] == "/1.7"


def test_signatures_are_low_s_so_they_have_one_form_only() -> None:
    """The other valid form of an ECDSA signature would be a changed byte that still verifies."""
    for hole in re.findall(rb"/Contents <([0-9A-F]+)>", genuine()):
        _, signature = parts(whole_value(bytes.fromhex(hole.decode())))
        assert decode_dss_signature(signature)[1] <= P256_ORDER // 2


def test_poppler_finds_two_valid_signatures_of_a_trusted_root(tmp_path: Path) -> None:
    """A second voice: pdfsig with our root in its store. Proves: T21 (unmodified accepted)."""
    file, root, store = tmp_path / "record.pdf", tmp_path / "root.pem", tmp_path / "nss"
    file.write_bytes(genuine())
    root.write_text(clinic().root.certificate)
    store.mkdir()
    for line in (["-N", "--empty-password"], ["-A", "-n", "clinic", "-t", "C,C,C", "-i", str(root)]):
        subprocess.run(["certutil", "-d", f"sql:{store}", *line], check=True, capture_output=True)
    said = subprocess.run(
        ["pdfsig", "-nssdir", f"sql:{store}", str(file)], check=False, capture_output=True, text=True
    ).stdout
    assert said.count("Signature is Valid") == 2
    assert said.count("Certificate is Trusted") == 2
    assert said.count("ETSI.CAdES.detached") == 2
    assert said.count("Total document signed") == 1


def test_qpdf_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    """Another second voice, for the structure of the file."""
    file = tmp_path / "record.pdf"
    file.write_bytes(genuine())
    done = subprocess.run(["qpdf", "--check", str(file)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
