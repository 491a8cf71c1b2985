"""What each fact makes of a visit, kind by kind, and that it changes nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from chairside.domain.facts import (
    AddendumConcluded,
    AddendumSealed,
    AddendumSigned,
    Answered,
    BreakTaken,
    ClearUndone,
    Concluded,
    CopyHanded,
    Corrected,
    Countersigned,
    Decided,
    Explained,
    FormsRenewed,
    HandedOver,
    IdentityConfirmed,
    InkCleared,
    LanguageChosen,
    LimitPassed,
    MarkTakenBack,
    OpenedInError,
    PageRead,
    PaperAttested,
    PaperChosen,
    PatientAdded,
    ProcedureMarked,
    QuestionRaised,
    QuestionSettled,
    ReleaseRenewed,
    Replanned,
    RuledOn,
    Sealed,
    Signed,
    SignedOnPaper,
    Stamped,
    StepClosed,
    Stopped,
    StrokeDrawn,
    TextGiven,
    VisitFact,
    VisitOpened,
    WaitBegan,
    WaitEnded,
)
from chairside.domain.facts.people import WitnessNamed
from chairside.domain.folding import apply, fold, with_history, with_patient, with_stock, with_vials
from chairside.domain.replies import Chosen, Coded, CodesRead, Pictured, Reply
from chairside.domain.visit import Pad, People, Told, Visit
from tests.domain.made_up import BORN, NAME, NOON, SIGN_PAD, VIAL_PAD, a_vial, stamped

Changes = Callable[[Stamped], dict[str, object]]
DAY = date(2026, 12, 1)
LATER = NOON + timedelta(hours=2)
OPENED = VisitOpened("patient", 1, NOON, ("name", "born"), {"consent": "first"}, "plan")
OLD = stamped(Signed(SIGN_PAD, "patient", NAME, "I agree", ("a",)), 1)
AREA, PAGE, OTHER = ("open", "area"), ("consent", "risks"), ("consent", "benefits")
YES, NO = Chosen("yes"), Chosen("no")
DECISION = Decided("proceed", "phone", 5, (), (RuledOn("cancer", "long ago"),))
START = Visit(
    "one",
    facts=(OLD,),
    opened=OPENED,
    told={AREA: (Told(NO, OLD, 0),)},
    language="es",
    read={OTHER: OLD},
    explained={PAGE: 1},
    in_person={OTHER: OLD},
    questions=frozenset({OTHER}),
    closed={"open": OLD},
    closed_place={"open": 0},
    ruled={"fever": RuledOn("fever", "gone")},
    decided=stamped(DECISION, 1),
    pads={"countersign.physician_signature": Pad(("b",), day=DAY), SIGN_PAD: Pad(("a",), day=DAY)},
    signed={SIGN_PAD: OLD},
    confirmed=True,
    confirmed_as="patient",
    at_step="sign",
    injection=NOON,
    waits={"physician": OLD, "patient": OLD},
    papers={VIAL_PAD: OLD, "reaffirm.patient_signature": OLD},
    marks=(OLD, OLD),
    limit=OLD,
    addenda=(OLD,),
    addenda_over=(OLD,),
    addenda_sealed=(OLD,),
)


def by_its_side(visit: Visit, fact: VisitFact) -> tuple[Visit, Stamped]:
    by = stamped(fact, len(visit.facts) + 1)
    return apply(visit, by), by


KINDS: list[tuple[VisitFact, Changes]] = [
    (structs.replace(OPENED, injection=LATER), lambda by: {"opened": by.fact, "injection": LATER}),
    (Replanned(LATER, "courier"), lambda by: {"injection": LATER}),
    (TextGiven("consent", "consent", "1"), lambda by: {"given_text": by}),
    (TextGiven("preparation", "sheet", "1"), lambda by: {}),
    (WaitBegan("courier"), lambda by: {"waits": {**START.waits, "courier": by}}),
    (WaitEnded("physician"), lambda by: {"waits": {"patient": OLD}}),
    (SignedOnPaper("a.b", "patient", NAME, "I agree", ()),
     lambda by: {"papers": {**START.papers, "a.b": by}}),
    (PaperAttested(VIAL_PAD), lambda by: {"signed": {SIGN_PAD: OLD, VIAL_PAD: OLD},
                                          "papers": {"reaffirm.patient_signature": OLD}}),
    (OpenedInError("twice"), lambda by: {"in_error": by}),
    (ProcedureMarked("mixed"), lambda by: {"marks": (OLD, OLD, by)}),
    (MarkTakenBack("mixed"), lambda by: {"marks": (OLD,)}),
    (MarkTakenBack("thawed"), lambda by: {"marks": (OLD,), "limit": None}),  # another thaw has its own limit
    (ReleaseRenewed("new day"), lambda by: {"renewed": by}),
    (LimitPassed(True, "cold"), lambda by: {"limit": by}),
    (AddendumSigned(2, "amendment", "text", NAME, "said"), lambda by: {"addenda": (OLD, by)}),
    (AddendumConcluded(2, "amendment"), lambda by: {"addenda_over": (OLD, by)}),
    (AddendumSealed(2, "0" * 64, 0), lambda by: {"addenda_sealed": (OLD, by)}),
    (PageRead(*PAGE, "shown"), lambda by: {"read": {OTHER: OLD, PAGE: by}}),
    (Explained(*PAGE), lambda by: {"explained": {PAGE: 2}, "in_person": {OTHER: OLD, PAGE: by}}),
    (Explained(*OTHER), lambda by: {"explained": {PAGE: 1, OTHER: 1}, "in_person": {OTHER: by}}),
    (QuestionRaised(*PAGE), lambda by: {"questions": {PAGE, OTHER}}),
    (QuestionSettled(*OTHER), lambda by: {"questions": frozenset()}),
    (HandedOver("patient", "read"), lambda by: {"with_patient": True, "at_step": "read", "confirmed": False,
                                               "confirmed_as": ""}),
    (HandedOver("staff", "vial"), lambda by: {"at_step": "vial", "confirmed": False, "confirmed_as": ""}),
    (IdentityConfirmed("representative"), lambda by: {"confirmed_as": "representative"}),
    (Answered("medicines", "fluids", YES), lambda by: {"told": {**START.told,
     ("medicines", "fluids"): (Told(YES, by, 2),)}, "signed": {}, "read": START.read,
     "pads": {"countersign.physician_signature": Pad(("b",), day=DAY)}}),
    (Corrected(*AREA, NO, "asked", "why"), lambda by: {"told": {AREA: (Told(NO, OLD, 0), Told(NO, by, 2))}}),
    (BreakTaken("read"), lambda by: {}),
    (StepClosed("vial"), lambda by: {"closed": {"open": OLD, "vial": by},
                                     "closed_place": {"open": 0, "vial": 2}}),
    (RuledOn("cancer", "why"), lambda by: {"ruled": {**START.ruled, "cancer": by.fact}}),
    (Signed("x.y", "patient", NAME, "I agree", ()), lambda by: {"signed": {SIGN_PAD: OLD, "x.y": by}}),
    (WitnessNamed(NAME), lambda by: {"people": People(witness=by)}),
    (Countersigned(NAME, "said", ("c",)), lambda by: {"countersigned": by}),
    (Stopped("refused", "why"), lambda by: {"stopped": by}),
    (Concluded("refused"), lambda by: {"concluded": by}),
    (Sealed("0" * 64, 0), lambda by: {"sealed": by}),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "changes"), KINDS, ids=[type(fact).__name__ for fact, _ in KINDS])
def test_a_fact_changes_what_it_is_about_and_nothing_else(fact: VisitFact, changes: Changes) -> None:
    after, by = by_its_side(START, fact)
    assert after == structs.replace(START, facts=(OLD, by), **changes(by))


def test_what_is_explained_on_the_patient_s_tablet_was_not_explained_in_person() -> None:
    after, _ = by_its_side(structs.replace(START, with_patient=True), Explained(*PAGE))
    assert (after.explained, after.in_person) == ({PAGE: 2}, {OTHER: OLD})


def test_the_first_text_taken_home_is_the_one_that_counts() -> None:
    """Proves: R43."""
    first, by = by_its_side(START, TextGiven("consent", "consent", "1"))
    assert by_its_side(first, TextGiven("consent", "consent", "2"))[0].given_text == by


def test_on_paper_the_tablet_is_back_with_staff_and_in_the_patient_s_hands_it_is_glass_again() -> None:
    """Proves: P8."""
    chosen, by = by_its_side(structs.replace(START, with_patient=True), PaperChosen("prefers"))
    assert (chosen.on_paper, chosen.with_patient) == (by, False)
    written, _ = by_its_side(chosen, PageRead(*PAGE, "shown"))
    assert by_its_side(written, HandedOver("staff", "read"))[0].on_paper == by
    back, _ = by_its_side(written, HandedOver("patient", "read"))
    assert (back.on_paper, back.read) == (None, START.read)


def test_another_language_is_spoken_from_here_on() -> None:
    """Chosen, or because the newer texts are not there in the visit's own."""
    assert by_its_side(START, LanguageChosen("en"))[0].language == "en"
    assert by_its_side(START, FormsRenewed({"consent": "second"}, "en"))[0].language == "en"
    assert by_its_side(START, FormsRenewed({"consent": "second"}))[0].language == "es"


