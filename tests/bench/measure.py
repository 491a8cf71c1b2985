"""Measuring two things in turns, so that whatever slows the machine slows both."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from time import perf_counter_ns


@dataclass(frozen=True)
class Row:
    """One line of the table. Units: milliseconds; `bar` is what the ratio, or the time, should not pass."""

    what: str
    ours_p50: float
    ours_p99: float
    against: str
    against_p50: float
    against_p99: float
    rounds: int
    bar: str = ""

    @property
    def ratio(self) -> float:
        """How many times the floor or peer ours takes, at the median."""
        return self.ours_p50 / self.against_p50 if self.against_p50 else 0.0

    def told(self) -> dict[str, object]:
        """The row as JSON keeps it."""
        return {**asdict(self), "ratio": self.ratio}


def elapsed_ms(act: Callable[[], object]) -> float:
    """How long one call took."""
    began = perf_counter_ns()
    act()
    return (perf_counter_ns() - began) / 1e6


def ninety_ninth(times: list[float]) -> float:
    """The value that ninety-nine in a hundred do not exceed; the worst of fewer than a hundred."""
    return sorted(times)[min(len(times) - 1, len(times) * 99 // 100)]


def interleaved(
    ours: Callable[[], object], against: Callable[[], object], rounds: int, warm: int = 2
) -> tuple[list[float], list[float]]:
    """Time both by turns, changing who goes first; the warm-up rounds do not count."""
    own: list[float] = []
    other: list[float] = []
    for number in range(rounds + warm):
        for act, times in ((ours, own), (against, other))[:: 1 if number % 2 else -1]:
            spent = elapsed_ms(act)
            if number >= warm:
                times.append(spent)
    return own, other


def row(what: str, times: tuple[list[float], list[float]], against: str, bar: str = "") -> Row:
    """Sum up two series of times."""
    own, other = times
    return Row(
        what, statistics.median(own), ninety_ninth(own), against,
        statistics.median(other), ninety_ninth(other), len(own), bar,
    )  # fmt: skip


def table(rows: list[Row]) -> str:
    """The rows as text, one line each."""
    head = ("what", "p50 ms", "p99 ms", "beside", "p50 ms", "p99 ms", "ratio", "bar", "n")
    lines = [head, *(_cells(each) for each in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(line.rstrip() for line in [text[0], "-" * len(text[0]), *text[1:]])


def _cells(one: Row) -> tuple[str, ...]:
    times = (one.ours_p50, one.ours_p99, one.against_p50, one.against_p99)
    a, b, c, d = (f"{time:.3f}" if time < 10 else f"{time:.0f}" for time in times)
    return (one.what, a, b, one.against, c, d, f"{one.ratio:.2f}", one.bar, str(one.rounds))
