"""What stands around every page: whose it is, which page, and the marks that nobody may miss (Q43, Q48)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chairside.record.colour import SECOND, TEAL, WATERMARK
from chairside.record.flow import BARE_LEFT, LEFT, RIGHT
from chairside.record.setting import SMALL, lines
from chairside.record.sheet import HEIGHT_PT, WIDTH_PT, Sheet

DEMO = "DEMO"
LEAST_PT = 7.0


@dataclass(frozen=True)
class Margins:
    """The texts around a page; `alone` is what a page that must stand alone carries of them.

    `watermark` is one short word across the page, or nothing.
    """

    left: str
    right: str
    foot: str
    number: str
    marks: tuple[str, ...]
    alone: str
    watermark: str


def draw(sheet: Sheet, told: Margins, *, bare: bool) -> None:
    """Draw the margins of this page as decoration: a reader's voice leaves them out."""
    if bare:  # a statutory notice stands alone: one line in the bottom margin
        with sheet.artifact("/Type/Pagination/Subtype/Footer"):
            told_there = " · ".join(filter(None, (told.alone, told.number, *told.marks)))
            _line(sheet, 18, told_there, left=BARE_LEFT)
        return
    if told.watermark:
        _watermark(sheet, told.watermark)
    with sheet.artifact("/Type/Pagination/Subtype/Header"):
        _line(sheet, HEIGHT_PT - 44, told.left)
        _line(sheet, HEIGHT_PT - 44, told.right, right=True)
        sheet.rule(LEFT, HEIGHT_PT - 51, RIGHT - LEFT, TEAL)
    with sheet.artifact("/Type/Pagination/Subtype/Footer"):
        _line(sheet, 40, told.foot)
        _line(sheet, 40, told.number, right=True)
        _line(sheet, 26, " · ".join(told.marks))


def _line(sheet: Sheet, y: float, text: str, *, right: bool = False, left: float = LEFT) -> None:
    """Draw one line: a long one a little smaller, so that no mark on it is cut; no name without end."""
    room = WIDTH_PT - 2 * left
    style = replace(SMALL, most=10_000)
    wide = max((line.width for line in lines(text, style, style.most)), default=0.0)
    style = replace(style, size=max(style.size * min(1, room / max(wide, 1)), LEAST_PT))
    for line in lines(text, style, room + 0.01)[:1]:
        sheet.text(RIGHT - line.width if right else left, y, line.runs, style.size, SECOND)


def _watermark(sheet: Sheet, word: str) -> None:
    style = replace(SMALL, size=150 if len(word) <= len(DEMO) else 100, bold=True, most=2000)
    with sheet.artifact("/Type/Pagination/Subtype/Watermark"):
        for line in lines(word, style, 2000):
            sheet.draw("q 0.7071 0.7071 -0.7071 0.7071 306 396 cm")
            sheet.text(-line.width / 2, -52, line.runs, style.size, WATERMARK)
            sheet.draw("Q")
