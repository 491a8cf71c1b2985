"""The demo: a synthetic clinic founded through session, fact by fact, and the window on it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from chairside import formbook
from chairside.app.glass import glass_on
from chairside.app.look import Look
from chairside.app.stage import StageClock
from chairside.app.stock import stock
from chairside.ledger import Ledger
from chairside.session.clinic import Charter, Clinic, NewStaff, found, open_clinic
from chairside.session.clock import TabletClock, zone_named
from chairside.settings import Hold, Settings, settle, shipped, usual_home
from chairside.ui.window import Window
from chairside.words import Words

DEMO_FOLDER = "demo"


@dataclass(frozen=True)
class Demo:
    """The demo's clinic, open, with everything a window needs."""

    settings: Settings
    clinic: Clinic
    words: Words
    cast: dict[str, Any]
    hold: Hold


def demo_settings(home: Path | None) -> Settings:
    """Return the settings of the demo, whose folder is never a clinic's."""
    return settle((home or usual_home()) / DEMO_FOLDER)


def _charter(cast: dict[str, Any], folder: Path) -> Charter:
    clinic = cast["clinic"]
    root = (folder / "demo-root-key.pem").read_bytes(), (folder / "demo-root.pem").read_text("utf-8")
    return Charter(
        name=clinic["name"],
        address=clinic["address"],
        phone_24h=clinic["phone_24h"],
        zone=clinic["zone"],
        profile=clinic["profile"],
        language=clinic["language"],
        consent_valid_days=clinic["consent_valid_days"],
        release_hours=clinic["release_hours"],
        opener=cast["opener"]["person"],
        passphrase=cast["opener"]["passphrase"],
        staff=tuple(NewStaff(**each) for each in cast["staff"]),
        root=root,
    )


def day_of(demo: Demo) -> date:
    """Return the day at the demo's clinic."""
    zone = zone_named(demo.clinic.founded.zone)
    return demo.clinic.scribe.clock.now().astimezone(zone).date()


def opening_clock() -> StageClock:
    """Return a clock that begins in the demo clinic's morning."""
    cast = tomllib.loads((shipped("resources") / "demo" / "clinic.toml").read_text("utf-8"))
    return StageClock(zone_named(cast["clinic"]["zone"]))


def demo_clinic(settings: Settings, clock: TabletClock | None = None, vials: int = 1) -> Demo:
    """Found the demo clinic on first start, else open it; either way `vials` are there for the next visits.

    Raises: SettingsError("open_elsewhere") where another copy of the program has the folder.
    """
    shown = settings.resources / "demo"
    cast = tomllib.loads((shown / "clinic.toml").read_text("utf-8"))
    hold = Hold(settings.home)
    clock = clock or TabletClock()
    today = clock.now().astimezone(zone_named(cast["clinic"]["zone"])).date()
    book = formbook.load(settings.forms, cast["clinic"]["profile"], settings.resources / "drugs", today)
    words = Words.load(settings.resources / "words", cast["clinic"]["language"])
    if Ledger.exists(settings.home):
        opener = cast["opener"]
        clinic = open_clinic(settings.home, opener["person"], opener["passphrase"], book, clock)
    else:
        clinic, _ = found(settings.home, _charter(cast, shown), book, clock)
    stock(clinic, cast, today, vials)
    return Demo(settings, clinic, words, cast, hold)


def window(demo: Demo, application: QApplication, heard: Callable[[str], None] | None = None) -> Window:
    """Return the window on the demo's clinic; `heard` is told the kind of every stored fact."""
    if heard is not None:
        demo.clinic.scribe.heard = lambda fact: heard(type(fact).__name__)
    start = tuple((each["name"], each["role"], each["pin"]) for each in demo.cast["staff"])
    look = Look.of(demo.settings, demo.words, application)
    return glass_on(demo.clinic, demo.settings, look, start, kiosk=heard is None)
