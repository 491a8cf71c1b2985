"""Where a page ends: what eyes found parted on the pages of played visits stays together."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec import structs

from chairside.domain.facts import Answered, Countersigned, Fact, Signed, Signer, VisitOpened
from chairside.domain.facts.people import InterpreterNamed, RepresentativeNamed, WitnessNamed
from chairside.domain.replies import Chosen
from chairside.record.blocks import Block, Break, Bullets, Cell, Heading, Para, Space, Table, Together
from chairside.record.build import pages as blocks_of
from chairside.record.content import Content
from chairside.record.flow import BOTTOM, TOP, Flow
from chairside.record.sentences import sentences
from chairside.record.setting import NOTE, STAFF
from chairside.record.sheet import About, Sheet
from chairside.record.telling import teller
from tests.record import other_visits, visits
from tests.record.printed import printed, text

PAGE = TOP - BOTTOM
ROW, HEAD = 21.0, 21.0  # a line of 14 points and the white around it


ABOUT = About("A title", "A clinic", "A subject", "en", "", datetime(2026, 1, 2, tzinfo=UTC), b"0" * 16)


def laid(*blocks: Block) -> list[str]:
    made = Sheet(ABOUT)
    Flow(made).put(blocks)
    return [" ".join(page.split()) for page in text(made.finish(lambda *_: None, b"{}")).split("\f")[:-1]]


def rows(count: int, *, keep: bool = False) -> Table:
    return Table(("Head",), tuple((Cell(f"row{place}"),) for place in range(count)), (1,), keep=keep)


def pages(content: Content) -> list[str]:
    return [" ".join(page.split()) for page in text(printed(content)).split("\f")]


# -- tables --------------------------------------------------------------------------------------
def test_the_last_row_does_not_stand_alone_on_the_next_page() -> None:
    """Room for all rows but one: the last but one goes with it."""
    first, second = laid(Space(PAGE - HEAD - 5 * ROW), rows(6))
    assert first.endswith("row3")
    assert second == "Head row4 row5"


def test_the_first_row_does_not_stand_alone_on_its_page() -> None:
    first, second = laid(Para("Before."), Space(PAGE - 21 - HEAD - 1.5 * ROW), rows(6))
    assert first == "Before."
    assert second.startswith("Head row0 row1")


@pytest.mark.parametrize("room", [0.5, 1.5, 2.5])
def test_a_table_of_three_rows_is_not_parted(room: float) -> None:
    first, second = laid(Para("Before."), Space(PAGE - 21 - HEAD - room * ROW), rows(3))
    assert (first, second) == ("Before.", "Head row0 row1 row2")


@pytest.mark.parametrize("count", [1, 2, 6])
def test_who_closed_a_table_stands_under_a_row_of_it(count: int) -> None:
    """In a Spanish record the nurse's word stood on the next page, under nothing."""
    space = Space(PAGE - 21 - HEAD - count * ROW - 10)
    closed = Para("I asked and recorded.", NOTE)
    said = laid(Para("Before."), space, rows(count, keep=True), closed)
    assert "row" in said[-1].partition("I asked")[0]
    assert not any(page.endswith("Head") for page in said)


def test_a_row_taller_than_a_page_is_still_drawn_whole() -> None:
    tall = Table((), ((Cell("short"),), (Cell("word " * 6000 + "end"),)), (1,))
    said = " ".join(laid(Para("Before."), tall))
    assert said.count("word") == 6000
    assert said.endswith("end")


def test_the_white_under_the_last_line_is_no_reason_for_a_new_page() -> None:
    """The consent in Spanish was 10 points short of its page, and those were white."""
    exact = PAGE - 21 - HEAD - 4 * ROW
    assert len(laid(Para("Before."), Space(exact), Together((rows(4),)))) == 1
    assert len(laid(Para("Before."), Space(exact + 1), Together((rows(4),)))) == 2


THREE = "word " * 40  # three lines, wherever they stand


@pytest.mark.parametrize("room", [30, 40])
def test_neither_mark_nor_heading_stands_without_its_three_lines(room: float) -> None:
    """Parted, one line would stand alone; a list's mark stood at a page's foot without them."""
    before = Para("Before."), Space(PAGE - 21 - room)
    first, second = laid(*before, Bullets((THREE,)))
    assert (first, second) == ("Before.", f"\N{BULLET} {THREE}".strip())
    heading = Heading("Title", 3)
    before = Para("Before."), Space(PAGE - 21 - room - Flow(Sheet(ABOUT)).height(heading))
    assert laid(*before, heading, Para(THREE))[0] == "Before."


def test_the_white_over_a_heading_is_no_reason_to_part_what_fits_on_a_page() -> None:
    """The Spanish consent fills its page, and at a page's top a heading has no white over it."""
    title = Heading("The consent", 2)
    count = int((PAGE - title.style.leading - title.style.after) / ROW)
    held = Together((title, Table((), rows(count).rows, (1,))))
    assert laid(Para("Before."), held)[0] == "Before."
    assert len(laid(Para("Before."), held)) == 2


def test_what_no_page_can_hold_begins_where_it_stands() -> None:
    """A mother's signature began a page of its own, was parted all the same, and left one half empty."""
    first, *_ = laid(Para("Before."), Together((Para("The text."), rows(40))))
    assert first.startswith("Before. The text. Head row0")


def test_a_heading_goes_with_its_text_and_the_text_with_its_table() -> None:
    words = Para("Every fact.", STAFF, keep=True)
    said = laid(Para("Before."), Space(PAGE - 21 - 70), Heading("Facts", 2), words, rows(9))
    assert said[1].startswith("Facts Every fact. Head row0 row1")