VIAL_CODE = ("vial", "vial_code")
SCANNED, SPELLED = Coded("]C0=G12341765432100", "scanned"), Coded("G1234 17 654321 A", "typed")
OTHER_VIAL = Coded("V-2", "typed")


@pytest.mark.parametrize(
    ("key", "was", "now", "void"),
    [
        (("health_check", "transplant"), NO, YES, "sign"),
        (("health_check", "transplant"), NO, NO, ""),
        (("health_check", "transplant"), None, NO, "sign"),
        (("medicines", "fluids"), NO, YES, "sign"),
        (AREA, NO, YES, "sign"),
        (AREA, NO, SCANNED, "sign"),
        (("open", "preferred_strength"), NO, YES, ""),
        (("open", "others_present"), NO, YES, ""),
        (("premedication", "loratadine_allergy"), NO, YES, ""),
        (VIAL_CODE, None, SCANNED, "vial"),
        (VIAL_CODE, SCANNED, OTHER_VIAL, "vial"),
        (VIAL_CODE, SCANNED, SPELLED, ""),
        (VIAL_CODE, CodesRead((SCANNED,)), CodesRead((SCANNED, OTHER_VIAL)), "vial"),
        (VIAL_CODE, SCANNED, CodesRead((SPELLED,)), ""),
        (("vial", "photo"), None, Pictured("0" * 64), ""),
        (("vial", "opened"), NO, YES, "vial"),
    ],
)
def test_a_changed_answer_takes_the_signature_over_it_away(
    key: tuple[str, str], was: Reply | None, now: Reply, void: str
) -> None:
    """And no other; the same vial in another spelling, or something added to it, changes nothing."""
    told = {key: (Told(was, OLD, 0),)} if was else {}
    signed = {SIGN_PAD: OLD, VIAL_PAD: OLD}
    before = structs.replace(START, told=told, signed=signed)
    after, _ = by_its_side(before, Answered(*key, now))
    assert after.signed == {pad: by for pad, by in signed.items() if pad.split(".")[0] != void}
    assert by_its_side(structs.replace(before, concluded=OLD), Answered(*key, now))[0].signed == signed


