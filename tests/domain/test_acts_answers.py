"""What may be answered: the right item and kind of reply, nothing from the future, nothing made laxer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain.answering import fits
from chairside.domain.facts import (
    Answered,
    Corrected,
    Explained,
    PageRead,
    QuestionRaised,
    RuledOn,
    VisitFact,
)
from chairside.domain.form import (
    Choice,
    Code,
    Dose,
    Drugs,
    Initial,
    Ink,
    Item,
    Measure,
    Moment,
    Panel,
    Picture,
    Several,
    Statement,
    Text,
)
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    ChosenSeveral,
    Coded,
    CodesRead,
    DoseGiven,
    DoseNotGiven,
    DrugsTaken,
    DrugTaken,
    Initialled,
    LastDose,
    Measured,
    Never,
    NotSure,
    OnDate,
    PanelRead,
    Pictured,
    Reply,
    TestLine,
    Written,
)
from tests.domain.made_up import BOOK, HEALTH, NOON, NURSE, PHYSICIAN, Story, book_with, form, unproved

DAY = NOON.date()
FITTING: list[tuple[Item, Reply, bool]] = [
    (Choice(id="i"), Chosen("no"), True),
    (Choice(id="i"), Chosen("maybe"), False),
    (Moment(id="i"), OnDate(DAY), True),
    (Moment(id="i"), AtMoment(NOON), False),
    (Moment(id="i", precision="minute"), AtMoment(NOON), True),
    (Moment(id="i", precision="minute"), OnDate(DAY), False),
    (Measure(id="i", units=("C", "F"), least=("30", "86"), most=("45", "113")), Measured("37.8", "C"), True),
    (Measure(id="i", units=("C", "F"), least=("30", "86"), most=("45", "113")), Measured("30", "C"), True),
    (Measure(id="i", units=("C", "F"), least=("30", "86"), most=("45", "113")), Measured("45.1", "C"), False),
    (Measure(id="i", units=("C", "F"), least=("30", "86"), most=("45", "113")), Measured("29.9", "C"), False),
    (Measure(id="i", units=("C", "F"), least=("30", "86"), most=("45", "113")), Measured("100.0", "F"), True),
    (Measure(id="i", units=("C", "F"), least=("30", "86"), most=("45", "113")), Measured("999", "F"), False),
    (Measure(id="i", units=("C", "F"), least=("30", "86"), most=("45", "113")), Measured("85.9", "F"), False),
    (Measure(id="i", units=("C", "F"), least=("30", "86"), most=("45", "113")), Measured("310", "K"), False),
    (Measure(id="i", units=("C", "F"), least=("30", "86"), most=("45", "113")), Measured("NaN", "C"), False),
    (Measure(id="i", units=("C", "F"), least=("30", "86"), most=("45", "113")), Measured("warm", "C"), False),
    (Code(id="i"), Coded("V-1", "scanned"), True),
    (Code(id="i"), Coded("  ", "typed"), False),
    (Drugs(id="i"), DrugsTaken(()), True),
    (Drugs(id="i"), DrugsTaken((DrugTaken(" ", Never()),)), False),
    (Dose(id="i", drug="d", doses=("10 mg",), forms=("tablet",)), DoseGiven(NOON, "10 mg", "tablet"), True),
    (Dose(id="i", drug="d", doses=("10 mg",), forms=("tablet",)), DoseGiven(NOON, "20 mg", "tablet"), False),
    (Dose(id="i", drug="d", doses=("10 mg",), forms=("tablet",)), DoseGiven(NOON, "10 mg", "syrup"), False),
    (Dose(id="i", drug="d", doses=("10 mg",), forms=("tablet",)), DoseNotGiven("allergy"), True),
    (Dose(id="i", drug="d", doses=("10 mg",), forms=("tablet",)), DoseNotGiven(" "), False),
    (Panel(id="i", tests=("hiv",)), PanelRead((TestLine("hiv", "reactive"),)), True),
    (Panel(id="i", tests=("hiv",)), PanelRead((TestLine("cmv", "reactive"),)), False),
    (
        Panel(id="i", tests=("hiv",)),
        PanelRead((TestLine("hiv", "reactive"), TestLine("hiv", "nonreactive"))),
        False,
    ),
    (Text(id="i", most=3), Written("abc"), True),
    (Text(id="i", most=3), Written("abcd"), False),
    (Text(id="i", most=3), Written("  "), False),
    (Picture(id="i"), Pictured("digest"), True),
    (Initial(id="i", covers="s"), Initialled(), True),
    (Initial(id="i", covers="s"), Chosen("yes"), False),
    (Statement(id="i"), Initialled(), False),
    (Ink(id="i", signer="patient"), Initialled(), False),
    (Drugs(id="i"), Written("none"), False),
    (Code(id="i"), CodesRead((Coded("V-1", "scanned"),)), False),
    (Code(id="i", many=True), Coded("V-1", "scanned"), False),
    (Code(id="i", many=True), CodesRead(()), True),
    (Code(id="i", many=True), CodesRead((Coded("V-1", "scanned"), Coded("V-2", "typed"))), True),
    (Code(id="i", many=True), CodesRead((Coded("V-1", "scanned"), Coded(" ", "typed"))), False),
    (Code(id="i", many=True), CodesRead((Coded("V-1", "scanned"), Coded("V-1 ", "typed"))), False),
    *(
        (Several(id="i", options=("a", "b", "none"), none="none"), ChosenSeveral(chosen), fitting)
        for chosen, fitting in (
            (("a", "b"), True), (("none",), True), ((), False), (("b", "a"), False), (("a", "a"), False),
            (("a", "none"), False), (("c",), False), (("a", "c"), False),
        )
    ),
    (Several(id="i", options=("a", "b")), ChosenSeveral(("a", "b")), True),
]  # fmt: skip


@pytest.mark.parametrize(("item", "reply", "fitting"), FITTING, ids=range(len(FITTING)))
def test_a_reply_is_of_the_items_kind(item: Item, reply: Reply, fitting: bool) -> None:
    """Proves: Q31: a blank, a foreign option or a wrong kind is no answer."""
    assert fits(item, reply) is fitting


def _open() -> Story:
    return Story().open()


LATER, TOMORROW = NOON + timedelta(hours=1), DAY + timedelta(days=1)
REFUSED: list[tuple[str, VisitFact]] = [
    ("under_12_is_derived", Answered("health_check", "under_12", Chosen("no"))),
    ("item_unknown", Answered("health_check", "nothing", Chosen("no"))),
    ("item_unknown", Answered("nothing", "transplant", Chosen("no"))),
    ("item_unknown", Answered("receiving", "box_intact", Chosen("yes"))),
    ("option_unknown", Answered("health_check", "transplant", Chosen("perhaps"))),
    ("option_unknown", Answered("health_check", "transplant", Written("no"))),
    ("reply_does_not_fit", Answered("medicines", "nsaids", Written("none"))),
    ("patient_must_hold_the_tablet", Answered("consent", "initial_risks", Initialled())),
    ("patient_must_hold_the_tablet", Answered("consent", "ask_risks", Chosen("some"))),
    ("not_this_role", Answered("decision", "discussed", Chosen("phone"))),
    ("step_waits", Answered("premedication", "loratadine", DoseNotGiven("not wanted"))),
    (
        "moment_in_the_future",
        Answered("medicines", "nsaids", DrugsTaken((DrugTaken("Advil", AtMoment(LATER)),))),
    ),
    (
        "moment_in_the_future",
        Answered("medicines", "nsaids", DrugsTaken((DrugTaken("Advil", OnDate(TOMORROW)),))),
    ),
]


@pytest.mark.parametrize(("code", "fact"), REFUSED)
def test_what_is_no_answer_is_refused(code: str, fact: VisitFact) -> None:
    """Proves: Q14, T6, T9, R44."""
    assert _open().refusal(fact) == code


@pytest.mark.parametrize("dose", [Never(), NotSure(), OnDate(DAY), AtMoment(NOON)])
def test_a_last_dose_may_be_never_unknown_today_or_now(dose: LastDose) -> None:
    rows = DrugsTaken((DrugTaken("Advil", dose),))
    assert _open().refusal(Answered("medicines", "nsaids", rows)) is None


def test_a_dose_before_a_planned_injection_is_still_in_the_future() -> None:
    """A plan to take it is no fact, however far ahead the injection is. Proves: P5, T9."""
    story = _open()
    story.injection = NOON + timedelta(days=3)
    rows = DrugsTaken((DrugTaken("Advil", AtMoment(LATER)),))
    assert story.refusal(Answered("medicines", "nsaids", rows)) == "moment_in_the_future"


def test_initials_are_the_patients_own_tap_wherever_they_stand() -> None:
    """Even in a nurse's form. Proves: T6."""
    story = Story(
        book_with(form("medicines", Drugs(id="nsaids"), Initial(id="seen", covers="nsaids")))
    ).open()
    assert story.refusal(Answered("medicines", "seen", Initialled())) == "patient_must_hold_the_tablet"
    story.hand_over("medicines").tell(Answered("medicines", "seen", Initialled()))


