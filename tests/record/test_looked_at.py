"""What eyes found on the pages of played visits, and what must not come back."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from chairside.cli import main
from chairside.domain.book import for_session
from chairside.domain.facts import Corrected, MarkTakenBack, PageRead, Stopped
from chairside.domain.facts.people import InterpreterAttested, RepresentativeNamed
from chairside.domain.folding import fold
from chairside.domain.form import Statement
from chairside.domain.replies import Chosen, Coded, CodesRead, DrugsTaken, DrugTaken, Never, Reply
from chairside.domain.visit import Told
from chairside.record.content import Content
from chairside.record.flow import LEFT, RIGHT
from chairside.record.pages_answers import changes
from chairside.record.pages_people import attested_interpreter
from chairside.record.pages_summary import ended
from chairside.record.sentences import attests, sentences
from chairside.record.setting import CELL, lines
from chairside.record.tables import GAP
from chairside.record.telling import Teller, teller
from chairside.settings import shipped
from tests.record import other_visits, visits
from tests.record.printed import printed, text
from tests.record.visits import CODE, Story, book

ONE, TWO = Coded(CODE, "scanned"), Coded("CORD-5M-000118", "scanned")
ADVIL, ALEVE = DrugTaken("Advil", Never()), DrugTaken("Aleve", Never())


def pages(content: Content) -> list[str]:
    return [" ".join(page.split()) for page in text(printed(content)).split("\f")]


def said(content: Content) -> str:
    return " ".join(pages(content))


def _told(*replies: Reply) -> tuple[Told, ...]:
    by = visits.ordinary().stamped()[0]
    return tuple(Told(reply, by, place) for place, reply in enumerate(replies))


# -- the first page ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("replies", "count"),
    [
        ((CodesRead((ONE,)), CodesRead((ONE, TWO))), 0),
        ((CodesRead((ONE, TWO)), CodesRead((TWO,))), 1),
        ((CodesRead((ONE,)), CodesRead((TWO, ONE))), 1),
        ((DrugsTaken((ADVIL,)), DrugsTaken((ADVIL, ALEVE))), 0),
        ((DrugsTaken(()), DrugsTaken((ADVIL,))), 1),
        ((Chosen("no"), Chosen("no"), Chosen("yes")), 1),
        ((CodesRead((TWO,)), CodesRead(()), CodesRead((ONE,))), 1),
    ],
)
def test_a_list_that_grew_was_not_changed(replies: tuple[Reply, ...], count: int) -> None:
    """A second label read is no changed answer; a first that was replaced, or a "none" taken back, is."""
    assert len(list(changes(_told(*replies)))) == count


def test_the_second_of_two_vials_is_no_changed_answer() -> None:
    story, content = Story(), other_visits.two_vials()
    story.bodies = list(content.bodies)
    alone = next(body for body in content.bodies if "CodesRead" in body)
    first = alone.replace(f',{{"as":"Coded","entered":"scanned","text":"{TWO.text}"}}', "")
    assert first != alone
    at = story.bodies.index(alone)
    bodies = (*content.bodies[:at], first, *content.bodies[at:])
    found = msgspec.structs.replace(content, bodies=bodies)
    assert "No answer was changed." in pages(found)[0]
    assert "(first:" not in said(found)


@pytest.mark.parametrize(
    "content",
    [visits.ordinary, visits.stopped, visits.refused, other_visits.signed_ahead, other_visits.on_paper],
)
def test_the_summary_is_one_page(content: object) -> None:
    """Whoever holds the first page holds who signed, and what the code on it is."""
    first = pages(content())[0]  # type: ignore[operator]  # one of the functions above
    assert "Who signed" in first
    assert "The last page says how to check it." in first


def test_the_first_page_names_clinic_physician_and_vials() -> None:
    """In twenty years it is the page that is read first, by somebody who knows nobody."""
    first = pages(other_visits.two_vials())[0]
    assert "Clinic 1 Nowhere Street; day and night +1 555 0100" in first
    assert f"Vials {CODE}, {TWO.text}" in first


def test_the_result_of_the_checks_is_told_as_what_was() -> None:
    """A record that was countersigned does not say that somebody must still decide."""
    found = said(visits.ordinary())
    assert "The physician had to rule" in found
    assert "must decide" not in found


def test_a_wrong_label_stands_beside_the_right_one() -> None:
    """The wrong code was taken back before the right one was read: no empty answer between them."""
    wrong, right = (CodesRead((code,)) for code in (TWO, ONE))
    [(old, new)] = changes(_told(wrong, CodesRead(()), right))
    assert (old.reply, new.reply) == (wrong, right)
    assert teller(visits.ordinary(), "0" * 64).reply("vial", "vial_code", CodesRead(())).startswith("None")


# -- times and people ----------------------------------------------------------------------------
def test_a_time_has_its_zone_and_on_another_day_its_day() -> None:
    content = other_visits.signed_ahead()
    t = teller(content, "0" * 64)
    end = t.visit.facts[-1].stamp.utc
    assert t.hour(end).endswith(" PST")
    assert "December" not in t.hour(end)
    assert t.hour(end - timedelta(days=3)).startswith("November 28, 2026, ")


def test_handing_over_the_tablet_is_told_once() -> None:
    """It stands among the facts; among the acts by PIN it hid the four that matter."""
    found = said(visits.ordinary())
    acts = found.split("Acts proved by PIN")[1].split("Electronic signatures over this file")[0]
    assert "Countersignature" in acts
    assert "Tablet" not in acts
    assert "Handed the tablet to the staff. Step: Read. Signed by PIN." in found


def test_who_attested_an_ending_stands_on_the_first_page() -> None:
    first = pages(visits.refused())[0]
    assert "Nobody signed with a pen. Name Role What When Demo Nurse Wren Nurse Attested the ending" in first


def test_a_signature_says_what_it_is_under() -> None:
    found = said(other_visits.signed_ahead())
    assert "The patient's signature · Consent to the treatment" in found
    assert "The patient's signature · Consent, given again" in found
    assert "The patient's signature · Vial and tests seen" in said(visits.ordinary())


def test_what_a_person_wrote_ends_before_the_next_sentence_begins() -> None:
    story = Story()
    visits.arrive(story, visits.NAME)
    story.bodies = story.bodies[:1]
    visits.ask(story, flu_like_symptoms="unsure")
    corrected = Corrected(
        "health_check", "flu_like_symptoms", Chosen("yes"), "Thermometer", "38.4 C measured"
    )
    story.tell(corrected, "physician-1", proved=True)
    visits.decide(story, "defer", ())
    visits.countersign(story, "meaning_defer", "deferred")
    found = said(visits.content(story, "deferred", "defer", (), other_visits.APPROVES))
    assert "Asked again: 38.4 C measured. Source: Thermometer." in found
    assert "38.4 C measured. Source: Thermometer. Signed by PIN." in found


# -- what did not happen -------------------------------------------------------------------------
def test_a_medicine_nobody_ordered_is_not_said_to_be_forgotten() -> None:
    """Proves: Q27."""
    found = said(visits.ordinary())
    assert "H2 blocker: famotidine Not ordered" in found
    assert "H2 blocker: famotidine Not recorded" not in found


def _stopped_while_reading(read: int = 2) -> Content:
    story = Story()
    visits.arrive(story, visits.NAME)
    story.bodies = story.bodies[:1]
    visits.ask(story)
    items = [item for item in for_session(book().forms["consent"], 1).items if isinstance(item, Statement)]
    for item in items[:read]:
        story.tell(PageRead("consent", item.id, "0" * 64))
    story.tell(Stopped("refused", "Changed their mind"), proved=True)
    made = visits.refused()
    return msgspec.structs.replace(made, bodies=tuple(story.bodies), signatures=story.signatures)


def test_a_page_that_was_never_shown_is_not_printed_as_if_it_had_been() -> None:
    """The record holds what was shown (R12); beyond the page that was not finished, titles alone."""
    found = said(_stopped_while_reading())
    assert "What happens" in found
    assert "Not shown, and so not printed: What to expect;" in found
    assert "With no treatment, hair loss may go on." not in found
    assert "The reading stopped before the questions about the text. None was asked." in found
    assert "With no treatment, hair loss may go on." in said(visits.ordinary())


def test_what_was_left_open_by_a_stop_is_counted_not_listed() -> None:
    content = visits.stopped()
    left = tuple(
        msgspec.structs.replace(content.findings[0], id=f"{name}_unanswered", weight="incomplete")
        for name in ("flu_like", "pregnant")
    )
    found = said(msgspec.structs.replace(content, findings=(*content.findings, *left)))
    assert "2 points were still open when the visit stopped." in found
    assert "No ruling" not in found
    assert "Ruled on by the decision below" in found


def test_a_refusal_for_a_patient_is_not_called_the_patients() -> None:
    """Over "the patient, or who decides for them" stood "Refused by the patient". Proves: Q15."""
    content = visits.refused()
    t = teller(content, "0" * 64)
    assert ended(t, "refused") == "Refused by the patient"
    named = RepresentativeNamed("Olga Example", "parent", "Birth certificate", "")
    facts = (*t.visit.facts, msgspec.structs.replace(t.visit.facts[-1], fact=named))
    assert ended(replace(t, visit=fold(content.visit, facts)), "refused") == "Refused"


@pytest.mark.parametrize(
    "stopped",
    [Stopped("refused", "Too afraid"), Stopped("withdrawn", "Too afraid"), Stopped("no_show", "Too afraid")],
)
def test_who_attests_an_ending_signs_more_than_the_reason(stopped: Stopped) -> None:
    """Proves: Q37. A reason alone says nothing of what the staff member vouches for."""
    meaning = attests("en", stopped)
    assert meaning.startswith("I attest that the patient ")
    assert meaning.endswith(" Reason noted: Too afraid.")
    assert "decides for the patient" not in meaning


@pytest.mark.parametrize("stopped", [Stopped("refused", "Too afraid"), Stopped("withdrawn", "Too afraid")])
def test_who_attests_an_ending_names_who_decided(stopped: Stopped) -> None:
    """It said of a child that the patient signed. Proves: Q15, Q37."""
    meaning = attests("en", stopped, decided_for=True)
    assert "who decides for the patient" in meaning and meaning.endswith(" Reason noted: Too afraid.")
    no_show = Stopped("no_show", "Ill")
    assert attests("en", no_show, decided_for=True) == attests("en", no_show)


def test_a_record_without_treatment_does_not_speak_of_a_treatment_given_later() -> None:
    told = "that the treatment was given: an addendum"
    assert told in said(visits.ordinary())
    assert told not in said(visits.refused())


@pytest.mark.parametrize("read", range(1, 6))
def test_that_the_reading_stopped_never_stands_without_what_was_read_last(read: int) -> None:
    """The two lines of it stood on a page alone."""
    found = next(page for page in pages(_stopped_while_reading(read)) if "The reading stopped here." in page)
    assert "Not read to the end" in found


# -- pages ---------------------------------------------------------------------------------------
def test_a_read_mark_never_stands_on_a_page_without_its_text() -> None:
    for content in (visits.ordinary(), other_visits.on_paper()):
        for page in pages(content):
            top = page.partition(" or physician ")[2]  # past the margins
            assert not top.startswith(("Read to the end", "Read on paper"))


def test_a_signature_never_stands_on_a_page_without_what_it_is_under() -> None:
    """The page to agree again is long: the notice moves with the line it stands above (Q8)."""
    for page in pages(other_visits.signed_ahead()):
        if "I still choose to have this treatment" in page and "Certifies" not in page:
            assert "licensecheck@mbc.ca.gov" in page


def test_an_answer_that_replaced_another_is_marked_where_it_stands() -> None:
    assert "No (first: Not sure)" in said(visits.ordinary())


def test_what_the_certifier_means_is_said_once() -> None:
    """The table of the file's signatures points at it instead of saying it again."""
    found = said(visits.ordinary())
    meaning = book().forms["countersign"].words("meaning_proceed", "en").body[0]
    assert found.count(" ".join(meaning.split())) == 1
    assert "Certifies Demo Physician Oru, Physician As above, with this person's signature." in found