@pytest.mark.parametrize(("strength", "kept"), [(5, True), (10, False), (None, False)])
def test_another_strength_is_signed_for_anew_and_another_decision_inked_anew(
    strength: int | None, kept: bool
) -> None:
    """Proves: P10."""
    fact = structs.replace(DECISION, strength_million=strength)
    after, by = by_its_side(START, fact)
    told = {"decided": by, "decided_place": 2, "ruled": {**START.ruled, "cancer": DECISION.rulings[0]}}
    signed = {"signed": START.signed, "papers": START.papers, "pads": {SIGN_PAD: START.pads[SIGN_PAD]}}
    gone: dict[str, object] = {"signed": {}, "papers": {}, "pads": {}}
    assert after == structs.replace(START, facts=(OLD, by), **told, **(signed if kept else gone))


def test_the_first_decision_takes_ink_that_was_drawn_before_it() -> None:
    before = structs.replace(START, decided=None)
    after, by = by_its_side(before, structs.replace(DECISION, strength_million=None))
    assert (after.decided, after.pads) == (by, {})


DRAWN, BLANK = Pad(("a", "b"), day=DAY), Pad(day=DAY)
NEXT_DAY = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("was", "fact", "now"),
    [
        (Pad(), StrokeDrawn("p", "c"), Pad(("c",), day=DAY)),
        (DRAWN, StrokeDrawn("p", "c"), Pad(("a", "b", "c"), day=DAY)),
        (DRAWN, InkCleared("p"), Pad((), ("a", "b"), DAY)),
        (Pad((), ("a",), DAY), InkCleared("p"), Pad((), ("a",), DAY)),  # cleared twice: the first counts
        (Pad((), ("a", "b"), DAY), ClearUndone("p"), DRAWN),
        (Pad(("c",), ("a", "b"), DAY), ClearUndone("p"), Pad(("c",), ("a", "b"), DAY)),
        (BLANK, ClearUndone("p"), BLANK),
        (Pad(), ClearUndone("p"), Pad()),
        (Pad(), InkCleared("p"), Pad()),
    ],
)
def test_ink_is_drawn_cleared_and_brought_back(
    was: Pad, fact: StrokeDrawn | InkCleared | ClearUndone, now: Pad
) -> None:
    assert by_its_side(structs.replace(START, pads={"p": was}), fact)[0].pads == {"p": now}


