"""A pad on a screen of twice the density, in a process of its own: Qt reads the factor when it starts."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from chairside.domain.ink import Stroke
from chairside.settings import shipped
from chairside.ui.theme import Theme, load_tokens
from chairside.ui.widgets.ink_line import UM_PER_PX
from chairside.ui.widgets.ink_pad import InkPad
from tests.ui.hands import Pen, wave


def main() -> None:
    """Draw, and assert where the ink lies; the process fails where it does not."""
    application = QApplication([])
    stored: list[Stroke] = []
    theme = Theme(load_tokens(shipped("resources") / "theme" / "tokens.toml"))
    pad = InkPad(theme, "pad", stored.append, "Signature", "Sign here")
    pad.resize(620, 220)
    pad.show()
    application.processEvents()
    blank, path = pad.picture(), wave(300)
    Pen().draw(pad, path)
    application.processEvents()
    picture = pad.picture()
    assert pad.devicePixelRatioF() == 2.0, pad.devicePixelRatioF()
    assert (picture.width(), picture.height()) == (2 * pad.width(), 2 * pad.height())
    (stroke,) = stored
    assert [(p.x_um, p.y_um) for p in stroke.points] == [
        (round(x * UM_PER_PX), round(y * UM_PER_PX)) for x, y in path
    ]
    for x, y in path[2:-2]:
        place = int(2 * x), int(2 * y)
        assert picture.pixel(*place) != blank.pixel(*place), (x, y)
    shown = pad.grab().toImage()
    assert shown.pixel(int(2 * path[50][0]), int(2 * path[50][1])) != blank.pixel(5, 200)
    fresh = InkPad(theme, "pad", lambda _: None, "Signature", "Sign here")
    fresh.resize(pad.size())
    fresh.show()
    fresh.show_strokes((stroke,))
    assert fresh.picture() == picture
    print("the ink lies under the pen")


if __name__ == "__main__":
    main()