def test_the_times_of_a_procedure_stand_on_one_page() -> None:
    """A last injection alone on the next page is overlooked."""
    [page] = [page for page in pages(other_visits.added()) if "What When Tapped by Vial" in page]
    assert all(mark in page.split("Tapped by")[1] for mark in ("Thawed", "Mixed", "First", "Last injection"))


def test_an_addendum_names_what_was_signed_and_calls_itself_an_addendum() -> None:
    found = said(other_visits.added())
    assert "Addendum 1: What was given" in found
    assert "How to check this addendum" in found
    assert "The facts this addendum rests on" in found
    assert "Every fact" not in found


def test_a_tap_that_was_taken_back_stands_under_the_times() -> None:
    content = other_visits.added()
    story = Story()
    last = content.stamped()[-1]
    story.at, story.head, story.bodies = last.stamp.utc, last.hash, list(content.bodies)
    story.tell(MarkTakenBack("mixed"))
    found = said(msgspec.structs.replace(content, bodies=tuple(story.bodies)))
    assert "Taken back: Mixed (Demo Nurse Wren, " in found
    assert "Taken back: Mixed" not in said(content)


def test_the_check_names_the_record_and_says_why_in_words(tmp_path: Path) -> None:
    """An id of the program's own is no reason to a person."""
    unsealed, other = tmp_path / "unsealed.pdf", tmp_path / "letter.pdf"
    unsealed.write_bytes(printed(visits.stopped()))
    other.write_text("Dear Sir")
    told = CliRunner().invoke(main, ["verify", str(unsealed), str(other)]).output
    assert "Why:\n  - There is no seal in this file." in told
    assert "- This is not a PDF" in told
    assert "_" not in told.replace(str(tmp_path), "")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_narrow_column_of_tries_breaks_no_word(language: str) -> None:
    """The word 'Intentos' was broken before its last letter."""
    file = shipped("resources") / "words" / f"record.{language}.toml"
    said = tomllib.loads(file.read_text("utf-8"))["teach"]["tries"]
    room = (RIGHT - LEFT) * 0.9 / 9.1 - GAP
    assert len(lines(said, replace(CELL, bold=True, most=1000), room)) == 1


