"""What lies on the demo's desk: one sheet, one supplier, and vials for the next visits."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import Any

from chairside.domain.facts import SheetEntered, SupplierAdded, VialReceived
from chairside.domain.replies import Chosen, ChosenSeveral, PanelRead, Reply, TestLine, Written
from chairside.session.clinic import Clinic
from chairside.session.receiving import Receiving
from chairside.session.staff import Proof, Staff

CHECKER = 1  # the second nurse of the cast compares the paper


def stock(clinic: Clinic, cast: dict[str, Any], today: date, count: int) -> None:
    """Receive, check and accept vials until so many are free; what an interrupted start left is finished."""
    staff = Staff(clinic)
    receiving = Receiving(clinic, staff)
    free = _free_codes(receiving, cast["vial"]["code"], count)
    due = [code for code in free if not receiving.vial(code).accepted]
    if not due:
        return
    nurses = [each for each in cast["staff"] if each["role"] == "nurse"]
    staff.sign_in(nurses[0]["person"], nurses[0]["pin"])
    _, checker = staff.prove(nurses[CHECKER]["person"], nurses[CHECKER]["pin"])
    assert checker is not None  # the cast's own PIN
    if not receiving.suppliers():
        receiving.add_supplier(SupplierAdded(**cast["supplier"]))
    sheet = next((card.stream for card in receiving.sheets()), "") or _enter_sheet(receiving, cast)
    if not receiving.sheet(sheet).checked:
        receiving.check_sheet(sheet, checker)
    expires = today + timedelta(days=cast["vial"]["expires_in_days"])
    for code in due:
        _accept(receiving, cast["vial"], (code, sheet, expires), checker)
    staff.leave()


def _accept(receiving: Receiving, told: dict[str, Any], what: tuple[str, str, date], checker: Proof) -> None:
    """Receive, check and accept one vial; `what` is its code, its sheet and its last good day."""
    code, sheet, expires = what
    if not receiving.vial(code).code:
        label = (told["supplier"], told["product"], told["lot"], expires)
        answers = [(item, _chosen(said)) for item, said in told["answers"].items()]
        receiving.receive(VialReceived(code, *label, sheet), answers)
    if not receiving.vial(code).checked:
        receiving.check(code, checker)
    receiving.accept(code)


def _chosen(said: str | list[str]) -> Reply:
    """Return an answer of the cast: one option, or the list of those that were chosen."""
    return Chosen(said) if isinstance(said, str) else ChosenSeveral(tuple(said))


def _enter_sheet(receiving: Receiving, cast: dict[str, Any]) -> str:
    told = cast["sheet"]
    lines = tuple(TestLine(test, result) for test, result in told["donor_tests"].items())
    answers: list[tuple[str, Reply]] = [(item, Chosen(option)) for item, option in told["answers"].items()]
    answers += [(item, Written(text)) for item, text in told["texts"].items()]
    fact = SheetEntered(cast["supplier"]["name"], told["donor"], cast["vial"]["lot"])
    return receiving.enter_sheet(fact, [*answers, ("donor_tests", PanelRead(lines))])


def _free_codes(receiving: Receiving, first: str, count: int) -> tuple[str, ...]:
    """Return the first codes of the demo's row that no visit has set aside."""
    name, _, number = first.rpartition("-")
    row = (f"{name}-{at:0{len(number)}}" for at in range(int(number), 10 ** len(number)))
    free = (
        code for code in row if receiving.vial(code).fate in ("expected", "received", "checked", "accepted")
    )
    return tuple(islice(free, count))
