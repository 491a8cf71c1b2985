"""Photos as figures, each with words for those who cannot see it, and a line of whose eyes it met."""

from __future__ import annotations

from collections.abc import Iterable

from chairside.record import photo
from chairside.record.blocks import Block, Figure, Para, Together
from chairside.record.colour import LINE
from chairside.record.setting import NOTE
from chairside.record.telling import Teller

WIDTH_PT, HEIGHT_PT = 495.0, 560.0  # the most a photo takes, with its line beneath, of one page
PIXELS_PER_PT = 1.6  # a small photo is not blown up


def photos(t: Teller, digests: Iterable[str], what: str) -> tuple[Block, ...]:
    """Return the photos with these digests; one that cannot be drawn is named by its digest."""
    return tuple(_one(t, digest, what) for digest in digests)


def _one(t: Teller, digest: str, what: str) -> Block:
    held = photo.read(t.content.pictures.get(digest, ""))
    line = Para(t.say("photo.line", what=what, digest=digest[:16]), NOTE)
    if held is None:
        return Para(t.say("photo.none", what=what, digest=digest[:16]), NOTE, "dot")
    fit = min(WIDTH_PT / held.width, HEIGHT_PT / held.height, 1 / PIXELS_PER_PT)
    told = t.say("photo.alt", what=what)
    width, height = held.width * fit, held.height * fit
    frame = (LINE, f"0.8 w 0.4 0.4 {width - 0.8:.1f} {height - 0.8:.1f} re S")  # white paper has no edge
    return Together((Figure(width, height, (frame,), told, photo=held), line))
