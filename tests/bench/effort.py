"""P11: what the ordinary visit costs the people in it, counted by the demo itself and set beside the bars."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[2]
COUNTS = ("taps", "inks", "pins", "typed")


def efforts(folder: Path) -> list[dict[str, Any]]:
    """Play the ordinary visit and return its rows: who, part, counts, bar, met."""
    command = [sys.executable, "-m", "chairside", "demo", "--headless", "--out", str(folder)]
    subprocess.run(command, cwd=TOP, check=True, capture_output=True, text=True)
    told: list[dict[str, Any]] = json.loads((folder / "effort.json").read_text("utf-8"))
    return told


def effort_table(rows: list[dict[str, Any]]) -> str:
    """Return the rows as a table of counts."""
    head = f"{'ordinary visit':<46}" + "".join(f"{name:>7}" for name in COUNTS) + "   bar"
    lines = [head]
    for row in rows:
        bar = ", ".join(f"{name} {most}" for name, most in row["bar"].items())
        verdict = {True: "met", False: "MISSED", None: ""}[row["met"]]
        counts = "".join(f"{row[name]:>7}" for name in COUNTS)
        lines.append(f"{row['who'] + ': ' + row['part']:<46}{counts}   {bar} {verdict}".rstrip())
    return "\n".join(lines)
