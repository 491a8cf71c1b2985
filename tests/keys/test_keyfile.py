"""The key file: who opens the store, with what, and what no edit of the file can weaken."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chairside import keys
from chairside.errors import KeyRefused
from chairside.keys import CLINIC, DEMO, PIN, Cost, recovery
from chairside.keys.cost import refuse_cheap

WORDS = "correct horse battery"
LOWEST = Cost("clinic", memory_mib=64, passes=3, lanes=4)


def made(person: str = "p1", words: str = WORDS) -> tuple[keys.KeyFile, bytes, str]:
    """A key file at the demo's cost."""
    return keys.new_key_file(person, words, DEMO, demo=True)


def code(trouble: pytest.ExceptionInfo[KeyRefused]) -> str:
    """The stable code of a refusal."""
    return trouble.value.code


def test_the_opener_and_the_printed_key_open_the_same_store() -> None:
    """Proves: T3: the data key is random, 32 bytes, and comes back from both."""
    file, data_key, sheet = made()
    assert len(data_key) == 32
    assert keys.open_with_passphrase(file, "p1", WORDS, demo=True) == data_key
    assert keys.open_with_recovery(file, sheet) == data_key
    assert made()[1] != data_key


def test_a_wrong_passphrase_opens_nothing() -> None:
    """Nor does somebody else's name."""
    file, _, _ = made()
    with pytest.raises(KeyRefused) as wrong:
        keys.open_with_passphrase(file, "p1", WORDS + "!", demo=True)
    assert code(wrong) == "passphrase_wrong"
    with pytest.raises(KeyRefused) as stranger:
        keys.open_with_passphrase(file, "p2", WORDS, demo=True)
    assert code(stranger) == "not_an_opener"


def test_a_real_cost_opens_only_with_its_own_passphrase() -> None:
    """The lowest cost a clinic may have, with the real Argon2id."""
    file, data_key, _ = keys.new_key_file("p1", WORDS, LOWEST)
    assert keys.open_with_passphrase(file, "p1", WORDS) == data_key


def test_two_keyboards_type_the_same_passphrase() -> None:
    """Composed and decomposed letters are one passphrase."""
    file, data_key, _ = made(words="contrase\u00f1a larga")
    assert keys.open_with_passphrase(file, "p1", "contrasen\u0303a larga", demo=True) == data_key


def test_production_refuses_the_demo_s_cost_in_making_and_in_opening() -> None:
    """Proves: T4."""
    with pytest.raises(KeyRefused) as making:
        keys.new_key_file("p1", WORDS, DEMO)
    file, _, _ = made()
    with pytest.raises(KeyRefused) as opening:
        keys.open_with_passphrase(file, "p1", WORDS)
    assert code(making) == code(opening) == "cost_too_low"


@pytest.mark.parametrize(
    "cost",
    [Cost("clinic", 63, 3, 4), Cost("pin", 64, 2, 4), Cost("demo", 256, 3, 4), Cost("clinic", 1, 1, 1)],
)
def test_a_cost_below_the_floor_is_refused(cost: Cost) -> None:
    """Proves: T4, F20: at least 64 MiB and three passes per guess, and never a demo's name."""
    with pytest.raises(KeyRefused, match="cost_too_low"):
        refuse_cheap(cost, demo=False)


def test_the_shipped_costs_are_above_the_floor() -> None:
    """The passphrase costs more than the PIN, because its lock lies outside the store."""
    for cost in (CLINIC, PIN):
        refuse_cheap(cost, demo=False)
    assert CLINIC.memory_mib * CLINIC.passes >= PIN.memory_mib * PIN.passes


@pytest.mark.parametrize(
    "change",
    [
        {"cost": Cost("demo", 2, 1, 1)},
        {"cost": Cost("demo", 1, 2, 1)},
        {"cost": Cost("pin", 1, 1, 1)},
        {"salt": b"0" * 16},
        {"person": "p2"},
        {"wrapped": b"0" * 40},
        {"wrapped": b""},
    ],
    ids=str,
)
def test_no_edit_of_an_opener_s_header_opens_anything(change: dict[str, object]) -> None:
    """Proves: T4: person, salt and cost are bound into the wrapping key."""
    file, _, _ = made()
    edited = replace(file.openers[0], **change)  # type: ignore[arg-type]
    with pytest.raises(KeyRefused, match="passphrase_wrong"):
        keys.open_with_passphrase(replace(file, openers=(edited,)), edited.person, WORDS, demo=True)


