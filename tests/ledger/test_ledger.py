"""What the ledger takes, what it refuses, and what it answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from chairside.canon import encode, fact_hash, sha256_hex, tree
from chairside.domain import facts
from chairside.errors import DiskRefused, LedgerError
from chairside.ledger import Draft, LeafProof, Ledger
from chairside.settings import STORE
from tests.canon.examples import FACTS
from tests.ledger.scribe import KEY, NOON, STROKE, Scribe, new_story


@pytest.fixture
def scribe(tmp_path: Path) -> Iterator[Scribe]:
    """A scribe with an empty ledger."""
    own = Scribe(Ledger.create(tmp_path / "clinic", KEY))
    yield own
    own.ledger.close()


def code(trouble: pytest.ExceptionInfo[LedgerError]) -> str:
    """The stable code of a refusal."""
    return trouble.value.code


def test_what_was_appended_is_read_back_byte_for_byte(scribe: Scribe) -> None:
    """Proves: T10: after closing and opening again, too."""
    drafts = []
    for fact in FACTS:
        draft = scribe.draft("visit:v1", fact)
        scribe.ledger.append((draft,))
        drafts.append(draft)
    scribe.ledger.close()
    again = Ledger.open(scribe.ledger.folder, KEY)
    read = again.stream("visit:v1")
    assert [each.fact for each in read] == list(FACTS)
    assert [again.body_bytes(each.hash) for each in read] == [encode(draft.body) for draft in drafts]
    again.close()


def test_numbers_have_no_gaps_and_no_repeats(scribe: Scribe) -> None:
    """Proves: T11: only last + 1 is taken; nothing of a refused batch stays."""
    scribe.found()
    for ahead in (-1, 1, 5):
        with pytest.raises(LedgerError) as refused:
            scribe.ledger.append((Draft(scribe.body("visit:v1", facts.BreakTaken("read"), ahead)),))
        assert code(refused) == "wrong_number"
        assert refused.value.facts["expected"] == 3
    good, bad = (scribe.body("visit:v1", facts.BreakTaken("read"), ahead) for ahead in (0, 5))
    with pytest.raises(LedgerError, match="wrong_number"):
        scribe.ledger.append((Draft(good), Draft(bad)))
    assert scribe.ledger.last_number("t1") == 2
    assert scribe.ledger.stream("visit:v1") == ()


def test_a_fact_follows_facts_that_are_there(scribe: Scribe) -> None:
    """An unknown hash, another stream's hash, or none where the stream has begun: refused."""
    other = scribe.patient("pt1", "Ann Example")
    scribe.write("visit:v1", facts.BreakTaken("read"))
    for after in (("00" * 32,), (other.hash,), ()):
        body = scribe.body("visit:v1", facts.BreakTaken("read"))
        with pytest.raises(LedgerError, match="unknown_after"):
            scribe.ledger.append((Draft(replace(body, stamp=replace(body.stamp, after=after))),))
    assert len(scribe.ledger.stream("visit:v1")) == 1


def test_two_tablets_extend_one_visit_and_a_third_fact_joins_them(scribe: Scribe) -> None:
    """The heads of a stream are the facts nobody followed yet."""
    first = scribe.write("visit:v1", facts.BreakTaken("read"))
    other = Scribe(scribe.ledger, "t2")
    left = scribe.body("visit:v1", facts.BreakTaken("a"))
    right = other.body("visit:v1", facts.BreakTaken("b"))
    stored = scribe.ledger.append((Draft(left), Draft(right)))
    assert set(scribe.ledger.heads("visit:v1")) == {each.hash for each in stored} != {first.hash}
    joined = scribe.write("visit:v1", facts.BreakTaken("c"))
    assert scribe.ledger.heads("visit:v1") == (joined.hash,)
    assert (scribe.ledger.last_number("t1"), scribe.ledger.last_number("t2")) == (3, 1)
    assert scribe.ledger.tablets() == ("t1", "t2")
    assert scribe.ledger.check().facts == 4


