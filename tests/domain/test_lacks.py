"""What a step's form lacks, item by item: each kind, answered and not, asked for and not."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain.facts import Decided, PageRead, Stamped
from chairside.domain.facts.people import InterpreterNamed
from chairside.domain.form import (
    Choice,
    Closing,
    Code,
    Dose,
    Initial,
    Ink,
    Item,
    Manner,
    Statement,
    Step,
    Text,
)
from chairside.domain.lacks import Lack, item_lack, lacks_of
from chairside.domain.replies import NO_CODES, Chosen, Coded, CodesRead, DoseGiven, Reply
from chairside.domain.visit import People, Told, Visit
from tests.domain.made_up import NOON, book_with, form, stamped

BY: Stamped = stamped(PageRead("f", "text", "shown"))
READ = Choice(id="ask", options=("a", "b"), right="a")
INTERPRETER = Ink(id="line", owner="patient", signer="interpreter")
PATIENT = Ink(id="mine", owner="patient", signer="patient")


def _visit(form_id: str = "f", **replies: Reply) -> Visit:
    return Visit("one", told={(form_id, item): (Told(reply, BY, 1),) for item, reply in replies.items()})


@pytest.mark.parametrize(
    ("item", "visit", "why"),
    [
        (Statement(id="text"), Visit("one"), "unread"),
        (Statement(id="text"), Visit("one", read={("f", "text"): BY}), None),
        (Choice(id="ask"), Visit("one"), "unanswered"),
        (Choice(id="ask", required=False), Visit("one"), None),
        (Choice(id="ask"), _visit(ask=Chosen("no")), None),
        (Initial(id="i", covers="text"), Visit("one"), "not_initialled"),
        (Code(id="c", many=True), _visit(c=NO_CODES), "unanswered"),
        (Code(id="c", many=True, required=False), _visit(c=NO_CODES), None),
        (Code(id="c", many=True), _visit(c=CodesRead((Coded("V-1", "scanned"),))), None),
        (READ, _visit(ask=Chosen("a")), None),
        (READ, _visit(ask=Chosen("b")), "explain_again"),
        (READ, structs.replace(_visit(ask=Chosen("b")), explained={("f", "ask"): 1}), "explain_again"),
        (READ, structs.replace(_visit(ask=Chosen("b")), explained={("f", "ask"): 2}), None),
        (PATIENT, Visit("one"), "unsigned"),
        (PATIENT, Visit("one", signed={"f.mine": BY}), None),
        (Ink(id="mine", signer="patient", required=False), Visit("one"), None),
        (INTERPRETER, Visit("one"), "unsigned"),
    ],
)
def test_each_kind_of_item_lacks_its_own(item: Item, visit: Visit, why: str | None) -> None:
    """Proves: P2, Q13."""
    found = item_lack(form("f", item), item, visit)
    assert found == (Lack(why, "f", item.id) if why else None)  # type: ignore[arg-type]  # a word of the table


def test_an_interpreter_who_is_away_is_attested_and_nobody_else() -> None:
    """Proves: Q15, R38."""
    away = stamped(InterpreterNamed("Ivo Example", "77", "Tagalog", "phone", sight=True))
    visit = Visit("one", people=People(interpreter=away))
    whys = [item_lack(form("f", item), item, visit) for item in (INTERPRETER, PATIENT)]
    assert whys == [Lack("unattested", "f", "line"), Lack("unsigned", "f", "mine")]


def _lacking(*items: Item, visit: Visit, closes: Closing = "tap", manner: Manner = "sheet") -> list[str]:
    step = Step("s", "nurse", manner, "f", (), closes)
    return [f"{each.why} {each.item}" for each in lacks_of(book_with(form("f", *items)), step, visit)]


@pytest.mark.parametrize(
    ("manner", "items", "found"),
    [
        ("sheet", (Statement(id="text"),), []),
        ("reading", (Statement(id="text"),), ["unread text"]),
        ("sheet", (Statement(id="text", owner="patient"),), ["unread text"]),
        ("sheet", (Statement(id="text"), Text(id="note")), ["unanswered note"]),
    ],
)
def test_text_is_demanded_of_the_patient_who_reads_it(
    manner: Manner, items: tuple[Item, ...], found: list[str]
) -> None:
    """Proves: P2."""
    assert _lacking(*items, visit=Visit("one"), manner=manner) == found


@pytest.mark.parametrize(
    ("closes", "lacking"),
    [
        ("tap", True), ("pin", True), ("read", True), ("signature", True),
        ("decision", False), ("countersign", False), ("seal", False), ("marks", False),
    ],
)  # fmt: skip
def test_what_closes_by_an_act_of_its_own_lacks_no_answer(closes: Closing, lacking: bool) -> None:
    """Nor does what has no form. Proves: P2."""
    assert bool(_lacking(Choice(id="ask"), visit=Visit("one"), closes=closes)) is lacking
    assert lacks_of(book_with(), Step("s", "nurse", "sheet", "no form", (), closes), Visit("one")) == ()


@pytest.mark.parametrize(
    ("told", "found"),
    [({}, ["unanswered first"]), ({"first": "yes"}, ["unanswered then"]), ({"first": "no"}, [])],
)
def test_what_is_asked_after_an_answer_is_not_asked_without_it(
    told: dict[str, str], found: list[str]
) -> None:
    """Proves: P2."""
    items = (Choice(id="first"), Choice(id="then", only_if=("first", "yes", "unsure")))
    visit = _visit(**{item: Chosen(option) for item, option in told.items()})
    assert _lacking(*items, visit=visit) == found


def test_a_line_is_asked_of_who_is_there() -> None:
    """Where nobody interprets, nobody signs for it. Proves: Q15."""
    assert _lacking(INTERPRETER, PATIENT, visit=Visit("one")) == ["unsigned mine"]


def test_a_dose_is_asked_for_where_it_was_ordered_and_at_its_step_only() -> None:
    """Proves: Q26."""
    dose = Dose(id="loratadine", drug="loratadine", doses=("10 mg",), forms=("tablet",))
    kit = Text(id="kit")
    ordered = stamped(Decided("proceed", "in_person", 5, ("loratadine",), ()))
    book = book_with(form("premedication", dose, kit), form("f", dose, kit))
    for decided, at_its_step in ((None, ["kit"]), (ordered, ["loratadine", "kit"])):
        visit = Visit("one", decided=decided)
        found = lacks_of(book, book.plan.step("premedication"), visit)
        assert [each.item for each in found] == at_its_step
        other = lacks_of(book, Step("s", "nurse", "sheet", "f", (), "tap"), visit)
        assert [each.item for each in other] == ["loratadine", "kit"]


def test_what_speaks_against_a_dose_is_said_at_its_step() -> None:
    """Proves: Q26."""
    given = DoseGiven(NOON, "10 mg", "tablet")
    visit = _visit("premedication", loratadine=given, loratadine_allergy=Chosen("yes"))
    book = book_with(form("premedication"))
    found = lacks_of(book, book.plan.step("premedication"), visit)
    assert found == (Lack("finding", "premedication", "loratadine_not_after_allergy"),)


@pytest.mark.parametrize(("option", "refused"), [("yes", False), ("no", True), ("unsure", True)])
def test_anything_but_a_childs_yes_is_said_at_the_childs_step_only(option: str, refused: bool) -> None:
    """Proves: Q14, R32."""
    book = book_with(form("assent", Choice(id="wants")), form("f"))
    visit = _visit("assent", wants=Chosen(option))
    found = lacks_of(book, Step("assent", "patient", "signing", "assent", (), "signature"), visit)
    assert found == ((Lack("assent_refused", "assent", "wants"),) if refused else ())
    assert lacks_of(book, Step("s", "patient", "signing", "f", (), "signature"), visit) == ()
