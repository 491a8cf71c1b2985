"""A patient left alone with the tablet, played by chance: it taps, draws, types, turns and closes."""
