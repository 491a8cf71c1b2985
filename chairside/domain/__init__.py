"""Ground floor: pure values and rules; no clock, no disk, no Qt, no chance, no network."""
