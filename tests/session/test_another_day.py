"""A visit over several days: planned ahead, taken to a newer text, reaffirmed; and the next session."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import structs

from chairside.domain import people
from chairside.domain.book import Book
from chairside.domain.facts import (
    Answered,
    Corrected,
    Decided,
    FormsRenewed,
    HandedOver,
    IdentityConfirmed,
    ProcedureMarked,
    Replanned,
    Signed,
    StepClosed,
    TextGiven,
    WaitBegan,
    WaitEnded,
)
from chairside.domain.facts.people import RepresentativeNamed
from chairside.domain.form import Statement, Verdict
from chairside.domain.replies import Chosen, DrugsTaken, Measured, OnDate, Reply
from chairside.errors import NotAllowed
from tests.session.clinics import CODE, PINS, Visitors, book, reopened

DAY = timedelta(days=1)


def _newer(visitors: Visitors, form: str, version: str) -> None:
    """The clinic puts another version of a form in force, as a start with new form files does."""
    old = visitors.clinic.book
    text = structs.replace(old.forms[form], version=version, digest=f"{version[0]}" * 64)
    visitors.clinic.book = Book({**old.forms, form: text}, old.plan, old.drugs, old.terms)


def _signed_ahead(visitors: Visitors) -> None:
    """Read, decided and signed, two days before the injection."""
    visitors.open(at=visitors.clock.now() + 2 * DAY)
    visitors.before_decision()
    visitors.decide()
    visitors.sign_consent()


# -- newer texts --------------------------------------------------------------------------------
def test_a_visit_is_offered_a_text_whose_first_number_rose(visitors: Visitors) -> None:
    """Not one in which only a word was mended. Proves: P6, Q46."""
    visitors.open()
    assert visitors.here().view().renewable == ()
    _newer(visitors, "consent", "1.1.0")
    assert visitors.here().view().renewable == ()
    _newer(visitors, "consent", "2.0.0")
    view = visitors.here().view()
    assert view.renewable == ("consent",)
    assert view.renewal is not None and view.renewal.forms["consent"] == "2" * 64
    assert view.book.forms["consent"].version == "1.0.0"


def test_a_newer_text_is_taken_read_and_signed_anew(visitors: Visitors) -> None:
    """And it is still there when only yet newer ones are in force. Proves: P6, Q46."""
    _signed_ahead(visitors)
    _newer(visitors, "consent", "2.0.0")
    renewal = visitors.here().view().renewal
    assert renewal is not None
    view = visitors.tell(renewal)
    assert view.renewable == () and view.book.forms["consent"].version == "2.0.0"
    assert not any(key[0] == "consent" for key in view.visit.read)
    assert view.visit.signed == {}
    assert view.state("read").state != "done"
    _newer(visitors, "consent", "3.0.0")
    again = reopened(visitors)
    assert again.desk.room(view.visit.id).view().book.forms["consent"].version == "2.0.0"


def test_a_renewal_is_what_is_in_force_and_nothing_else(visitors: Visitors) -> None:
    """Proves: Q46."""
    visitors.open()
    opened = visitors.here().visit.opened
    assert opened is not None
    with pytest.raises(NotAllowed, match="nothing_changed"):
        visitors.tell(FormsRenewed({**opened.forms, "consent": "2" * 64}))
    _newer(visitors, "consent", "2.0.0")
    with pytest.raises(NotAllowed, match=r"nothing_changed|item_unknown"):
        visitors.tell(FormsRenewed({**opened.forms, "sign": "2" * 64, "consent": "2" * 64}))


@pytest.mark.parametrize("option", ["yes", "unsure"])
def test_a_newer_text_washes_no_absolute_answer_away(visitors: Visitors, option: str) -> None:
    """It goes by the physician's correction only; a relative yes is asked anew. Proves: P3, P6, Q2."""
    visitors.open()
    visitors.health(transplant=option, cancer_within_5_years="yes")
    _newer(visitors, "health_check", "2.0.0")
    renewal = visitors.here().renewal()
    assert renewal is not None
    view = visitors.tell(renewal)
    assert view.verdict in (Verdict.DO_NOT_TREAT, Verdict.HOLD)
    assert "cancer_within_5_years_unanswered" in {each.id for each in view.findings}
    with pytest.raises(NotAllowed, match="absolute_needs_physician"):
        visitors.choose("health_check", transplant="no")
    told = Corrected("health_check", "transplant", Chosen("no"), "the patient", "asked again together")
    visitors.tell(told, "physician-1")
    both = [each.reply for each in visitors.here().visit.told["health_check", "transplant"]]
    assert both == [Chosen(option), Chosen("no")]  # the summary page prints the change from these
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.health()
    assert visitors.here().view().verdict < Verdict.HOLD


