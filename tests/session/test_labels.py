"""One label in many spellings: a vial is received, shown, mixed and used once, however its code is read."""

from __future__ import annotations

from datetime import date

import pytest

from chairside.domain.facts import VialAssigned, VialOpened
from chairside.domain.steps import VIAL_STEP
from chairside.errors import NotAllowed
from chairside.session.receiving import Receiving
from tests.session.clinics import CODE, Visitors
from tests.session.test_receiving import BOX, accepted, came, card, refused, sheet

SCANNED = "]C0=A99991712345600=<S12954A0"
TYPED = "=<S12954A0=A99991712345600"
DONATION = "=A99991712345600"
DONATION_TYPED = "A9999 17 123456 9"


@pytest.fixture
def desk(visitors: Visitors) -> Receiving:
    """The receiving desk, the first nurse at it."""
    return Receiving(visitors.clinic, visitors.staff)


def test_another_spelling_of_a_code_is_no_fresh_vial(desk: Receiving, visitors: Visitors) -> None:
    """Proves: Q34, V19."""
    accepted(desk, visitors, SCANNED)
    assert desk.vial(TYPED).code == SCANNED and desk.vial(TYPED).accepted
    with pytest.raises(NotAllowed, match="already_accepted"):
        desk.receive(came(TYPED), BOX)
    desk.discard(TYPED, "it fell down")
    assert desk.vial(SCANNED).fate == "discarded"


def test_a_vial_received_by_one_spelling_is_shown_by_another(visitors: Visitors) -> None:
    """Equality holds from accept to mix, and the record says the code it was received under. Proves: Q34."""
    visitors.receive(SCANNED)
    visitors.until_vial()
    visitors.show_vial(TYPED)
    room = visitors.here()
    assert room.visit.codes == (SCANNED,) and room.visit.read_codes == (TYPED,)
    assert visitors.happened_to(SCANNED) == [VialAssigned(room.visit.id), VialOpened(room.visit.id)]


def test_two_vials_of_one_donation_are_told_apart_by_a_number(desk: Receiving, visitors: Visitors) -> None:
    """A donation number is not one vial: without a number the second is refused. Proves: V20, V21, Q34."""
    accepted(desk, visitors, DONATION)
    with pytest.raises(NotAllowed, match="already_accepted"):
        desk.receive(came(DONATION_TYPED), BOX)
    second = f"{DONATION_TYPED} #2"
    assert desk.receive(came(second), BOX).code == second
    assert desk.vial(DONATION).code == DONATION and desk.vial(f"{DONATION} #2").code == second


def test_a_shorter_reading_of_a_label_here_is_refused_without_a_number(
    desk: Receiving, visitors: Visitors
) -> None:
    """The same vial would otherwise come in twice: by its donation number, and with its product."""
    accepted(desk, visitors, SCANNED)
    assert desk.alike(DONATION)
    with pytest.raises(NotAllowed, match="label_known"):
        desk.receive(came(DONATION), BOX)
    other = SCANNED.replace("A0", "B0")
    assert desk.receive(came(other), BOX).code == other  # another division of the donation, as labelled
    assert desk.receive(came(f"{DONATION} #3"), BOX).code == f"{DONATION} #3"
    with pytest.raises(NotAllowed, match="label_known"):
        desk.receive(came(SCANNED.replace("A0", "C0")), BOX)  # it may be number 3


def test_at_the_chair_a_shared_label_needs_the_number_on_the_vial(visitors: Visitors) -> None:
    """Which of the two it is, a scan cannot say. Proves: Q34, T17."""
    visitors.receive(DONATION)
    visitors.receive(f"{DONATION} #2")
    visitors.until_vial()
    visitors.scan(DONATION)
    lacks = visitors.here().view().state(VIAL_STEP).lacks
    assert "vial_number_needed" in {lack.item for lack in lacks}
    assert visitors.here().visit.vials[0].alike == ("1", "2")
    visitors.show_vial(f"{DONATION_TYPED} #2")
    mine = visitors.here().visit.id
    assert visitors.happened_to(f"{DONATION} #2") == [VialAssigned(mine), VialOpened(mine)]
    assert visitors.happened_to(DONATION) == []


def test_a_vial_past_its_date_is_not_accepted_and_its_card_says_so(
    desk: Receiving, visitors: Visitors
) -> None:
    """The gate would refuse it at the chair, where nobody could help it any more. Proves: V16, V23."""
    desk.receive(came("A-1", sheet=sheet(desk, visitors), expires=date(2020, 1, 31)), BOX)
    desk.check("A-1", visitors.proof("nurse-2"))
    assert card(desk, "A-1").lacks == ("vial_expired",)
    with refused("vial_expired"):
        desk.accept("A-1")


def test_a_vial_thrown_away_by_a_slip_comes_back_on_that_day(desk: Receiving, visitors: Visitors) -> None:
    """To the visit it was set aside for, with a reason; tomorrow it is no slip any more. Proves: P10."""
    visit = visitors.open().visit.id
    desk.set_aside(CODE, visit)
    with refused("nothing_changed"):
        desk.take_back(CODE, "nothing was thrown away")
    desk.discard(CODE, "it fell")
    with refused("reason_needed"):
        desk.take_back(CODE, " ")
    desk.take_back(CODE, "another vial fell")
    assert desk.vial(CODE).ready(visit) and card(desk, CODE).fate == "assigned"
    desk.discard(CODE, "it fell too")
    visitors.clock.until_tomorrow()
    with refused("slip_of_another_day"):
        desk.take_back(CODE, "no it did not")
