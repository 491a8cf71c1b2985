"""An addendum: a sealed file of its own that names its record, and a folder that holds both together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from chairside.cli import main
from chairside.domain.facts import AddendumKind, Ending, Sealed
from chairside.errors import SealError
from chairside.record import content as record
from chairside.record.build import build
from chairside.record.check import Verdict, exit_code, verify_bytes
from chairside.record.check_folder import verify_all
from chairside.record.content import Content
from chairside.record.pages_audit import told
from chairside.record.telling import teller
from tests.record import other_visits, visits
from tests.record.printed import printed, squeezed, text
from tests.record.test_check_built import SEALED_AT, _clinic, _in_earnest

Change = Callable[[Content], Content]


def _sealed(content: Content, person: str = "nurse-1", act: Ending | AddendumKind = "procedure") -> bytes:
    return _clinic().signed(build(content), act, person, SEALED_AT)


@cache
def _record() -> bytes:
    return _sealed(_in_earnest(visits.ordinary()), "physician-1", "countersigned")


@cache
def _added() -> bytes:
    """An addendum that names the record above, as the facts of one story."""
    return _sealed(_in_earnest(other_visits.added(follows=hashlib.sha256(_record()).hexdigest())))


def _folder(tmp_path: Path, **files: bytes) -> Path:
    for name, data in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    return tmp_path


def _of(verdicts: tuple[Verdict, ...], name: str) -> Verdict:
    return next(one for one in verdicts if one.file.endswith(f"{name}.pdf"))


def _says(**other: object) -> Change:
    """Change what an addendum says of itself."""

    def changed(whole: Content) -> Content:
        assert whole.addendum is not None
        return msgspec.structs.replace(whole, addendum=msgspec.structs.replace(whole.addendum, **other))

    return changed


def _without_one(whole: Content) -> tuple[str, ...]:
    return whole.bodies[:-2] + whole.bodies[-1:]


# -- the page ------------------------------------------------------------------------------------
def test_the_times_of_the_procedure_stand_beside_the_suppliers_limit() -> None:
    """Proves: Q35, P9."""
    found = " ".join(text(printed(other_visits.added())).split())
    assert "Thawed 12:" in found and "Last injection 12:" in found
    assert f"{visits.CODE} 30 minutes 26 minutes Within the limit" in found


def test_an_addendum_names_its_record_by_id_and_by_the_sha256_of_the_file() -> None:
    content = other_visits.added()
    assert content.addendum is not None
    first = squeezed(text(printed(content)).split("\f")[0])
    assert content.addendum.follows_id in first
    assert content.addendum.follows_sha256 in first


def test_a_limit_that_was_passed_is_said_with_the_physicians_word() -> None:
    """Proves: Q35. The limit is the supplier's own; the word is the physician's."""
    found = " ".join(text(printed(other_visits.added(limit=20))).split())
    assert "20 minutes 26 minutes Past the limit" in found


def test_where_the_supplier_states_no_limit_none_is_made_up() -> None:
    """Proves: V18."""
    found = " ".join(text(printed(other_visits.added(limit=None))).split())
    assert "None stated 26 minutes Nothing to compare with" in found


def test_a_text_of_an_addendum_is_printed_whole_and_signed_by_pin_alone() -> None:
    content = other_visits.added("withdrawal", "They called the next day.\nThey want no call back.")
    found = " ".join(text(printed(content)).split())
    assert "They called the next day. They want no call back." in found
    assert "Withdrawal after the record" in found


def test_every_fact_since_the_record_stands_in_the_audit_trail() -> None:
    content = other_visits.added()
    found = squeezed(text(printed(content)))
    assert [fact.hash for fact in content.stamped() if fact.hash[:12] not in found] == []


def test_the_sealing_of_the_record_is_told_with_its_sha256() -> None:
    content = other_visits.added()
    t = teller(content, "0" * 64)
    [sealed] = [fact for fact in content.stamped() if isinstance(fact.fact, Sealed)]
    assert told(t, sealed) == f"Sealed the record: {'5e' * 32}"


# -- the check -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_says(follows_sha256="0" * 64), "addendum_follows_other"),
        (_says(follows_id="AAAA-BBBB-CCCC-DDDD"), "addendum_follows_other"),
        (_says(text="Something else."), "addendum_differs"),
        (_says(number=2), "addendum_differs"),
        (_says(about="amendment"), "addendum_differs"),
        (_says(meaning="Nothing."), "addendum_differs"),
        (lambda whole: msgspec.structs.replace(whole, addendum=None), "facts_broken"),
        (lambda whole: msgspec.structs.replace(whole, bodies=_without_one(whole)), "facts_broken"),
    ],
    ids=["sha256", "record id", "text", "number", "kind", "meaning", "no addendum", "a fact left out"],
)
def test_an_addendum_that_says_other_than_its_facts_is_altered(change: Change, code: str) -> None:
    """Sealed with the clinic's own keys all the same: the seal alone does not make it true."""
    content = change(_in_earnest(other_visits.added()))
    verdict = verify_bytes(_sealed(content), "added", _clinic().trust)
    assert (verdict.verdict, verdict.not_proven) == ("altered", (code,))


