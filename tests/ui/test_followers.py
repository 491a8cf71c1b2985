"""Whom the look tells: who is there, in order, and nothing is kept of who is gone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from chairside.ui.followers import FEW, Followers


class _Part(QWidget):
    def __init__(self, told: list[str], name: str, also: QWidget | None = None) -> None:
        super().__init__()
        self._told, self._name, self._also = told, name, also

    def restyle(self) -> None:
        self._told.append(self._name)
        if self._also is not None:
            delete(self._also)


def test_who_is_there_is_told_in_order_and_who_was_destroyed_meanwhile_is_not(qapp: object) -> None:
    told: list[str] = []
    followers = Followers()
    last = _Part(told, "destroyed by the second")
    parts = [_Part(told, "first"), _Part(told, "second", also=last), last, _Part(told, "fourth")]
    for part in parts:
        followers.add(part.restyle)
    followers.tell()
    assert told == ["first", "second", "fourth"] and len(followers) == 3


def test_qts_own_methods_are_told_too_and_keep_nobody_alive(qapp: object) -> None:
    followers = Followers()
    followers.add(QWidget().updateGeometry)
    kept = QWidget()
    followers.add(kept.updateGeometry)
    followers.tell()
    assert len(followers) == 1


def test_of_pages_that_came_and_went_nothing_is_kept(qapp: object) -> None:
    """By a signal each left some bytes behind: megabytes in a thousand visits. Proves: F17."""
    followers, told = Followers(), list[str]()
    stays = _Part(told, "stays")
    followers.add(stays.restyle)
    for _ in range(5 * FEW):
        page = QWidget()
        followers.add(page.updateGeometry)
        delete(page)
    assert len(followers) == 1 and len(followers._told) <= FEW
    followers.tell()
    assert told == ["stays"]
