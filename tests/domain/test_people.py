"""Who signs: for a child or an adult who cannot, beside them, by a mark, typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import structs

from chairside.domain import coming_of_age, people, steps
from chairside.domain.actor import Actor
from chairside.domain.book import Book
from chairside.domain.facts import (
    Answered,
    IdentityConfirmed,
    PageRead,
    Signed,
    Signer,
    Stopped,
    StrokeDrawn,
    Way,
)
from chairside.domain.facts.people import (
    AssentNotAsked,
    InterpreterAttested,
    InterpreterNamed,
    MinorMaySign,
    PersonLeft,
    RepresentativeNamed,
    WayChosen,
    WitnessNamed,
)
from chairside.domain.folding import with_vials
from chairside.domain.form import Choice, Form, Ink, Statement, Step
from chairside.domain.replies import Chosen, Coded, Initialled
from tests.domain.made_up import BOOK, NAME, NURSE, PHYSICIAN, SIGN_PAD, VIAL_PAD, Story, a_vial, form

CHILD = date(2014, 6, 1)
PROVED = structs.replace(NURSE, proved=True)
UNPROVED = structs.replace(NURSE, proved=False)
GUARDIAN = "Olga Example"
MOTHER = RepresentativeNamed(GUARDIAN, "parent", "birth certificate")
IVO = InterpreterNamed("Ivo Example", "", "Tagalog", "in_person", sight=True)
AWAY = InterpreterNamed("Ivo Example", "77", "Tagalog", "phone", sight=True)
WIM = WitnessNamed("Wim Example")
BESIDE: tuple[Signer, ...] = ("representative", "interpreter", "witness")


def _with_lines(told: Form) -> Form:
    lines = tuple(Ink(id=f"{who}_signature", owner="patient", signer=who) for who in BESIDE)
    return structs.replace(told, items=(*told.items, *lines))


def _book() -> Book:
    assent = form(
        "assent",
        Statement(id="what_happens", owner="patient"),
        Choice(id="wants", owner="patient", options=("yes", "no")),
        Ink(id="child_signature", owner="patient", signer="patient"),
    )
    asked = Step("assent", "patient", "signing", "assent", ("decision",), "signature", "minor")
    made: list[Step] = []
    for step in BOOK.plan.steps:
        if step.id == "sign":
            made += [asked, structs.replace(step, needs=("decision", "assent"))]
        else:
            made.append(step)
    forms = {
        **BOOK.forms,
        "assent": assent,
        **{name: _with_lines(BOOK.forms[name]) for name in ("sign", "vial")},
    }
    return structs.replace(BOOK, forms=forms, plan=structs.replace(BOOK.plan, steps=tuple(made)))


FULL = _book()


class Room(Story):
    """A visit with people in it."""

    def hold(self, who: Signer, step: str = "sign") -> Room:
        if not self.visit.with_patient:
            self.hand_over(step)
        if self.visit.confirmed_as != who:
            self.tell(IdentityConfirmed(who))
        return self

    def signs(self, who: Signer, name: str, pad: str, way: Way = "drawn") -> str | None:
        """Draw and sign; return the refusal, if there is one."""
        if way != "typed" and self.refusal(StrokeDrawn(pad, "x")) is None:
            self.tell(StrokeDrawn(pad, f"{pad}-{len(self.visit.facts)}"))
        held = self.visit.pads.get(pad)
        fact = Signed(pad, who, name, "I agree", held.strokes if held and way != "typed" else (), way)
        if (wrong := self.refusal(fact)) is None:
            self.take(fact)
        return wrong

    def read_by(self, who: Signer) -> Room:
        self.hold(who, "notices")
        self.tell(PageRead("notices", "notice", "shown"))
        self.hand_back().choose("notices", paper_copy="handed")
        self.hold(who, "read")
        self.tell(PageRead("consent", "risks", "shown"))

        self.tell(Answered("consent", "initial_risks", Initialled()))
        self.choose("consent", ask_risks="some")
        self.hand_back()
        return self

    def lacks(self, step: str) -> set[str]:
        state = {each.step.id: each for each in steps.states(self.book, self.visit, self.scene.when)}[step]
        return {lack.why for lack in state.lacks}


def room(born: date = CHILD) -> Room:
    story = Room(FULL, born=born)
    story.open().health().medicines()
    return story


def decided(who: Signer, *named: object, born: date = CHILD) -> Room:
    story = room(born)
    for fact in named:
        by = PHYSICIAN if getattr(fact, "incapacity", "") else PROVED
        story.tell(fact, by)  # type: ignore[arg-type]  # a fact of the table
    story.read_by(who).decide()
    return story


def assented(story: Room, answer: str = "yes") -> Room:
    story.hold("patient", "assent").tell(PageRead("assent", "what_happens", "shown"))
    story.tell(Answered("assent", "wants", Chosen(answer)))
    if answer == "yes":
        assert story.signs("patient", NAME, "assent.child_signature") is None
    story.hand_back()
    return story


def test_a_patient_under_18_never_signs_alone() -> None:
    """Nobody is named who decides: each page of theirs says so, and no signature is taken. Proves: Q14."""
    story = room()
    assert "guardian" in story.lacks("read")
    assented(story.read_by("patient").decide())  # type: ignore[arg-type]  # the same Room, typed Story
    assert "guardian" in story.lacks("sign")
    story.hold("patient").tell(PageRead("sign", "check_answers", "shown"))
    assert story.signs("patient", NAME, SIGN_PAD) == "guardian_needed"


def test_who_decides_for_a_child_signs_after_the_child_was_asked() -> None:
    """Proves: Q14, R32."""
    story = decided("representative", MOTHER)
    assert {each.step.id for each in steps.states(story.book, story.visit, story.scene.when)} >= {"assent"}
    assert story.lacks("sign") == {"needs"}
    assented(story)
    story.hold("representative").tell(PageRead("sign", "check_answers", "shown"))
    assert story.signs("patient", NAME, SIGN_PAD) == "identity_not_confirmed"
    assert story.signs("representative", "Somebody Else", "sign.representative_signature") == "name_differs"
    assert story.signs("representative", GUARDIAN, "sign.representative_signature") is None
    assert story.lacks("sign") == set()
    assert story.visit.consented


def test_a_child_who_says_no_is_not_treated() -> None:
    """The dissent stands, and the visit is ended as refused. Proves: Q14, R32."""
    story = assented(decided("representative", MOTHER), "no")
    assert "assent_refused" in story.lacks("assent")
    story.hold("representative")
    assert story.refusal(PageRead("sign", "check_answers", "shown")) == "step_waits"
    assert story.signs("representative", GUARDIAN, "sign.representative_signature") == "assent_refused"
    story.hand_back()
    assert story.refusal(AssentNotAsked("does not understand"), PHYSICIAN) == "assent_refused"
    assert story.refusal(Stopped("refused", "the child said no"), PROVED) is None


@pytest.mark.parametrize(
    ("fact", "step"), [(AssentNotAsked("does not speak"), "sign"), (MinorMaySign("married"), "sign")]
)
def test_only_the_physician_leaves_the_child_s_yes_out(
    fact: AssentNotAsked | MinorMaySign, step: str
) -> None:
    """A documented reason stands for the assent. Proves: Q14."""
    story = room()
    assert story.refusal(fact, PROVED) == "physician_pin_needed"
    assert story.refusal(type(fact)(" "), PHYSICIAN) == "reason_needed"
    story.tell(fact, PHYSICIAN)
    assert "assent" not in {each.step.id for each in steps.states(story.book, story.visit, story.scene.when)}
    assert ("guardian" in story.lacks("read")) is isinstance(fact, AssentNotAsked)
    assert room(date(1980, 1, 1)).refusal(fact, PHYSICIAN) == "not_a_minor"


def test_a_child_who_may_decide_alone_is_bound_by_no_earlier_no() -> None:
    """Nor by an assent any more: who is self-sufficient reads and signs the consent itself. Proves: Q14."""
    story = assented(decided("representative", MOTHER), "no")
    story.tell(MinorMaySign("self-sufficient, Fam. Code 6922"), PHYSICIAN)
    story.tell(PersonLeft("representative", "decides alone"), PROVED)
    story.read_by("patient").decide()  # type: ignore[arg-type]  # the same Room, typed Story
    story.hold("patient").tell(PageRead("sign", "check_answers", "shown"))
    assert story.signs("patient", NAME, SIGN_PAD) is None


def test_of_those_who_could_sign_one_does() -> None:
    """Where a guardian is named the child does not sign the consent; a witness does, the interpreter away."""
    story = assented(decided("representative", MOTHER))
    story.hold("patient").tell(StrokeDrawn(SIGN_PAD, "x"))
    assert story.signs("patient", NAME, SIGN_PAD) == "signer_differs"
    watched = _signed(AWAY, WIM)
    assert watched.signs("patient", NAME, SIGN_PAD) is None
    watched.hold("witness")
    assert watched.signs("witness", "Wim Example", "sign.witness_signature") is None


def test_what_others_add_beside_it_holds_no_signature_up() -> None:
    """The interpreter's word and the nurse's answers may be told after it. Proves: Q29."""
    story = _signed(AWAY)
    assert story.signs("patient", NAME, SIGN_PAD) is None
    story.hand_back().tell(InterpreterAttested("sign.interpreter_signature", "Ivo Example", "said"), PROVED)
    story.premedicate().tell(Answered("vial", "vial_code", Coded("V-1", "scanned")))
    story.visit = with_vials(story.visit, (a_vial(visit=""),))
    assert story.lacks("vial") == {"unanswered", "unsigned", "unattested"}
    story.hold("patient", "vial")
    assert story.signs("patient", NAME, VIAL_PAD) is None


def test_what_was_not_answered_before_a_consent_holds_it_up() -> None:
    """Proves: R31."""
    asked = structs.replace(FULL.forms["sign"], items=(*FULL.forms["sign"].items, Choice(id="told_in_words")))
    story = Room(structs.replace(FULL, forms={**FULL.forms, "sign": asked}), born=date(1980, 1, 1))
    story.open().health().medicines().read_by("patient").decide()  # type: ignore[attr-defined]  # a Room
    story.hold("patient").tell(PageRead("sign", "check_answers", "shown"))
    assert story.signs("patient", NAME, SIGN_PAD) == "step_lacks"


def test_what_the_child_read_is_not_what_the_guardian_read() -> None:
    """Another reader reads and initials anew; what staff asked stays."""
    story = room().read_by("patient")
    assert story.visit.read and ("consent", "initial_risks") in story.visit.told
    story.tell(MOTHER, PROVED)
    assert not story.visit.read and ("consent", "initial_risks") not in story.visit.told
    assert ("health_check", "transplant") in story.visit.told
    story.tell(RepresentativeNamed("Otto Example", "parent", "birth certificate"), PROVED)
    story.read_by("representative")
    story.tell(MOTHER, PROVED)  # one representative after another: the same side read it
    assert story.visit.read
    story.tell(PersonLeft("representative", "named by mistake"), PROVED)
    assert not story.visit.read and people.consenting(story.visit) == "patient"


def test_an_adult_is_represented_on_the_physician_s_word_alone() -> None:
    """Proves: Q15, R32."""
    story = room(date(1950, 1, 1))
    assert story.refusal(MOTHER, PROVED) == "physician_pin_needed"
    assert story.refusal(MOTHER, PHYSICIAN) == "incapacity_needed"
    agent = structs.replace(MOTHER, relation="health_care_agent", incapacity="does not understand the risks")
    assert room().refusal(agent, PHYSICIAN) == "incapacity_is_for_adults"
    story.tell(agent, PHYSICIAN)
    story.read_by("representative").decide()
    story.hold("representative").tell(PageRead("sign", "check_answers", "shown"))
    assert story.signs("representative", GUARDIAN, "sign.representative_signature") is None


def test_a_parent_signs_no_longer_from_the_18th_birthday_on() -> None:
    """Midnight is enough; whom the physician named for an adult goes on signing. Proves: Q14, Q15."""
    story = decided("representative", MOTHER, born=date(2008, 12, 2))
    assert coming_of_age.grown(story.visit, story.scene.when) == story.visit
    story.now += timedelta(days=1)
    grown = coming_of_age.grown(story.visit, story.scene.when)
    assert people.consenting(grown) == "patient" and not grown.read
    assert ("health_check", "transplant") in grown.told and ("consent", "initial_risks") not in grown.told
    child = decided("representative", MOTHER, born=date(2009, 6, 1))
    assert coming_of_age.grown(child.visit, child.scene.when) is child.visit, "nothing is folded at each look"
    agent = structs.replace(MOTHER, incapacity="does not understand the risks")
    adult = decided("representative", agent, born=date(1950, 1, 1))
    adult.now += timedelta(days=1)
    assert coming_of_age.grown(adult.visit, adult.scene.when) == adult.visit


REFUSED = [
    (MOTHER, UNPROVED, "pin_needed"),
    (structs.replace(MOTHER, name=" "), PROVED, "person_name_needed"),
    (structs.replace(MOTHER, name=NAME.upper()), PROVED, "person_has_another_part"),
    (structs.replace(MOTHER, authority=""), PROVED, "authority_needed"),
    (structs.replace(IVO, spoken=" "), PROVED, "interpreter_language_needed"),
    (structs.replace(AWAY, identifier=""), PROVED, "interpreter_id_needed"),
    (WitnessNamed(NAME), PROVED, "person_has_another_part"),
    (PersonLeft("witness", "left"), PROVED, "person_not_named"),
    (WayChosen("patient", "by_mark", "cannot write"), PROVED, "witness_needed"),
    (WayChosen("patient", "typed", ""), PROVED, "reason_needed"),
    (WayChosen("patient", "drawn"), PROVED, "nothing_changed"),
    (WayChosen("representative", "typed", "hurt hand"), PROVED, "person_not_named"),
    (
        InterpreterAttested("sign.interpreter_signature", "Ivo Example", "all said"),
        PROVED,
        "interpreter_not_away",
    ),
]


@pytest.mark.parametrize(("fact", "actor", "code"), REFUSED)
def test_what_is_said_of_people_is_whole_and_under_a_pin(fact: object, actor: Actor, code: str) -> None:
    """Proves: Q15, R38, R39."""
    assert room().refusal(fact, actor) == code  # type: ignore[arg-type]  # a fact of the table


def _signed(*named: object) -> Room:
    story = decided("patient", *named, born=date(1980, 1, 1))
    story.hold("patient").tell(PageRead("sign", "check_answers", "shown"))
    return story


def test_interpreter_and_witness_sign_after_who_consents() -> None:
    """Each on a line of their own, each saying who they are. Proves: Q15."""
    story = _signed(IVO, WIM)
    story.hold("interpreter")
    assert story.signs("interpreter", "Ivo Example", "sign.interpreter_signature") == "patient_signs_first"
    story.hold("patient")
    assert story.signs("patient", NAME, SIGN_PAD) is None
    assert story.lacks("sign") == {"unsigned"}
    story.hold("interpreter")
    assert story.signs("witness", "Wim Example", "sign.witness_signature") == "identity_not_confirmed"
    assert story.signs("interpreter", "Ivo Example", "sign.interpreter_signature") is None
    story.hold("witness")
    assert story.signs("witness", "Wim Example", "sign.witness_signature") is None
    assert story.lacks("sign") == set()


def test_staff_attest_an_interpreter_who_is_not_in_the_room() -> None:
    """Proves: Q15, R38."""
    story = _signed(AWAY)
    word = InterpreterAttested("sign.interpreter_signature", "Ivo Example", "I left nothing out")
    assert story.signs("patient", NAME, SIGN_PAD) is None
    assert story.lacks("sign") == {"unattested"}
    story.hold("interpreter")
    assert story.signs("interpreter", "Ivo Example", "sign.interpreter_signature") == "interpreter_not_here"
    story.hand_back()
    assert story.refusal(word, UNPROVED) == "pin_needed"
    assert story.refusal(structs.replace(word, name="Somebody"), PROVED) == "interpreter_not_away"
    story.tell(word, PROVED)
    assert story.lacks("sign") == set()
    assert story.refusal(word, PROVED) == "already_signed"


def test_who_came_later_did_not_hear_what_was_signed_before() -> None:
    story = _signed()
    assert story.signs("patient", NAME, SIGN_PAD) is None
    story.hand_back().tell(IVO, PROVED)
    assert story.lacks("sign") == set()


def test_a_signature_that_waits_for_an_interpreter_who_left_counts_no_longer() -> None:
    story = _signed(IVO)
    assert story.signs("patient", NAME, SIGN_PAD) is None
    story.hand_back().tell(PersonLeft("interpreter", "was called away"), PROVED)
    assert SIGN_PAD not in story.visit.signed


def test_a_mark_counts_before_a_witness() -> None:
    """Proves: Q15, R39."""
    story = _signed(WIM, WayChosen("patient", "by_mark", "cannot write"))
    assert story.refusal(PersonLeft("witness", "left"), PROVED) == "patient_has_the_tablet"
    assert story.signs("patient", NAME, SIGN_PAD) == "way_differs"
    assert story.signs("patient", NAME, SIGN_PAD, "by_mark") is None
    assert story.lacks("sign") == {"unsigned"}
    story.hand_back()
    assert story.refusal(PersonLeft("witness", "left"), PROVED) == "witness_needed"


def test_a_typed_name_has_no_ink() -> None:
    """Proves: Q15."""
    story = _signed(WayChosen("patient", "typed", "the hand is in plaster"))
    pad = SIGN_PAD
    story.tell(StrokeDrawn(pad, "s"))
    inked = Signed(pad, "patient", NAME, "I agree", ("s",), "typed")
    assert story.refusal(inked) == "ink_differs"
    assert story.signs("patient", NAME, pad, "typed") is None


def test_every_page_of_the_patients_asks_who_signs_for_a_child_but_the_childs_own() -> None:
    """The vial's page too, on which the patient signs to have seen it. Proves: Q14."""
    story = room()
    now = steps._now(story.scene, ())
    asking = {step.id for step in story.book.plan.steps if steps._nobody_signs(now, step)}
    theirs = {step.id for step in story.book.plan.steps if step.owner == "patient" and step.form != "assent"}
    assert asking == theirs | {"vial"}
    step = story.book.plan.step("sign")
    assert "guardian" in {lack.why for lack in steps._closing_lacks(now, step)}
