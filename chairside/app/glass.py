"""The window on an open clinic, with its lock and its list of bugs."""

from __future__ import annotations

from chairside.app.look import Look
from chairside.session.clinic import Clinic
from chairside.session.desk import Desk
from chairside.session.staff import Staff
from chairside.settings import Settings, battery_percent
from chairside.ui.aloud import tablet_voice
from chairside.ui.bugs import Bugs
from chairside.ui.glass import Parts
from chairside.ui.window import Window


def glass_on(
    clinic: Clinic, settings: Settings, look: Look, start: tuple[tuple[str, str, str], ...], *, kiosk: bool
) -> Window:
    """Return the window on a clinic; `start` lists (name, role, PIN) on a demo's first page."""
    staff = Staff(clinic)
    parts = Parts(
        staff=staff,
        desk=Desk(clinic, staff),
        words=look.words,
        theme=look.theme,
        start=start,
        kiosk=kiosk,
        battery=battery_percent,
        prints=settings.home / "print",
        spoken=look.spoken,
        speech=tablet_voice,
    )
    glass = Window(parts)
    glass.bugs = Bugs(settings.home / "bugs.log", glass.say_bug)
    glass.bugs.watch()
    return glass