def test_ink_that_nobody_signed_goes_with_its_day() -> None:
    after = apply(structs.replace(START, pads={"p": DRAWN}), stamped(StrokeDrawn("p", "c"), 2, utc=NEXT_DAY))
    assert after.pads == {"p": Pad(("c",), day=date(2026, 12, 2))}


def test_new_ink_on_a_signed_pad_begins_a_clean_one() -> None:
    """Its signature counts no longer, and no other pad's is touched."""
    before = structs.replace(START, signed={SIGN_PAD: OLD, VIAL_PAD: OLD})
    after, _ = by_its_side(before, StrokeDrawn(SIGN_PAD, "c"))
    assert after.signed == {VIAL_PAD: OLD}
    assert after.pads == {**START.pads, SIGN_PAD: Pad(("c",), day=DAY)}


def test_a_visit_is_folded_with_what_lies_beside_it() -> None:
    patient = PatientAdded(NAME, BORN, "", "", "post", "en")
    facts = (stamped(patient), stamped(CopyHanded("one", "record")))
    assert with_patient(START, facts) == structs.replace(START, patient=patient)
    assert with_patient(START, facts[1:]).patient is None
    assert with_vials(START, (a_vial(),)) == structs.replace(START, vials=(a_vial(),))
    assert with_history(START, DAY) == structs.replace(START, last_given=DAY)
    assert with_stock(START, True) == structs.replace(START, stock=True)
    assert fold("one", (stamped(OPENED, 1), OLD)).signed == {SIGN_PAD: OLD}
    assert fold("one", ()) == Visit("one")
