"""One line, three times: as the pen drew it, as the ledger keeps it, as the record's page draws it."""

from __future__ import annotations

from io import BytesIO
from math import dist, hypot
from typing import TypeAlias

import pikepdf
import pytest
from PySide6.QtGui import QColor, QImage

from chairside.domain.facts import StrokeDrawn
from chairside.domain.ink import Stroke, width_um
from chairside.session import paper
from chairside.ui.widgets.ink_line import UM_PER_PX
from chairside.ui.widgets.ink_pad import InkPad
from tests.real_ink.made import signature
from tests.session.clinics import PINS
from tests.ui.hands import Pen
from tests.ui.window.glass import Shown
from tests.ui.window.test_ink_on_glass import PHYSICIANS, physicians_pad, scrolled_to

Place: TypeAlias = tuple[float, float]
Line: TypeAlias = list[tuple[float, float, float]]  # x, y and width at each sample
UM_PER_POINT = 25_400 / 72
ROUNDING_UM = 20


def written(pad: InkPad, strokes: tuple[Stroke, ...]) -> list[list[Place]]:
    """Write with a pen and return where it was, in micrometres of the pad."""
    pen, went = Pen(), []
    for stroke in strokes:
        path = [(point.x_um / UM_PER_PX, point.y_um / UM_PER_PX) for point in stroke.points]
        pen.press(pad, path[0], stroke.points[0].pressure / 1000)
        for place, point in zip(path[1:], stroke.points[1:], strict=True):
            pen.move(pad, place, point.pressure / 1000)
        pen.lift(pad, path[-1])
        went.append([(x * UM_PER_PX, y * UM_PER_PX) for x, y in path])
    return went


def lines_on_paper(pdf: bytes) -> list[list[Line]]:
    """Return every signature of a PDF: its strokes, with the middle and the width at each sample.

    Read from the page's own operators: an outline goes up the left of the stroke and back down the right.
    """
    found = []
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            strokes: list[Line] = []
            outline: list[Place] = []
            for each in pikepdf.parse_content_stream(page):
                operator = str(each.operator)
                told = [float(number) for number in each.operands] if operator in ("m", "l", "c") else []
                match operator:
                    case "m":
                        outline = [(told[0], told[1])]
                    case "l" | "c":
                        outline.append((told[-2], told[-1]))
                    case "f" if len(outline) > 5 and len(outline) % 2 == 0:
                        strokes.append(_line(outline))
                    case "Q" | "EMC" if strokes:
                        found.append(strokes)
                        strokes = []
    return found


def _line(outline: list[Place]) -> Line:
    half = len(outline) // 2
    pairs = zip(outline[:half], reversed(outline[half:]), strict=True)
    return [((x1 + x2) / 2, (y1 + y2) / 2, dist((x1, y1), (x2, y2))) for (x1, y1), (x2, y2) in pairs]


def in_ledger(glass: Shown) -> list[Stroke]:
    room = glass.visitors.here()
    facts = [by.fact for by in glass.visitors.clinic.ledger.stream(room.stream)]
    return [
        room.stroke(fact.stroke) for fact in facts if isinstance(fact, StrokeDrawn) and fact.pad == PHYSICIANS
    ]


def sealed(glass: Shown) -> bytes:
    """Sign, and wait for the record."""
    glass.hands.tap("sign")
    if glass.hands.sees("pin.1"):
        glass.hands.pin(PINS["physician-1"])
    while glass.window.sealing.busy:
        glass.hands.settle()
    assert glass.window.room is not None
    data = paper.sealed_file(glass.window.room)
    assert data is not None
    return data


@pytest.mark.parametrize(("size", "scale", "seed"), [((1366, 1024), 1.0, 6), ((1024, 1366), 2.0, 11)])
def test_screen_ledger_and_paper_hold_one_line(
    glass: Shown, size: tuple[int, int], scale: float, seed: int
) -> None:
    """Point for point and as wide: strokes(screen) = strokes(ledger) = strokes(PDF). Proves: field.md 20."""
    pad = physicians_pad(glass)
    glass.window.resize(*size)
    glass.window.parts.theme.set_scale(scale)
    scrolled_to(glass, pad)
    went = written(pad, signature(seed))
    ledger = in_ledger(glass)
    assert [[(p.x_um, p.y_um) for p in each.points] for each in ledger] == [
        [(round(x), round(y)) for x, y in each] for each in went
    ]
    assert pad.strokes == tuple(ledger)
    _drawn_where_the_points_are(pad.picture(), pad, ledger)
    (drawn,) = lines_on_paper(sealed(glass))
    assert [len(line) for line in drawn] == [len(each.points) for each in ledger]
    _same_on_paper(drawn, ledger)
    glass.window.parts.theme.set_scale(1.0)


def _drawn_where_the_points_are(picture: QImage, pad: InkPad, strokes: list[Stroke]) -> None:
    """The line on the glass passes through every sample, to half a pixel."""
    ground = QColor(pad._theme.colour("surface")).lightness()
    ratio = picture.devicePixelRatio()
    for stroke in strokes:
        for point in stroke.points[1:-1]:
            x, y = point.x_um / UM_PER_PX * ratio, point.y_um / UM_PER_PX * ratio
            around = [(int(x + right), int(y + down)) for right in (-0.5, 0.5) for down in (-0.5, 0.5)]
            darkest = min(QColor(picture.pixel(*place)).lightness() for place in around)
            assert darkest < ground - 60, (point, darkest)


def _same_on_paper(drawn: list[Line], ledger: list[Stroke]) -> None:
    """One scale for the whole signature, never larger than it was written."""
    points = [point for stroke in ledger for point in stroke.points]
    samples = [sample for line in drawn for sample in line]
    first, last = samples.index(min(samples)), samples.index(max(samples))
    far = hypot(points[last].x_um - points[first].x_um, points[last].y_um - points[first].y_um)
    scale = dist(samples[first][:2], samples[last][:2]) * UM_PER_POINT / far
    assert scale <= 1.001
    for (x, y, width), point in zip(samples, points, strict=True):
        right, below = (x - samples[0][0]) * UM_PER_POINT, (samples[0][1] - y) * UM_PER_POINT
        written_at = ((point.x_um - points[0].x_um) * scale, (point.y_um - points[0].y_um) * scale)
        assert dist((right, below), written_at) <= ROUNDING_UM
        assert (
            abs(width * UM_PER_POINT - width_um(point) * scale) <= ROUNDING_UM or width == 0
        )  # 0: the pen rested
