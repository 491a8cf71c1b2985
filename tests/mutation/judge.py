"""Judges mutants inside one pytest run: the tests are collected and timed once, each mutant gets a fork.

The fork puts the mutant's code into the functions that are already there, so nothing is imported anew, and
runs only the tests that reach the changed statement: the likeliest killer first, until one fails. A value
the module itself sets is changed in every module that took it over, with what was computed from it.
"""

from __future__ import annotations

import gc
import inspect
import os
import re
import select
import signal
import sys
import time
import types
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from types import CodeType, FrameType, FunctionType

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.variants import Mutant, mutants

SLOWEST = 2.0  # seconds of its own, watched; a test that takes longer is ended and judges no mutant
MOST = 60.0  # seconds; a mutant that takes longer runs for ever: killed
OURS = ("chairside.", "tests.")


@dataclass
class Tally:
    """What became of one file's mutants."""

    file: str
    mutants: int = 0
    killed: int = 0
    alive: list[Mutant] = field(default_factory=list)
    not_judged: int = 0
    seconds: float = 0

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.mutants} mutants, {self.killed} killed, {len(self.alive)} alive, "
            f"{self.not_judged} not judged, {self.seconds:.0f} s"
        )


def _named(code: CodeType) -> Iterator[CodeType]:
    """This code and all that is in it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _named(inner)


def _key(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _aloud(line: str) -> None:
    print(line, flush=True)


class Judge:
    """A pytest plugin that runs mutants in place of tests."""

    def __init__(self, files: list[Path], until: float, patience: float) -> None:
        self._files, self._until, self._patience = files, until, patience
        self._functions: dict[tuple[str, str, int], list[FunctionType]] = {}
        self._reach: dict[str, dict[int, list[str]]] = {}  # file -> line -> tests
        self._width: dict[str, int] = defaultdict(int)  # lines that a test reaches: few is likelier to tell
        self._took: dict[str, float] = {}
        self._kills: dict[tuple[str, str], int] = defaultdict(int)  # by scope and test
        self._items: dict[str, pytest.Item] = {}
        self._words: dict[str, set[str]] = {}
        self._speak: Counter[str] = Counter()  # in how many tests a word stands
        self._failed = False
        self.tallies: list[Tally] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notice a test that fails."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run each test once to see what it reaches, then the mutants."""
        self._items = {item.nodeid: item for item in session.items}
        session.config.option.tbstyle = "native"  # the quickest; and no other bears a test ended by a signal
        signal.signal(signal.SIGVTALRM, _too_slow)
        self._functions = _functions(str(file.resolve()) for file in self._files)
        self._words = {name: _words(_source(item)) for name, item in self._items.items()}
        self._speak = Counter(word for words in self._words.values() for word in words)
        self._watch_all()
        for file in self._files:
            self.tallies.append(self._judge(file))
        return True

    def _watch_all(self) -> None:
        folders = {f"{file.resolve().parent}/*" for file in self._files}
        watch = coverage.Coverage(include=folders, data_file=None, config_file=False)
        red = [name for name in self._items if not self._watched(name, watch)]
        _aloud(f"{len(self._items)} tests watched; too slow to judge, or red: {', '.join(red) or 'none'}")
        data = watch.get_data()
        for file in filter(os.path.isfile, data.measured_files()):  # one of Qt for Python's has a name only
            lines = data.contexts_by_lineno(file).items()
            self._reach[file] = {
                line: [name for name in tests if name in self._took] for line, tests in lines
            }
            for names in self._reach[file].values():
                for name in names:
                    self._width[name] += 1

    def _watched(self, name: str, watch: coverage.Coverage) -> bool:
        _forget()  # or what an earlier test left remembered is not reached by this one
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, SLOWEST)
        watch.start()
        watch.switch_context(name)
        try:
            passed = self._passes(name)
        finally:
            watch.stop()
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if passed:
            self._took[name] = time.process_time() - begun
        return passed

    def _passes(self, name: str) -> bool:
        self._failed = False
        runtestprotocol(self._items[name], log=True, nextitem=None)
        return not self._failed

    def _judge(self, file: Path) -> Tally:
        """Judge every mutant of the file that there is time for."""
        path = str(file.resolve())
        tally, begun = Tally(str(file)), time.monotonic()
        module = next(each for each in list(sys.modules.values()) if getattr(each, "__file__", None) == path)
        for mutant in mutants(file.read_text("utf-8"), path):
            tally.mutants += 1
            if time.monotonic() > self._until:
                tally.not_judged += 1
            elif self._survives(module, mutant):
                tally.alive.append(mutant)
            else:
                tally.killed += 1
        tally.seconds = time.monotonic() - begun
        _aloud(str(tally))
        return tally

    def _survives(self, module: types.ModuleType, mutant: Mutant) -> bool:
        every = self._tests(module, mutant)
        tried = self._order(module, every, mutant)
        killer = self._forked(module, mutant, tried)
        if killer in self._took:
            self._kills[mutant.scope, killer] += 1
        if not killer:
            _aloud(f"ALIVE {module.__file__}:{mutant.line} {mutant}   [{len(tried)} of {len(every)} tests]")
        return not killer

    def _forked(self, module: types.ModuleType, mutant: Mutant, names: list[str]) -> str:
        reader, writer = os.pipe()
        child = os.fork() if names else 0
        if child == 0 and names:
            os.close(reader)
            _quiet()
            os.write(writer, self._killer(module, mutant, names).encode())
            os._exit(0)
        os.close(writer)
        return _answer(child, reader) if names else ""

    def _tests(self, module: types.ModuleType, mutant: Mutant) -> set[str]:
        """The tests that reach the statement; for a constant, a line that names it or stands beside it."""
        here = self._reach.get(str(module.__file__), {})
        if not mutant.constant:
            return {name for line in mutant.lines for name in here.get(line, ())}
        found = {name for names in here.values() for name in names} | self._naming(mutant.scope)
        for file, lines in self._reach.items():
            for number, text in enumerate(Path(file).read_text("utf-8").splitlines(), 1):
                if re.search(rf"\b{mutant.scope}\b", text):
                    found |= set(lines.get(number, ()))
        return found

    def _naming(self, constant: str) -> set[str]:
        """The tests of files in which the constant is named."""
        files = {item.path for item in self._items.values()}
        named = {file for file in files if re.search(rf"\b{constant}\b", file.read_text("utf-8"))}
        return {name for name in self._took if self._items[name].path in named}

    def _order(self, module: types.ModuleType, names: set[str], mutant: Mutant) -> list[str]:
        """What killed most in the function, then in turns what is worded alike and what goes another way."""
        likely, other = self._alike(names, module, mutant), self._ways(names, module, mutant)
        turns = dict.fromkeys(each for pair in zip(likely, other, strict=True) for each in pair)
        told = sorted(turns, key=lambda name: -self._kills[mutant.scope, name])  # it keeps their turns
        spent = list(accumulate(self._took[name] for name in told))
        return [name for name, sofar in zip(told, spent, strict=True) if sofar <= self._patience]

    def _alike(self, names: set[str], module: types.ModuleType, mutant: Mutant) -> list[str]:
        """Order tests by the rare words that they share with the changed statement."""
        text = Path(str(module.__file__)).read_text("utf-8").splitlines()
        said = _words(f"{mutant.scope} {' '.join(text[line - 1] for line in mutant.lines)}")
        worth = {name: sum(1 / self._speak[word] for word in said & self._words[name]) for name in names}
        return sorted(worth, key=lambda name: (-worth[name], name))

    def _ways(self, names: set[str], module: types.ModuleType, mutant: Mutant) -> list[str]:
        """One test of each way through the function, then the next of each."""
        ways: dict[str, list[int]] = defaultdict(list)
        for line, tests in self._reach.get(str(module.__file__), {}).items():
            if line in mutant.span:
                for name in tests:
                    ways[name].append(line)
        turns: Counter[tuple[int, ...]] = Counter()
        ranks: dict[str, tuple[int, int]] = {}
        for name in sorted(names, key=lambda name: (self._width[name], name)):
            way = tuple(ways[name])
            ranks[name] = (turns[way], self._width[name])
            turns[way] += 1
        return sorted(ranks, key=lambda name: ranks[name])

    def _killer(self, module: types.ModuleType, mutant: Mutant, names: list[str]) -> str:
        """Name the first test that fails, or nothing."""
        try:
            self._become(module, mutant)
            return next((name for name in names if not self._passes(name)), "")
        except BaseException as broken:  # noqa: BLE001  # whatever ends the run tells the mutant from the original
            return repr(broken)[:80] or "ended"

    def _become(self, module: types.ModuleType, mutant: Mutant) -> None:
        """Put the mutant in place of the original."""
        _forget()
        if mutant.constant:
            _reset(module, mutant)
            return
        for code in _named(mutant.code):
            for function in self._functions.get(_key(code), ()):
                function.__code__ = code