def test_a_batch_is_stored_whole_and_an_empty_one_is_nothing(scribe: Scribe) -> None:
    """One transaction."""
    pair = (
        Draft(scribe.body("visit:v1", facts.BreakTaken("a"))),
        Draft(scribe.body("visit:v2", facts.BreakTaken("b"), ahead=1)),
    )
    assert [each.stamp.number for each in scribe.ledger.append(pair)] == [1, 2]
    assert scribe.ledger.append(()) == ()
    assert scribe.ledger.streams("visit:") == ("visit:v1", "visit:v2")
    assert scribe.ledger.streams("patient:") == ()


def test_attachments_are_kept_once_by_digest(scribe: Scribe) -> None:
    """The same stroke twice is one attachment; an unknown digest is not found."""
    for _ in range(2):
        scribe.write("visit:v1", facts.StrokeDrawn("sign", sha256_hex(STROKE)), STROKE)
    assert scribe.ledger.blob(sha256_hex(STROKE)) == STROKE
    assert scribe.ledger.check().blobs == 1
    for missing in (scribe.ledger.blob, scribe.ledger.body_bytes, scribe.ledger.leaf):
        with pytest.raises(LedgerError, match="not_found"):
            missing("00" * 32)


def proves(proof: LeafProof) -> bool:
    """Check a proof with nothing but the tree's own rules."""
    path = [bytes.fromhex(each) for each in proof.proof]
    root = bytes.fromhex(proof.root)
    return tree.verify_inclusion(bytes.fromhex(proof.leaf), proof.index, proof.size, path, root)


def test_each_concluded_visit_is_a_leaf_that_proves_itself_for_ever(scribe: Scribe) -> None:
    """Proves: T11: the proof stays the same when others follow, and holds against a later root."""
    proofs = []
    for number in range(9):
        scribe.write(f"visit:v{number}", facts.BreakTaken("read"))
        stored, proof = scribe.ledger.conclude(scribe.draft(f"visit:v{number}", facts.Concluded("refused")))
        assert (proof.leaf, proof.index, proof.size) == (stored.hash, number, number + 1)
        proofs.append(proof)
    head = scribe.ledger.head("t1")
    assert (head.size, head.root) == (9, proofs[-1].root)
    for proof in proofs:
        assert proves(proof)
        assert scribe.ledger.leaf(proof.leaf) == proof
        later = scribe.ledger.leaf(proof.leaf, 9)
        assert proves(later) and later.root == head.root
    assert not proves(replace(proofs[4], leaf=proofs[3].leaf))


def test_secrets_are_kept_and_replaced(scribe: Scribe) -> None:
    """The ledger stores what `keys` makes, whatever it is."""
    assert scribe.ledger.secret("pin:p1") is None
    scribe.ledger.keep_secret("pin:p1", b"one")
    scribe.ledger.keep_secret("pin:p1", b"two")
    scribe.ledger.keep_secret("seal", b"three")
    assert scribe.ledger.secret("pin:p1") == b"two"
    assert scribe.ledger.secret_names() == ("pin:p1", "seal")
    assert scribe.ledger.secret_names("pin:") == ("pin:p1",)


@pytest.mark.parametrize(
    "typed",
    ["zoë", "ZOE", "ag zo", "nun", "núñez ågren zoe", "1980", "1980-02", "555", "15550101", "Ågren, Zoë"],
)
def test_a_patient_is_found_by_any_words_in_any_order(scribe: Scribe, typed: str) -> None:
    """Accents, case and punctuation do not matter; birth date and phone work too."""
    scribe.patient("pt1", "Zoë Ågren-Núñez")
    scribe.patient("pt2", "Øyvind Łukasz", date(1971, 1, 1))
    found = {row.patient for row in scribe.ledger.patients(typed)}
    assert found == ({"pt1", "pt2"} if typed.startswith(("555", "1555")) else {"pt1"})


