"""Where Tab goes: through everything that can be used, in the order it is read, however it came to the page.

Qt's own order is the order in which widgets were made, and pages change under a reader's hands; so the
order is read from the layouts each time a key is pressed. What gets the focus is scrolled wholly into sight,
also when the focus comes from outside what scrolls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QGridLayout, QLayout, QScrollArea, QWidget

_NOWHERE = (-1, -1)
AROUND_PX = 12  # more than the ring's gap and line: the ring is in sight too


def controls(widget: QWidget) -> Iterator[QWidget]:
    """Tell of everything in a widget that takes the keyboard, in reading order."""
    if widget.isHidden():
        return
    if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    for part in _parts(widget):
        yield from controls(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    layout, inner = widget.layout(), widget.widget() if isinstance(widget, QScrollArea) else None
    below = [each for each in widget.children() if isinstance(each, QWidget)]
    if inner is not None:
        yield inner
    elif layout is not None:
        yield from _laid_out(layout, below)
    elif not isinstance(widget, QAbstractScrollArea):
        yield from below


def _laid_out(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Tell which of these widgets stand in a layout and in those inside it, as they are read.

    A layout is asked for the place of a widget, never for the item at a place: Qt for Python would make a
    shell of the item, keep it when Qt deletes the item, and take it for whatever is made at its address
    next. Seen as a segmentation fault when that widget is destroyed (PySide 6.11).
    """
    parts: list[QWidget | QLayout] = [each for each in layout.children() if isinstance(each, QLayout)]
    placed = [(_place(layout, part), part) for part in (*parts, *widgets)]
    for place, part in sorted(placed, key=itemgetter(0)):
        if isinstance(part, QWidget) and place != _NOWHERE:
            yield part
        elif isinstance(part, QLayout):
            yield from _laid_out(part, widgets)


def _place(layout: QLayout, part: QWidget | QLayout) -> tuple[int, int]:
    """Return where a part is read among those of a layout: a grid keeps them as they were put in."""
    number = layout.indexOf(part)
    if number >= 0 and isinstance(layout, QGridLayout):
        return layout.getItemPosition(number)[:2]  # type: ignore[index,no-any-return]  # a tuple of four; the stubs say object
    return (number, 0) if number >= 0 else _NOWHERE


def stand_in_order(*wholes: QWidget, deep: bool = False) -> None:
    """Have the parts of these, and `deep` the parts of those, told in the order they are read.

    A screen reader hears Qt's own order, that of the making; while none listens nothing is done. What
    floats above a page (the ring) stays above it: the parts are lowered, never raised.
    """
    if not QAccessible.isActive():
        return
    inner = [each for whole in wholes for each in whole.findChildren(QWidget)] if deep else []
    for whole in (*wholes, *inner):
        read = [part for part in _parts(whole) if part.parentWidget() is whole]
        told = [part for part in whole.children() if part in read]
        if told != read:
            for part in reversed(read):
                part.lower()


def step(forward: bool, *first: QWidget) -> bool:
    """Give the focus to the next control of the window, or the one before; tell whether there is one.

    Where nothing has the focus yet, what stands in `first` comes next: what there is to do, not its frame.
    """
    order = list(controls(first[0].window()))
    if not order:
        return False
    here = QApplication.focusWidget()
    if here in order:
        place = order.index(here) + (1 if forward else -1)
    else:
        begins = (n for part in first for n, each in enumerate(order) if part.isAncestorOf(each))
        place = next(begins, 0) - (0 if forward else 1)
    target = order[place % len(order)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_into_sight(target)
    return True


def bring_into_sight(widget: QWidget) -> None:
    """Scroll until a widget and the ring around it are in sight; of one that is too tall, its top.

    Qt's own way looks only for a field's cursor.
    """
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            _scroll(above, widget)
        above = above.parentWidget()


def _top(widget: QWidget, area: QScrollArea) -> int:
    inside = area.widget()
    return widget.mapTo(inside, QPoint(0, 0)).y() if inside is not None else 0


def _scroll(area: QScrollArea, widget: QWidget) -> None:
    bar, tall = area.verticalScrollBar(), area.viewport().height()
    top = _top(widget, area) - AROUND_PX
    bottom = top + widget.height() + 2 * AROUND_PX
    if top < bar.value() or bottom - top > tall:
        bar.setValue(top)
    elif bottom > bar.value() + tall:
        bar.setValue(bottom - tall)


def is_in_sight(widget: QWidget, area: QScrollArea, tall: int) -> bool:
    """Tell whether a widget lies wholly in a view so tall onto the area."""
    top = _top(widget, area) - area.verticalScrollBar().value()
    return top >= 0 and top + widget.height() <= tall