def test_a_sensitive_item_may_be_answered_by_the_patients_own_tap() -> None:
    """Product.md, Health check: silently, by their own tap; the others not."""
    story = _open().hand_over("health_check")
    story.choose("health_check", pregnant_or_trying="no")
    assert story.refusal(Answered("health_check", "transplant", Chosen("no"))) == "patient_has_the_tablet"


def test_a_dose_given_later_or_a_moment_ahead_is_refused() -> None:
    """Proves: P5."""
    plan = form("open", Moment(id="day"), Moment(id="moment", precision="minute"))
    story = Story(book_with(plan))
    opened = structs.replace(story.visit, opened=_open().visit.opened)
    story.visit = opened
    assert story.refusal(Answered("open", "day", OnDate(TOMORROW))) == "moment_in_the_future"
    assert story.refusal(Answered("open", "day", OnDate(DAY))) is None
    assert story.refusal(Answered("open", "moment", AtMoment(LATER))) == "moment_in_the_future"
    story = Story().until_decision().decide().sign()
    ahead = Answered(
        "premedication", "loratadine", DoseGiven(story.now + timedelta(hours=1), "10 mg", "tablet")
    )
    assert story.refusal(ahead) == "moment_in_the_future"


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_the_syrup_is_not_for_who_may_react_to_glycerol(answer: str) -> None:
    """Proves: Q26."""
    syrup = Answered("premedication", "loratadine", DoseGiven(NOON, "10 mg", "syrup"))
    ruling = {"yes": "glycerol_sensitivity", "unsure": "glycerol_sensitivity_not_sure"}[answer]
    told = Story().until_decision(glycerol_sensitivity=answer)
    told.decide("proceed", RuledOn(ruling, "discussed")).sign()
    assert told.refusal(syrup) == "syrup_holds_glycerol"
    asked = Story().until_decision().decide().sign()
    asked.choose("premedication", loratadine_allergy="no", antihistamine_today="no")
    assert asked.refusal(syrup) is None