def test_the_first_page_of_a_spanish_refusal_is_spanish() -> None:
    """What the staff member did stood there in English."""
    both = {each: sentences(each) for each in ("en", "es")}
    first = pages(msgspec.structs.replace(visits.refused(), language="es", words=both))[0]
    assert "Dio fe del final" in first and "Attested" not in first


def test_an_interpreter_who_was_not_in_the_room_has_signed_nothing() -> None:
    """The line said "Signed" and when: what staff attested was attested. Proves: Q15."""
    t = teller(visits.ordinary(), "0" * 64)
    fact = InterpreterAttested("sign.interpreter_signature", "Ivo Example", "I left nothing out.")
    stamped = msgspec.structs.replace(t.visit.facts[-1], fact=fact)
    visit = msgspec.structs.replace(t.visit, facts=(*t.visit.facts, stamped))
    told = str(attested_interpreter(replace(t, visit=visit), stamped, fact))
    assert "'Attested'" in told and "'Signed'" not in told
    assert "What the interpreter said, attested by the staff ·" in told and "signature ·" not in told


def test_the_interpreters_sentence_stands_in_the_language_of_the_record() -> None:
    """Staff read it in English, and the Spanish record said nothing else. Proves: Q15."""
    t = _in("es", teller(visits.ordinary(), "0" * 64))
    form = book().forms["sign"]
    english, spanish = (form.words("interpreter_signature", each).body[0] for each in ("en", "es"))
    attested = InterpreterAttested("sign.interpreter_signature", "Ivo Example", english)
    told = str(attested_interpreter(t, t.visit.facts[-1], attested))
    assert told.index(spanish) < told.index("Como lo leyó el personal") < told.index(english)
    assert english in str(attested_interpreter(_in("en", t), t.visit.facts[-1], attested))
    own = msgspec.structs.replace(attested, meaning="I was told so.")
    assert spanish not in str(attested_interpreter(t, t.visit.facts[-1], own))