def test_a_changed_passphrase_replaces_the_old_one() -> None:
    """Proves: T5: new file and old passphrase fail; the other opener is untouched."""
    file, data_key, _ = made()
    file = keys.add_opener(file, data_key, keys.Opening("p2", "second passphrase", DEMO, demo=True))
    file = keys.add_opener(file, data_key, keys.Opening("p1", "a new passphrase", DEMO, demo=True))
    with pytest.raises(KeyRefused, match="passphrase_wrong"):
        keys.open_with_passphrase(file, "p1", WORDS, demo=True)
    for person, words in (("p1", "a new passphrase"), ("p2", "second passphrase")):
        assert keys.open_with_passphrase(file, person, words, demo=True) == data_key


def test_a_removed_opener_opens_nothing_and_the_last_one_stays() -> None:
    """Proves: T5."""
    file, data_key, _ = made()
    both = keys.add_opener(file, data_key, keys.Opening("p2", "second passphrase", DEMO, demo=True))
    with pytest.raises(KeyRefused, match="not_an_opener"):
        keys.open_with_passphrase(keys.remove_opener(both, "p1"), "p1", WORDS, demo=True)
    with pytest.raises(KeyRefused, match="last_opener"):
        keys.remove_opener(file, "p1")


def test_a_new_recovery_sheet_makes_the_old_one_worthless() -> None:
    """A lost sheet can be replaced."""
    file, data_key, old = made()
    renewed, sheet = keys.renew_recovery(file, data_key)
    assert keys.open_with_recovery(renewed, sheet) == data_key
    with pytest.raises(KeyRefused, match="recovery_key_wrong"):
        keys.open_with_recovery(renewed, old)


@pytest.mark.parametrize("words", ["", "short", "eleven char"])
def test_a_short_passphrase_is_refused(words: str) -> None:
    """Twelve characters at least: the file can be attacked away from the tablet."""
    with pytest.raises(KeyRefused, match="passphrase_short"):
        made(words=words)


def test_the_key_file_reads_back_and_holds_no_secret() -> None:
    """Proves: T3."""
    file, data_key, sheet = made()
    data = keys.write_key_file(file)
    assert keys.read_key_file(data) == file
    for secret in (data_key, data_key.hex().encode(), WORDS.encode(), sheet.encode()):
        assert secret not in data


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe", b'{"schema":2,"openers":[],"recovery":""}'])
def test_a_damaged_key_file_is_refused(data: bytes) -> None:
    """With a code, never a traceback."""
    with pytest.raises(KeyRefused, match="key_file_unreadable"):
        keys.read_key_file(data)


SECRETS = st.binary(min_size=recovery.SECRET_BYTES, max_size=recovery.SECRET_BYTES)


@given(SECRETS)
def test_every_recovery_key_reads_back_however_it_is_typed(secret: bytes) -> None:
    """Lower case, spaces, and the letters people read for 0 and 1."""
    sheet = recovery.printed(secret)
    assert recovery.read(sheet) == secret
    assert recovery.read(sheet.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == secret
    assert len(secret) * 8 >= 160


@given(SECRETS, st.data())
def test_every_single_slip_in_a_recovery_key_names_its_group(secret: bytes, data: st.DataObject) -> None:
    """One wrong character, or two neighbours in a group swapped."""
    sheet = recovery.printed(secret)
    at = data.draw(st.sampled_from([place for place, letter in enumerate(sheet) if letter != "-"]))
    wrong = data.draw(st.sampled_from([letter for letter in recovery.ALPHABET if letter != sheet[at]]))
    slips = [sheet[:at] + wrong + sheet[at + 1 :]]
    if at + 1 < len(sheet) and "-" not in sheet[at : at + 2] and sheet[at] != sheet[at + 1]:
        slips.append(sheet[:at] + sheet[at + 1] + sheet[at] + sheet[at + 2 :])
    for slip in slips:
        with pytest.raises(KeyRefused) as refused:
            recovery.read(slip)
        assert refused.value.facts["group"] == at // 6 + 1


@pytest.mark.parametrize("text", ["", "AAAAA", "AAAAA-" * 8 + "A", "?" * 40, "U" * 40])
def test_what_is_no_recovery_key_is_refused(text: str) -> None:
    """Too short, too long, or letters it never has."""
    with pytest.raises(KeyRefused, match="recovery_key_mistyped"):
        recovery.read(text)


def test_swapped_groups_are_noticed() -> None:
    """The place of a group is part of its check character."""
    groups = recovery.printed(bytes(range(20))).split("-")
    with pytest.raises(KeyRefused, match="recovery_key_mistyped"):
        recovery.read("-".join([groups[1], groups[0], *groups[2:]]))


def test_a_key_for_one_purpose_is_not_one_for_another() -> None:
    """Purposes and what is bound to them are told apart."""
    key = bytes(32)
    made_keys = {keys.derive(key, "a"), keys.derive(key, "b"), keys.derive(key, "a", b"b"), key}
    assert len(made_keys) == 4
    assert msgspec.json.decode(keys.write_key_file(made()[0]))["schema"] == 1
