"""What each fact leaves of a vial, one wrong side a line: found by `python -m tests.mutation vial steps`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain import steps, vial
from chairside.domain.facts import (
    Answered,
    Fact,
    VialDiscarded,
    VialReceived,
    VialReturned,
    VialThawed,
    VialUsed,
)
from chairside.domain.folding import with_vials
from chairside.domain.replies import Chosen, Coded, OnDate, Pictured
from chairside.domain.steps import VIAL_STEP
from tests.domain.made_up import NOON, Story, a_vial, stamped, vial_facts


def _after(*facts: Fact) -> vial.Vial:
    return vial.fold((*vial_facts(), *(stamped(fact) for fact in facts)))


@pytest.mark.parametrize(
    ("facts", "gone"),
    [
        ((VialUsed("one", True),), "used"),
        ((VialUsed("one", False),), "partly_used"),
        ((VialDiscarded("broken"),), "discarded"),
        ((VialReturned("not needed"),), "returned"),
        ((VialUsed("one", True), VialDiscarded("empty")), "used"),
        ((VialDiscarded("broken"), VialReturned("to the supplier")), "discarded"),
    ],
)
def test_what_became_of_a_vial_first_stays(facts: tuple[Fact, ...], gone: str) -> None:
    assert _after(*facts).gone == gone


def test_a_vial_is_thawed_for_one_visit_whatever_is_told_later() -> None:
    """Proves: Q34."""
    assert _after(VialThawed("one"), VialThawed("two")).thawed == "one"


@pytest.mark.parametrize(
    ("changed", "ready"),
    [
        ({}, True),
        ({"thawed": "one"}, True),
        ({"thawed": "two"}, False),
        ({"accepted": False}, False),
        ({"visit": "two"}, False),
        ({"gone": "used"}, False),
    ],
)
def test_only_an_accepted_vial_set_aside_for_the_visit_may_be_mixed(
    changed: dict[str, object], ready: bool
) -> None:
    """Proves: Q34."""
    assert structs.replace(a_vial("one"), **changed).ready("one") is ready


def test_whoever_received_a_vial_again_cannot_check_what_another_wrote_before() -> None:
    """Proves: P10."""
    again = stamped(VialReceived("V-1", "supplier", "product", "L-1", None), person="nurse-3")
    told = vial.fold((*vial_facts(checker=""), again))
    assert told.writers == {"nurse-1", "nurse-3"}


def test_a_sheet_that_is_named_and_not_here_says_nothing() -> None:
    """Neither its own answers nor those of the vial's stream, which are another paper's."""
    named = structs.replace(a_vial(), sheet_stream="sheet:1", sheet=None)
    assert named.paper == {} and named.panel == {}
    assert named.said("donor_eligible") == "eligible"  # of its own stream, not of the sheet
    other = structs.replace(named, sheet=vial.Sheet(replies={"sterility": Chosen("growth")}), replies={})
    assert other.said("sterility") == "growth"
    assert structs.replace(
        other, sheet=vial.Sheet(replies={"label_warning": Chosen("biohazard")})
    ).warnings == ("biohazard",)
    assert vial.Vial(replies={"label_warning": OnDate(NOON.date())}).warnings == ()


# -- what the chair's own step says of it ------------------------------------------------------
def _at_the_chair(shown: vial.Vial | None = None) -> Story:
    story = Story().until_decision().decide().sign().premedicate()
    story.tell(Answered("vial", "vial_code", Coded("V-1", "scanned")))
    story.visit = with_vials(story.visit, (shown or a_vial(visit=""),))
    return story


def _reasons(story: Story) -> list[str]:
    states = steps.states(story.book, story.visit, story.scene.when)
    lacks = next(each.lacks for each in states if each.step.id == VIAL_STEP)
    return [lack.item for lack in lacks if lack.why == "vial"]


def _reasons_now(story: Story) -> list[str]:
    """What the vial itself lacks, also where its step is not open."""
    return [lack.item for lack in steps._vial_lacks(steps._now(story.scene, ()))]


def _also(story: Story, item: str, reply: object) -> Story:
    """Answer an item of the vial's form that the made-up form does not ask for."""
    story.take(Answered("vial", item, reply))  # type: ignore[arg-type]  # any reply
    return story


@pytest.mark.parametrize(
    ("kept", "pictures", "reasons"),
    [
        ("photo", 0, ["vial_sheet_photo_missing"]),
        ("photo", 1, []),
        ("paper", 0, []),
        ("paper", 1, []),
    ],
)
def test_a_paper_kept_as_a_photo_has_one(kept: str, pictures: int, reasons: list[str]) -> None:
    photo = {"sheet_photo": Pictured("0" * 64)} if pictures else {}
    shown = a_vial(visit="")
    shown = structs.replace(shown, replies={**shown.replies, **photo})
    assert _reasons(_also(_at_the_chair(shown), "paper_kept", Chosen(kept))) == reasons


def test_of_two_vials_each_has_its_photo() -> None:
    story = _also(_at_the_chair(), "paper_kept", Chosen("photo"))
    one = a_vial(visit="")
    photographed = structs.replace(one, replies={**one.replies, "sheet_photo": Pictured("0" * 64)})
    story.visit = with_vials(story.visit, (photographed, structs.replace(one, code="V-2")))
    assert _reasons(story) == ["vial_sheet_photo_missing"]


@pytest.mark.parametrize(("text", "reasons"), [("V-1", []), ("V-2", ["vial_code_differs"])])
def test_the_code_shown_before_mixing_is_the_one_received(text: str, reasons: list[str]) -> None:
    """Proves: Q34."""
    assert _reasons(_also(_at_the_chair(), "code_shown", Coded(text, "scanned"))) == reasons


def test_a_code_on_another_form_is_no_vials() -> None:
    story = _at_the_chair()
    story.take(Answered("premedication", "code", Coded("Z-9", "scanned")))
    assert _reasons(story) == []


@pytest.mark.parametrize(("days", "reasons"), [(0, []), (1, ["vial_expired"])])
def test_a_vial_is_in_date_on_the_day_of_the_injection(days: int, reasons: list[str]) -> None:
    """The later of today and the planned day counts. Proves: Q29."""
    story = _at_the_chair(structs.replace(a_vial(visit=""), expires=NOON.date()))
    assert _reasons_now(story) == []
    story.injection = NOON + timedelta(days=days)
    assert _reasons_now(story) == reasons


def test_without_a_decision_no_strength_is_the_right_one() -> None:
    """Nothing is ordered yet, so nothing may be mixed. Proves: Q29."""
    story = Story().until_decision()
    assert _reasons_now(story) == ["vial_unknown"]
    story.take(Answered("vial", "vial_code", Coded("V-1", "scanned")))
    story.visit = with_vials(story.visit, (a_vial(visit=""),))
    assert _reasons_now(story) == ["vial_strength_not_as_ordered"]
