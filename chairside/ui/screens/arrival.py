"""A vial being received, before it is stored: what was read so far, what can be chosen, where to go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from chairside.domain.facts import VialReceived
from chairside.domain.form import Form
from chairside.domain.replies import Coded, Reply
from chairside.session.board import SheetCard, VialCard

STRENGTH = "vial_strength"
NO_SHEET = "no_sheet"
UNEXPECTED = "unexpected"


@dataclass
class Arriving:
    """What was read so far, by one person; kept while another page is looked at."""

    person: str = ""
    code: Coded | None = None
    expected: str = ""
    supplier: str = ""
    written: dict[str, str] = field(default_factory=dict)  # product, lot, expires
    replies: dict[str, Reply] = field(default_factory=dict)
    sheet: str = ""
    corrects: bool = False  # the vial is known, its entries are put right

    @property
    def begun(self) -> bool:
        """Tell whether anything was put in."""
        return bool(self.code or self.supplier or self.replies or any(self.written.values()))


@dataclass(frozen=True)
class Offered:
    """What can be chosen from: what is expected, who supplies, which sheets there are."""

    form: Form
    expected: Sequence[VialCard]
    suppliers: Sequence[str]
    sheets: Sequence[SheetCard]


@dataclass(frozen=True)
class ReceiveWays:
    """Where the page leads; `known` tells whether a vial was received under this code in any spelling.

    `alike`: whether one was under a label that this one may be, read shorter or longer.
    """

    keep: Callable[[VialReceived, tuple[tuple[str, Reply], ...]], None]
    known: Callable[[str], bool]
    alike: Callable[[str], bool]
    new_supplier: Callable[[], None]
    new_sheet: Callable[[], None]
    again: Callable[[], None]
    back: Callable[[], None]
