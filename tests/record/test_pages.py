"""What the pages say: sizes, marks, people, times, replies, whatever the words are."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import msgspec
import pikepdf
import pytest

from chairside.domain.replies import Initialled, Measured, Pictured, Written
from chairside.record.build import build
from chairside.record.pages_answers import panel
from chairside.record.pages_reading import initials
from chairside.record.telling import Teller, teller
from tests.record.printed import failures, opened, printed, shown, squeezed, text
from tests.record.visits import NAME, book, ordinary, refused, stopped

NAUGHTY = (
    "<b>bold</b> &amp; <img src='/etc/passwd'/> <para>",
    "{0} {name.__class__} %s %(x)s ${HOME}",
    ") Tj ET Q (\\",
    "EMC endstream endobj %%EOF",
    "\u202eevil\u202c \u200b\ufeff",
    "中文 한국어 العربية 😀",
    "W" * 400,
    "a\n\n\tb\x0bc",
)
NAMES = ("Nguyễn Thị Ánh Đặng", "Ελένη Παπαδοπούλου", "Анна Щербакова", "Łukasz Żółć", "Þórdís Óðinsdóttir")
_OPENED: list[str] = []
_WATCH = {"on": False}


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _WATCH["on"] and event in ("open", "socket.connect", "subprocess.Popen", "os.system"):
        _OPENED.append(f"{event} {arguments[0]}")


sys.addaudithook(_watch)


def told(name: str = "ordinary") -> Teller:
    return teller({"ordinary": ordinary, "stopped": stopped}[name](), "0" * 64)


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_no_text_can_break_a_page_or_open_a_file(naughty: str) -> None:
    """Text meets no markup parser: it raises nothing and nothing is opened."""
    content = ordinary(reason=naughty)
    printed(ordinary())
    _OPENED.clear()
    _WATCH["on"] = True
    data = build(content)
    _WATCH["on"] = False
    assert _OPENED == []
    if naughty.isascii() and naughty.isprintable():
        assert squeezed(naughty) in squeezed(text(data))


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_any_name_at_all_makes_a_valid_record(naughty: str) -> None:
    """A name stands in headings, margins, bookmarks, metadata and alternative texts."""
    assert failures(printed(ordinary(naughty))) == []


def test_the_watch_of_the_test_above_sees_an_opened_file() -> None:
    _OPENED.clear()
    _WATCH["on"] = True
    with open(__file__, "rb"):
        pass
    _WATCH["on"] = False
    assert _OPENED


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_drawn_and_can_be_found_again(name: str) -> None:
    assert name in text(build(ordinary(name)))


def test_the_california_notice_stands_alone_at_forty_points() -> None:
    """Proves: Q5. R14: the words, on one page, in Regular, and no header."""
    content = ordinary()
    wanted = " ".join(book().forms["notices_california"].words("s684", "en").body)
    sheets = text(printed(content)).split("\f")
    number, sheet = next((n, each) for n, each in enumerate(sheets) if "THIS NOTICE MUST BE" in each)
    assert squeezed(sheet).endswith(squeezed(wanted))
    assert "\n" not in sheet[: sheet.index("THIS NOTICE")].strip()  # the one line of the bottom margin
    pieces = list(shown(opened(content).pages[number]))
    assert {piece.size for piece in pieces if piece.tag} == {40.0}
    assert all("Regular" in piece.font for piece in pieces)
    assert sum(not piece.tag for piece in pieces) <= 2  # the one line in the bottom margin


def test_the_medical_board_notice_stands_again_above_the_signature() -> None:
    """Proves: Q8. At 14 points or more, before the ink of the same page."""
    content = ordinary()
    sheets = text(printed(content)).split("\f")
    number = next(n for n, each in enumerate(sheets) if "The patient's signature · Consent" in each)
    sheet = sheets[number]
    assert sheet.index("licensecheck@mbc.ca.gov") < sheet.index("Printed name")
    assert {piece.size for piece in shown(opened(content).pages[number]) if piece.tag == "/P"} >= {14.0}


def test_the_patients_copy_is_never_smaller_than_ten_and_a_half_points() -> None:
    """The audit trail is the one exception, and it is the staff's."""
    content = ordinary()
    sheets = text(printed(content)).split("\f")
    for sheet, drawn in zip(sheets[:-1], opened(content).pages, strict=True):
        audit = "No. Local time Person What Hash" in " ".join(sheet.split())
        assert min(piece.size for piece in shown(drawn) if piece.tag) >= (9 if audit else 10.5)


def test_every_signature_says_who_which_role_when_and_what_it_means() -> None:
    """Proves: Q37, Q38."""
    found = " ".join(text(printed(ordinary())).split())
    meaning = book().forms["countersign"].words("meaning_proceed", "en").body[0]
    assert "Printed name Demo Physician Oru Role Physician Signed December 1, 2026," in found
    assert "PST; 2026-12-01 20:" in found
    assert "UTC (America/Los_Angeles)" in found
    assert squeezed(meaning) in squeezed(found)


