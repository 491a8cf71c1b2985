"""What the projections answer about a day, and that they hold nothing but what the facts say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from chairside.canon import canonical, sha256_hex
from chairside.domain import facts, replies
from chairside.keys import derive
from chairside.ledger import Ledger, connection, schema
from chairside.settings import STORE
from tests.ledger.scribe import KEY, NOON, Scribe, new_story
from tests.real_ink.made import signature

PROJECTED = (
    "tip", "patient", "patient_words", "visit", "addendum", "vial", "sheet", "supplier", "copy", "person",
    "pin", "door", "day", "clock", "ink",
)  # fmt: skip
LABEL = ("Example Tissue", "cord tissue", "L-1", date(2027, 1, 31))


@pytest.fixture
def scribe(tmp_path: Path) -> Iterator[Scribe]:
    own = Scribe(Ledger.create(tmp_path / "clinic", KEY))
    yield own
    own.ledger.close()


def projected(ledger: Ledger) -> dict[str, list[str]]:
    """Everything the projections hold."""
    return {table: sorted(map(repr, ledger.ask(f"SELECT * FROM {table}"))) for table in PROJECTED}


def released(scribe: Scribe, name: str, *marks: facts.Mark) -> str:
    """Tell a visit up to its sealed record and these marks; return its stream."""
    stream = f"visit:{name}"
    scribe.visit(name)
    scribe.write(stream, facts.Sealed("a" * 64, 0))
    for mark in marks:
        scribe.write(stream, facts.ProcedureMarked(mark, ("X1",)))
    return stream


def addendum(scribe: Scribe, stream: str, number: int, about: facts.AddendumKind = "procedure") -> None:
    """Tell an addendum up to its sealed file."""
    scribe.write(stream, facts.AddendumSigned(number, about, "as told", "Nora Example", "done"))
    scribe.ledger.conclude(scribe.draft(stream, facts.AddendumConcluded(number, about)))
    scribe.write(stream, facts.AddendumSealed(number, "b" * 64, 1))


def rich(scribe: Scribe) -> None:
    """A day with a bit of everything, slips of the finger included."""
    scribe.story(1)
    ink = canonical(signature(1)[0])
    scribe.write("visit:v0", facts.StrokeDrawn("sign", sha256_hex(ink)), ink)
    scribe.write("visit:v0", facts.Signed("sign", "patient", "Zoë Ågren", "so", (sha256_hex(ink),)))
    scribe.write(
        "clinic:c1", facts.SupplierAdded("Example Tissue", "3 Example Street", "+1 555 0102", 15, True)
    )
    scribe.write(
        "clinic:c1", facts.SupplierAdded("Example Tissue", "4 Example Street", "+1 555 0103", None, False)
    )
    device = f"device:{scribe.tablet}"
    for fact in (
        facts.DayOpened(NOON.date(), {"clock": "in_order"}),
        facts.SignedIn("p1"),
        facts.PinRefused("p2", 1),
        facts.PinRefused("p2", 2),
        facts.SignedOut("p1", "idle"),
        facts.DayClosed(NOON.date(), ("visit:v0",), "late"),
    ):
        scribe.write(device, fact)
    vials(scribe)
    stream = released(scribe, "w1", "thawed", "mixed", "first_injection", "last_injection")
    scribe.write(stream, facts.MarkTakenBack("last_injection"))
    scribe.write(stream, facts.ProcedureMarked("stopped_part_way", ("X1",)))
    addendum(scribe, stream, 1)
    scribe.write(
        "visit:w2", facts.VisitOpened("pt-v0", 2, NOON, ("name", "born"), {"consent": "a"}, "b", "p9")
    )
    scribe.write("visit:w2", facts.Replanned(NOON + timedelta(days=3), "the courier is late"))
    owed = facts.Answered("notices_other", "paper_copy", replies.Chosen("owed"))
    scribe.write("visit:w2", owed)
    scribe.write("visit:w2", facts.HandedOver("patient", "read"))
    scribe.write("visit:w3", facts.VisitOpened("pt-v0", 2, NOON, ("name", "born"), {"consent": "a"}, "b"))
    scribe.write("visit:w3", facts.OpenedInError("the wrong Ann"))
    scribe.write("patient:pt-v0", facts.PatientSeen("new_visit"))
    scribe.write("patient:pt-w1", facts.CopyHanded("w1", "record"))


def vials(scribe: Scribe) -> None:
    """Vials at every place of their life, under one sheet."""
    scribe.write("sheet:s1", facts.SheetEntered("Example Tissue", "D-1", "L-1"))
    scribe.write("sheet:s1", facts.Answered("donor_sheet", "sterility", replies.Chosen("no_growth")))
    scribe.check("sheet:s1")
    scribe.write("vial:e1", facts.VialExpected("ORDER-7", "Example Tissue", 5, NOON, "w1"))
    scribe.write("vial:e2", facts.VialExpected("ORDER-8", "Example Tissue", 10, NOON))
    scribe.write("vial:e2", facts.ExpectationEnded("", "sold out"))
    scribe.write("vial:v1", facts.VialReceived("V1", *LABEL, sheet="sheet:s1", expected="vial:e1"))
    scribe.write("vial:e1", facts.ExpectationEnded("V1"))
    scribe.write("vial:v1", facts.Answered("receiving", "vial_strength", replies.Chosen("5")))
    scribe.check("vial:v1")
    for fact in (
        facts.VialAccepted(),
        facts.VialAssigned("w1"),
        facts.VialFreed("w1", "came twice"),
        facts.VialAssigned("visit:w2"),
        facts.VialOpened("w2"),
        facts.VialThawed("w2"),
        facts.VialUsed("w2", whole=False),
    ):
        scribe.write("vial:v1", fact)
    scribe.write("vial:v2", facts.VialReceived("V2", *LABEL, sheet="sheet:s1"))
    scribe.write("vial:v2", facts.VialQuarantined("seal unclear"))


# -- the whole ----------------------------------------------------------------------------------
def test_projections_of_a_rich_day_rebuilt_are_the_same(scribe: Scribe) -> None:
    """They hold nothing that is not in the facts, whatever the order of slips and corrections."""
    rich(scribe)
    before = projected(scribe.ledger)
    assert all(before.values()), [table for table, rows in before.items() if not rows]
    scribe.ledger.rebuild()
    assert projected(scribe.ledger) == before
    assert scribe.ledger.check().facts > 40


def test_a_store_of_the_first_version_is_brought_forward(tmp_path: Path) -> None:
    """Its facts are as they were; what is asked of them now is answered from them."""
    scribe = new_story(tmp_path / "clinic", visits=1)
    rich_before = projected(scribe.ledger)
    facts_before = scribe.ledger.check()
    scribe.ledger.close()
    make_first_version(tmp_path / "clinic")
    again = Ledger.open(tmp_path / "clinic", KEY)
    assert projected(again) == rich_before
    assert again.check() == facts_before
    assert again.ask("PRAGMA user_version") == [(schema.VERSION,)]
    again.close()


def make_first_version(folder: Path) -> None:
    """Put a store back to what the first version made of the same facts."""
    own = connection.connect(folder / STORE, derive(KEY, "chairside/store/1"))
    for table in (*PROJECTED[3:], "patient"):
        if table != "person":
            own.execute(f"DROP TABLE {table}")
    own.execute(
        "CREATE TABLE patient (row INTEGER PRIMARY KEY, patient TEXT, name TEXT, born TEXT, phone TEXT)"
    )
    own.execute("INSERT INTO patient VALUES (1, 'pt-v0', 'Zoë', '1980-02-29', '1')")
    own.execute("CREATE TABLE visit (visit TEXT PRIMARY KEY, patient TEXT, sealed TEXT)")
    own.execute("CREATE TABLE vial (stream TEXT PRIMARY KEY, code TEXT)")
    own.execute("DELETE FROM _sqlite_migrations WHERE name != '0001_first'")
    own.execute("UPDATE projection SET version = 1")
    own.execute("PRAGMA user_version = 1")
    own.close()


# -- visits -------------------------------------------------------------------------------------
def test_a_released_visit_is_not_over_before_its_addendum_is_sealed(scribe: Scribe) -> None:
    """Proves: P1, P9."""
    stream = released(scribe, "v1", "thawed", "mixed", "first_injection", "last_injection")
    assert [row.visit for row in scribe.ledger.open_visits()] == ["v1"]
    scribe.write(stream, facts.AddendumSigned(1, "procedure", "", "Nora Example", "done"))
    assert scribe.ledger.open_visits()[0].unsealed == 1
    scribe.ledger.conclude(scribe.draft(stream, facts.AddendumConcluded(1, "procedure")))
    assert scribe.ledger.open_visits()[0].unsealed == 1
    scribe.write(stream, facts.AddendumSealed(1, "b" * 64, 1))
    assert scribe.ledger.open_visits() == ()
    row = scribe.ledger.visit("v1")
    assert row is not None and row.over and row.given_on == date(2026, 3, 4)


@pytest.mark.parametrize("sealed_first", [True, False])
def test_an_emergency_after_the_addendum_brings_a_visit_back_until_it_is_told(
    scribe: Scribe, sealed_first: bool
) -> None:
    """Also where the addendum that says nothing of it gets its file only after it. Proves: P1, P9."""
    stream = released(scribe, "v1", "thawed", "mixed", "not_given")
    scribe.write(stream, facts.AddendumSigned(1, "procedure", "told", "Nora Example", "done"))
    then = (facts.AddendumSealed(1, "b" * 64, 1), facts.ProcedureMarked("emergency"))
    for fact in then if sealed_first else reversed(then):
        scribe.write(stream, fact)
    assert [row.visit for row in scribe.ledger.open_visits()] == ["v1"]
    addendum(scribe, stream, 2, "adverse_event")
    assert scribe.ledger.open_visits() == ()


def test_a_mark_taken_back_after_an_amendment_is_the_last_mark(scribe: Scribe) -> None:
    """Whether the patient was given anything does not hang on what was signed in between."""
    stream = released(scribe, "v1", "thawed", "mixed", "first_injection")
    scribe.write(stream, facts.AddendumSigned(1, "amendment", "told", "Nora Example", "done"))
    scribe.write(stream, facts.MarkTakenBack("first_injection"))
    row = scribe.ledger.visit("v1")
    assert row is not None and row.given_on is None


def test_a_later_addendum_brings_a_visit_back_until_it_has_its_file(scribe: Scribe) -> None:
    """An adverse event weeks later. Proves: P9."""
    stream = released(scribe, "v1", "not_given")
    addendum(scribe, stream, 1)
    scribe.write(stream, facts.AddendumSigned(2, "adverse_event", "a rash", "Nora Example", "done"))
    assert [row.unsealed for row in scribe.ledger.open_visits()] == [1]
    scribe.write(stream, facts.AddendumSealed(2, "c" * 64, 2))
    assert scribe.ledger.open_visits() == ()


def test_an_amendment_alone_does_not_end_a_released_visit(scribe: Scribe) -> None:
    """Whether the treatment was given is still not told."""
    stream = released(scribe, "v1")
    addendum(scribe, stream, 1, "amendment")
    assert [row.visit for row in scribe.ledger.open_visits()] == ["v1"]
    addendum(scribe, stream, 2, "withdrawal")
    assert scribe.ledger.open_visits() == ()


def test_what_was_opened_in_error_is_over_at_once_and_owes_nothing(scribe: Scribe) -> None:
    """Proves: P4."""
    scribe.write("visit:v1", facts.VisitOpened("pt1", 1, NOON, ("name", "born"), {}, "b"))
    scribe.write("visit:v1", facts.Answered("notices_california", "paper_copy", replies.Chosen("owed")))
    assert len(scribe.ledger.owed()) == 1
    scribe.write("visit:v1", facts.OpenedInError("the wrong one was tapped"))
    assert (scribe.ledger.open_visits(), scribe.ledger.owed()) == ((), ())
    row = scribe.ledger.visit("v1")
    assert row is not None and row.error and row.over
    assert scribe.ledger.visit("v9") is None


def test_a_mark_taken_back_is_as_if_it_was_never_tapped(scribe: Scribe) -> None:
    """The day the treatment was given follows the marks."""
    stream = released(scribe, "v1", "thawed", "mixed", "first_injection")
    assert scribe.ledger.visits_of("pt-v1")[0].given_on == date(2026, 3, 4)
    scribe.write(stream, facts.MarkTakenBack("first_injection"))
    assert scribe.ledger.visits_of("pt-v1")[0].given_on is None
    scribe.write("visit:none", facts.MarkTakenBack("thawed"))
    assert scribe.ledger.visits_of("none") == ()


def test_a_visit_is_found_by_the_day_its_injection_is_planned_for(scribe: Scribe) -> None:
    """Replanned once, it moves; visits of a patient come oldest first."""
    scribe.patient("pt1", "Ann Example")
    for name, days in (("v1", 9), ("v2", 0)):
        planned = NOON + timedelta(days=days)
        scribe.write(
            f"visit:{name}", facts.VisitOpened("patient:pt1", 1, planned, ("name", "born"), {}, "b", "p9")
        )
    until = NOON + timedelta(hours=1)
    assert [(row.visit, row.name, row.physician) for row in scribe.ledger.visits_on(NOON, until)] == [
        ("v2", "Ann Example", "p9")
    ]
    scribe.write("visit:v1", facts.Replanned(NOON, "an earlier place was free"))
    assert len(scribe.ledger.visits_on(NOON, until)) == 2
    scribe.write("visit:v2", facts.Replanned(NOON + timedelta(days=1), "courier"))
    assert [row.visit for row in scribe.ledger.visits_of("pt1")] == ["v1", "v2"]
    scribe.write("visit:v1", facts.HandedOver("patient", "read"))
    assert scribe.ledger.open_visits()[0].holder == "patient"
    scribe.write("visit:v1", facts.HandedOver("staff", "read"))
    assert scribe.ledger.open_visits()[0].holder == ""


# -- papers -------------------------------------------------------------------------------------
def test_a_paper_is_owed_until_it_is_handed(scribe: Scribe) -> None:
    """Notices from the answer on, record and aftercare from the seal on. Proves: P8."""
    scribe.patient("pt-v1", "Ann Example")
    scribe.visit("v1")
    assert scribe.ledger.owed() == ()
    owed, handed = (
        facts.Answered("notices_california", "paper_copy", replies.Chosen(told))
        for told in ("owed", "handed")
    )
    for told, count in ((owed, 1), (handed, 0), (owed, 1)):
        scribe.write("visit:v1", told)
        assert len(scribe.ledger.owed()) == count
    scribe.write("visit:v1", facts.Sealed("a" * 64, 0))
    assert [(row.what, row.name) for row in scribe.ledger.owed()] == [
        ("notices", "Ann Example"),
        ("aftercare", "Ann Example"),
        ("record", "Ann Example"),
    ]
    for what in ("record", "notices", "aftercare"):
        scribe.write("patient:pt-v1", facts.CopyHanded("v1", what))  # type: ignore[arg-type]
    assert scribe.ledger.owed() == ()


def test_nobody_owes_an_aftercare_sheet_where_nothing_was_released(scribe: Scribe) -> None:
    """The record is still the patient's."""
    scribe.visit("v1", "do_not_treat")
    scribe.write("visit:v1", facts.Sealed("a" * 64, 0))
    assert [row.what for row in scribe.ledger.owed()] == ["record"]


