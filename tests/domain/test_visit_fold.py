"""A visit is the fold of its facts, however they come; told by chance, checked against a plain model."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec import structs

from chairside.domain import gate, steps
from chairside.domain.facts import (
    Answered,
    BreakTaken,
    ClearUndone,
    Concluded,
    Corrected,
    Countersigned,
    Decided,
    Explained,
    HandedOver,
    IdentityConfirmed,
    InkCleared,
    PageRead,
    PatientAdded,
    QuestionRaised,
    QuestionSettled,
    RuledOn,
    Sealed,
    Signed,
    SignedOut,
    Stamped,
    StepClosed,
    Stopped,
    StrokeDrawn,
    VisitFact,
    VisitOpened,
)
from chairside.domain.folding import apply, fold, with_patient, with_vials
from chairside.domain.form import Verdict
from chairside.domain.replies import (
    Chosen,
    Coded,
    DoseGiven,
    DrugsTaken,
    DrugTaken,
    Initialled,
    NotSure,
    Reply,
)
from chairside.domain.visit import Visit
from tests.domain.made_up import (
    ADMINISTRATOR,
    BORN,
    HEALTH,
    NAME,
    NOON,
    NURSE,
    PHYSICIAN,
    PHYSICIAN_PAD,
    SIGN_PAD,
    VIAL_PAD,
    Story,
    a_vial,
    stamped,
    unproved,
)

PADS = st.sampled_from([SIGN_PAD, VIAL_PAD, PHYSICIAN_PAD])
OPTIONS = st.sampled_from(["no", "no", "no", "no", "unsure", "yes"])
ACTORS = st.sampled_from([NURSE, PHYSICIAN, unproved(NURSE), unproved(PHYSICIAN), ADMINISTRATOR])
RULINGS = st.sampled_from(["proceed", "proceed", "defer", "do_not_treat"])
CLOSED = st.sampled_from(["open", "health_check", "medicines", "premedication", "vial"])
FORMS = {name: form.digest for name, form in Story().book.forms.items()}

TOLD_AS_IT_IS: list[VisitFact] = [
    PageRead("consent", "risks", "shown"),
    PageRead("notices", "notice", "shown"),
    PageRead("sign", "check_answers", "shown"),
    Answered("consent", "initial_risks", Initialled()),
    Answered("consent", "ask_risks", Chosen("some")),
    Answered("consent", "ask_risks", Chosen("none")),
    Answered("open", "area", Chosen("scalp")),
    Answered("medicines", "nsaids", DrugsTaken(())),
    Answered("notices", "paper_copy", Chosen("handed")),
    Answered("premedication", "loratadine", DoseGiven(NOON, "10 mg", "tablet")),
    Answered("premedication", "loratadine_allergy", Chosen("no")),
    Answered("premedication", "antihistamine_today", Chosen("unsure")),
    Answered("vial", "vial_code", Coded("V-1", "scanned")),
    Answered("vial", "vial_code", Coded("V-2", "scanned")),
    Answered("medicines", "nsaids", DrugsTaken((DrugTaken("Advil", NotSure()),))),
    Answered("vial", "opened", Chosen("none")),
    Explained("consent", "ask_risks"),
    QuestionRaised("consent", "risks"),
    QuestionSettled("consent", "risks"),
]


def _tellable() -> st.SearchStrategy[VisitFact]:
    """Every kind of fact, mostly such as could be told."""
    strokes = st.lists(st.sampled_from(["a", "b"]), max_size=3).map(tuple)
    health = st.builds(
        lambda item, to: Answered("health_check", item, Chosen(to)), st.sampled_from(HEALTH), OPTIONS
    )
    return st.one_of(
        st.just(VisitOpened("patient", 1, NOON, ("name", "born"), FORMS, "digest-of-plan")),
        st.builds(HandedOver, st.sampled_from(["patient", "staff"]), st.just("read")),
        st.just(IdentityConfirmed()),
        st.sampled_from(TOLD_AS_IT_IS),
        health,
        st.builds(
            lambda item, to: Corrected("health_check", item, Chosen(to), "asked", "why"),
            st.sampled_from(HEALTH),
            OPTIONS,
        ),
        st.builds(StepClosed, CLOSED),
        st.builds(RuledOn, st.sampled_from(HEALTH), st.just("why")),
        st.builds(
            lambda ruling, rulings: Decided(
                ruling, "phone", 5, (), tuple(RuledOn(each, "why") for each in rulings), "why"
            ),
            RULINGS,
            st.lists(st.sampled_from(HEALTH), max_size=4),
        ),
        st.builds(StrokeDrawn, PADS, st.sampled_from(["a", "b"])),
        st.builds(InkCleared, PADS),
        st.builds(ClearUndone, PADS),
        st.builds(lambda pad, drawn: Signed(pad, "patient", NAME, "I agree", drawn), PADS, strokes),
        st.builds(
            lambda ruling, drawn: Countersigned("Oru Example", f"meaning_{ruling}", drawn), RULINGS, strokes
        ),
        st.builds(Stopped, st.sampled_from(["refused", "withdrawn"]), st.just("")),
        st.builds(
            Concluded, st.sampled_from(["countersigned", "deferred", "do_not_treat", "no_show", "refused"])
        ),
        st.just(Sealed("0" * 64, 0)),
    )


class Folded(RuleBasedStateMachine):
    """Any fact in any order, judged or not: the fold never differs from telling one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()
        self.told: list[Stamped] = []
        self.ink: dict[str, tuple[list[str], list[str]]] = {}  # pad -> (strokes now, strokes last cleared)
        self.answers: dict[tuple[str, str], Reply] = {}
        self.over = False

    @rule(fact=_tellable(), actor=ACTORS)
    def is_told(self, fact: VisitFact, actor: object) -> None:
        if (pad := getattr(fact, "pad", "")) in self.story.visit.signed and not isinstance(fact, Signed):
            self.ink.pop(pad, None)  # ink on a signed pad begins a new signature
        self.story.take(fact, actor)  # type: ignore[arg-type]
        self.told.append(self.story.visit.facts[-1])
        self._model(fact)

    def _model(self, fact: VisitFact) -> None:
        now, cleared = self.ink.setdefault(getattr(fact, "pad", ""), ([], []))
        match fact:
            case StrokeDrawn(_, stroke):
                now.append(stroke)
                cleared.clear()
            case InkCleared() if now:
                cleared[:], now[:] = now, []
            case ClearUndone() if cleared and not now:
                now[:], cleared[:] = cleared, []
            case Decided():
                kept = self.story.visit.signed
                self.ink = {pad: ink for pad, ink in self.ink.items() if pad in kept}
            case Concluded():
                self.over = True
            case Answered(form, item, reply) | Corrected(form, item, reply):
                changed = self.answers.get((form, item)) != reply
                self.answers[form, item] = reply
                if changed and not self.over:
                    over = {"health_check": SIGN_PAD, "medicines": SIGN_PAD}.get(form, "")
                    self.ink.pop(VIAL_PAD if item == "vial_code" else over, None)
            case _:
                return

    @invariant()
    def is_the_fold_of_its_facts(self) -> None:
        visit = self.story.visit
        assert structs.replace(fold("one", tuple(self.told)), patient=visit.patient) == visit

    @invariant()
    def never_loses_a_fact(self) -> None:
        assert list(self.story.visit.facts) == self.told

    @invariant()
    def has_the_ink_of_the_model(self) -> None:
        for pad, (now, _) in self.ink.items():
            if pad:
                assert list(self.story.visit.pads[pad].strokes if pad in self.story.visit.pads else ()) == now

    @invariant()
    def has_a_state_for_every_step(self) -> None:
        story = self.story
        found = steps.states(story.book, story.visit, story.scene.when)
        assert all(state.lacks or state.state != "waiting" for state in found)


