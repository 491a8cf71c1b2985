"""Whole visits, played through the real screens by the demo's robot."""