# -- vials --------------------------------------------------------------------------------------
def test_a_vial_stands_where_the_last_fact_of_its_life_put_it(scribe: Scribe) -> None:
    """Proves: P10."""
    vials(scribe)
    stood = {row.stream: row.status for row in scribe.ledger.vials()}
    assert stood == {
        "vial:e1": "came",
        "vial:e2": "not_coming",
        "vial:v1": "partly_used",
        "vial:v2": "quarantined",
    }
    row = scribe.ledger.vials("V1")[-1]
    assert (row.visit, row.meant_for, row.strength, row.sheet) == ("w2", "w1", 5, "sheet:s1")
    assert row.thawed_at is not None and row.entered_by == "p1"
    assert {each.stream for each in scribe.ledger.vials_of("w2")} == {"vial:v1"}
    assert scribe.ledger.vial_at("vial:none") is None


@pytest.mark.parametrize(
    ("fact", "status"),
    [
        (facts.VialRejected("seal broken"), "rejected"),
        (facts.VialDiscarded("dropped"), "discarded"),
        (facts.VialReturned("recall"), "returned"),
        (facts.VialUsed("w1", whole=True), "used"),
    ],
)
def test_a_vial_whose_life_is_over_leaves_the_desk_the_next_day(
    scribe: Scribe, fact: facts.VialFact, status: str
) -> None:
    scribe.write("vial:v1", facts.VialReceived("V1", *LABEL))
    scribe.write("vial:v1", fact)
    assert [row.status for row in scribe.ledger.vials_since(NOON)] == [status]
    assert scribe.ledger.vials_since(NOON + timedelta(days=1)) == ()


