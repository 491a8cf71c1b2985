"""Wherever text comes in, what cannot be printed or has no end is refused in words, and nothing is stored.

A fact of a visit comes in by one door (`VisitRoom.take`), every other kind by the one named here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from chairside.domain import facts
from chairside.errors import NotAllowed
from chairside.session import day, notices, people
from chairside.session.charter import troubles
from chairside.session.view import NewVisit, Who
from tests.naughty.fields import typed_facts, typed_fields, with_text
from tests.session.clinics import CODE, Visitors, charter, clinic_in
from tests.ui.look import sentences

HOSTILE = ("turned \u202e round", "a bell \x07", "no letter \u4e2d of it", "x" * 2001)
WORDS = sentences()
MADE_HERE = {"TabletEnrolled"}  # its name is the program's own


def _charter(visitors: Visitors, told: Any) -> None:
    """The set-up names everything that stands against a charter."""
    if isinstance(told, facts.StaffAdded):
        first, *others = charter().staff
        own = replace(charter(), staff=(replace(first, name=told.name), *others))
    else:
        own = replace(charter(), profile="other")
        for name in ("name", "address", "phone_24h", "counsel", "counsel_memo"):
            if getattr(told, name) in HOSTILE:
                own = replace(own, **{name: getattr(told, name)})
    before = troubles(replace(charter(), profile=own.profile), visitors.clock.now())
    new = [code for code in troubles(own, visitors.clock.now()) if code not in before]
    counsel = any(getattr(told, name, "") in HOSTILE for name in ("counsel", "counsel_memo"))
    if new or counsel:  # counsel's own is missing in either case: nothing is founded
        raise NotAllowed(new[0] if new else "counsel_missing")


def _administrator(visitors: Visitors) -> Any:
    return replace(visitors.proof("physician-1"), who=Who("a-1", "Ana", "administrator"))


def _close_day(visitors: Visitors, told: Any) -> None:
    if not day.day(visitors.clinic, visitors.staff).opened:
        day.open_day(visitors.clinic, visitors.staff, {})
    day.close_day(visitors.clinic, visitors.staff, told.reason)


DOORS: dict[str, Callable[[Visitors, Any], object]] = {
    "ClinicFounded": _charter,
    "StaffAdded": _charter,
    "StaffDisabled": lambda v, told: people.disable_staff(
        v.clinic, _administrator(v), "nurse-2", told.reason
    ),
    "ClockCorrected": lambda v, told: v.staff.correct_clock(v.proof("physician-1"), told.reason),
    "PatientAdded": lambda v, told: v.desk.open_visit(NewVisit(told, ("name", "born"), None, ())),
    "SupplierAdded": lambda v, told: v.receiving.add_supplier(told),
    "NoticeWaived": lambda v, told: notices.tell(v.clinic, _administrator(v), told),
    "DayOpened": lambda v, told: day.open_day(v.clinic, v.staff, {"clock": told.checks["clock"]}),
    "DayClosed": _close_day,
    "VialExpected": lambda v, told: v.receiving.expect(told),
    "ExpectationEnded": lambda v, told: v.receiving.not_coming("vial:expected-1", told.reason),
    "VialReceived": lambda v, told: v.receiving.receive(told, ()),
    "VialQuarantined": lambda v, told: v.receiving.quarantine(CODE, told.reason),
    "VialRejected": lambda v, told: v.receiving.reject(CODE, told.reason),
    "VialFreed": lambda v, told: v.receiving.free(CODE, told.reason, v.proof("physician-1")),
    "VialDiscarded": lambda v, told: v.receiving.discard(CODE, told.reason),
    "VialEndTakenBack": lambda v, told: v.receiving.take_back(CODE, told.reason),
    "VialReturned": lambda v, told: v.receiving.give_back(CODE, told.reason),
    "SheetEntered": lambda v, told: v.receiving.enter_sheet(told, ()),
}
# What a label says is kept as it says it: VialReceived.code. The code of an expectation is the vial's.
LABELS = {("VialReceived", "code"), ("ExpectationEnded", "code")}
OUTSIDE = [fact for fact in typed_facts() if not isinstance(fact, facts.VisitFact)]
FIELDS = [
    (fact, name)
    for fact in OUTSIDE
    for name in typed_fields(fact)
    if type(fact).__name__ in DOORS and (type(fact).__name__, name) not in LABELS
]


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitors]:
    own = clinic_in(tmp_path_factory.mktemp("doors") / "clinic")
    yield own
    own.clinic.ledger.close()


def stored(visitors: Visitors) -> int:
    return visitors.clinic.ledger.last_number(visitors.clinic.scribe.desk.tablet)


def refusal(visitors: Visitors, fact: facts.Fact) -> str:
    with pytest.raises(NotAllowed) as refused:
        DOORS[type(fact).__name__](visitors, fact)
    return refused.value.code


def test_every_kind_of_fact_outside_a_visit_has_its_door_here() -> None:
    """A new kind with text that people type wants a row in DOORS."""
    assert {type(fact).__name__ for fact in OUTSIDE} - MADE_HERE == set(DOORS)


@pytest.mark.parametrize("hostile", HOSTILE, ids=["turned", "bell", "letter", "long"])
@pytest.mark.parametrize(("fact", "name"), FIELDS, ids=[f"{type(f).__name__}.{n}" for f, n in FIELDS])
def test_what_no_paper_can_show_is_refused_in_words(
    visitors: Visitors, fact: facts.Fact, name: str, hostile: str
) -> None:
    """Proves: F24."""
    if fact.__class__ is facts.DayClosed and not day.day(visitors.clinic, visitors.staff).opened:
        day.open_day(visitors.clinic, visitors.staff, {})
    before = stored(visitors)
    code = refusal(visitors, with_text(fact, hostile, name))
    assert code.endswith(("_not_printable", "_long", "_missing", "_not_valid", "reason_needed")), code
    assert WORDS.has(f"trouble.{code}") and WORDS.has(f"next.{code}")
    assert stored(visitors) == before


@pytest.mark.parametrize("hostile", HOSTILE, ids=["turned", "bell", "letter", "long"])
def test_a_fact_of_a_visit_is_refused_at_its_one_door(visitors: Visitors, hostile: str) -> None:
    """In a plain field and in an answer. Proves: F24."""
    room = visitors.here() if visitors.room else visitors.open()
    before = stored(visitors)
    for told in (facts.WaitBegan("other", hostile), facts.Stopped("refused", hostile)):
        with pytest.raises(NotAllowed) as refused:
            room.take(told, visitors.proof("nurse-1"))
        assert refused.value.code in ("text_not_printable", "text_long")
    assert stored(visitors) == before
