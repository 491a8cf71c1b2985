"""Puts blocks on sheets from top to bottom, tagging each while it is drawn."""

from __future__ import annotations

from typing import assert_never

from chairside.record import lists, signs, tables
from chairside.record.blocks import (
    Block,
    Break,
    Bullets,
    Fields,
    Figure,
    Heading,
    Inked,
    Label,
    Para,
    Section,
    Space,
    Table,
    Together,
)
from chairside.record.colour import LINE, PEN, Colour
from chairside.record.faces import REGULAR
from chairside.record.ink import paths
from chairside.record.setting import Line, Style, lines
from chairside.record.sheet import HEIGHT_PT, WIDTH_PT, Rect, Run, Sheet
from chairside.record.tags import Element, language_tag, text_string

LEFT, RIGHT = 54.0, WIDTH_PT - 54.0
TOP, BOTTOM = HEIGHT_PT - 74.0, 62.0
BARE_LEFT, BARE_TOP, BARE_BOTTOM = 36.0, HEIGHT_PT - 36.0, 34.0
INK_WIDTH, INK_HEIGHT = 230.0, 62.0
SIGN_WIDTH = 15.0


class Flow:
    """The place where the next block goes."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.bare_pages: set[int] = set()
        self._parents = [sheet.root]
        self._tail = 0.0  # the height of what stays with the end of the list or table being drawn
        self._begin(bare=False)

    def _begin(self, *, bare: bool) -> None:
        self.left = BARE_LEFT if bare else LEFT
        self.right = WIDTH_PT - self.left
        self.top, self.bottom = (BARE_TOP, BARE_BOTTOM) if bare else (TOP, BOTTOM)
        self.y = self.top
        if bare:
            self.bare_pages.add(self.sheet.page)

    @property
    def parent(self) -> Element:
        """The element that the next block becomes a child of."""
        return self._parents[-1]

    @property
    def width(self) -> float:
        """The width of the page's column. Units: points."""
        return self.right - self.left

    @property
    def room(self) -> float:
        """What is left below. Units: points."""
        return self.y - self.bottom

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y == self.top

    def next_page(self, *, bare: bool = False) -> None:
        """Go on at the top of a new page."""
        self.sheet.next_page()
        self._begin(bare=bare)

    def need(self, height: float) -> None:
        """Go on to a new page where this much does not fit on what is left of this one."""
        if height > self.room and not self.fresh:
            self.next_page()

    # -- blocks ---------------------------------------------------------------------------------
    def put(self, blocks: tuple[Block, ...]) -> None:
        """Draw blocks one after the other."""
        for index, block in enumerate(blocks):
            rest = blocks[index + 1 :]
            begins = _keeps(block) or isinstance(block, Table)
            self.need(self._least(block, rest) if begins else 0)
            self._tail = self._after(block, rest)
            self._one(block)

    def _after(self, block: Block, rest: tuple[Block, ...]) -> float:
        """Return the height of what stays with the end of a list or table."""
        kept = isinstance(block, Bullets | Table) and block.keep
        return self._least(rest[0], rest[1:]) if kept and rest else 0.0

    def _least(self, block: Block, rest: tuple[Block, ...] = ()) -> float:
        """Return the height below which a block would not begin on this page."""
        if _keeps(block):  # together with what it must not be parted from
            return self.height(block) + (self._least(rest[0], rest[1:]) if rest else 0)
        match block:
            case Table():
                return tables.least(block, self.width, self._after(block, rest))
            case Bullets() if block.keep and len(block.items) == lists.last(block, self.width):
                return self.height(block) + self._after(block, rest)
            case Para():
                first = lists.begins(len(self._para_lines(block)))
                return min(self.height(block), block.style.before + first * block.style.leading)
            case Bullets():
                return block.style.before + lists.needs(block, self.width, 0)[0]
            case Section():
                return self._least(block.blocks[0], block.blocks[1:]) if block.blocks else 0
            case _:
                return min(self.height(block), self.top - self.bottom)

    def height(self, block: Block) -> float:  # noqa: C901, PLR0911, PLR0912 (one line per kind of block)
        """Return the height of a block where it is not broken. Units: points."""
        match block:
            case Para():
                return block.style.around + len(self._para_lines(block)) * block.style.leading
            case Heading():
                shown = lines(block.text, block.style, self.width)
                return block.style.around + len(shown) * block.style.leading
            case Bullets():
                return sum(lists.heights(block, self.width))
            case Table():
                return tables.height(block, self.width)
            case Figure():
                return 0 if block.aside else block.height + 10
            case Inked():
                return INK_HEIGHT + 8
            case Space():
                return block.height
            case Section() | Together():
                return sum(self.height(each) for each in block.blocks)
            case Break() | Fields():
                return 0
            case _:
                assert_never(block)

    def _one(self, block: Block) -> None:  # noqa: C901, PLR0912 (one line per kind of block)
        match block:
            case Para():
                self._para(block, self.parent)
            case Heading():
                if block.level < 3:
                    self.sheet.bookmark(block.text, self.y)
                self._lines(
                    lines(block.text, block.style, self.width), block.style, self.parent.add(block.style.kind)
                )
            case Bullets():
                self._bullets(block)
            case Table():
                tables.draw(self, block, self._tail)
            case Figure():
                self._figure(block)
            case Inked():
                self._inked(block)
            case Break():
                if block.bare or not self.fresh:
                    self._break(bare=block.bare)
            case Space():
                self.y -= min(block.height, self.room)
            case Together():
                tall = self.height(block) - tables.white_below(block)
                # what fits on no page is parted here as on a new one
                self.need(tall if tall - tables.white_above(block) <= self.top - self.bottom else 0)
                self.put(block.blocks)
            case Section():
                self._section(block)
            case Fields():
                for field in block.fields:
                    self.sheet.signature_field(field, self.parent, (0, 0, 0, 0))
            case _:
                assert_never(block)

    def _break(self, *, bare: bool) -> None:
        if self.fresh:
            self._begin(bare=bare)
        else:
            self.next_page(bare=bare)

    def _section(self, block: Section) -> None:
        language = {"Lang": language_tag(block.language)} if block.language else {}
        self._parents.append(self.parent.add("Sect", **language))
        self.put(block.blocks)
        self._parents.pop()

    # -- text -----------------------------------------------------------------------------------
    def _para_lines(self, block: Para) -> tuple[Line, ...]:
        return lines(block.text, block.style, self.width - (SIGN_WIDTH if block.sign else 0))

    def _para(self, block: Para, parent: Element) -> None:
        shift = SIGN_WIDTH if block.sign else 0.0
        self._lines(self._para_lines(block), block.style, parent.add(block.style.kind), shift, block)

    def _lines(
        self,
        text: tuple[Line, ...],
        style: Style,
        element: Element,
        shift: float = 0,
        signed: Para | None = None,
    ) -> None:
        if not self.fresh:
            self.y -= min(style.before, self.room)
        rest = text
        while rest:
            here = self._fitting(len(rest), style.leading)
            if here == 0:
                self.next_page()
                continue
            if signed and signed.sign:
                self.sign(signed.sign, self.left + style.indent, self.y - style.leading * 0.72, signed.colour)
                signed = None
            with self.sheet.tag(element):
                for line in rest[:here]:
                    self.y -= style.leading
                    baseline = self.y + (style.leading - style.size) * 0.5 + style.size * 0.2
                    self.sheet.text(
                        self.left + style.indent + shift, baseline, line.runs, style.size, style.colour
                    )
            rest = rest[here:]
        self.y -= min(style.after, max(self.room, 0))

    def _fitting(self, count: int, leading: float) -> int:
        """Return how many of the lines go on this page, leaving no single line behind or ahead."""
        fit = int((self.room + 0.01) // leading)
        if fit >= count:
            return count
        fit = min(fit, count - lists.LEAST_LINES) if count > lists.LEAST_LINES else 0
        return max(fit, 1) if self.fresh else (fit if fit >= lists.LEAST_LINES else 0)

    def _bullets(self, block: Bullets) -> None:
        style = block.item_style
        holder = self.parent.add("L", A="<</O/List/ListNumbering/Disc>>")
        for item, room in zip(block.items, lists.needs(block, self.width, self._tail), strict=True):
            self.need(room)
            entry = holder.add("LI")
            with self.sheet.tag(entry.add("Lbl")):
                baseline = self.y - style.leading * 0.68
                self.sheet.text(
                    self.left + block.style.indent + 3, baseline, _BULLET, style.size, style.colour
                )
            self._lines(lines(item, style, self.width), style, entry.add("LBody"))

    def sign(self, sign: str, x: float, y: float, colour: Colour) -> None:
        """Draw a tick, cross or dot; the words beside it carry the meaning, so it is decoration."""
        with self.sheet.artifact():
            self.sheet.shape(x, y, signs.OPERATORS[sign], colour)

    # -- drawings -------------------------------------------------------------------------------
    def _figure(self, block: Figure) -> None:
        self.need(block.height)
        x, y = self.right - block.width if block.aside else self.left, self.y - block.height
        box = (x, y, x + block.width, y + block.height)
        with self.sheet.tag(_figure_element(self.parent, block.told, box)):
            if block.photo:
                self.sheet.picture(block.photo.entries, block.photo.data, box)
            for colour, operators in block.shapes:
                self.sheet.shape(x, y, operators, colour)
            for label in block.labels:
                self._label(label, x, y)
        if not block.aside:
            self.y = y - min(10, max(y - self.bottom, 0))

    def _label(self, label: Label, x: float, y: float) -> None:
        for line in lines(label.text, label.style, label.style.most):
            back = {"left": 0.0, "centre": line.width / 2, "right": line.width}[label.align]
            self.sheet.text(x + label.x - back, y + label.y, line.runs, label.style.size, label.style.colour)

    def _inked(self, block: Inked) -> None:
        self.need(self.height(block))
        self.y -= INK_HEIGHT
        box = (self.left, self.y, self.left + INK_WIDTH, self.y + INK_HEIGHT)
        with self.sheet.artifact():
            self.sheet.rule(self.left, self.y, INK_WIDTH, LINE, 0.8)
        if block.strokes:
            operators, _ = paths(block.strokes, INK_WIDTH - 16, INK_HEIGHT - 8)
            with self.sheet.tag(_figure_element(self.parent, block.told, box)):
                self.sheet.shape(self.left + 8, self.y + 4, operators, PEN)
        if block.field:
            self.sheet.signature_field(block.field, self.parent, box)
        self.y -= 8


_BULLET: tuple[Run, ...] = ((REGULAR, "\u2022"),)


def _keeps(block: Block) -> bool:
    return isinstance(block, Heading) or (isinstance(block, Para) and block.keep)


def _figure_element(parent: Element, told: str, box: Rect) -> Element:
    place = " ".join(f"{value:.2f}" for value in box)
    return parent.add("Figure", Alt=text_string(told), A=f"<</O/Layout/BBox[{place}]/Placement/Block>>")
