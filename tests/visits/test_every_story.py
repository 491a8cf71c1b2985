"""Every story of the ordinary day, judged by the files it leaves: ending, facts, what was refused.

Proves: P1, P4.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from chairside.demo.stories import STORIES
from tests.visits.left import Left
from tests.visits.playbill import Playbill

PROCEDURE = ["thawed", "mixed", "first_injection", "last_injection"]


@dataclass(frozen=True)
class Expected:
    """The end of a story: the strictest gate, the ending, the sealed files beside record.pdf."""

    gate: str = "clear"
    ending: str = "countersigned"
    beside: tuple[str, ...] = ()


DONE = Expected(beside=("addendum-1.pdf",))
EXPECTED = {
    "ordinary": Expected(),
    "spanish": Expected(),
    "mitigation": Expected("physician"),
    "stop": Expected("do_not_treat", "do_not_treat"),
    "stop_immunocompromised": Expected("do_not_treat", "do_not_treat"),
    "stop_flu": Expected("defer", "deferred"),
    "stop_pregnant": Expected("defer", "deferred"),
    "stop_unsure": Expected("defer", "deferred"),
    "refused": Expected(ending="refused"),
    "withdrawn": Expected(ending="withdrawn"),
    "no_show": Expected("incomplete", "no_show"),
    "opened_in_error": Expected("incomplete", "opened_in_error"),
    "paper": Expected(),
    "day_before": Expected(),
    "second_session": Expected(beside=("addendum-1.pdf", "record-2.pdf")),
    "courier_late": Expected(),
    "two_patients": Expected(beside=("record-2.pdf",)),
    "killed": Expected(),
    "incomplete_sheet": Expected(),
    "mismatch": Expected(),
    "two_vials": Expected(),
    "procedure": DONE,
    "emergency": Expected(beside=("addendum-1.pdf", "addendum-2.pdf")),
    "lapsed": DONE,
    "withdrawal_after": DONE,
    "guardian": DONE,
    "by_mark": Expected(),
    "by_phone": Expected(),
}


def test_there_is_an_expectation_of_every_story() -> None:
    assert set(EXPECTED) == set(STORIES)


@pytest.mark.parametrize("story", EXPECTED)
def test_the_story_ends_as_told(stories: Playbill, story: str) -> None:
    """And it leaves exactly the files it should. Proves: P3, P4."""
    left, expected = stories[story], EXPECTED[story]
    assert (left.summary["gate"], left.summary["ending"]) == (expected.gate, expected.ending)
    record = () if story == "opened_in_error" else ("record.pdf",)
    assert left.pdfs == sorted((*record, *expected.beside))


@pytest.mark.parametrize("story", EXPECTED)
def test_every_file_of_the_story_is_genuine_and_a_demo(stories: Playbill, story: str) -> None:
    """The command says so of all files at once, and that each addendum follows the record beside it."""
    left = stories[story]
    if story == "opened_in_error":
        assert left.summary["verify"]["verdict"] == "no_record"
        return
    command = [sys.executable, "-m", "chairside", "verify", *(str(left.out / name) for name in left.pdfs)]
    said = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=120, check=False
    )
    assert said.returncode == 0, said.stdout
    for name in left.pdfs:
        assert left.content(name)["demo"] is True
        assert left.content(name)["bodies"]


def answers(left: Left, form: str, item: str) -> list[object]:
    return [fact["reply"] for fact in left.facts("Answered") if (fact["form"], fact["item"]) == (form, item)]


def marks(left: Left, file: str = "addendum-1.pdf") -> list[str]:
    return [fact["mark"] for fact in left.facts("ProcedureMarked", file)]


@pytest.mark.parametrize("story", [name for name in EXPECTED if name.startswith("stop")])
def test_a_stop_goes_straight_to_the_physician(stories: Playbill, story: str) -> None:
    """Nothing is read, signed by the patient, given or scanned; the physician's reason is in the record.

    Proves: Q1, Q2.
    """
    left = stories[story]
    (decided,) = left.facts("Decided")
    assert decided["ruling"] in ("defer", "do_not_treat") and decided["reason"]
    assert not left.facts("PageRead") and not left.facts("Signed") and not left.facts("VialAssigned")
    assert len(left.facts("Countersigned")) == 1


@pytest.mark.parametrize(
    ("story", "ruling", "reads"),
    [
        ("stop", "do_not_treat", "Do not treat"),
        ("stop_immunocompromised", "do_not_treat", "Do not treat"),
        ("stop_flu", "defer", "Defer"),
        ("stop_pregnant", "defer", "Defer"),
    ],
)
def test_a_stop_reads_what_it_is(stories: Playbill, story: str, ruling: str, reads: str) -> None:
    """On the first page of its sealed record, with the meaning the physician signed. Proves: Q3, X15."""
    left = stories[story]
    (decided,) = left.facts("Decided")
    assert decided["ruling"] == ruling
    command = ["pdftotext", "-raw", "-l", "1", str(left.out / "record.pdf"), "-"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    other = {"Do not treat": "Defer", "Defer": "Do not treat"}[reads]
    assert reads in said and other not in said


def test_an_answer_that_nobody_was_sure_of_is_corrected_with_its_source(stories: Playbill) -> None:
    """The first answer stays in the record beside the new one."""
    left = stories["stop_unsure"]
    (corrected,) = left.facts("Corrected")
    assert corrected["reply"]["option"] == "yes" and corrected["source"] and corrected["reason"]
    assert answers(left, "health_check", "flu_like_symptoms")[0] == {"as": "Chosen", "option": "unsure"}


def test_a_food_allergy_is_ruled_on_and_all_three_are_given_with_times(stories: Playbill) -> None:
    """Proves: Q27."""
    left = stories["mitigation"]
    (decided,) = left.facts("Decided")
    assert decided["premedication"] == ["h1_h2_steroid"]
    assert decided["rulings"][0]["mitigation"] == "h1_h2_steroid" and decided["rulings"][0]["reason"]
    assert "dexamethasone 8 mg into a vein" in decided["doses"]
    for item in ("h1_given", "h2_given", "steroid_given"):
        (given,) = answers(left, "premedication", item)
        assert isinstance(given, dict) and given["as"] == "DoseGiven" and given["at"]


@pytest.mark.parametrize(("story", "signed"), [("refused", 0), ("withdrawn", 1), ("no_show", 0)])
def test_who_does_not_go_on_is_attested_in_words(stories: Playbill, story: str, signed: int) -> None:
    """Proves: P4."""
    left = stories[story]
    (stopped,) = left.facts("Stopped")
    assert stopped["ending"] == story and stopped["reason"]
    assert len(left.facts("Signed")) == signed and not left.facts("Countersigned")


def test_signing_ahead_is_asked_anew_and_agreed_again_on_the_day(stories: Playbill) -> None:
    """Proves: P6."""
    left = stories["day_before"]
    signed = [body for body in left.bodies() if body["fact"]["kind"] == "Signed"]
    days = {body["fact"]["pad"]: body["stamp"]["utc"][:10] for body in signed}
    assert len(days) == 3 and len(set(days.values())) == 2
    assert days["reaffirm.patient_signature"] > days["sign.patient_signature"]
    assert len(answers(left, "health_check", "transplant")) == 2
    assert len(answers(left, "medicines", "nsaids")) == 2


def test_a_second_session_reads_what_changed_and_answers_three_questions(stories: Playbill) -> None:
    """Proves: P7."""
    left = stories["second_session"]
    read = [fact["item"] for fact in left.facts("PageRead") if fact["form"] == "consent"]
    assert read == ["key_information", "what_changed"]
    asked = {fact["item"] for fact in left.facts("Answered") if fact["item"].startswith("ask_")}
    assert asked == {"ask_approval", "ask_call", "ask_refuse"}
    assert left.facts("VisitOpened")[0]["session"] == 2
    first = left.facts("VisitOpened", "record-2.pdf")[0]
    assert first["session"] == 1 and marks(left) == PROCEDURE


def test_a_late_courier_is_a_wait_one_can_see(stories: Playbill) -> None:
    """It began, lasted, ended; the vial was entered by one and compared by another. Proves: P10."""
    left = stories["courier_late"]
    (began,) = [body for body in left.bodies() if body["fact"]["kind"] == "WaitBegan"]
    (ended,) = [body for body in left.bodies() if body["fact"]["kind"] == "WaitEnded"]
    assert began["fact"]["awaited"] == "courier"
    assert ended["stamp"]["monotonic_ms"] - began["stamp"]["monotonic_ms"] >= 45 * 60_000
    who = {body["fact"]["kind"]: body["stamp"]["person"] for body in left.bodies()}
    assert who["VialReceived"] != who["VialChecked"] and who["SheetEntered"] != who["SheetChecked"]
    assert left.facts("VialReceived")[0]["expected"]


def test_the_wrong_patient_says_no_and_nothing_of_it_is_lost(stories: Playbill) -> None:
    """One "no", no identity confirmed before it, and each answer stays with its own visit."""
    left = stories["two_patients"]
    taps = [each["objectName"] for each in left.summary["inputs"]]
    assert taps.count("who_are_you.no") == 1
    here, other = left.facts("PatientAdded"), left.facts("PatientAdded", "record-2.pdf")
    assert here[0]["name"] != other[0]["name"]
    assert left.facts("Concluded", "record-2.pdf")[0]["ending"] == "refused"
    handed = [body["fact"]["kind"] for body in left.bodies("record-2.pdf")]
    after_no = handed.index("HandedOver") + 1
    assert handed[after_no] == "HandedOver"  # nothing happened between the no and the nurse


def test_a_tablet_that_went_dark_forgets_nothing(stories: Playbill) -> None:
    """Every page is read once, in one run or the other. Proves: T7."""
    left = stories["killed"]
    boots = {body["stamp"]["boot"] for body in left.bodies() if body["fact"]["kind"] == "PageRead"}
    read = [(fact["form"], fact["item"]) for fact in left.facts("PageRead")]
    assert len(boots) == 2 and len(read) == len(set(read))
    ordinary = stories["ordinary"].facts("PageRead")
    assert sorted(read) == sorted((fact["form"], fact["item"]) for fact in ordinary)


@pytest.mark.parametrize(
    ("story", "wrong"), [("mismatch", "DEMO-UC5-0472"), ("incomplete_sheet", "DEMO-UC5-0931")]
)
def test_a_wrong_vial_is_scanned_and_never_used(stories: Playbill, story: str, wrong: str) -> None:
    """The scan stays in the record; only the right vial is set aside and opened. Proves: V23."""
    left = stories[story]
    codes = [[code["text"] for code in told["codes"]] for told in answers(left, "vial", "vial_code")]  # type: ignore[index]
    assert codes == [[wrong], [], ["DEMO-UC5-0427"]]
    assert len(left.facts("VialAssigned")) == len(left.facts("VialOpened")) == 1


def test_two_vials_make_one_order(stories: Playbill) -> None:
    """Proves: P10."""
    left = stories["two_vials"]
    assert left.facts("Decided")[0]["strength_million"] == 10
    assert len(left.facts("VialReceived")) == len(left.facts("VialOpened")) == 2


def test_on_paper_every_signature_is_photographed_and_seen_by_two(stories: Playbill) -> None:
    """The same facts through the same gates. Proves: P8."""
    left = stories["paper"]
    on_paper = [body for body in left.bodies() if body["fact"]["kind"] == "SignedOnPaper"]
    attested = [body for body in left.bodies() if body["fact"]["kind"] == "PaperAttested"]
    assert [body["fact"]["pad"] for body in on_paper] == [body["fact"]["pad"] for body in attested]
    assert len(on_paper) == 2 and all(body["fact"]["pictures"] for body in on_paper)
    assert {body["stamp"]["person"] for body in on_paper}.isdisjoint(b["stamp"]["person"] for b in attested)
    assert not left.facts("Signed") and left.facts("PaperChosen")[0]["why"] == "prefers"


def test_the_procedure_stands_in_its_addendum_with_the_slip(stories: Playbill) -> None:
    """Proves: Q35."""
    left = stories["procedure"]
    assert marks(left) == [*PROCEDURE[:3], *PROCEDURE[2:]]
    assert left.facts("MarkTakenBack", "addendum-1.pdf")[0]["mark"] == "first_injection"
    assert left.facts("VialUsed", "addendum-1.pdf")
    assert "ProcedureMarked" not in {body["fact"]["kind"] for body in left.bodies()}  # the record stays


def test_an_emergency_is_one_tap_and_two_addenda(stories: Playbill) -> None:
    left = stories["emergency"]
    assert marks(left) == [*PROCEDURE[:3], "emergency", "stopped_part_way"]
    inputs = left.summary["inputs"]
    (tap,) = [each for each in inputs if each["objectName"] == "procedure.emergency"]
    assert tap["fact"] == "ProcedureMarked" and inputs[tap["n"]]["kind"] != "pin"
    assert left.facts("AddendumSigned", "addendum-2.pdf")[-1]["about"] == "adverse_event"


def test_a_release_that_lapsed_is_renewed_by_the_physician_first(stories: Playbill) -> None:
    left = stories["lapsed"]
    kinds = [body["fact"]["kind"] for body in left.bodies("addendum-1.pdf")]
    assert kinds.index("ReleaseRenewed") < kinds.index("ProcedureMarked")
    renewed = next(b for b in left.bodies("addendum-1.pdf") if b["fact"]["kind"] == "ReleaseRenewed")
    assert renewed["stamp"]["person"] == "dr-okonjo" and renewed["fact"]["reason"]


def test_a_withdrawal_after_the_seal_leaves_the_record_as_it_was(stories: Playbill) -> None:
    """Proves: P4, P9."""
    left = stories["withdrawal_after"]
    assert left.content()["ending"] == "countersigned"
    assert left.facts("AddendumSigned", "addendum-1.pdf")[0]["about"] == "withdrawal"


def test_a_mother_takes_the_consent_back_after_the_seal(stories: Playbill) -> None:
    """What the nurse signs fits: "The patient told me" stood there. Proves: P4, Q15."""
    left = stories["guardian"]
    (added,) = left.facts("AddendumSigned", "addendum-1.pdf")
    assert added["about"] == "withdrawal" and "mother" in added["text"]
    assert "the person who decides for the patient" in added["meaning"]
    assert left.content()["ending"] == "countersigned"


def test_opened_in_error_leaves_no_record(stories: Playbill) -> None:
    """Proves: P4."""
    left = stories["opened_in_error"]
    assert left.pdfs == [] and "OpenedInError" in {each["fact"] for each in left.summary["inputs"]}


def test_an_interpreter_on_the_phone_signs_nothing_and_is_heard_twice(stories: Playbill) -> None:
    """To the sealed record; the child and the mother read and sign in Spanish. Proves: Q14, Q15."""
    left = stories["by_phone"]
    signed = [(fact["pad"], fact["signer"]) for fact in left.facts("Signed")]
    assert [who for _, who in signed] == ["patient", "representative", "representative"]
    heard = left.facts("InterpreterAttested")
    assert [fact["pad"].partition(".")[0] for fact in heard] == [
        pad.partition(".")[0] for pad, who in signed if who == "representative"
    ]
    assert left.content("record.pdf")["language"] == "es"
