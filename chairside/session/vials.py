"""The vials of a visit: where they and their sheets are kept, and what the visit's acts do to them.

What an act does to a vial is stored in the act's own transaction. A power cut then leaves both or
neither: no thawed vial that its own stream still calls frozen.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime

from msgspec import structs

from chairside import canon
from chairside.domain import procedure, steps, vial
from chairside.domain.codes.identity import identity, split
from chairside.domain.facts import (
    Fact,
    Mark,
    MarkTakenBack,
    ProcedureMarked,
    Stamped,
    StepClosed,
    SupplierAdded,
    VialAssigned,
    VialDiscarded,
    VialEndTakenBack,
    VialOpened,
    VialReceived,
    VialThawed,
    VialUsed,
    VisitFact,
)
from chairside.domain.folding import apply
from chairside.domain.vial import Vial
from chairside.domain.visit import VIAL, Visit
from chairside.domain.when import When
from chairside.errors import NotAllowed
from chairside.ledger import Ledger, VialRow
from chairside.session.founding import CLINIC_STREAM
from chairside.session.scribe import Act

THAWED_AND_NOT_GIVEN = "thawed and not given"
STOPPED_BEFORE_THE_FIRST = "thawed and stopped before the first injection"
_GONE = ("used", "partly_used", "discarded", "returned", "rejected")
_HELD = ("assigned", "opened")
# What the patient saw opened: a vial shown alone was unpacked before, out of sight.
_OPENED_BEFORE_THE_PATIENT = ("shipping_box", "inner_package")


def vial_stream(code: str) -> str:
    """Return the stream of the vial this code names, in whatever spelling; it may hold any character."""
    return f"vial:{canon.sha256_hex(identity(code).key.encode())[:32]}"


def sheet_of(facts: tuple[Stamped, ...]) -> str:
    """Return the stream of the donor-test sheet that covers a vial, or nothing."""
    told = [stamped.fact.sheet for stamped in facts if isinstance(stamped.fact, VialReceived)]
    return told[-1] if told else ""


def vial_in(ledger: Ledger, stream: str) -> Vial:
    """Return a vial as its own stream and its sheet's tell it; an unknown stream gives an empty one."""
    facts = ledger.stream(stream)
    sheet = sheet_of(facts)
    return vial.fold(facts, ledger.stream(sheet) if sheet else ())


def vials_of(ledger: Ledger, codes: tuple[str, ...]) -> tuple[Vial, ...]:
    """Return the vials these codes name, in this order, without those nobody received."""
    found = (
        structs.replace(vial_in(ledger, vial_stream(code)), alike=_alike(ledger, code)) for code in codes
    )
    return tuple(each for each in found if each.code)


def _alike(ledger: Ledger, code: str) -> tuple[str, ...]:
    """Return the numbers of the vials that a code without a number could mean, where they are several."""
    label, number = identity(code).label, split(code)[1]
    if number:
        return ()
    rows = (row for row in ledger.vials_alike(code) if row.status not in _GONE)
    numbers = {named.number for named in map(identity, (row.code for row in rows)) if named.label == label}
    return tuple(sorted(numbers, key=int)) if len(numbers) > 1 else ()


def refuse_other_reading(ledger: Ledger, code: str) -> None:
    """Refuse to receive under a shorter or longer reading of a label that a vial here carries already.

    The donation number alone and with its product are two codes of one vial; a number behind the code says
    that it is another vial. Raises: NotAllowed("label_known").
    """
    named = identity(code)
    known = [row.code for row in ledger.vials_alike(code)]
    same = any(identity(each).label == named.label for each in known)
    others = [each for each in known if not (named.whole and identity(each).whole)]
    if others and not same and not split(code)[1]:
        raise NotAllowed("label_known", label=others[0])


def follows(visit: Visit, fact: VisitFact) -> tuple[tuple[Vial, Fact], ...]:
    """Return what a visit's fact means for each of its vials: to be stored beside it."""
    match fact:
        case StepClosed(step=steps.VIAL_STEP):
            return tuple((each, told) for each in visit.vials for told in _set_aside(visit, each))
        case ProcedureMarked(mark, codes):
            return tuple(
                (each, told)
                for each in visit.vials
                if not codes or each.code in codes
                for told in _marked(visit, each, mark)
            )
        case MarkTakenBack():
            return tuple((each, VialEndTakenBack(visit.id)) for each in _ended_by_the_last_mark(visit))
        case _:
            return ()