@pytest.mark.parametrize(
    ("item", "reply", "finding"),
    [
        ("temperature", Measured("38.9", "°C"), "flu_like_symptoms"),
        ("hcg_result", Chosen("positive"), "pregnant_or_trying"),
        ("cancer_last_on", OnDate(date(2024, 5, 1)), "cancer_within_5_years"),
    ],
)
def test_a_newer_text_washes_no_evidence_away(
    visitors: Visitors, item: str, reply: Reply, finding: str
) -> None:
    """A thermometer, a test and a calendar are not asked for: what they said stands. Proves: P3, C6, Q2."""
    visitors.open()
    visitors.health()
    visitors.tell(Answered("health_check", item, reply))
    _newer(visitors, "health_check", "2.0.0")
    renewal = visitors.here().renewal()
    assert renewal is not None
    visitors.tell(renewal)
    visitors.health()
    assert finding in {each.id for each in visitors.here().view().findings}
    if item == "temperature":
        with pytest.raises(NotAllowed, match="absolute_needs_physician"):
            visitors.tell(Answered("health_check", item, Measured("36.8", "°C")))
        visitors.tell(
            Corrected("health_check", item, Measured("36.8", "°C"), "me", "read again"), "physician-1"
        )
        assert finding not in {each.id for each in visitors.here().view().findings}


def test_a_newer_text_forgets_no_dose(visitors: Visitors) -> None:
    """What was given and drawn stays so, and with it what keeps a second dose away. Proves: Q26, Q46."""
    visitors.until_vial()
    before = visitors.here().visit.told
    visitors.choose("premedication", liver_or_kidney="unsure")
    _newer(visitors, "premedication", "2.0.0")
    renewal = visitors.here().renewal()
    assert renewal is not None
    view = visitors.tell(renewal)
    for item in ("loratadine", "prp_drawn_at"):
        assert view.visit.told["premedication", item] == before["premedication", item]
    assert "loratadine_with_liver_or_kidney" in {each.id for each in view.findings}
    assert ("premedication", "antihistamine_today") not in view.visit.told  # a plain no is asked anew
    assert view.state("premedication").state != "done"


def test_nobody_proceeds_after_do_not_treat_by_way_of_a_newer_text(visitors: Visitors) -> None:
    """Proves: P3, Q1."""
    visitors.open()
    visitors.health(transplant="yes")
    visitors.tell(StepClosed("health_check"), "nurse-1")
    visitors.decide("do_not_treat")
    _newer(visitors, "health_check", "2.0.0")
    visitors.staff.arrive(visitors.proof("nurse-1"))
    renewal = visitors.here().renewal()
    assert renewal is not None
    visitors.tell(renewal)
    with pytest.raises(NotAllowed):
        visitors.decide("proceed")
    visitors.countersign()
    assert visitors.here().view().status.state == "do_not_treat"


def test_nobody_reaffirms_a_text_that_says_something_else_by_now(visitors: Visitors) -> None:
    """Proves: P6."""
    _signed_ahead(visitors)
    visitors.clock.wait(2 * DAY)
    _newer(visitors, "consent", "2.0.0")
    visitors.asked()
    visitors.decide()
    visitors.hand_over("reaffirm")
    with pytest.raises(NotAllowed, match="forms_renewed_first"):
        visitors.patient_signs("reaffirm")


def test_screens_are_shown_nothing_of_the_chair_of_yesterday(visitors: Visitors) -> None:
    """No code, no dose, no ink looks given on the day; the ledger keeps them all. Proves: P6."""
    visitors.until_vial()
    visitors.show_vial()
    visitors.clock.wait(DAY)
    view = visitors.here().view()
    assert view.visit.codes == () and view.visit.vials == ()
    assert not any(key[0] in ("premedication", "vial", "health_check") for key in view.visit.told)
    assert "vial.patient_saw" not in view.strokes and "sign.patient_signature" in view.strokes
    assert visitors.here().visit.codes == (CODE,)


# -- ahead of the day ---------------------------------------------------------------------------
def test_ink_of_another_day_is_signed_by_no_tap_of_today(visitors: Visitors) -> None:
    """Drawn and not signed: it goes with its day. Proves: T14."""
    visitors.open(at=visitors.clock.now() + 2 * DAY)
    visitors.before_decision()
    visitors.decide()
    visitors.hand_over("sign")
    pad = visitors.ink("sign")
    strokes = visitors.here().view().visit.pads[pad].strokes
    visitors.clock.wait(2 * DAY)
    assert pad not in visitors.here().view().visit.pads
    visitors.hand_back()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.asked()
    visitors.hand_over("sign")
    visitors.read("sign")
    with pytest.raises(NotAllowed, match="ink_differs"):
        visitors.tell(Signed(pad, "patient", "Demo Patient Avery", "I agree", strokes))
    visitors.ink("sign")
    assert not set(visitors.here().view().visit.pads[pad].strokes) & set(strokes)


