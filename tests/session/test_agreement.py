"""The ledger's tables and the domain's folds say the same, whatever happened, also after a rebuild."""

from __future__ import annotations

import random
from datetime import date

from chairside.domain import custody
from chairside.domain.actor import Actor
from chairside.domain.facts import (
    Answered,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialDiscarded,
    VialFreed,
    VialOpened,
    VialQuarantined,
    VialReceived,
    VialRejected,
    VialReturned,
    VialThawed,
    VialUsed,
)
from chairside.domain.replies import Chosen
from chairside.ledger import Ledger
from chairside.session.scribe import Act
from chairside.session.vials import vial_in, vial_stream
from tests.session.clinics import IN_ORDER, LABEL_SAYS, SUPPLIER, Visitors

LIVES, LENGTH = 30, 14
TABLES = (
    "patient", "visit", "addendum", "vial", "sheet", "supplier", "copy", "person", "pin", "door", "tip",
)  # fmt: skip


def possible(chance: random.Random) -> list[custody.Here]:
    """Everything that may be told of a vial, in an order of chance."""
    visit = chance.choice(("one", "two"))
    told: list[custody.Here] = [
        Answered("receiving", "box_intact", Chosen("yes")),
        VialChecked("nurse-2"),
        VialAccepted(),
        VialAssigned(visit),
        VialQuarantined("looks odd"),
        VialRejected("broken"),
        VialFreed(visit, "put off"),
        VialOpened(visit),
        VialThawed(visit),
        VialUsed(visit, whole=chance.random() < 0.5),
        VialDiscarded("dropped"),
        VialReturned("recalled"),
    ]
    # What ends a life comes seldom, or most lives would be over before they began.
    return chance.choices(told, weights=(2, 4, 4, 4, 2, 0.3, 2, 3, 2, 1, 0.3, 0.3), k=LENGTH * 3)


def live(visitors: Visitors, code: str, sheet: str, chance: random.Random) -> None:
    """Tell a vial's life as far as the domain's rules of custody allow each step."""
    stream, scribe = vial_stream(code), visitors.clinic.scribe
    came = VialReceived(code, SUPPLIER, "cord tissue", "L-9", date(2027, 6, 1), sheet)
    said = (*((item, Chosen("yes")) for item in IN_ORDER), *LABEL_SAYS)
    box = [Answered("receiving", item, reply) for item, reply in said]
    scribe.write(Act("nurse-1", stream), [came, *box])
    for fact in possible(chance):
        person = "nurse-2" if isinstance(fact, VialChecked) else "nurse-1"
        vial = vial_in(visitors.clinic.ledger, stream)
        if custody.forbids(vial, fact, Actor(person, "nurse", proved=True), may_move=True) is None:
            scribe.write(Act(person, stream), [fact])
            agree(visitors, code)


def agree(visitors: Visitors, code: str) -> None:
    """Hold a vial's row against its fold."""
    vial = vial_in(visitors.clinic.ledger, vial_stream(code))
    (row,) = visitors.clinic.ledger.vials(code)
    assert (row.status, row.visit or "") == (vial.fate, vial.visit), [by.fact for by in vial.facts]


def projected(ledger: Ledger) -> dict[str, list[str]]:
    """Everything the projections hold."""
    return {table: sorted(map(repr, ledger.ask(f"SELECT * FROM {table}"))) for table in TABLES}


def test_a_vial_s_row_stands_where_its_fold_stands(visitors: Visitors) -> None:
    """Thirty lives of chance, every step of each. Proves: P10."""
    sheet = visitors.receiving.sheets()[0].stream
    chance, seen = random.Random(20), set()
    for number in range(LIVES):
        live(visitors, f"L-{number}", sheet, chance)
        seen.add(visitors.clinic.ledger.vials(f"L-{number}")[0].status)
    assert len(seen) > 4, seen


def test_a_whole_day_s_tables_are_only_its_facts(visitors: Visitors) -> None:
    """A visit to its addendum, beside one ahead and one put off: rebuilt, every table is the same."""
    visitors.whole()
    visitors.seal()
    visitors.staff.sign_in("nurse-1", "482915")
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    visitors.sign_procedure()
    visitors.seal_addendum()
    visitors.staff.sign_in("nurse-1", "482915")
    visitors.open()
    visitors.choose("notices_california", paper_copy="owed")
    visitors.staff.prove("nurse-2", "000000")
    before, board = projected(visitors.clinic.ledger), visitors.desk.board().visits
    assert all(before[table] for table in TABLES)
    visitors.clinic.ledger.rebuild()
    assert projected(visitors.clinic.ledger) == before
    assert visitors.desk.board().visits == board
