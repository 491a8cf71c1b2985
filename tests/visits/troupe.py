"""Plays several stories one after the other in this process: `python -m tests.visits.troupe OUT`.

Their names come on standard input, a line each, and each is said back when it is over. One process starts
Qt once, where a process a story would start it twenty times. What went wrong in a story lies in its folder
as trouble.txt, and the others are played all the same.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from chairside.demo.play import play


def main(out: Path) -> None:
    """Play them without pictures."""
    for line in sys.stdin:
        story = line.strip()
        folder = out / story
        folder.mkdir(exist_ok=True)
        try:
            play(folder, story, 1, pictures=False)
        except Exception:  # noqa: BLE001  told by the test of this story; the next one is played
            (folder / "trouble.txt").write_text(traceback.format_exc(), "utf-8")
        print(story, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