def test_entries_that_change_after_the_check_want_another_look(scribe: Scribe) -> None:
    """For the label's and for the sheet's. Proves: T6."""
    vials(scribe)
    scribe.write("vial:v3", facts.VialReceived("V3", *LABEL))
    again: tuple[facts.VialFact, ...] = (
        facts.Answered("receiving", "box_intact", replies.Chosen("no")),
        facts.VialReceived("V3", *LABEL),
    )
    for fact in again:
        scribe.check("vial:v3")
        assert scribe.ledger.vials("V3")[0].status == "checked"
        scribe.write("vial:v3", fact)
        assert scribe.ledger.vials("V3")[0].status == "received"
    assert [(row.checked_by, row.vials) for row in scribe.ledger.sheets()] == [("p2", 2)]
    scribe.write("sheet:s1", facts.Answered("donor_sheet", "sterility", replies.Chosen("growth")))
    assert scribe.ledger.sheets()[0].checked_by == ""


def test_out_of_quarantine_a_vial_goes_back_to_its_visit(scribe: Scribe) -> None:
    scribe.write("vial:v1", facts.VialReceived("V1", *LABEL))
    for fact in (facts.VialAccepted(), facts.VialAssigned("w1"), facts.VialQuarantined("?")):
        scribe.write("vial:v1", fact)
    assert scribe.ledger.vials()[0].status == "quarantined"
    scribe.write("vial:v1", facts.VialAccepted())
    assert [(row.status, row.visit) for row in scribe.ledger.vials()] == [("assigned", "w1")]