def test_letters_without_a_separable_accent_are_found_as_typed(scribe: Scribe) -> None:
    """A clerk types o for ø and l for ł."""
    scribe.patient("pt2", "Øyvind Łukasz Strauß")
    assert scribe.ledger.patients("oyvind luk strauss")[0].name == "Øyvind Łukasz Strauß"


@pytest.mark.parametrize(
    "typed", ["", "  ", "!!", "zoe x", "OR", '"', "b*", "zoe NEAR(", "öö", "-zoe -agren x"]
)
def test_no_typed_text_breaks_the_search(scribe: Scribe, typed: str) -> None:
    """Proves: T19: search syntax in a name is only text."""
    scribe.patient("pt1", "Zoë Ågren")
    assert scribe.ledger.patients(typed) == ()


def test_the_list_is_short_and_by_name(scribe: Scribe) -> None:
    """Type-ahead shows at most what was asked for."""
    for number in range(12):
        scribe.patient(f"pt{number:02}", f"Ann {chr(76 - number)}")
    names = [row.name for row in scribe.ledger.patients("ann")]
    assert len(names) == 10
    assert names == sorted(names)
    assert len(scribe.ledger.patients("ann", most=3)) == 3


def test_a_patient_written_anew_is_found_by_the_new_name_only(scribe: Scribe) -> None:
    """One row per patient."""
    scribe.patient("pt1", "Ann Before")
    scribe.patient("pt1", "Ann After")
    assert scribe.ledger.patients("before") == ()
    assert [row.name for row in scribe.ledger.patients("ann")] == ["Ann After"]


def test_a_visit_stays_open_until_it_is_sealed(scribe: Scribe) -> None:
    """Concluded and not yet sealed is a state that is seen."""
    scribe.patient("pt-v1", "Ann Example")
    ended = scribe.visit("v1", "deferred")
    row = scribe.ledger.open_visits()[0]
    assert (row.visit, row.name, row.session, row.injection) == ("v1", "Ann Example", 1, NOON)
    assert (row.ending, row.sealed) == ("deferred", None)
    assert ended.hash == scribe.ledger.heads("visit:v1")[0]
    scribe.write("visit:v1", facts.Sealed("a" * 64, 0))
    assert scribe.ledger.open_visits() == ()


def test_a_vial_stands_where_its_last_fact_put_it(scribe: Scribe) -> None:
    """Received, checked, accepted, assigned; found by code."""
    scribe.write("vial:x1", facts.VialReceived("X1", "Example Tissue", "5 M", "L-1", date(2027, 1, 31)))
    scribe.write("vial:x2", facts.VialReceived("X2", "Example Tissue", "5 M", "L-1", date(2027, 1, 31)))
    seen = [scribe.ledger.vials("X1")[0].status]
    scribe.check("vial:x1")
    seen.append(scribe.ledger.vials("X1")[0].status)
    for fact in (facts.VialAccepted(), facts.VialAssigned("visit:v1")):
        scribe.write("vial:x1", fact)
        seen.append(scribe.ledger.vials("X1")[0].status)
    assert seen == ["received", "checked", "accepted", "assigned"]
    assert [(row.code, row.visit) for row in scribe.ledger.vials()] == [("X1", "v1"), ("X2", None)]
    assert scribe.ledger.vials("X9") == ()


def test_a_disabled_person_stays_on_the_list(scribe: Scribe) -> None:
    """Proves: T5: disabled, never deleted."""
    scribe.found()
    scribe.write("clinic:c1", facts.StaffDisabled("p1", "left"))
    assert [(row.person, row.role, row.disabled) for row in scribe.ledger.people()] == [("p1", "nurse", True)]


def projected(ledger: Ledger) -> list[object]:
    """Everything the projections hold."""
    tables = ("tip", "patient", "patient_words", "visit", "vial", "person")
    return [sorted(map(repr, ledger.ask(f"SELECT * FROM {table}"))) for table in tables]


