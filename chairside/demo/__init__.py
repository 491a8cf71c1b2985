"""The demo: invented people, a robot that plays a visit with Qt input events, and nothing else."""

from __future__ import annotations

from chairside.demo.play import play, show

__all__ = ["play", "show"]