def test_the_planned_time_is_the_last_one_told(visitors: Visitors) -> None:
    """Proves: P1, P6."""
    visitors.open(at=visitors.clock.now() + 2 * DAY)
    assert visitors.here().view().status.state == "planned"
    later = (visitors.clock.now() + 3 * DAY).replace(microsecond=0)
    view = visitors.tell(Replanned(later, "the courier is late"))
    assert view.when.injection == later
    assert reopened(visitors).desk.room(view.visit.id).when().injection == later


def test_from_the_18th_birthday_on_the_patient_signs(visitors: Visitors) -> None:
    """What a parent read before counts no longer, what the patient read since does. Proves: Q14, P6."""
    visitors.open(born=date(2008, 12, 5))
    visitors.tell(RepresentativeNamed("Demo Parent Uma", "parent", "birth certificate"), "nurse-1")
    visitors.tell(HandedOver("patient", "notices"))
    visitors.tell(IdentityConfirmed("representative"))
    visitors.read("notices_california")
    visitors.hand_back()
    assert visitors.here().visit.read
    view = visitors.tell(Replanned(visitors.clock.now() + 9 * DAY, "the courier is late"))
    assert people.consenting(view.visit) == "patient" and not view.visit.read
    visitors.hand_over("notices")
    visitors.read("notices_california")
    visitors.hand_back()
    kept = visitors.here().visit
    again = reopened(visitors).desk.room(kept.id).visit
    assert kept.read and (again.read, again.told, again.people) == (kept.read, kept.told, kept.people)


def test_a_wait_has_its_reason_and_its_beginning(visitors: Visitors) -> None:
    """Proves: P1."""
    visitors.open()
    view = visitors.tell(WaitBegan("courier", "the van is in the hills"))
    (wait,) = [each for each in view.status.waits if each.what == "courier"]
    assert view.status.state == "waiting"
    assert wait.since == view.visit.facts[-1].stamp.utc and "hills" in wait.note
    assert visitors.tell(WaitEnded("courier")).status.state == "open"


# -- told late ----------------------------------------------------------------------------------
def test_what_is_told_late_keeps_both_times(visitors: Visitors) -> None:
    """Stamped when it was told, marked with when it was. Proves: P5."""
    visitors.open()
    visitors.clock.wait(timedelta(minutes=10))
    was = visitors.clock.now() - timedelta(minutes=5)
    visitors.here().take(WaitBegan("courier"), None, (), was)
    stamp = visitors.here().visit.facts[-1].stamp
    assert stamp.happened == was < stamp.utc
    assert reopened(visitors).desk.room(visitors.here().visit.id).visit.facts[-1].stamp.happened == was


def test_nothing_happened_in_the_future_or_before_the_visit(visitors: Visitors) -> None:
    """Proves: P5, T9."""
    visitors.open()
    for shift, code in ((timedelta(minutes=1), "in_the_future"), (-DAY, "before_what_came_before")):
        with pytest.raises(NotAllowed, match=code):
            visitors.here().take(WaitBegan("courier"), None, (), visitors.clock.now() + shift)
    given = TextGiven("consent", "consent", "1.0.0")
    visitors.here().take(given, None, (), visitors.clock.now() - 3 * DAY)  # handed out before the visit began


def test_no_signature_and_no_pin_is_dated_back(visitors: Visitors) -> None:
    """Proves: P5, T9."""
    visitors.open()
    visitors.choose("health_check", transplant="yes")
    told = Decided("do_not_treat", "in_person", None, (), (), "a transplant")
    with pytest.raises(NotAllowed, match="not_told_late"):
        visitors.here().take(
            told, visitors.proof("physician-1"), (), visitors.clock.now() - timedelta(minutes=1)
        )