def test_no_spanish_sentence_says_sure_of_a_person_of_unknown_gender() -> None:
    """The answer is called "No lo sé"; beside it stood "no está seguro", also of a woman."""
    root = shipped("resources").parent
    files = [*root.glob("resources/words/*es.toml"), *root.glob("forms/*/*/es.md")]
    told = {str(file): re.findall(r"est(?:á|oy) segur[oa]", file.read_text("utf-8")) for file in files}
    assert len(files) > 10 and not any(told.values())


@pytest.mark.parametrize(
    "content",
    [
        visits.ordinary, visits.stopped, visits.refused, other_visits.signed_ahead, other_visits.on_paper,
        other_visits.no_show,
    ],
)  # fmt: skip
def test_no_sentence_for_the_patient_is_left_in_english(content: Callable[[], Content]) -> None:
    """Under a photo stood "Photo": what has no Spanish is said in English without a word of it."""
    folder = shipped("resources") / "words"
    files = [tomllib.loads((folder / name).read_text("utf-8")) for name in ("es.toml", "record.es.toml")]
    own = {f"{group}.{key}" for told in files for group, entries in told.items() for key in entries}
    spanish = {key: text if key in own else f"ENGLISH {text}" for key, text in sentences("es").items()}
    words = {"en": sentences("en"), "es": spanish}
    assert "ENGLISH" not in said(msgspec.structs.replace(content(), language="es", words=words))


def _in(language: str, t: Teller) -> Teller:
    return replace(t, language=language, sentences={each: sentences(each) for each in ("en", "es")})
