"""`python -m chairside`: the same as the command `chairside`."""

from __future__ import annotations

from chairside.cli import main

if __name__ == "__main__":
    main()