def test_a_mark_told_late_stays_in_its_order_and_dates_the_vial(visitors: Visitors) -> None:
    """Gloves first, tablet later. Proves: P5, Q35."""
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.clock.wait(timedelta(minutes=15))
    room, was = visitors.here(), visitors.clock.now() - timedelta(minutes=10)
    with pytest.raises(NotAllowed, match="before_what_came_before"):
        room.take(ProcedureMarked("thawed", (CODE,)), None, (), was - timedelta(hours=1))
    view = room.take(ProcedureMarked("thawed", (CODE,)), None, (), was)
    assert view.limit_at == was + timedelta(minutes=30)
    assert room.visit.vials[0].facts[-1].stamp.happened == was
    with pytest.raises(NotAllowed, match="before_what_came_before"):
        room.take(ProcedureMarked("mixed", (CODE,)), None, (), was - timedelta(seconds=1))


@pytest.mark.parametrize("form", ["health_check", "medicines"])
def test_an_answer_of_yesterday_is_not_told_today_as_if_it_held(visitors: Visitors, form: str) -> None:
    """Proves: P2, P5."""
    visitors.open()
    visitors.clock.wait(DAY)
    item = visitors.here().book.forms[form].items[0]
    reply = DrugsTaken(()) if form == "medicines" else Chosen("no")
    with pytest.raises(NotAllowed, match="told_of_another_day"):
        visitors.here().take(Answered(form, item.id, reply), None, (), visitors.clock.now() - DAY)


# -- the second session -------------------------------------------------------------------------
def test_last_times_replies_stand_beside_and_are_never_preset(visitors: Visitors) -> None:
    """Proves: P7, P2."""
    visitors.whole()
    visitors.seal()
    first = visitors.here().visit
    assert first.opened is not None
    assert visitors.here().view().before == {}
    visitors.staff.sign_in("nurse-1", PINS["nurse-1"])
    visitors.clock.wait(150 * DAY)
    visitors.open(again=first.opened.patient)
    view = visitors.here().view()
    assert view.before[("health_check", "transplant")] == Chosen("no")
    assert ("health_check", "transplant") not in view.visit.told
    assert view.visit.opened is not None and view.visit.opened.patient == first.opened.patient


def test_a_second_session_reads_less_and_means_the_same_text(visitors: Visitors) -> None:
    """Key information, what changed, the key three questions; the digest is the whole form's. Proves: P7."""
    visitors.whole()
    visitors.seal()
    visitors.staff.sign_in("nurse-1", PINS["nurse-1"])
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")
    opened = visitors.here().visit.opened
    assert opened is not None
    first = visitors.here().book.forms["consent"]
    visitors.open(again=opened.patient, at=visitors.clock.now() + DAY)
    assert visitors.here().visit.last_given == visitors.here().when().today
    second = visitors.here().book.forms["consent"]
    assert second.digest == first.digest == book().forms["consent"].digest
    assert visitors.here().visit.opened.session == 2  # type: ignore[union-attr]
    assert second.item("what_changed") is not None and first.item("what_changed") is None
    pages = [sum(isinstance(item, Statement) for item in form.items) for form in (first, second)]
    assert pages[1] < pages[0]


def test_a_visit_that_was_over_knows_nothing_of_a_later_treatment(visitors: Visitors) -> None:
    """Deferred yesterday, sealed after another visit was given. Proves: P7."""
    visitors.open()
    visitors.choose("health_check", pregnant_or_trying="yes")
    visitors.decide("defer")
    visitors.countersign()
    over = visitors.here().visit
    assert over.opened is not None
    visitors.clock.wait(DAY)
    visitors.staff.arrive(visitors.proof("nurse-1"))
    _given_again(visitors, over.opened.patient)
    later = visitors.here().visit.id
    visitors.room = visitors.desk.room(over.id)
    assert visitors.here().visit.last_given is None
    assert not any(each.id.startswith("second_session") for each in visitors.here().view().findings)
    assert visitors.clinic.ledger.visit(later) is not None
    visitors.open(again=over.opened.patient, at=visitors.clock.now() + DAY)
    assert visitors.here().visit.last_given == visitors.here().when().today


def _given_again(visitors: Visitors, patient: str) -> None:
    visitors.again = patient
    visitors.whole()
    visitors.again = ""
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("thawed", "mixed", "first_injection", "last_injection")


def test_the_day_it_was_given_is_the_day_it_happened(visitors: Visitors) -> None:
    """Told after midnight. Proves: P5, P7."""
    visitors.clock.wait(timedelta(hours=12, minutes=20))
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.whole()
    visitors.seal()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.mark("thawed", "mixed")
    given, day = visitors.clock.now(), visitors.here().when().today
    visitors.clock.wait(timedelta(hours=2))
    visitors.here().take(ProcedureMarked("first_injection", (CODE,)), happened=given)
    row = visitors.clinic.ledger.visit(visitors.here().visit.id)
    assert row is not None and row.given_on == day < visitors.here().when().today
