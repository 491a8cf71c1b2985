"""Signs drawn as lines, never as glyphs: a face without a check mark must not decide how a yes looks."""

from __future__ import annotations

# Units: points around a 10 pt line; the origin is the left end of the baseline's middle.
OPERATORS: dict[str, str] = {
    "tick": "1.6 w 1 J 1 j 0.8 1.4 m 3.6 -1.6 l 8.6 5.2 l S",
    "cross": "1.6 w 1 J 1.2 -1.2 m 7.4 5 l S 1.2 5 m 7.4 -1.2 l S",
    "dot": "2 0 4 4 re f",
    "box": "0.9 w 0.6 -2.2 9.4 9.4 re S",  # to be ticked with a pen
}
