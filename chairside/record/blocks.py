"""What a page is made of, as plain values: pages say what, the flow decides where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from chairside.record.colour import INK, Colour
from chairside.record.ink import Outline
from chairside.record.photo import Photo
from chairside.record.setting import BODY, CELL, SECTION, TITLE, TOPIC, Rich, Style
from chairside.record.sheet import Field

Sign: TypeAlias = Literal["", "tick", "cross", "dot", "box"]


@dataclass(frozen=True)
class Para:
    """A paragraph; a sign drawn before it only repeats what its words say."""

    text: Rich
    style: Style = BODY
    sign: Sign = ""
    colour: Colour = INK  # of the sign
    keep: bool = False  # on the page of what follows


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; it never stands alone at the foot of a page."""

    text: str
    level: Literal[1, 2, 3] = 2
    small: bool = False  # a level 2 that looks like a level 3

    @property
    def style(self) -> Style:
        """The look of this level."""
        look = (TITLE, SECTION, TOPIC)[self.level - 1]
        return replace(TOPIC, kind="H2") if self.small else look


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Rich, ...]
    style: Style = BODY
    keep: bool = False  # its last item on the page of what follows

    @property
    def item_style(self) -> Style:
        """The look of one item, set in from its mark."""
        return replace(self.style, indent=self.style.indent + 16, after=4, kind="LBody")


@dataclass(frozen=True)
class Cell:
    """One cell of a table."""

    text: Rich
    sign: Sign = ""
    colour: Colour = INK
    bold: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a head; the first cell of a row names it when `row_heads`."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]  # parts of the whole
    style: Style = CELL
    row_heads: bool = False
    keep: bool = False  # its last row on the page of what follows


@dataclass(frozen=True)
class Label:
    """Words inside a figure. Units: points from its lower left corner."""

    x: float
    y: float
    text: str
    style: Style = CELL
    align: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True)
class Figure:
    """A drawing or a photo with its words for those who cannot see it. Units: points."""

    width: float
    height: float
    shapes: tuple[tuple[Colour, str], ...]
    told: str
    labels: tuple[Label, ...] = ()
    photo: Photo | None = None  # fills the figure
    aside: bool = False  # at the right edge, with what follows beside it


@dataclass(frozen=True)
class Inked:
    """A signature: its strokes on a line, and the signature field that stands over it."""

    strokes: tuple[Outline, ...]
    told: str
    field: Field | None = None


@dataclass(frozen=True)
class Fields:
    """Signature fields without a place on the page."""

    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Break:
    """What follows begins a new page; `bare` pages carry no header and hold little but themselves."""

    bare: bool = False


@dataclass(frozen=True)
class Space:
    """White. Units: points."""

    height: float


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page where they fit on one."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """Blocks in one language, a part of the tree."""

    blocks: tuple[Block, ...]
    language: str = ""


Block: TypeAlias = (
    Para | Heading | Bullets | Table | Figure | Inked | Fields | Break | Space | Together | Section
)
