"""The Big List of Naughty Strings: 517 texts that have broken programs, for everything a person can type.

Two published editions of the list together (503 and 485 strings), Max Woolf and others, MIT: see LICENSE.
"""

from __future__ import annotations

import json
from pathlib import Path

STRINGS: tuple[str, ...] = tuple(json.loads((Path(__file__).parent / "big_list.json").read_text("utf-8")))
