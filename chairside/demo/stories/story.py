"""What a story is: something to act on a stage, with so many vials on the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chairside.demo.stage import Stage


@dataclass(frozen=True)
class Story:
    """One story; `vials` are accepted and free when it begins."""

    act: Callable[[Stage], None]
    vials: int = 1
