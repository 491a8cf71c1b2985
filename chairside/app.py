"""The composition root: the only file that builds across floors.

`demo_clinic` founds (or opens again) the synthetic clinic through session, fact by fact; `window`
puts the glass on it; `verify` judges files. Nothing here decides anything.
"""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from chairside import formbook
from chairside.domain.facts import SheetEntered, SupplierAdded, VialReceived
from chairside.domain.replies import Chosen, PanelRead, Reply, TestLine
from chairside.errors import RecordError
from chairside.ledger import Ledger
from chairside.record.check import Verdict, verify
from chairside.record.check_trust import trust_from
from chairside.session import paper
from chairside.session.clinic import Charter, Clinic, NewStaff, found, open_clinic
from chairside.session.clock import TabletClock, zone_named
from chairside.session.desk import Desk
from chairside.session.receiving import Receiving
from chairside.session.staff import Staff
from chairside.settings import Hold, Settings, battery_percent, settle, usual_home
from chairside.ui.bugs import Bugs
from chairside.ui.glass import Parts
from chairside.ui.theme import Theme, load_tokens
from chairside.ui.window import Window
from chairside.words import Words

DEMO_FOLDER = "demo"
CHECKER = 1  # the second nurse of the cast compares the paper


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


class StageClock(TabletClock):
    """A clock that a play can set on, wall and monotonic alike: the months between two sessions."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = timedelta()

    def skip(self, time: timedelta) -> None:
        """Let time pass."""
        self._ahead += time

    def restart(self) -> None:
        """Begin a new boot, as after a power cut."""
        self.boot = secrets.token_hex(8)

    def now(self) -> datetime:
        """Return the wall time, aware, in UTC, in whole milliseconds."""
        return super().now() + self._ahead

    def monotonic_ms(self) -> int:
        """Return the milliseconds of this boot's clock."""
        return super().monotonic_ms() + self._ahead // timedelta(milliseconds=1)


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
    _stock(clinic, cast, today)
    return Demo(settings, clinic, words, cast, hold)


def _stock(clinic: Clinic, cast: dict[str, Any], today: date) -> None:
    """Receive, check and accept a vial unless one is free; what an interrupted start left is finished."""
    staff = Staff(clinic)
    receiving = Receiving(clinic, staff)
    code = _free_code(receiving, cast["vial"]["code"])
    if receiving.vial(code).accepted:
        return
    nurses = [each for each in cast["staff"] if each["role"] == "nurse"]
    staff.sign_in(nurses[0]["person"], nurses[0]["pin"])
    _, checker = staff.prove(nurses[CHECKER]["person"], nurses[CHECKER]["pin"])
    assert checker is not None  # the cast's own PIN
    if not receiving.suppliers():
        receiving.add_supplier(SupplierAdded(**cast["supplier"]))
    sheet = next((card.stream for card in receiving.sheets()), "") or _enter_sheet(receiving, cast)
    if not receiving.sheet(sheet).checked:
        receiving.check_sheet(sheet, checker)
    if not receiving.vial(code).code:
        vial, expires = cast["vial"], today + timedelta(days=cast["vial"]["expires_in_days"])
        label = (vial["supplier"], vial["product"], vial["lot"], expires)
        answers = [(item, Chosen(option)) for item, option in vial["answers"].items()]
        receiving.receive(VialReceived(code, *label, sheet), answers)
    if not receiving.vial(code).checked:
        receiving.check(code, checker)
    receiving.accept(code)
    staff.leave()


def _enter_sheet(receiving: Receiving, cast: dict[str, Any]) -> str:
    told = cast["sheet"]
    lines = tuple(TestLine(test, result) for test, result in told["donor_tests"].items())
    answers: list[tuple[str, Reply]] = [(item, Chosen(option)) for item, option in told["answers"].items()]
    fact = SheetEntered(cast["supplier"]["name"], told["donor"], cast["vial"]["lot"])
    return receiving.enter_sheet(fact, [*answers, ("donor_tests", PanelRead(lines))])


def _free_code(receiving: Receiving, first: str) -> str:
    """Return the first code of the demo's row that no visit has set aside."""
    name, _, number = first.rpartition("-")
    return next(
        code
        for code in (f"{name}-{at:0{len(number)}}" for at in range(int(number), 10 ** len(number)))
        if receiving.vial(code).fate in ("expected", "received", "checked", "accepted")
    )


def window(demo: Demo, application: QApplication, heard: Callable[[str], None] | None = None) -> Window:
    """Return the window on the demo's clinic; `heard` is told the kind of every stored fact."""
    theme = Theme(load_tokens(demo.settings.resources / "theme" / "tokens.toml"))
    theme.dress(application)
    staff = Staff(demo.clinic)
    if heard is not None:
        demo.clinic.scribe.heard = lambda fact: heard(type(fact).__name__)
    start = tuple((each["name"], each["role"], each["pin"]) for each in demo.cast["staff"])
    parts = Parts(
        staff=staff,
        desk=Desk(demo.clinic, staff),
        words=demo.words,
        theme=theme,
        start=start,
        kiosk=heard is None,
        battery=battery_percent,
        prints=demo.settings.home / "print",
    )
    glass = Window(parts)
    glass.bugs = Bugs(demo.settings.home / "bugs.log", glass.say_bug)
    glass.bugs.watch()
    return glass


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
