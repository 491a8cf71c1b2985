"""Who may do what in which state of the visit: a truth table written by hand, every cell tried."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from chairside.domain.facts import (
    Answered,
    BreakTaken,
    ClearUndone,
    Concluded,
    Corrected,
    Countersigned,
    Explained,
    HandedOver,
    IdentityConfirmed,
    InkCleared,
    PageRead,
    QuestionRaised,
    QuestionSettled,
    RuledOn,
    Sealed,
    Signed,
    StepClosed,
    Stopped,
    StrokeDrawn,
    VisitFact,
    VisitOpened,
)
from chairside.domain.replies import Chosen, Initialled
from tests.domain.made_up import (
    ADMINISTRATOR,
    NAME,
    NOON,
    NURSE,
    PHYSICIAN,
    PHYSICIAN_PAD,
    SIGN_PAD,
    Story,
    unproved,
)


def _checking() -> Story:
    """Health check answered with one relative yes but not closed; a question is open."""
    story = Story().open()
    for item in ("transplant", "immunocompromised", "flu_like_symptoms", "cancer_within_5_years"):
        story.choose("health_check", **{item: "no"})
    story.choose("health_check", food_or_drug_allergy="yes", glycerol_sensitivity="no")
    story.choose("health_check", pregnant_or_trying="no")
    story.hand_over().tell(QuestionRaised("consent", "risks"))
    return story.hand_back()


def _reading() -> Story:
    """The patient holds the tablet, has said who they are, and got a question of understanding wrong."""
    story = Story().open().hand_over()
    story.choose("consent", ask_risks="none")
    return story


def _handed() -> Story:
    """The patient was just given the tablet and has not said who they are."""
    story = Story().open()
    story.tell(HandedOver("patient", "read"))
    return story


def _signing() -> Story:
    """The patient has checked the answers and inked, and holds the tablet."""
    story = Story().until_decision().decide().hand_over("sign")
    story.tell(PageRead("sign", "check_answers", "shown"))
    story.tell(StrokeDrawn(SIGN_PAD, "stroke"))
    return story


def _approving() -> Story:
    """Everything is ready and the physician has inked."""
    story = Story().until_countersign()
    story.tell(StrokeDrawn(PHYSICIAN_PAD, "stroke"), PHYSICIAN)
    return story


def _over() -> Story:
    story = Story().until_countersign().countersign()
    story.conclude()
    return story


def _sealed() -> Story:
    story = _over()
    story.tell(Sealed("0" * 64, 0))
    return story


STATES: dict[str, Callable[[], Story]] = {
    "planned": Story,
    "checking": _checking,
    "handed": _handed,
    "reading": _reading,
    "deciding": lambda: Story().until_decision(),
    "signing": _signing,
    "approving": _approving,
    "over": _over,
    "sealed": _sealed,
}
ACTORS = {
    "nurse": unproved(NURSE),
    "nurse+pin": NURSE,
    "physician": unproved(PHYSICIAN),
    "physician+pin": PHYSICIAN,
    "administrator+pin": ADMINISTRATOR,
}
FORMS = {each: form.digest for each, form in Story().book.forms.items()}
ACTS: dict[str, VisitFact] = {
    "opens": VisitOpened("patient", 1, NOON, ("name", "born"), FORMS, "digest-of-plan"),
    "hands to patient": HandedOver("patient", "read"),
    "takes back": HandedOver("staff", "read"),
    "confirms": IdentityConfirmed(),
    "reads": PageRead("consent", "risks", "shown"),
    "initials": Answered("consent", "initial_risks", Initialled()),
    "is explained to": Explained("consent", "ask_risks"),
    "asks": QuestionRaised("consent", "risks"),
    "breaks": BreakTaken("read"),
    "answers health": Answered("health_check", "food_or_drug_allergy", Chosen("unsure")),
    "answers decision": Answered("decision", "discussed", Chosen("phone")),
    "corrects": Corrected("health_check", "pregnant_or_trying", Chosen("no"), "test", "hCG negative"),
    "settles": QuestionSettled("consent", "risks"),
    "closes health": StepClosed("health_check"),
    "rules": RuledOn("food_or_drug_allergy", "mild"),
    "proceeds": Story().decision("proceed"),
    "defers": Story().decision("defer"),
    "inks for patient": StrokeDrawn(SIGN_PAD, "more"),
    "clears for patient": InkCleared(SIGN_PAD),
    "restores for patient": ClearUndone(SIGN_PAD),
    "signs for patient": Signed(SIGN_PAD, "patient", NAME, "I agree", ("stroke",)),
    "inks for physician": StrokeDrawn(PHYSICIAN_PAD, "more"),
    "clears for physician": InkCleared(PHYSICIAN_PAD),
    "restores for physician": ClearUndone(PHYSICIAN_PAD),
    "countersigns": Countersigned("Oru Example", "meaning_proceed", ("stroke",)),
    "refuses": Stopped("refused", "said so"),
    "withdraws": Stopped("withdrawn", "said so"),
    "concludes": Concluded("countersigned"),
    "seals": Sealed("0" * 64, 0),
}
ANYBODY = "nurse, nurse+pin, physician, physician+pin, administrator+pin"
CLINICAL = "nurse, nurse+pin, physician, physician+pin"
NURSES, PHYSICIANS = "nurse, nurse+pin", "physician, physician+pin"
PINNED, CLINICAL_PINNED = "nurse+pin, physician+pin, administrator+pin", "nurse+pin, physician+pin"

# Everything that is not in this table is refused. Source: product.md P2, Stops; T1, T6; Q1, Q2, Q16, Q39.
ALLOWED: dict[tuple[str, str], str] = {
    ("planned", "opens"): NURSES,
    ("checking", "hands to patient"): ANYBODY,
    ("checking", "answers health"): NURSES,
    ("checking", "corrects"): "physician+pin",
    ("checking", "settles"): CLINICAL,
    ("checking", "closes health"): "nurse+pin",
    ("checking", "rules"): PHYSICIANS,
    ("checking", "refuses"): CLINICAL_PINNED,
    ("handed", "takes back"): PINNED,
    ("handed", "confirms"): ANYBODY,
    ("handed", "breaks"): ANYBODY,
    ("reading", "takes back"): PINNED,
    ("reading", "reads"): ANYBODY,
    ("reading", "initials"): ANYBODY,
    ("reading", "is explained to"): ANYBODY,
    ("reading", "asks"): ANYBODY,
    ("reading", "breaks"): ANYBODY,
    ("deciding", "hands to patient"): ANYBODY,
    ("deciding", "answers health"): NURSES,
    ("deciding", "answers decision"): PHYSICIANS,
    ("deciding", "corrects"): "physician+pin",
    ("deciding", "proceeds"): "physician+pin",
    ("deciding", "defers"): "physician+pin",
    ("deciding", "refuses"): CLINICAL_PINNED,
    ("signing", "takes back"): PINNED,
    ("signing", "reads"): ANYBODY,
    ("signing", "initials"): ANYBODY,
    ("signing", "asks"): ANYBODY,
    ("signing", "breaks"): ANYBODY,
    ("signing", "inks for patient"): ANYBODY,
    ("signing", "clears for patient"): ANYBODY,
    ("signing", "restores for patient"): ANYBODY,
    ("signing", "signs for patient"): ANYBODY,
    ("approving", "hands to patient"): ANYBODY,
    ("approving", "answers health"): NURSES,
    ("approving", "answers decision"): PHYSICIANS,
    ("approving", "corrects"): "physician+pin",
    ("approving", "defers"): "physician+pin",
    ("approving", "inks for physician"): PHYSICIANS,
    ("approving", "clears for physician"): PHYSICIANS,
    ("approving", "restores for physician"): PHYSICIANS,
    ("approving", "countersigns"): "physician+pin",
    ("approving", "withdraws"): CLINICAL_PINNED,
    ("over", "seals"): ANYBODY,
}


@cache
def _story(state: str) -> Story:
    return STATES[state]()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_every_role_in_every_state_may_do_what_the_table_says(state: str, act: str) -> None:
    """In patient mode the actor is whoever handed the tablet over. Proves: T6, T1, Q2, Q39."""
    allowed = {name.strip() for name in ALLOWED.get((state, act), "").split(",")} - {""}
    got = {name for name, actor in ACTORS.items() if _story(state).refusal(ACTS[act], actor) is None}
    refusals = {name: _story(state).refusal(ACTS[act], actor) for name, actor in ACTORS.items()}
    assert got == allowed, refusals


def test_while_the_patient_holds_the_tablet_only_the_patient_acts() -> None:
    """Proves: T1, Q39."""
    patients_own = {act for (state, act) in ALLOWED if state in ("reading", "signing")}
    for act, fact in ACTS.items():
        if act not in patients_own:
            assert all(_story("reading").refusal(fact, actor) is not None for actor in ACTORS.values())


def test_before_the_opening_and_after_the_end_nothing_else_happens() -> None:
    for act, fact in ACTS.items():
        if act != "opens":
            assert _story("planned").refusal(fact, PHYSICIAN) == "visit_not_open"
        if act != "seals":
            assert _story("over").refusal(fact, PHYSICIAN) == "visit_is_over"
            assert _story("sealed").refusal(fact, PHYSICIAN) == "visit_is_over"
    assert _story("sealed").refusal(ACTS["seals"]) == "already_sealed"


def test_nobody_says_twice_who_they_are_nor_for_somebody_who_is_not_here() -> None:
    """A second tap would stand in the record as a second person's word. Proves: Q39, Q15."""
    story = Story().open().hand_over()
    assert story.refusal(IdentityConfirmed()) == "confirmed_already"
    assert story.refusal(IdentityConfirmed("witness")) == "person_not_named"
    story.hand_back().tell(HandedOver("patient", "read"))
    assert story.refusal(IdentityConfirmed()) is None


def test_nothing_is_a_patients_act_before_they_say_who_they_are() -> None:
    """Proves: T1: the tablet may be in the wrong hands."""
    story = Story().open()
    story.tell(HandedOver("patient", "read"))
    for act in ("reads", "initials", "asks", "is explained to"):
        assert story.refusal(ACTS[act]) == "identity_not_confirmed"
    assert story.refusal(ACTS["breaks"]) is None