# -- lists ---------------------------------------------------------------------------------------
def items(count: int, *, keep: bool = True) -> Bullets:
    return Bullets(tuple(f"item{place}" for place in range(count)), STAFF, keep=keep)


READ = Para("Read.", NOTE)
ITEM = 20.0  # a line of 16 points and the white under it


@pytest.mark.parametrize("room", [2.2, 3.2, 4.2])
def test_one_line_of_a_list_does_not_stand_alone_above_what_marks_it(room: float) -> None:
    """At the head of a page stood one line of the risks, and that they had been read."""
    first, *rest = laid(Para("Before."), Space(PAGE - 21 - room * ITEM), items(4), READ)
    on_top = rest[0] if rest else first
    assert on_top.count("item") >= 2 and on_top.endswith("Read.")


def test_a_heading_goes_with_a_short_list_and_its_mark() -> None:
    said = laid(Para("Before."), Space(PAGE - 21 - 75), Heading("Risks", 3), items(2), READ)
    assert said[1].startswith("Risks") and said[1].endswith("Read.")


def test_a_list_whose_last_item_is_long_leaves_that_one_to_the_next_page() -> None:
    told = Bullets(("item0", "item1", "word " * 30), STAFF, keep=True)
    first, second = laid(Para("Before."), Space(PAGE - 21 - 3 * ITEM), told, READ)
    assert first.endswith("item1") and second.endswith("Read.")


# -- pages ---------------------------------------------------------------------------------------
def test_the_title_of_the_vials_stands_on_the_page_of_the_first() -> None:
    [page] = [page for page in pages(other_visits.two_vials()) if "The vial and its donor" in page]
    assert f"Vial {visits.CODE}" in page
    assert "Checked by" in page


def test_no_page_of_an_addendum_holds_the_table_of_signatures_alone() -> None:
    """An addendum is short: what follows the table begins under it, on the same page where it fits."""
    told = blocks_of(teller(other_visits.added(), "0" * 64))
    assert not any(isinstance(each, Break) for part in told for each in getattr(part, "blocks", (part,)))


def test_an_addendum_says_the_records_digest_once() -> None:
    """It stands on the first page, and said again it pushed the page that tells how to check."""
    content = other_visits.added()
    assert content.addendum is not None
    begin = content.addendum.follows_sha256[:4]
    assert " ".join(pages(content)).count("SHA-256 of the record's file") == 1
    assert f"{begin} " in pages(content)[0]


def test_that_nothing_was_changed_is_one_row() -> None:
    """A heading for it pushed who signed for a child onto a page of its own."""
    assert "Changed answers No answer was changed." in pages(visits.refused())[0]


OLGA, IVO, WIM = "Olga Example", "Ivo Example", "Wim Example"
NAMED: dict[Signer, RepresentativeNamed | InterpreterNamed | WitnessNamed] = {
    "representative": RepresentativeNamed(OLGA, "parent", "Birth certificate and her own passport", ""),
    "interpreter": InterpreterNamed(IVO, "", "Tagalog", "in_person", sight=True),
    "witness": WitnessNamed(WIM),
}


class Beside(visits.Story):
    """Two more people are there and sign after the patient; no answer changes."""

    def __init__(self, *beside: Signer) -> None:
        super().__init__()
        self.beside = {signer: NAMED[signer] for signer in beside}

    def tell(self, fact: Fact, by: str = "", proved: bool = False) -> None:
        if isinstance(fact, Answered) and fact.reply == Chosen("unsure"):
            return
        if isinstance(fact, Countersigned):
            fact = structs.replace(fact, name="Demo Dr. Sol Okonjo-Reyes")  # the longest of the demo's
        super().tell(fact, by, proved)
        if isinstance(fact, VisitOpened):
            for named in self.beside.values():
                super().tell(named, proved=True)
        if isinstance(fact, Signed):
            for signer, named in self.beside.items():
                super().tell(structs.replace(fact, signer=signer, name=named.name))


def test_no_page_of_the_text_begins_with_one_line_and_its_mark() -> None:
    """What ends a list stood alone on the next page: "This treatment is not a study. It is not a cure."."""
    for page in text(printed(visits.ordinary())).split("\f"):
        top = page.partition(" or physician\n")[2].splitlines()[:2]  # past the margins
        assert not any(line.startswith("Read to the end") for line in top), top


def test_what_follows_the_text_or_the_signatures_begins_under_them() -> None:
    """A table stood alone on a page where the next chapter would have had room."""
    [asked] = [page for page in pages(visits.ordinary()) if "Did we explain it well?" in page]
    assert "Open the visit" in asked
    [signed] = [page for page in pages(visits.refused()) if "Electronic signatures over this file" in page]
    assert "Every fact of this visit" in signed


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("beside", [("interpreter", "witness"), ("representative", "interpreter")])
def test_who_signed_stands_on_the_first_page_with_people_beside_too(
    beside: tuple[Signer, Signer], language: str
) -> None:
    """Proves: Q15."""
    content, _ = visits.ordinary_story("Demo Patient Avery", "", Beside(*beside))
    words = {each: sentences(each) for each in ("en", "es")}
    first = pages(structs.replace(content, language=language, words=words))[0]
    assert first.count(IVO) == 3 and "Demo Dr. Sol Okonjo-Reyes" in first, first


def test_the_day_of_all_signatures_stands_in_their_heading_else_with_each() -> None:
    """In each row it broke the names, and the table went to the second page."""
    first = pages(visits.ordinary())[0]
    assert "Who signed · December 1, 2026" in first
    assert " 12:08 PST Demo Patient" in first.partition("Who signed")[2]
    ahead = pages(other_visits.signed_ahead())[0].partition("Who signed")[2]
    assert ahead.startswith(" Name") and "November" in ahead and "December 1, 2026, " in ahead
