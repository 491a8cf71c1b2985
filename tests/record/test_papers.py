"""The papers: valid as a record is, in the words of the forms, with the dates and numbers they must carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import Literal

import msgspec
import pikepdf
import pytest

from chairside.domain.form import Choice, Initial, Ink, Prose, Statement
from chairside.domain.people import ON_GLASS
from chairside.record import papers
from chairside.record.blank_pack import Whose, blank_pack
from chairside.record.content import Clinic
from chairside.record.pages_reading import sample_line
from chairside.record.press import Press, reviewed
from chairside.record.sentences import sentences
from tests.record.printed import failures, shown, squeezed, text
from tests.record.visits import INJECTION, NAME, book

AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
KEY = "ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567-89ABC-DEFGH"
GIVEN = papers.Given(NAME, date(2026, 12, 1), ("CORD-5M-000117", "CORD-5M-000118"), "ABCD-EFGH-IJKL-MNOP")


def press(*, demo: bool = True) -> Press:
    clinic = Clinic(
        "DEMO Clinic of Invented People",
        "1 Nowhere Street",
        "+1 555 0100",
        "America/Los_Angeles",
        "california",
        "ab12" * 16,
        demo,
    )
    return Press("en", {"en": sentences("en")}, clinic.zone, clinic, AT)


def _notice(item_id: str) -> Statement:
    item = book().forms["notices_california"].item(item_id)
    assert isinstance(item, Statement)
    return item


@cache
def paper(kind: str) -> bytes:
    notices = book().forms["notices_california"]
    match kind:
        case "poster":
            return papers.poster(press(), notices, _notice("s684"))
        case "board":
            return papers.poster(press(), notices, _board())
        case "blank_pack":
            return blank_pack(press(), book())
        case "preparation":
            planned = papers.Planned(NAME, INJECTION)
            return papers.preparation(press(), book().forms["preparation"], planned)
        case "aftercare":
            return papers.aftercare(press(), book().forms["aftercare"], GIVEN)
        case _:
            return papers.recovery(press(), KEY)


@cache
def opened(kind: str) -> pikepdf.Pdf:
    """Open a paper; it stays open, because its objects must not outlive it."""
    return pikepdf.open(BytesIO(paper(kind)))


def _board() -> Statement:
    items = book().forms["notices_california"].items
    return next(item for item in items if isinstance(item, Statement) and item.statutory and item.qr)


KINDS = ("poster", "board", "blank_pack", "preparation", "aftercare", "recovery")


def told(kind: str) -> str:
    return " ".join(text(paper(kind)).split())


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_fails_no_rule_of_either_profile(kind: str) -> None:
    assert failures(paper(kind)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_carries_no_data_no_field_and_no_action(kind: str) -> None:
    """It is to be printed: nothing rides along that a record would have to vouch for."""
    root = opened(kind).Root
    assert {"/AcroForm", "/AF", "/Names", "/OpenAction"} & set(root.keys()) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_a_demo_paper_says_so(kind: str) -> None:
    """Proves: Q43."""
    assert all("DEMO, not a clinic's record" in sheet for sheet in text(paper(kind)).split("\f")[:-1])


def test_the_same_paper_is_the_same_bytes() -> None:
    again = papers.aftercare(press(), book().forms["aftercare"], GIVEN)
    assert again == paper("aftercare")


@pytest.mark.parametrize("kind", ["poster", "board"])
def test_a_poster_is_one_letter_page_of_forty_points_and_nothing_else(kind: str) -> None:
    """Proves: Q5, R13, R14."""
    pdf = opened(kind)
    [page] = pdf.pages
    assert [float(value) for value in page.MediaBox] == [0, 0, 612, 792]
    assert {piece.size for piece in shown(page) if piece.tag} == {40.0}
    item = _notice("s684") if kind == "poster" else _board()
    words = book().forms["notices_california"].words(item.id, "en").body
    assert squeezed(" ".join(words)) in squeezed(text(paper(kind)))


def test_the_boards_notice_has_its_code() -> None:
    """Proves: Q8."""
    figures = [each for each in opened("board").objects if _is_figure(each)]
    assert [str(each.Alt) for each in figures] == [f"QR code for {_board().qr}"]


def _is_figure(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"


# -- the pack ------------------------------------------------------------------------------------
def test_the_pack_holds_every_form_the_patient_reads_or_signs_with_its_version() -> None:
    """Proves: P8, Q46."""
    found = text(paper("blank_pack"))
    for name in ("notices_california", "consent", "sign", "reaffirm", "health_check", "medicines", "vial"):
        assert f"Text version {book().forms[name].version}, {book().forms[name].digest[:16]}." in found
    assert book().forms["countersign"].digest[:16] not in found


def test_every_page_of_the_pack_but_the_notices_leaves_room_for_the_name() -> None:
    """A photo of a page must say whose it is."""
    sheets = text(paper("blank_pack")).split("\f")[:-1]
    alone = [sheet for sheet in sheets if "Name: ____" not in sheet]
    assert all("NOTICE" in sheet for sheet in alone)
    assert len(alone) == 2


def test_the_pack_asks_every_question_with_every_option() -> None:
    """Proves: P8. A box for each; none is ticked, and no answer is given away."""
    found = squeezed(text(paper("blank_pack")))
    for name in ("health_check", "consent"):
        form = book().forms[name]
        for item in form.items:
            if isinstance(item, Choice) and "later_sessions" not in item.tags:
                words = form.words(item.id, "en")
                assert squeezed(words.title) in found
                assert all(squeezed(label) in found for label in words.options.values())
                assert not item.right or not any(squeezed(line) in found for line in words.help)


def test_the_pack_has_a_line_for_each_signature_and_a_box_for_each_initial() -> None:
    figures = [each for each in opened("blank_pack").objects if _is_figure(each)]
    boxes = [each for each in figures if str(each.Alt) == "Box for initials"]
    theirs = [item for form in book().forms.values() for item in form.items if _is_the_patients_ink(item)]
    initials = [item for item in book().forms["consent"].items if isinstance(item, Initial)]
    assert told("blank_pack").count("Sign above the line.") == len(theirs) == 4 + 3 * 3
    assert len(boxes) == len(initials)


def _is_the_patients_ink(item: object) -> bool:
    return isinstance(item, Ink) and item.signer in ON_GLASS


def test_the_boards_notice_stands_above_the_line_on_paper_too() -> None:
    """Proves: Q8."""
    sheets = text(paper("blank_pack")).split("\f")
    lines = (sheet for sheet in sheets if "Sign above the line." in sheet)
    sheet = next(sheet for sheet in lines if "licensecheck@mbc.ca.gov" in sheet)
    assert sheet.index("licensecheck@mbc.ca.gov") < sheet.index("Sign above the line.")


def test_a_pack_has_only_the_lines_of_who_is_there() -> None:
    """Who decides for the patient signs, and the patient does not. Proves: P8, Q15."""
    lines = frozenset({"assent.child_signature", "sign.representative_signature"})
    found = " ".join(text(blank_pack(press(), book(), Whose(NAME, "May 5, 2011", 1, lines))).split())
    assert found.count("Sign above the line.") == 2
    assert "The child signs here." in found and "I sign for the patient." in found
    assert "The witness signs here." not in found and "I choose to have this treatment." not in found


def test_a_pack_for_somebody_carries_the_name_and_the_session() -> None:
    """Proves: P7. A patient who comes back is asked less, on paper too."""
    data = blank_pack(press(), book(), Whose(NAME, "March 14, 1984", 2))
    found = " ".join(text(data).split())
    assert f"Name: {NAME} Born: March 14, 1984" in found
    assert "You had this treatment here before" in found
    assert "You had this treatment here before" not in told("blank_pack")
    assert failures(data) == []


# -- the sheets to take home ---------------------------------------------------------------------
def test_the_aftercare_sheet_carries_phone_codes_dates_and_medwatch() -> None:
    """Proves: Q23, Q47."""
    found = told("aftercare")
    assert "Our phone, day and night: +1 555 0100" in found
    assert "None through December 22, 2026. You may take them again from December 23, 2026." in found
    assert "CORD-5M-000117, CORD-5M-000118" in found
    assert "1-800-332-1088" in found
    assert "100.4 °F (38.0 °C)" in found


def test_whom_to_call_stands_before_everything_else_one_reads() -> None:
    """Proves: Q47, C31. Whatever order a clinic gives its form."""
    form = book().forms["aftercare"]
    turned = type(form)(form.id, form.version, form.digest, tuple(reversed(form.items)), form.prose)
    found = text(papers.aftercare(press(), turned, GIVEN))
    assert found.index("Call right away") < found.index("Pain pills\n")


def test_the_preparation_sheet_counts_back_three_days_from_the_visit() -> None:
    """Proves: C17. December 1, 14:30 at the clinic, less 72 hours."""
    assert "None from November 28, 2026, 14:30 PST on" in told("preparation")


def test_a_reviewed_text_is_not_called_a_sample() -> None:
    """Proves: Q48."""
    form = book().forms["aftercare"]
    prose = {name: _approved(each) for name, each in form.prose.items()}
    approved = type(form)(form.id, form.version, form.digest, form.items, prose)
    assert "SAMPLE" in told("aftercare") and "Reviewed by" not in told("aftercare")
    sheets = text(papers.aftercare(press(demo=False), approved, GIVEN)).split("\f")[:-1]
    assert not any("SAMPLE" in sheet for sheet in sheets)
    assert all("Reviewed by Somebody on 2027-01-15." in sheet for sheet in sheets)


@pytest.mark.parametrize(("status", "said"), [("sample", "SAMPLE"), ("approved", "Reviewed by Somebody on")])
def test_a_name_alone_reviews_nothing(status: Literal["sample", "approved"], said: str) -> None:
    """A text is a sample for as long as its status says so, in the record as on paper. Proves: Q48."""
    form = book().forms["aftercare"]
    prose = msgspec.structs.replace(_approved(form.prose["en"]), status=status)
    named = type(form)(form.id, form.version, form.digest, form.items, {"en": prose})
    assert said in sample_line(press(), named) and said in reviewed(press(), named)


def test_the_aftercare_sheet_prints_every_emergency() -> None:
    """When to call, whom, and what hides a fever. Proves: Q47 (C31), X26."""
    found = told("aftercare")
    for sign in (
        "Call 911 if you cannot breathe well, if you faint,", "whole face swell", "24-hour phone",
        "A temperature of 100.4 °F (38.0 °C) or more.", "Shaking chills.", "Redness that spreads, or pus.",
        "Severe pain", "Do not wait to see if it goes away.", "1-800-FDA-1088",
        "Do not take a pill for the fever before you call.",
    ):  # fmt: skip
        assert sign in found


def _approved(prose: Prose) -> Prose:
    return msgspec.structs.replace(prose, status="approved", reviewed_by="Somebody", reviewed_on="2027-01-15")


def test_the_recovery_sheet_holds_the_key_once_and_the_fingerprint() -> None:
    found = told("recovery")
    assert all(found.count(group) == 1 for group in KEY.split("-"))
    assert "ab12 ab12 ab12 ab12" in found
    assert opened("recovery").docinfo["/Title"] == "Recovery sheet"


# -- in Spanish ----------------------------------------------------------------------------------
def _spanish() -> Press:
    return replace(press(), language="es", sentences={each: sentences(each) for each in ("en", "es")})


def test_no_mark_at_the_foot_of_a_spanish_pack_is_cut() -> None:
    """Under the notices stood "MUESTRA - sin revisión legal ni". Proves: Q48."""
    pages = text(blank_pack(_spanish(), book())).split("\f")[1:-1]
    assert len(pages) > 20 and all("MUESTRA - sin revisión legal ni médica" in page for page in pages)


def test_what_is_to_be_written_by_a_spanish_line_stands_on_one_line() -> None:
    told = text(blank_pack(_spanish(), book()))
    assert "Nombre con letra de molde" in told and "Nombre con letra de\n" not in told


def test_the_spanish_sheet_to_take_home_has_two_pages() -> None:
    """A third held the last three lines alone."""
    told = text(papers.aftercare(_spanish(), book().forms["aftercare"], GIVEN))
    assert len(told.split("\f")) - 1 == 2