def test_projections_rebuilt_are_the_same(tmp_path: Path) -> None:
    """They hold nothing that is not in the facts."""
    scribe = new_story(tmp_path)
    before = projected(scribe.ledger)
    scribe.ledger.rebuild()
    assert projected(scribe.ledger) == before
    scribe.ledger.close()


def test_a_name_that_is_taken_is_not_overwritten(scribe: Scribe) -> None:
    """An existing store is never made anew."""
    with pytest.raises(LedgerError, match="store_exists"):
        Ledger.create(scribe.ledger.folder, KEY)
    assert Ledger.exists(scribe.ledger.folder)
    assert not Ledger.exists(scribe.ledger.folder / "elsewhere")


def test_a_making_that_was_cut_short_is_begun_again(tmp_path: Path) -> None:
    """What a killed first start left behind is no store."""
    (tmp_path / "ledger.new").write_bytes(b"half")
    (tmp_path / "ledger.new-wal").write_bytes(b"half")
    assert not Ledger.exists(tmp_path)
    Ledger.create(tmp_path, KEY).close()
    assert {path.name for path in tmp_path.iterdir()} == {STORE, "ledger.anchor"}


def test_a_folder_that_cannot_be_made_is_the_disk_s_refusal(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskRefused) as refused:
        Ledger.create(tmp_path / "file" / "clinic", KEY)
    assert code(refused) == "disk_refused"


def test_readers_do_not_wait_for_each_other(scribe: Scribe) -> None:
    """Four threads read while one writes; every reader sees whole batches only."""
    scribe.found()
    wrong: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            if len(scribe.ledger.stream("visit:v1")) % 2:
                wrong.append(1)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(20):
            first = scribe.body("visit:v1", facts.BreakTaken("a"))
            second = scribe.body("visit:v1", facts.BreakTaken("b"), ahead=1)
            after = (fact_hash(encode(first)),)
            second = replace(second, stamp=replace(second.stamp, after=after))
            scribe.ledger.append((Draft(first), Draft(second)))
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert len(scribe.ledger.stream("visit:v1")) == 40


def test_sqlite_utils_speaks_to_the_encrypted_library() -> None:
    """Without the alias it would catch the wrong exceptions and leave transactions open."""
    said = subprocess.run(
        [sys.executable, "-c", "import chairside.ledger, sqlite_utils.utils as u; print(u.sqlite3.__name__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "sqlcipher3"


def test_opening_and_appending_never_import_sqlite_utils(tmp_path: Path) -> None:
    """It costs a fifth of a second, and only a migration needs it."""
    Ledger.create(tmp_path / "clinic", KEY).close()
    program = (
        "import sys; from pathlib import Path; from chairside.ledger import Ledger;"
        "from tests.ledger.scribe import KEY, Scribe;"
        "s = Scribe(Ledger.open(Path(sys.argv[1]), KEY)); s.story();"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'sqlite_utils', 'sqlite3', 'psycopg'}))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "clinic")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert said.stdout.strip() == "[]"


def test_the_log_goes_over_into_the_main_file_at_rest_only(tmp_path: Path, scribe: Scribe) -> None:
    """A commit does not wait for it; after `settle` the main file holds all of it, without the log."""
    scribe.found()
    scribe.ledger.settle()
    before = scribe.ledger.path.read_bytes()
    for _ in range(150):  # far more than the thousand pages at which SQLite would begin by itself
        scribe.write("visit:v1", facts.BreakTaken("read"))
    assert scribe.ledger.path.read_bytes() == before
    scribe.ledger.settle()
    alone = tmp_path / "alone"
    shutil.copytree(scribe.ledger.folder, alone, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    copied = Ledger.open(alone, KEY)
    assert copied.last_number("t1") == scribe.ledger.last_number("t1")
    copied.close()


def test_a_closed_store_is_not_opened_to_tidy_it_up(scribe: Scribe) -> None:
    scribe.ledger.close()
    scribe.ledger.settle()
    assert not scribe.ledger.path.with_name(f"{STORE}-wal").exists()