def beside(visit: Visit, fact: VisitFact, act: Act) -> tuple[tuple[Act, Fact], ...]:
    """Return what a visit's fact means for its vials, each with its own act, by the same person then."""
    return tuple(
        (Act(act.person, vial_stream(each.code), happened=act.happened), told)
        for each, told in follows(visit, fact)
    )


def _set_aside(visit: Visit, each: Vial) -> Iterator[Fact]:
    if each.visit != visit.id:
        yield VialAssigned(visit.id)
    shown = visit.option(VIAL, "opened") in _OPENED_BEFORE_THE_PATIENT
    if shown and each.opened != visit.id:
        yield VialOpened(visit.id)


def _marked(visit: Visit, each: Vial, mark: Mark) -> Iterator[Fact]:
    thawed = each.thawed == visit.id
    if mark == "thawed" and not thawed:  # marked again after a slip: it thawed once
        yield VialThawed(visit.id)
    if not thawed or "thawed" not in procedure.marks(visit):  # taken back: nobody may say it thawed
        return
    begun = any(
        isinstance(by.fact, ProcedureMarked) and by.fact.mark == "first_injection" for by in visit.marks
    )
    match mark:
        case "last_injection":
            yield VialUsed(visit.id, whole=True)
        case "stopped_part_way" if begun:
            yield VialUsed(visit.id, whole=False)
        case "stopped_part_way":
            yield VialDiscarded(STOPPED_BEFORE_THE_FIRST)
        case "not_given":
            yield VialDiscarded(THAWED_AND_NOT_GIVEN)
        case _:
            return


def _ended_by_the_last_mark(visit: Visit) -> Iterator[Vial]:
    """Give the vials of which the last mark said that they are gone: nothing before it has changed since."""
    last = visit.marks[-1].fact if visit.marks else None
    if isinstance(last, ProcedureMarked):
        for each, told in follows(visit, last):
            if isinstance(told, (VialUsed, VialDiscarded)):
                yield each


def without_last_mark(visit: Visit, back: MarkTakenBack) -> Visit:
    """Return the visit as it stands once its last mark is taken back: what goes with that is judged on it."""
    stamp = visit.marks[-1].stamp
    undone = {each.code: vial.apply(each, Stamped(stamp, fact, "")) for each, fact in follows(visit, back)}
    held = tuple(undone.get(each.code, each) for each in visit.vials)
    return apply(structs.replace(visit, vials=held), Stamped(stamp, back, ""))


def thaw_limit(ledger: Ledger, visit: Visit) -> int | None:
    """Return the shortest limit after thawing that a supplier of these vials states, in minutes (Q35)."""
    return limit_of(ledger, {each.supplier for each in visit.vials}, procedure.thawed_at(visit))


def limit_of(ledger: Ledger, suppliers: AbstractSet[str], thawed: datetime | None) -> int | None:
    """Return the strictest limit known of these suppliers, in minutes; before thawing, what they say now.

    For a vial that is thawed the limit in force then goes on, and a stricter one told later: nobody
    may write a limit away that is running.
    """
    known: dict[str, list[int | None]] = {}
    for stamped in ledger.stream(CLINIC_STREAM):
        fact = stamped.fact
        if isinstance(fact, SupplierAdded) and fact.name in suppliers:
            later = known.get(fact.name, []) if thawed and stamped.stamp.utc > thawed else []
            known[fact.name] = [*later, fact.thaw_limit_minutes]
    return min((each for told in known.values() for each in told if each is not None), default=None)


def in_the_building(ledger: Ledger, visit: str, when: When) -> bool:
    """Tell whether there is an accepted vial that this visit may use, in date until it is thawed."""

    def usable(row: VialRow) -> bool:
        if row.visit == visit and row.status == "thawed":
            return True
        fresh = row.expires is not None and row.expires >= when.today
        return fresh and (row.status == "accepted" or (row.visit == visit and row.status in _HELD))

    return any(usable(row) for row in ledger.vials_since(when.now))