def test_a_changed_answer_stands_on_the_first_page_with_both_values() -> None:
    first = " ".join(text(printed(ordinary())).split("\f")[0].split())
    assert "Not sure No Demo Nurse Wren, 12:0" in first


def test_a_wrong_answer_in_teach_back_shows_its_tries_and_its_explanation() -> None:
    """Proves: Q13."""
    found = " ".join(text(printed(ordinary())).split())
    assert "1. I wait a few days. It is normal." in found
    assert "On the tablet, 12:0" in found


def test_an_age_is_told_from_the_birth_date() -> None:
    assert "42 years" in text(printed(ordinary()))


def test_the_washout_is_drawn_and_told() -> None:
    """Proves: Q21, Q23."""
    content = ordinary()
    alts = [str(each.Alt) for each in opened(content).objects if _is(each, "/Figure")]
    [picture] = [alt for alt in alts if alt.startswith("Drawing of the 72 hours")]
    assert "Advil: last dose 110 hours before the injection, before the window." in picture
    assert "Aleve: last dose 54 hours before the injection, inside the window." in picture
    assert "through December 22, 2026. It may be taken again from December 23, 2026." in " ".join(
        text(printed(content)).split()
    )


def _is(each: Any, kind: str) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == kind


def test_every_figure_has_words_for_those_who_cannot_see_it() -> None:
    figures = [each for each in opened(ordinary()).objects if _is(each, "/Figure")]
    assert len(figures) >= 7
    assert all(str(each.Alt).strip() and each.A.BBox for each in figures)


def test_a_test_that_is_not_on_the_sheet_is_never_nonreactive() -> None:
    """Proves: Q31."""
    rows = panel(told(), ("hiv", "cmv"), None).rows
    assert [row[1].text for row in rows] == ["Not on the sheet", "Not on the sheet"]


def test_every_fact_stands_in_the_audit_trail_with_its_hash() -> None:
    """Proves: Q40."""
    content = ordinary()
    found = squeezed(text(printed(content)))
    missing = [fact.hash[:12] for fact in content.stamped() if fact.hash[:12] not in found]
    assert missing == []


def test_a_refusal_is_attested_by_the_staff_and_names_the_reason() -> None:
    """Proves: Q17."""
    found = " ".join(text(printed(refused())).split())
    assert "Attested by the staff What Refused by the patient Reason I would rather wait." in found
    assert "Nobody signed with a pen." in found


def test_a_part_names_its_language() -> None:
    content = msgspec.structs.replace(ordinary(), language="es")
    parts = {
        str(each.Lang)
        for each in opened(content).objects
        if hasattr(each, "keys") and each.get("/S") == "/Sect"
    }
    assert parts == {"es", "en"}


def test_a_sentence_cannot_reach_into_an_object() -> None:
    words = {"en": {"x.y": "{day.__class__} {day} {unknown}"}}
    one = teller(msgspec.structs.replace(stopped(), words=words), "0" * 64)
    assert one.say("x.y", day=date(2026, 1, 2)) == "{day.__class__} 2026-01-02 {unknown}"


def test_a_key_without_a_sentence_shows_itself() -> None:
    assert told().say("summary.no_such_key") == "no such key"


@pytest.mark.parametrize(
    ("reply", "wanted"),
    [
        (Measured("37.9", "C"), "37.9 C"),
        (Written("as told"), "as told"),
        (Pictured("ab" * 32), "Picture abababababababab"),
        (Initialled(), "Initials"),
    ],
)
def test_every_kind_of_reply_has_words(reply: Any, wanted: str) -> None:
    assert told().reply("any", "item", reply) == wanted


def test_initials_are_the_first_letters_of_the_name() -> None:
    assert initials(NAME) == "D.P.A.N.T.Á."


def test_who_decides_for_the_patient_initials_with_letters_of_their_own() -> None:
    """The record said that the patient, who cannot decide, had read and initialled. Proves: Q15."""
    told = '"authority":"seen","incapacity":"asleep","kind":"RepresentativeNamed"'
    named = f'{{{told},"name":"Kim Example","relation":"parent"}}'
    bodies = list(ordinary().bodies)
    at = next(n for n, body in enumerate(bodies) if '"kind":"IdentityConfirmed"' in body)
    confirmed = '{"kind":"IdentityConfirmed","who":"patient"}'
    assert confirmed in bodies[at]
    bodies[at - 1 : at + 1] = [
        bodies[at].replace(confirmed, named),
        bodies[at - 1],
        bodies[at].replace('"patient"}', '"representative"}'),
    ]
    found = text(build(msgspec.structs.replace(ordinary(), bodies=tuple(bodies))))
    assert "K.E." in found and "D.P.A.N.T.Á." not in found
    assert "The person who decides for the patient read, was asked and signed." in " ".join(found.split())
