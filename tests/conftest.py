"""For every test: no screen is needed, no window outlives the test that made it, and every core has work."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from xdist.scheduler import LoadScopeScheduling

# Files of minutes begin first: one of them begun last keeps one core busy and the others waiting.
LONGEST = ("tests/visits/", "tests/ui/access/", "tests/looks/", "tests/ui/test_theme.py")
SPREAD = "tests/visits/test_every_story.py"  # a story a test: the one file that takes minutes

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported by anyone


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt warnings fail a test; the offscreen platform's own remark about window sizes is none."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST[0]))


def pytest_collection_finish() -> None:
    """What is there before the first test stays; looking through it after each costs a third more."""
    gc.collect()
    gc.freeze()


class ByFile(LoadScopeScheduling):
    """A file's tests share what they build, so one process runs them all."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if file == SPREAD else file


@pytest.hookimpl(optionalhook=True)  # `-p no:xdist` knows no such hook
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Hand out the work in the order of the tests, file by file."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.fixture(autouse=True)
def _no_window_outlives_its_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Qt ends the windows of a test, then Python's collector what is left: never the other way around.

    The tablet's own collector rests meanwhile (`sweeping` wakes it): it would find windows that only a test
    held, and end their parts in any order.
    """
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        gc.enable()
        yield
        return
    from PySide6.QtCore import QEvent  # only tests with a window pay for Qt
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QApplication

    from chairside.ui import sweep

    application = request.getfixturevalue("qapp")
    assert isinstance(application, QApplication)
    sweep.keep(application).stop()
    gc.disable()
    yield
    QAccessible.setActive(False)  # a screen reader that listens in one test listens in no other
    for window in application.topLevelWidgets():
        window.close()
        window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert application.topLevelWidgets() == []


@pytest.fixture
def sweeping(_no_window_outlives_its_test: None, qapp: object) -> Iterator[None]:
    """Have the tablet's own collector at work, for what lives long."""
    from PySide6.QtWidgets import QApplication  # as above

    from chairside.ui import sweep

    assert isinstance(qapp, QApplication)
    sweep.keep(qapp).start()
    yield
    sweep.keep(qapp).stop()