@pytest.mark.parametrize("item", HEALTH[:4])
@pytest.mark.parametrize(("was", "now"), [("yes", "no"), ("yes", "unsure"), ("unsure", "no")])
def test_an_absolute_answer_becomes_laxer_by_the_physician_only(item: str, was: str, now: str) -> None:
    """With PIN, source and reason; the old value is kept. Proves: Q2."""
    story = _open()
    story.choose("health_check", **{item: was})
    assert story.refusal(Answered("health_check", item, Chosen(now))) == "absolute_needs_physician"
    corrected = Corrected("health_check", item, Chosen(now), "asked again", "misheard")
    for actor in (NURSE, unproved(PHYSICIAN)):
        assert story.refusal(corrected, actor) == "physician_pin_needed"
    assert story.refusal(structs.replace(corrected, reason=" "), PHYSICIAN) == "reason_needed"
    assert story.refusal(structs.replace(corrected, source=""), PHYSICIAN) == "reason_needed"
    story.tell(corrected, PHYSICIAN)
    assert [told.reply for told in story.visit.told["health_check", item]] == [Chosen(was), Chosen(now)]


@pytest.mark.parametrize(("was", "now"), [("no", "unsure"), ("no", "yes"), ("unsure", "yes"), ("yes", "yes")])
def test_an_answer_becomes_stricter_by_a_tap(was: str, now: str) -> None:
    story = _open()
    story.choose("health_check", transplant=was)
    assert story.refusal(Answered("health_check", "transplant", Chosen(now))) is None
    story.choose("health_check", food_or_drug_allergy="yes")
    assert story.refusal(Answered("health_check", "food_or_drug_allergy", Chosen("no"))) is None