class Judged(RuleBasedStateMachine):
    """Only what is allowed is told: no road leads to an approval it must not lead to (security.md 3.2)."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()

    @initialize(start=st.sampled_from(["", "until_decision", "until_countersign", "until_countersign"]))
    def begins_somewhere_on_the_way(self, start: str) -> None:
        if start:
            getattr(self.story, start)()

    @rule(fact=_tellable(), actor=ACTORS)
    def is_tried(self, fact: VisitFact, actor: object) -> None:
        if self.story.refusal(fact, actor) is None:  # type: ignore[arg-type]
            self.story.take(fact, actor)  # type: ignore[arg-type]
            if isinstance(fact, Countersigned):
                self.was_countersigned(fact, actor)
        if isinstance(fact, StepClosed):
            self.story.visit = with_vials(self.story.visit, (a_vial(),))

    @rule(
        road=st.sampled_from(
            [
                "open",
                "health",
                "medicines",
                "notices",
                "read",
                "decide",
                "sign",
                "premedicate",
                "show_vial",
                "countersign",
            ]
        )
    )
    def goes_a_stretch_of_the_ordinary_way(self, road: str) -> None:
        """Try a whole step the ordinary way; a refusal anywhere on it leaves the visit as it was."""
        before = self.story.visit
        try:
            getattr(self.story, road)()
        except AssertionError:
            self.story.visit = before

    def was_countersigned(self, fact: Countersigned, actor: object) -> None:
        visit, scene = self.story.visit, self.story.scene
        decision = visit.decision
        assert actor == PHYSICIAN and decision is not None and fact.strokes
        assert fact.meaning == f"meaning_{decision.ruling}"
        if decision.ruling == "proceed":
            found = gate.findings(scene.book, visit, scene.when)
            assert all(each.weight is Verdict.PHYSICIAN for each in found)
            assert {gate.key_of(each) for each in found} <= {each.finding for each in decision.rulings}
            assert SIGN_PAD in visit.signed and VIAL_PAD in visit.signed and not visit.questions

    @invariant()
    def is_ended_only_by_a_signature_or_a_stop(self) -> None:
        visit = self.story.visit
        if visit.concluded is not None:
            assert visit.countersigned or visit.stopped
        if visit.sealed is not None:
            assert visit.concluded is not None


TestFolded = Folded.TestCase
TestFolded.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestJudged = Judged.TestCase
TestJudged.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)


def test_cleared_ink_comes_back_once_and_not_over_new_ink() -> None:
    story = Story()
    for fact in (
        StrokeDrawn("p", "a"),
        StrokeDrawn("p", "b"),
        InkCleared("p"),
        InkCleared("p"),
        ClearUndone("p"),
    ):
        story.take(fact)
    assert story.visit.pads["p"].strokes == ("a", "b")
    for fact in (InkCleared("p"), StrokeDrawn("p", "c"), ClearUndone("p")):
        story.take(fact)
    assert story.visit.pads["p"].strokes == ("c",)
    assert len(story.visit.facts) == 8


def test_facts_of_other_streams_leave_a_visit_as_it_is() -> None:
    visit = Story().open().visit
    assert apply(visit, stamped(SignedOut("nurse-1", "idle"))) is visit


def test_a_break_is_kept_and_changes_nothing() -> None:
    story = Story().open().hand_over()
    before = story.visit
    story.tell(BreakTaken("read"))
    assert structs.replace(story.visit, facts=before.facts) == before
    assert len(story.visit.facts) == len(before.facts) + 1


def test_the_latest_entry_of_the_patient_counts() -> None:
    patient = PatientAdded("Old Name", BORN, "", "", "post", "en")
    renamed = structs.replace(patient, name="New Name")
    assert with_patient(Visit("one"), ()).patient is None
    assert with_patient(Visit("one"), (stamped(patient), stamped(renamed))).patient == renamed


def test_a_visit_knows_its_head_and_its_last_moment() -> None:
    visit = Visit("one")
    assert (visit.head, visit.last_at, visit.decision) == ("", None, None)
    story = Story().open()
    assert story.visit.head == story.visit.facts[-1].hash
    assert story.visit.last_at == story.now
