"""The demo: a synthetic clinic founded through session, fact by fact, and what a play leaves of it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from chairside import formbook
from chairside.app.glass import Look, glass_on
from chairside.app.stock import stock
from chairside.errors import RecordError
from chairside.ledger import Ledger
from chairside.record.check import Verdict, verify
from chairside.record.check_trust import trust_from
from chairside.session import paper
from chairside.session.clinic import Charter, Clinic, NewStaff, found, open_clinic
from chairside.session.clock import TabletClock, zone_named
from chairside.settings import Hold, Settings, settle, usual_home
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


def demo_clinic(settings: Settings, clock: TabletClock | None = None) -> Demo:
    """Found the demo clinic on first start, else open it; either way a vial is there for the next visit.

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
    stock(clinic, cast, today)
    return Demo(settings, clinic, words, cast, hold)


def window(demo: Demo, application: QApplication, heard: Callable[[str], None] | None = None) -> Window:
    """Return the window on the demo's clinic; `heard` is told the kind of every stored fact."""
    if heard is not None:
        demo.clinic.scribe.heard = lambda fact: heard(type(fact).__name__)
    start = tuple((each["name"], each["role"], each["pin"]) for each in demo.cast["staff"])
    look = Look.of(demo.settings, demo.words, application)
    return glass_on(demo.clinic, demo.settings, look, start, kiosk=heard is None)


def judge(file: Path, demo: Demo) -> Verdict:
    """Return the verdict on a file, the demo's published root trusted."""
    root = (demo.settings.resources / "demo" / "demo-root.pem").read_text("utf-8")
    return verify(file, trust_from((), demo=root))


@dataclass(frozen=True)
class Left:
    """What a played visit left behind. Units: seconds."""

    gate: str
    ending: str
    build_seconds: float
    seal_seconds: float


def leave_record(glass: Window, out: Path) -> Left:
    """Write the sealed record and the unsigned pages beside it, and say how the visit ended.

    Raises: RecordError("not_sealed").
    """
    room, made = glass.room, glass.sealing.made
    if room is None or made is None:
        raise RecordError("not_sealed")
    saved = paper.save(room, out)
    saved.replace(out / "record.pdf")
    (out / "unsigned.pdf").write_bytes(made.unsigned)
    return Left(room.view().verdict.word, paper.ending_of(room), made.build_seconds, made.seal_seconds)
