"""The record: one visit as a sealed PDF and back; pages are drawn from `Content` alone."""
