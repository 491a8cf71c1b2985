"""`make bench`: every measured time beside its floor or peer, one table and a JSON copy.

Each row's two sides are measured by turns in this one run, so the ratio means something on a busy or a
slow machine where the milliseconds do not.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench.effort import effort_table, efforts
from tests.bench.measure import Row, table

PROGRAMS = ("start", "redraw", "picker", "ink", "append", "paper", "effort")


def main() -> None:
    """Run the programs named, or all, print the table and write the JSON copy."""
    reader = argparse.ArgumentParser(prog="make bench")
    reader.add_argument("--out", type=Path, default=Path("build/bench"))
    reader.add_argument("programs", nargs="*", default=PROGRAMS)
    asked = reader.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    counted: list[dict[str, Any]] = []
    for name in asked.programs or PROGRAMS:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(dir=asked.out) as folder:
            if name == "effort":
                counted = efforts(Path(folder))
            else:
                rows += import_module(f"tests.bench.{name}").rows(Path(folder))
    if rows:
        print(table(rows))
    if counted:
        print(f"\n{effort_table(counted)}")
    machine = {"machine": platform.machine(), "system": platform.platform(), "python": sys.version.split()[0]}
    copy = asked.out / "bench.json"
    copy.write_text(
        json.dumps({**machine, "rows": [one.told() for one in rows], "effort": counted}, indent=1) + "\n",
        "utf-8",
    )
    print(f"\nalso in {copy}")


if __name__ == "__main__":
    main()