def _words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z_]{3,}", text))


def _source(item: pytest.Item) -> str:
    """The test's own words, with those of its row in a table."""
    function, row = getattr(item, "function", None), getattr(item, "callspec", None)
    told = str(row.params)[:2_000] if row else ""
    return f"{inspect.getsource(function) if function else ''} {item.nodeid} {told}"


class _TooSlow(BaseException):
    """Not an Exception: hypothesis would take it for a finding and look for a smaller one."""


def _too_slow(_signal: int, frame: FrameType | None) -> None:
    """End the test, but in our own code only: elsewhere a lock may have been taken and not yet noted."""
    if frame is None or not frame.f_globals.get("__name__", "").startswith(OURS):
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.01)
        return
    raise _TooSlow


def _quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _answer(child: int, reader: int) -> str:
    """Wait for what the fork says; one that is silent or dies has told itself from the original."""
    ready, _, _ = select.select([reader], [], [], MOST)
    said = os.read(reader, 4096).decode() if ready else "took too long"
    os.close(reader)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return said or ("died" if status else "")


def _functions(files: Iterable[str]) -> dict[tuple[str, str, int], list[FunctionType]]:
    """The functions these files have made, by where their code stands."""
    found: dict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
    wanted = set(files)
    gc.unfreeze()  # the tests' own set-up froze what it had collected, which hides it here
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename in wanted:
            found[_key(each.__code__)].append(each)
    gc.freeze()
    return found


def _forget() -> None:
    """Drop what was remembered from the original."""
    for each in _loaded():
        for value in list(vars(each).values()):
            if callable(clear := getattr(value, "cache_clear", None)):
                clear()


def _loaded() -> list[types.ModuleType]:
    return [each for each in list(sys.modules.values()) if each.__name__.startswith(OURS)]


def _reset(module: types.ModuleType, mutant: Mutant) -> None:
    """Compute the module's values anew and hand those that differ to whoever holds the old ones."""
    fresh = dict(vars(module))
    exec(mutant.code, fresh)  # the project's own file
    for name, value in fresh.items():
        old = vars(module).get(name)
        if not name.startswith("__") and _said(old) != _said(value):
            for each in (module, *_loaded()):
                if vars(each).get(name) is old:
                    setattr(each, name, value)


def _said(value: object) -> str:
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))
