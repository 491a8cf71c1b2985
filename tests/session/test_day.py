"""The day at a tablet: opened with what was found, closed with what is left; papers owed and printed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chairside.domain.facts import DayClosed, DayOpened, Printed, Stopped, VialAssigned
from chairside.errors import NotAllowed
from chairside.session import copies
from chairside.session.day import CHECKS, close_day, day, open_day
from chairside.session.scribe import Act
from chairside.session.vials import vial_stream
from tests.session.clinics import CODE, Visitors

SEEN = {"clock": "right", "battery": "81 %", "printer": "none"}


def told(visitors: Visitors) -> object:
    """The last fact of the tablet."""
    return visitors.clinic.ledger.stream(visitors.clinic.tablet_stream)[-1].fact


def test_a_day_is_opened_with_what_was_found(visitors: Visitors) -> None:
    """What nobody looked at says so; the vials that are due are counted, not believed."""
    stands = open_day(visitors.clinic, visitors.staff, {**SEEN, "vials_due": "7"})
    assert stands.opened and not stands.closed
    fact = told(visitors)
    assert isinstance(fact, DayOpened) and set(fact.checks) == set(CHECKS)
    assert (fact.checks["backup"], fact.checks["vials_due"], fact.checks["battery"]) == (
        "not_checked",
        "0",
        "81 %",
    )
    with pytest.raises(NotAllowed, match="day_is_open"):
        open_day(visitors.clinic, visitors.staff, SEEN)


@pytest.mark.parametrize(
    ("checks", "code"),
    [({"weather": "fine"}, "check_unknown"), ({"battery": "\u0007"}, "text_not_printable")],
)
def test_a_check_nobody_knows_is_refused(visitors: Visitors, checks: dict[str, str], code: str) -> None:
    with pytest.raises(NotAllowed, match=code):
        open_day(visitors.clinic, visitors.staff, checks)
    assert not day(visitors.clinic, visitors.staff).opened


def test_a_wrong_clock_is_set_right_before_the_day_begins(visitors: Visitors) -> None:
    """Proves: T8."""
    visitors.open()
    visitors.clock.at += timedelta(minutes=10)
    with pytest.raises(NotAllowed, match="clock_jumped"):
        open_day(visitors.clinic, visitors.staff, SEEN)
    visitors.staff.correct_clock(visitors.proof("physician-1"), "set by hand")
    assert open_day(visitors.clinic, visitors.staff, SEEN).opened


def test_a_day_is_the_clinics_own(visitors: Visitors) -> None:
    """At seven in the evening in California it is tomorrow in Greenwich; the next day begins anew."""
    visitors.clock.at = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
    visitors.clock.boot = "boot-2"
    assert open_day(visitors.clinic, visitors.staff, SEEN).today.isoformat() == "2026-12-01"
    visitors.clock.at += timedelta(hours=6)
    assert not day(visitors.clinic, visitors.staff).opened


def test_a_settled_day_is_closed_without_a_word_and_may_be_opened_again(visitors: Visitors) -> None:
    with pytest.raises(NotAllowed, match="day_not_open"):
        close_day(visitors.clinic, visitors.staff)
    open_day(visitors.clinic, visitors.staff, SEEN)
    assert close_day(visitors.clinic, visitors.staff).closed
    assert told(visitors) == DayClosed(day(visitors.clinic, visitors.staff).today, ())
    with pytest.raises(NotAllowed, match="day_not_open"):
        close_day(visitors.clinic, visitors.staff)
    again = open_day(visitors.clinic, visitors.staff, SEEN)
    assert again.opened and not again.closed


def test_what_is_released_and_not_given_is_named_and_wants_a_reason(visitors: Visitors) -> None:
    """Proves: the day of product.md: nothing that is left is passed over."""
    open_day(visitors.clinic, visitors.staff, SEEN)
    visitors.whole()
    visitors.seal()
    visitors.staff.sign_in("nurse-1", "482915")
    visitors.mark("thawed")
    stands = day(visitors.clinic, visitors.staff)
    visit, stream = visitors.here().visit.id, vial_stream(CODE)
    assert [row.visit for row in stands.released_not_given] == [visit]
    assert [card.stream for card in stands.vials_without_fate] == [stream]
    refused = {
        "": "reason_needed",
        "  ": "reason_needed",
        "r" * 201: "text_long",
        "\u0007": "text_not_printable",
    }
    for reason, code in refused.items():
        with pytest.raises(NotAllowed, match=code):
            close_day(visitors.clinic, visitors.staff, reason)
    close_day(visitors.clinic, visitors.staff, "the physician was called away")
    assert told(visitors) == DayClosed(
        stands.today, (f"visit:{visit}", stream), "the physician was called away"
    )


def test_a_procedure_that_is_over_and_not_signed_is_named_and_wants_a_reason(visitors: Visitors) -> None:
    """Given, all marks told, and no addendum says so. Proves: P2 (Procedure), product.md (Board)."""
    open_day(visitors.clinic, visitors.staff, SEEN)
    visitors.whole()
    visitors.seal()
    visitors.staff.sign_in("nurse-1", "482915")
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    stands, visit = day(visitors.clinic, visitors.staff), visitors.here().visit.id
    assert (stands.released_not_given, stands.vials_without_fate) == ((), ())
    assert [row.visit for row in stands.ended_not_signed] == [visit]
    with pytest.raises(NotAllowed, match="reason_needed"):
        close_day(visitors.clinic, visitors.staff)
    visitors.sign_procedure()
    assert day(visitors.clinic, visitors.staff).ended_not_signed == ()
    assert close_day(visitors.clinic, visitors.staff).closed


def test_a_vial_held_for_a_visit_that_is_over_has_no_fate(visitors: Visitors) -> None:
    """Nobody said where it goes now. Proves: P10."""
    visitors.open()
    visitors.receiving.set_aside(CODE, visitors.here().visit.id)
    assert day(visitors.clinic, visitors.staff).vials_without_fate == ()
    visitors.tell(Stopped("refused", "changed her mind"), "nurse-1")
    assert [card.code for card in day(visitors.clinic, visitors.staff).vials_without_fate] == [CODE]
    visitors.receiving.free(CODE, "the visit was refused", visitors.proof("nurse-1"))
    assert day(visitors.clinic, visitors.staff).vials_without_fate == ()
    visitors.clinic.scribe.write(Act("nurse-1", vial_stream(CODE)), [VialAssigned("never-opened")])
    assert [card.code for card in day(visitors.clinic, visitors.staff).vials_without_fate] == [CODE]


def test_nobody_signed_in_opens_no_day_and_hands_nothing_over(visitors: Visitors) -> None:
    visitors.staff.leave()
    clinic, staff = visitors.clinic, visitors.staff
    acts = (
        lambda: open_day(clinic, staff, SEEN),
        lambda: close_day(clinic, staff),
        lambda: copies.handed(clinic, staff, "v", "record"),
        lambda: copies.printed(clinic, staff, Printed("poster", "clinic", "printer", "a" * 64)),
    )
    for act in acts:
        with pytest.raises(NotAllowed, match="nobody_signed_in"):
            act()


# -- papers -------------------------------------------------------------------------------------
def test_an_owed_paper_is_handed_once(visitors: Visitors) -> None:
    """Proves: P8."""
    visitors.open()
    visitors.choose("notices_california", paper_copy="owed")
    visit = visitors.here().visit.id
    assert [(each.visit, each.what) for each in copies.owed(visitors.clinic)] == [(visit, "notices")]
    for other in (("v", "notices"), (visit, "record"), (visit, "anything")):
        with pytest.raises(NotAllowed, match="not_owed"):
            copies.handed(visitors.clinic, visitors.staff, *other)
    copies.handed(visitors.clinic, visitors.staff, visit, "notices")
    assert copies.owed(visitors.clinic) == ()
    with pytest.raises(NotAllowed, match="not_owed"):
        copies.handed(visitors.clinic, visitors.staff, visit, "notices")


def test_what_leaves_the_tablet_on_paper_is_kept(visitors: Visitors) -> None:
    """What, about whom, how, and the digest of what was printed."""
    paper = Printed("poster", "clinic:own", "printer", "a" * 64)
    copies.printed(visitors.clinic, visitors.staff, paper)
    assert told(visitors) == paper
    with pytest.raises(NotAllowed, match="text_long"):
        copies.printed(visitors.clinic, visitors.staff, Printed("p" * 201, "", "folder", ""))