def test_an_addendum_certified_by_another_than_its_signer_is_altered() -> None:
    content = _in_earnest(other_visits.added())
    who = msgspec.structs.replace(content.certifier, person="nurse-2", name="Demo Nurse Ilo")
    changed = msgspec.structs.replace(content, certifier=who)
    assert verify_bytes(_sealed(changed, "nurse-2"), "x", _clinic().trust).not_proven == (
        "certifier_differs",
    )


def test_the_seal_alone_certifies_no_addendum() -> None:
    """Proves: T6. The role fits the act: nurse or physician."""
    with pytest.raises(SealError, match="role_does_not_fit"):
        _sealed(_in_earnest(other_visits.added()), "seal")


# -- the folder ----------------------------------------------------------------------------------
def test_a_folder_holds_an_addendum_against_its_record(tmp_path: Path) -> None:
    """Proves: P9."""
    folder = _folder(tmp_path, record=_record(), added=_added())
    verdicts = verify_all([folder], _clinic().trust)
    assert [one.verdict for one in verdicts] == ["genuine", "genuine"]
    assert "followed_record_genuine" in _of(verdicts, "added").proven


def test_without_its_record_an_addendum_is_genuine_and_says_what_is_missing(tmp_path: Path) -> None:
    verdicts = verify_all([_folder(tmp_path, added=_added())], _clinic().trust)
    assert [one.verdict for one in verdicts] == ["genuine"]
    assert "followed_record_not_here" in verdicts[0].not_proven


def test_a_record_changed_by_one_byte_is_not_the_one_an_addendum_follows(tmp_path: Path) -> None:
    spoilt = bytearray(_record())
    spoilt[len(spoilt) // 2] ^= 1
    verdicts = verify_all([_folder(tmp_path, record=bytes(spoilt), added=_added())], _clinic().trust)
    assert _of(verdicts, "record").verdict == "altered"
    assert "followed_record_not_here" in _of(verdicts, "added").not_proven
    assert exit_code(verdicts) == 1


def test_an_empty_folder_is_no_record(tmp_path: Path) -> None:
    assert exit_code(verify_all([tmp_path], _clinic().trust)) == 3


def test_the_command_takes_a_folder_and_says_it_in_words(tmp_path: Path) -> None:
    folder = _folder(tmp_path, record=_record(), added=_added())
    root = tmp_path / "root.pem"
    root.write_text(_clinic().root.certificate)
    done = CliRunner().invoke(main, ["verify", str(folder), "--trust", str(root)])
    assert done.exit_code == 0, done.output
    assert "Addendum 1 to record" in done.output
    assert f"  Record {_in_earnest(visits.ordinary()).record_id}." in done.output
    assert "The record it adds to is here, and genuine." in done.output


def test_the_json_line_of_an_addendum_has_the_same_five_keys(tmp_path: Path) -> None:
    [one] = verify_all([_folder(tmp_path, added=_added())], _clinic().trust)
    assert sorted(msgspec.json.decode(one.line())) == ["demo", "file", "not_proven", "proven", "verdict"]


def test_a_record_of_the_kind_before_addenda_reads_the_same(tmp_path: Path) -> None:
    """Fields added later have a default, so an older record.json is still read."""
    plain = msgspec.json.decode(record.to_json(visits.ordinary()))
    del plain["addendum"], plain["pictures"]
    assert record.from_json(msgspec.json.encode(plain)) == visits.ordinary()
