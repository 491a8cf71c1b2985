"""Work off the glass: three lanes of one thread each, results back on the glass's own thread.

A job is a plain function `(progress, cancelled) -> value` of its own floor; it knows nothing of Qt.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from chairside.errors import ChairsideError

Lane: TypeAlias = Literal["now", "slow", "door"]
Progress: TypeAlias = Callable[[float], None]
Cancelled: TypeAlias = Callable[[], bool]
Value = TypeVar("Value")
Job: TypeAlias = Callable[[Progress, Cancelled], Value]


class _Post(QObject):
    """Carries a result across threads."""

    came = Signal(object)


class _Run(QRunnable):
    def __init__(self, job: Callable[[], object], post: _Post) -> None:
        super().__init__()
        self._job, self._post = job, post

    def run(self) -> None:
        job, post = self._job, self._post
        del self._job, self._post  # Qt for Python keeps some of these; what a job holds, a PIN, must not stay
        try:
            value: object = job()
        except ChairsideError as trouble:
            value = trouble
        except Exception as bug:  # noqa: BLE001  a bug in a job must surface on the glass's thread, not die here
            value = bug
        del job
        post.came.emit(value)


class _Ticket(QObject):
    """One job under way."""

    def __init__(self, then: Callable[[object], None], parent: QObject) -> None:
        super().__init__(parent)
        self.then = then
        self.post = _Post(self)
        self.post.came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_came(self, value: object) -> None:
        self.deleteLater()
        if isinstance(value, Exception) and not isinstance(value, ChairsideError):
            self.then(ChairsideError("unknown", kind=type(value).__name__))
            raise value
        self.then(value)


class Work(QObject):
    """The lanes; `then` receives the job's value, or the ChairsideError that ended it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()
        lanes: tuple[Lane, ...] = ("now", "slow", "door")  # a PIN waits for no record
        self._lanes: dict[Lane, QThreadPool] = {lane: QThreadPool(self) for lane in lanes}
        for lane in self._lanes.values():
            lane.setMaxThreadCount(1)

    def start(
        self, lane: Lane, job: Job[Value], then: Callable[[object], None], progress: Progress | None = None
    ) -> None:
        """Run the job on a lane and hand its outcome to `then` on this thread."""
        ticket = _Ticket(then, self)
        told = progress or (lambda _: None)
        self._lanes[lane].start(_Run(lambda: job(told, self._cancelled.is_set), ticket.post))

    def finish(self) -> None:
        """Ask running jobs to end, and wait for them."""
        self._cancelled.set()
        for lane in self._lanes.values():
            lane.waitForDone()
