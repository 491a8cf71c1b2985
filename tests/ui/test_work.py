"""Jobs off the glass: what they held is let go, what came of them is handed over."""

from __future__ import annotations

import weakref

from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from chairside.errors import ChairsideError, KeyRefused
from chairside.ui import work
from chairside.ui.work import Work


class _Secret:
    """What a job holds."""


def test_a_job_that_is_done_holds_nothing(qtbot: QtBot) -> None:
    """Qt for Python keeps some of what ran on a pool: a PIN held by the job would stay in memory with it."""
    secret = _Secret()
    held = weakref.ref(secret)
    came: list[object] = []
    post = work._Post()
    post.came.connect(came.append)
    ran = work._Run(lambda secret=secret: type(secret).__name__, post)
    del secret
    ran.setAutoDelete(False)
    pool = QThreadPool()
    pool.start(ran)
    assert pool.waitForDone(60_000)
    qtbot.waitUntil(lambda: bool(came))
    assert came == ["_Secret"] and held() is None


def test_what_comes_of_a_job_is_handed_over_on_the_glass(qtbot: QtBot) -> None:
    lanes, came = Work(), list[object]()
    trouble = KeyRefused("pin_wrong")

    def refused(_progress: work.Progress, _cancelled: work.Cancelled) -> str:
        raise trouble

    lanes.start("door", refused, came.append)
    lanes.start("door", lambda _progress, cancelled: cancelled(), came.append)
    qtbot.waitUntil(lambda: len(came) == 2)
    lanes.finish()
    assert came == [trouble, False] and isinstance(came[0], ChairsideError)
