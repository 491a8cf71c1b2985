"""Every page at every size as a picture, for eyes, with what the rules find: `make looks OUT=DIR`.

`--freeze` instead takes the twelve golden pictures again: `make looks FREEZE=1`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from chairside.ui.theme import Theme
from tests.looks import golden
from tests.looks.gallery import PIECES, SCALES, SIZES, casts_of, faults_of, hung, place_at
from tests.ui.look import tokens


def told() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.looks", description=__doc__)
    parser.add_argument("--out", type=Path, help="the folder the pictures go to")
    parser.add_argument("--freeze", action="store_true", help="take the golden pictures again")
    parser.add_argument("--only", nargs="*", default=list(PIECES), help="these pages")
    return parser.parse_args()


def freeze(theme: Theme) -> None:
    """Take the golden pictures."""
    for name in golden.NAMES:
        for size, image in golden.take(theme, name).items():
            golden.keep(image, golden.file_of(name, size))


def write(theme: Theme, name: str, folder: Path) -> int:
    """Write one page's pictures and say what is wrong with it; return how many faults there are."""
    faults = 0
    hangs = [(size, scale) for scale in SCALES for size in SIZES]
    for cast in casts_of(name):
        for rule, fault in faults_of(theme, name, cast, hangs):
            print(f"{cast}, {name}: {rule}: {fault}")
            faults += 1
        with hung(theme, name, cast) as page:
            for size, scale in hangs:
                place_at(page, theme, size, scale)
                file = f"{name.replace(': ', '-').replace(', ', '-').replace(' ', '-')}.{cast}"
                page.grab().save(str(folder / f"{file}.{size[0]}x{size[1]}-{scale:g}.png"))
    return faults


def main() -> int:
    """Do it; the number of faults is the program's answer."""
    asked, application = told(), QApplication([])
    theme = Theme(tokens())
    theme.dress(application)
    if asked.freeze:
        freeze(theme)
        return 0
    if asked.out is None:
        sys.exit("Say where the pictures go: make looks OUT=DIR")
    asked.out.mkdir(parents=True, exist_ok=True)
    faults = sum(write(theme, name, asked.out) for name in asked.only)
    print(f"{len(asked.only)} pages, {faults} faults; the pictures are in {asked.out}")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
