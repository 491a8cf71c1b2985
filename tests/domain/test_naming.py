"""Who may be named beside the patient, by whom and with what said of them: each rule by its refusal."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain import naming
from chairside.domain.actor import Actor, may_do, own_name, physician_pin
from chairside.domain.facts import Answered, PeopleFact, Role
from chairside.domain.facts.people import (
    AssentNotAsked,
    InterpreterAttested,
    MinorMaySign,
    PersonLeft,
    WayChosen,
    WitnessNamed,
)
from chairside.domain.replies import Chosen
from tests.domain.made_up import ADMINISTRATOR, BORN, NAME, NURSE, PHYSICIAN, SIGN_PAD, unproved
from tests.domain.test_people import AWAY, GUARDIAN, IVO, MOTHER, PROVED, WIM, Room, _signed, room

AGENT = structs.replace(MOTHER, incapacity="does not understand the risks")
ASKED, ALONE = AssentNotAsked("too young to be asked"), MinorMaySign("lives alone")
BY_MARK = WayChosen("patient", "by_mark", "cannot write")
Named = tuple[PeopleFact, ...]


def _room(born: object, told: Named) -> Room:
    story = room(born) if born is BORN else room()  # type: ignore[arg-type]  # BORN is a date
    for fact in told:
        story.take(fact)
    return story


def _refusal(story: Room, fact: PeopleFact, actor: Actor) -> str | None:
    return naming.forbids(story.scene, fact, actor)


@pytest.mark.parametrize("fact", [MOTHER, IVO, WIM, PersonLeft("witness", "left"), BY_MARK])
def test_whoever_says_it_is_clinical_staff_and_gives_a_pin(fact: PeopleFact) -> None:
    """Proves: Q15."""
    story = _room(None, (WIM,))
    assert _refusal(story, fact, unproved(NURSE)) == "pin_needed"
    assert _refusal(story, fact, ADMINISTRATOR) == "not_this_role"
    assert _refusal(story, fact, NURSE) is None
    assert _refusal(story, fact, PHYSICIAN) is None


@pytest.mark.parametrize("fact", [ASKED, ALONE])
def test_what_a_child_decides_is_the_physician_s_word_and_only_of_a_child(fact: PeopleFact) -> None:
    """Proves: Q14, R32."""
    child, adult = _room(None, ()), _room(BORN, ())
    assert _refusal(child, fact, NURSE) == "physician_pin_needed"
    assert _refusal(child, fact, unproved(PHYSICIAN)) == "physician_pin_needed"
    assert _refusal(child, structs.replace(fact, reason=" "), PHYSICIAN) == "reason_needed"
    assert _refusal(child, fact, PHYSICIAN) is None
    assert _refusal(adult, fact, PHYSICIAN) == "not_a_minor"
    child.take(Answered("assent", "wants", Chosen("no")))
    said_no = _refusal(child, fact, PHYSICIAN)
    assert said_no == ("assent_refused" if fact is ASKED else None)  # whoever said no was asked


@pytest.mark.parametrize(
    ("born", "told", "fact", "actor", "code"),
    [
        # Who decides: with a name and a right; for an adult on the physician's word and with a reason.
        (None, (), structs.replace(MOTHER, name=" "), NURSE, "person_name_needed"),
        (None, (), structs.replace(MOTHER, authority=" "), NURSE, "authority_needed"),
        *((None, (who,), who, NURSE, None) for who in (MOTHER, IVO, WIM)),  # the same person, put down again
        (None, (), AGENT, NURSE, "incapacity_is_for_adults"),
        (None, (), structs.replace(MOTHER, incapacity=" "), NURSE, None),
        (BORN, (), AGENT, NURSE, "physician_pin_needed"),
        (BORN, (), MOTHER, PHYSICIAN, "incapacity_needed"),
        (BORN, (), structs.replace(MOTHER, incapacity=" "), PHYSICIAN, "incapacity_needed"),
        (BORN, (), AGENT, PHYSICIAN, None),
        # Nobody has two parts, however the name is written.
        (None, (MOTHER,), structs.replace(IVO, name=f" {GUARDIAN.upper()} "), NURSE,
         "person_has_another_part"),
        (None, (structs.replace(MOTHER, name=f" {GUARDIAN} "),), WitnessNamed(GUARDIAN), NURSE,
         "person_has_another_part"),
        (None, (IVO,), structs.replace(MOTHER, name=IVO.name), NURSE, "person_has_another_part"),
        (None, (WIM,), structs.replace(IVO, name=WIM.name), NURSE, "person_has_another_part"),
        (None, (), structs.replace(IVO, name=NAME), NURSE, "person_has_another_part"),
        # An interpreter has a language and, where nobody sees them, an identifier.
        (None, (), structs.replace(IVO, name=""), NURSE, "person_name_needed"),
        (None, (), structs.replace(IVO, spoken=" "), NURSE, "interpreter_language_needed"),
        (None, (), structs.replace(AWAY, identifier=" "), NURSE, "interpreter_id_needed"),
        (None, (), structs.replace(AWAY, mode="video", identifier=""), NURSE, "interpreter_id_needed"),
        (None, (), AWAY, NURSE, None),
        (None, (), WitnessNamed(" "), NURSE, "person_name_needed"),
        # Who leaves was there; a mark needs its witness to the end.
        (None, (IVO,), PersonLeft("witness", "left"), NURSE, "person_not_named"),
        (None, (IVO,), PersonLeft("interpreter", " "), NURSE, "reason_needed"),
        (None, (IVO,), PersonLeft("interpreter", "left"), NURSE, None),
        (None, (WIM, BY_MARK), PersonLeft("witness", "left"), NURSE, "witness_needed"),
        (None, (WIM, IVO, BY_MARK), PersonLeft("interpreter", "left"), NURSE, None),
        # Another way of signing has a reason, a mark a witness; drawn needs neither.
        (None, (WIM,), WayChosen("witness", "typed", "hurt hand"), NURSE, "person_not_named"),
        (None, (), WayChosen("representative", "typed", "hurt hand"), NURSE, "person_not_named"),
        (None, (MOTHER,), WayChosen("representative", "typed", "hurt hand"), NURSE, None),
        (None, (), WayChosen("patient", "drawn"), NURSE, "nothing_changed"),
        (None, (), WayChosen("patient", "typed", " "), NURSE, "reason_needed"),
        (None, (), WayChosen("patient", "typed", "hurt hand"), NURSE, None),
        (None, (WayChosen("patient", "typed", "hurt hand"),), WayChosen("patient", "drawn"), NURSE, None),
        (None, (), BY_MARK, NURSE, "witness_needed"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_person_is_whole(
    born: object, told: Named, fact: PeopleFact, actor: Actor, code: str | None
) -> None:
    """Proves: Q14, Q15, R38, R39."""
    assert _refusal(_room(born, told), fact, actor) == code


def test_staff_attest_the_interpreter_who_is_away_once_and_after_the_signature() -> None:
    """Proves: Q15, R38."""
    word = InterpreterAttested("sign.interpreter_signature", AWAY.name, "I left nothing out")
    here, away = _signed(IVO), _signed(AWAY)
    assert _refusal(here, word, PROVED) == "interpreter_not_away"
    assert _refusal(away, word, unproved(NURSE)) == "pin_needed"
    assert _refusal(away, structs.replace(word, pad="sign.nowhere"), PROVED) == "item_unknown"
    assert _refusal(away, structs.replace(word, pad=SIGN_PAD), PROVED) == "item_unknown"
    assert _refusal(away, word, PROVED) == "patient_signs_first"
    assert away.signs("patient", NAME, SIGN_PAD) is None
    assert _refusal(away, structs.replace(word, name="Somebody Example"), PROVED) == "interpreter_not_away"
    assert _refusal(away, structs.replace(word, meaning=" "), PROVED) == "meaning_missing"
    assert _refusal(away, word, PROVED) is None
    away.take(word)
    assert _refusal(away, word, PROVED) == "already_signed"


@pytest.mark.parametrize(
    ("owner", "alone", "may"),
    [
        ("any", False, {"nurse", "physician"}),
        ("nurse", False, {"nurse"}),
        ("nurse", True, {"nurse", "physician"}),
        ("physician", False, {"physician"}),
        ("physician", True, {"physician"}),
        ("patient", True, set()),
    ],
)
def test_a_role_may_do_its_own_and_a_physician_a_nurse_s_where_they_work_alone(
    owner: str, alone: bool, may: set[Role]
) -> None:
    """Proves: T6."""
    roles: tuple[Role, ...] = ("nurse", "physician", "administrator")
    assert {role for role in roles if may_do(owner, role, alone=alone)} == may


def test_staff_sign_under_their_own_name() -> None:
    """And a physician's act needs a physician, and a PIN for this very act."""
    assert [own_name(name, NURSE) for name in (NURSE.name, NAME, "")] == [
        None,
        "name_differs",
        "name_differs",
    ]
    assert own_name(NAME, structs.replace(NURSE, name="")) is None
    judged = [physician_pin(who) for who in (PHYSICIAN, unproved(PHYSICIAN), NURSE)]
    assert judged == [None, "physician_pin_needed", "physician_pin_needed"]
    assert not Actor("nurse-1", "nurse").proved