def test_what_a_form_makes_absolute_is_as_hard_to_take_back() -> None:
    """Proves: Q2 for a stricter form."""
    items = [structs.replace(item, weight="defer") for item in BOOK.forms["health_check"].items]
    story = Story(book_with(structs.replace(BOOK.forms["health_check"], items=tuple(items)))).open()
    story.choose("health_check", food_or_drug_allergy="yes")
    back = Answered("health_check", "food_or_drug_allergy", Chosen("no"))
    assert story.refusal(back) == "absolute_needs_physician"


def test_only_an_absolute_answer_that_was_given_is_corrected() -> None:
    story = _open().medicines()
    story.choose("health_check", transplant="yes", food_or_drug_allergy="yes")
    for form_id, item in (
        ("health_check", "pregnant_or_trying"),
        ("health_check", "food_or_drug_allergy"),
        ("health_check", "nothing"),
        ("health_check", "under_12"),
        ("medicines", "nsaids"),
    ):
        fact = Corrected(form_id, item, Chosen("no"), "asked", "misheard")
        assert story.refusal(fact, PHYSICIAN) == "nothing_to_correct"
    odd = Corrected("health_check", "transplant", Chosen("perhaps"), "asked", "misheard")
    assert story.refusal(odd, PHYSICIAN) == "option_unknown"


def test_an_answer_to_another_version_of_the_form_is_refused() -> None:
    """Proves: Q46."""
    story = _open()
    story.book = book_with(structs.replace(BOOK.forms["health_check"], digest="newer"))
    fact = Answered("health_check", "transplant", Chosen("no"))
    assert story.refusal(fact) == "form_of_another_version"


def test_only_a_page_that_is_there_and_was_shown_is_read() -> None:
    """Proves: T13."""
    story = _open().hand_over()
    assert story.refusal(PageRead("consent", "nothing", "shown")) == "item_unknown"
    assert story.refusal(PageRead("nothing", "risks", "shown")) == "item_unknown"
    assert story.refusal(PageRead("consent", "risks", "")) == "page_not_shown"
    assert story.refusal(PageRead("sign", "check_answers", "shown")) == "step_waits"
    assert story.refusal(QuestionRaised("nothing", "risks")) == "item_unknown"


def test_only_a_wrong_answer_is_explained_and_each_once() -> None:
    """Two re-explanations are two wrong answers, not two taps. Proves: Q13."""
    story = _open().hand_over()
    explained = Explained("consent", "ask_risks")
    assert story.refusal(explained) == "nothing_to_explain"
    assert story.refusal(Explained("consent", "risks")) == "nothing_to_explain"
    story.choose("consent", ask_risks="none")
    story.tell(explained)
    assert story.refusal(explained) == "nothing_to_explain"
    story.choose("consent", ask_risks="some")
    assert story.refusal(explained) == "nothing_to_explain"
    assert story.refusal(Explained("nothing", "ask_risks")) == "item_unknown"


def test_what_comes_after_the_decision_is_not_told_in_a_stop() -> None:
    """The later steps take no answer; what led to the decision still does. Proves: P3 (Stops)."""
    story = Story().until_decision().decide().sign()
    story.choose("health_check", flu_like_symptoms="yes")
    fact = Answered("premedication", "loratadine", DoseNotGiven("stopped"))
    assert story.refusal(fact) == "step_stopped"
    assert story.refusal(Answered("health_check", "transplant", Chosen("yes"))) is None