def test_a_supplier_is_known_by_what_was_told_last(scribe: Scribe) -> None:
    """None: the supplier states no limit, and none is invented. Proves: Q35."""
    for limit in (15, None):
        scribe.write(
            "clinic:c1", facts.SupplierAdded("Example Tissue", "3 Street", "1", limit, limit is None)
        )
    (row,) = scribe.ledger.suppliers()
    assert (row.thaw_limit_minutes, row.may_move) == (None, True)


# -- the house ----------------------------------------------------------------------------------
def test_tries_the_door_and_the_day_are_each_tablet_s_own(scribe: Scribe) -> None:
    """Proves: T1."""
    here, other = f"device:{scribe.tablet}", Scribe(scribe.ledger, "t2")
    assert scribe.ledger.last_try("t1", "p1") is None and scribe.ledger.all_left("t1")
    scribe.write(here, facts.PinRefused("p1", 3))
    told = scribe.ledger.last_try("t1", "p1")
    assert told is not None and (told.in_a_row, told.at) == (3, NOON + timedelta(seconds=1))
    assert scribe.ledger.last_try("t2", "p1") is None
    scribe.write(here, facts.SignedIn("p1"))
    assert scribe.ledger.last_try("t1", "p1").in_a_row == 0  # type: ignore[union-attr]
    assert not scribe.ledger.all_left("t1") and other.ledger.all_left("t2")
    scribe.write(here, facts.SignedOut("p1", "idle"))
    assert scribe.ledger.all_left("t1")
    today = NOON.date()
    assert scribe.ledger.day("t1", today).opened_at is None
    scribe.write(here, facts.DayOpened(today, {}))
    scribe.write(here, facts.DayClosed(today, ()))
    assert scribe.ledger.day("t1", today).closed_at is not None
    scribe.write(here, facts.DayOpened(today, {}))
    assert scribe.ledger.day("t1", today).closed_at is None
    assert scribe.ledger.day("t2", today).opened_at is None
    other.write("device:t2", facts.DayClosed(today, ()))
    assert scribe.ledger.day("t2", today).opened_at is None


def test_the_same_name_is_the_same_in_any_order_and_spelling(scribe: Scribe) -> None:
    scribe.patient("pt1", "Zoë Ågren-Núñez")
    scribe.patient("pt2", "NUNEZ Agren, Zoe", date(1990, 1, 1))
    scribe.patient("pt3", "Zoë Ågren")
    assert [row.patient for row in scribe.ledger.same_names("zoe agren nunez")] == ["pt1", "pt2"]
