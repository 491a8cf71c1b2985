"""Tables with horizontal rules only; a row is broken only where it is taller than a page.

No row stands alone on its page, neither the first nor the last: it reads like a table of its own.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Protocol, TypeAlias

from chairside.record.blocks import Block, Cell, Heading, Para, Table, Together
from chairside.record.colour import LINE, TEAL, Colour
from chairside.record.setting import Line, Style, lines
from chairside.record.sheet import Sheet
from chairside.record.tags import Element

GAP = 8.0  # white between columns
SIGN = 13.0
AFTER = 10.0
FEW = 3  # rows that are too few to be parted
_HEAD: dict[str, str] = {"A": "<</O/Table/Scope/Column>>"}
_SIDE: dict[str, str] = {"A": "<</O/Table/Scope/Row>>"}

Row: TypeAlias = list[tuple[Line, ...]]


class Place(Protocol):
    """The page a table is drawn on, as far as a table needs it."""

    sheet: Sheet
    left: float
    y: float

    @property
    def parent(self) -> Element:
        """The element the table becomes a child of."""
        ...

    @property
    def width(self) -> float:
        """Units: points."""
        ...

    @property
    def room(self) -> float:
        """What is left below. Units: points."""
        ...

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        ...

    def next_page(self) -> None:
        """Go on at the top of a new page."""

    def sign(self, sign: str, x: float, y: float, colour: Colour) -> None:
        """Draw a sign as decoration."""


def _columns(table: Table, width: float) -> list[float]:
    whole = sum(table.widths)
    return [width * part / whole for part in table.widths]


@lru_cache(maxsize=32)
def _cell_style(style: Style, *, bold: bool) -> Style:
    return replace(style, bold=bold, most=1000)


def _style(table: Table, *, bold: bool) -> Style:
    return _cell_style(table.style, bold=bold)


def _set_row(table: Table, cells: tuple[Cell, ...], columns: list[float]) -> Row:
    row = []
    for index, (cell, width) in enumerate(zip(cells, columns, strict=True)):
        bold = cell.bold or (table.row_heads and index == 0)
        room = width - GAP - (SIGN if cell.sign else 0)
        row.append(lines(cell.text, _style(table, bold=bold), room))
    return row


def _set_head(table: Table, columns: list[float]) -> Row:
    return [
        lines(text, _style(table, bold=True), width - GAP)
        for text, width in zip(table.head, columns, strict=True)
    ]


def _pad(style: Style) -> float:
    """Return the white above and below a row's text. Units: points."""
    return style.leading * 0.25 if style.size > 9 else style.leading * 0.15


def _row_height(table: Table, row: Row) -> float:
    return max((len(cell) for cell in row), default=1) * table.style.leading + 2 * _pad(table.style)


def height(table: Table, width: float) -> float:
    """Return the height of the unbroken table. Units: points."""
    columns = _columns(table, width)
    whole = sum(_row_height(table, _set_row(table, row, columns)) for row in table.rows)
    return whole + (_row_height(table, _set_head(table, columns)) if table.head else 0) + AFTER


def least(table: Table, width: float, tail: float = 0) -> float:
    """Return the height of the head and the rows that begin the table together. Units: points."""
    whole = len(table.rows) <= FEW
    begun = table if whole else replace(table, rows=table.rows[: FEW - 1])
    return height(begun, width) - AFTER + _with(tail if whole else 0)


def _with(tail: float) -> float:
    return AFTER + tail if tail else 0


def white_above(block: Block) -> float:
    """Return the white over the first line of a block, not drawn at a page's top. Units: points."""
    match block:
        case Together() if block.blocks:
            return white_above(block.blocks[0])
        case Heading() | Para():
            return block.style.before
        case _:
            return 0.0


def white_below(block: Block) -> float:
    """Return the white under the last line of a block, not missed at a page's foot. Units: points."""
    match block:
        case Together() if block.blocks:
            return white_below(block.blocks[-1])
        case Table():
            return AFTER
        case Para():
            return block.style.after
        case _:
            return 0.0


def draw(place: Place, table: Table, tail: float = 0) -> None:
    """Draw the table, its head again on every further page; `tail` points follow its last row."""
    columns = _columns(table, place.width)
    head = _set_head(table, columns) if table.head else []
    element = place.parent.add("Table")
    if head:
        _draw_head(place, table, columns, head, element)
    rows = [_set_row(table, cells, columns) for cells in table.rows]
    for index, (row, cells) in enumerate(zip(rows, table.rows, strict=True)):
        needed = _row_height(table, row)
        if index >= len(rows) - 2:  # the last two stay together
            needed = sum(_row_height(table, each) for each in rows[index:]) + _with(tail)
        if needed > place.room and not place.fresh:
            _go_on(place, table, columns, head)
        _draw_row(place, table, (columns, head, row, cells), element.add("TR"))
    place.y -= min(AFTER, max(place.room, 0))


def _go_on(place: Place, table: Table, columns: list[float], head: Row) -> None:
    place.next_page()
    if head:
        _draw_head(place, table, columns, head, None)


def _draw_head(place: Place, table: Table, columns: list[float], head: Row, element: Element | None) -> None:
    style = replace(_style(table, bold=True), colour=TEAL)
    if _row_height(table, head) + table.style.leading * 2 > place.room and not place.fresh:
        place.next_page()
    row = element.add("TR") if element else None
    x = place.left
    for cell, width in zip(head, columns, strict=True):
        if row is None:
            with place.sheet.artifact("/Type/Pagination"):  # said once already, at the table's beginning
                _show(place, x, cell, style)
        else:
            with place.sheet.tag(row.add("TH", **_HEAD)):
                _show(place, x, cell, style)
        x += width
    place.y -= _row_height(table, head)
    _rule(place, TEAL)


def _draw_row(
    place: Place, table: Table, parts: tuple[list[float], Row, Row, tuple[Cell, ...]], element: Element
) -> None:
    columns, head, row, cells = parts
    holders = [
        element.add("TH", **_SIDE) if table.row_heads and index == 0 else element.add("TD")
        for index in range(len(row))
    ]
    rest, first = row, True
    while first or any(rest):
        fit = max(int((place.room - 2 * _pad(table.style)) // table.style.leading), 1)
        now, rest = [cell[:fit] for cell in rest], [cell[fit:] for cell in rest]
        _draw_lines(place, table, (columns, now, cells if first else ()), holders)
        first = False
        if any(rest):
            _go_on(place, table, columns, head)
    _rule(place, LINE)


def _draw_lines(
    place: Place, table: Table, parts: tuple[list[float], Row, tuple[Cell, ...]], holders: list[Element]
) -> None:
    columns, row, cells = parts
    x = place.left
    for index, (cell, width) in enumerate(zip(row, columns, strict=True)):
        style = _style(table, bold=False)
        signed = bool(cells and cells[index].sign)
        if signed:
            place.sign(
                cells[index].sign, x, place.y - _pad(style) - style.leading * 0.72, cells[index].colour
            )
        with place.sheet.tag(holders[index]):
            _show(place, x + (SIGN if signed else 0), cell, style)
        x += width
    place.y -= _row_height(table, row)


def _show(place: Place, x: float, cell: tuple[Line, ...], style: Style) -> None:
    y = place.y - _pad(style)
    for line in cell:
        y -= style.leading
        place.sheet.text(
            x, y + (style.leading - style.size) * 0.5 + style.size * 0.2, line.runs, style.size, style.colour
        )


def _rule(place: Place, colour: Colour) -> None:
    with place.sheet.artifact():
        place.sheet.rule(place.left, place.y, place.width - GAP, colour)
