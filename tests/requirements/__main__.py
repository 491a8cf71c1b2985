"""`python -m tests.requirements` (make trace): each requirement, its state, and the tests that prove it.

Beside the rows of the table stand the threats (T) and figures (F) that tests claim. A test that failed when
pytest last ran here is marked; one that was not run then is as it stands in the code.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.house.source import ROOT
from tests.requirements.rows import TABLE, claims, state

_LAST = ROOT / ".pytest_cache/v/cache/lastfailed"
_OTHERS = [f"T{n}" for n in range(1, 29)] + [f"F{n}" for n in range(1, 35)]


def failed() -> frozenset[str]:
    """Return the tests (file::name) that failed in pytest's last run here."""
    told = json.loads(_LAST.read_text("utf-8")) if _LAST.is_file() else {}
    return frozenset(name.removeprefix("tests/").partition("[")[0] for name in told)


def lines(broken: frozenset[str]) -> Iterator[str]:
    """Yield the table, a requirement after the other."""
    for name, row in TABLE.items():
        yield f"{name:4} {state(name):9} {row['rule']}"
        for told in row.get("says", ()):
            yield f"{'':15}says {told}"
        for told in row.get("asks", ()):
            yield f"{'':15}asks {told}"
        yield from _tests(dict.fromkeys((*row.get("tests", ()), *claims().get(name, ()))), broken)
        if "lacks" in row:
            yield f"{'':15}LACKS {row['lacks']}"
    for name in _OTHERS:
        tests = claims().get(name, ())
        yield f"{name:4} {'claimed' if tests else 'no test'}"
        yield from _tests(tests, broken)


def _tests(names: Iterable[str], broken: frozenset[str]) -> Iterator[str]:
    for each in names:
        yield f"{'':15}{'FAILED ' if each in broken else ''}{each}"


def main() -> None:
    """Print everything, and the count of each state at the end."""
    print(*lines(failed()), sep="\n")
    counts = Counter(state(name) for name in TABLE)
    bare = [name for name in _OTHERS if name not in claims()]
    print("\n" + ", ".join(f"{count} {name}" for name, count in counts.most_common()) + f" of {len(TABLE)}")
    print(f"No test claims: {' '.join(bare)}")


if __name__ == "__main__":
    main()
