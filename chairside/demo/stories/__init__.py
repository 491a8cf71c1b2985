"""The stories the robot plays, by name. Nothing here imports Qt: the command line names them in its help."""

from __future__ import annotations

from chairside.demo.stories import days, desk, ended, held, people, plain, procedures, vials
from chairside.demo.stories.story import Story

STORIES: dict[str, Story] = {
    **plain.STORIES,
    **ended.STORIES,
    **held.STORIES,
    **days.STORIES,
    **desk.STORIES,
    **vials.STORIES,
    **procedures.STORIES,
    **people.STORIES,
}

__all__ = ["STORIES", "Story"]
