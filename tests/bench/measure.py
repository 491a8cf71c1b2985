"""Measuring two things in turns, so that whatever slows the machine slows both."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from time import perf_counter_ns


@dataclass(frozen=True)
class Bar:
    """What a row should not pass, as the specification says it: times in ms, or times the other side."""

    p50_ms: float = 0
    p99_ms: float = 0
    p50_times: float = 0
    p99_times: float = 0
    p50_over_ms: float = 0  # the other side's median and this
    p99_over_ms: float = 0

    def told(self) -> str:
        """The bar in words."""
        said = {
            "p50 {:g} ms": self.p50_ms, "p99 {:g} ms": self.p99_ms, "p50 {:g}x": self.p50_times,
            "p99 {:g}x": self.p99_times, "p50 +{:g} ms": self.p50_over_ms, "p99 +{:g} ms": self.p99_over_ms,
        }  # fmt: skip
        return ", ".join(form.format(limit) for form, limit in said.items() if limit)

    def met(self, own: tuple[float, float], other: tuple[float, float]) -> bool:
        """Tell whether median and ninety-ninth of ours stay below every limit there is."""
        limits = (
            (self.p50_ms, own[0], 1), (self.p99_ms, own[1], 1),
            (self.p50_times, own[0], other[0]), (self.p99_times, own[1], other[1]),
        )  # fmt: skip
        over = ((self.p50_over_ms, own[0]), (self.p99_over_ms, own[1]))
        return all(not most or time <= most * unit for most, time, unit in limits) and all(
            not most or time <= other[0] + most for most, time in over
        )


@dataclass(frozen=True)
class Row:
    """One line of the table. Units: milliseconds; `met` says whether the bar is, where there is one."""

    what: str
    ours_p50: float
    ours_p99: float
    against: str
    against_p50: float
    against_p99: float
    rounds: int
    bar: str = ""
    met: bool | None = None

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


def row(what: str, times: tuple[list[float], list[float]], against: str, bar: Bar | None = None) -> Row:
    """Sum up two series of times and hold them to their bar."""
    own, other = ((statistics.median(series), ninety_ninth(series)) for series in times)
    told, met = (bar.told(), bar.met(own, other)) if bar is not None else ("", None)
    return Row(what, *own, against, *other, len(times[0]), told, met)


def table(rows: list[Row]) -> str:
    """The rows as text, one line each."""
    head = ("what", "p50 ms", "p99 ms", "beside", "p50 ms", "p99 ms", "ratio", "bar", "", "n")
    lines = [head, *(_cells(each) for each in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(line.rstrip() for line in [text[0], "-" * len(text[0]), *text[1:]])


def _cells(one: Row) -> tuple[str, ...]:
    times = (one.ours_p50, one.ours_p99, one.against_p50, one.against_p99)
    a, b, c, d = (f"{time:.3f}" if time < 10 else f"{time:.0f}" for time in times)
    return (one.what, a, b, one.against, c, d, f"{one.ratio:.2f}", one.bar, _said(one.met), str(one.rounds))


def _said(met: bool | None) -> str:
    return "" if met is None else "met" if met else "MISSED"
