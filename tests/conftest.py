"""For every test: no screen is needed, no window outlives the test that made it, and every core has work."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from xdist.scheduler import LoadScopeScheduling

SPREAD = "tests/visits/test_every_story.py"  # a story a test: the one file that takes minutes

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported by anyone


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt warnings fail a test; the offscreen platform's own remark about window sizes is none."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))
    items.sort(key=lambda item: not item.nodeid.startswith("tests/visits/"))  # the longest begin first


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
    windowed = bool({"qapp", "qtbot"} & set(request.fixturenames))
    (gc.disable if windowed else gc.enable)()  # a window is no thread's to collect: see ui/sweep.py
    yield
    if not windowed:
        return
    from PySide6.QtCore import QEvent  # only tests with a window pay for Qt
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    for window in application.topLevelWidgets():
        window.close()
        window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert application.topLevelWidgets() == []
