"""The glass, driven by real events."""
