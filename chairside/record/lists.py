"""Where a list may be parted: what ends it stands with what follows, and never as one line alone."""

from __future__ import annotations

from chairside.record.blocks import Bullets
from chairside.record.setting import lines

LEAST_LINES = 2  # of a text on either side of a page break


def begins(count: int) -> int:
    """Return how many of a text's lines its page must hold: all of three, which parted leave one alone."""
    return LEAST_LINES if count >= 2 * LEAST_LINES else count


def last(block: Bullets, width: float) -> int:
    """Return how many items at the end of a kept list stay together."""
    ends = lines(block.items[-1], block.item_style, width)
    return min(1 if len(ends) >= LEAST_LINES else 2, len(block.items))


def heights(block: Bullets, width: float) -> tuple[float, ...]:
    """Return the height of each item. Units: points."""
    style = block.item_style
    return tuple(style.around + len(lines(item, style, width)) * style.leading for item in block.items)


def needs(block: Bullets, width: float, tail: float) -> tuple[float, ...]:
    """Return the room each item asks for; `tail` is the height of what stays with the end of the list."""
    style, tall = block.item_style, heights(block, width)
    asked = [begins(len(lines(item, style, width))) * style.leading for item in block.items]
    if tail > 0:
        place = len(tall) - last(block, width)
        asked[place] = sum(tall[place:]) + tail
    return tuple(asked)
