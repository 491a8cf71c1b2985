"""The language that every form and every sentence is written in first; the others are translations of it."""

from __future__ import annotations

SOURCE = "en"
