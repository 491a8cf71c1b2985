"""The pages beside a visit: the door, the board, the day, opening a visit, the vials, set-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from msgspec import structs

from chairside.domain.sheet import Sheet
from chairside.domain.standing import Status
from chairside.errors import KeyRefused
from chairside.session.board import Board as Rows
from chairside.session.board import BoardRow, Day, FoundPatient
from chairside.session.clinic import NewStaff
from chairside.session.names import short_name
from chairside.session.view import Outcome
from chairside.ui.screens import setup, vial_entries, vial_lists, vials
from chairside.ui.screens.asking import Ask, Asking
from chairside.ui.screens.between import HandBack, Ways, WhoAreYou
from chairside.ui.screens.board import Board, Doors
from chairside.ui.screens.board_card import CardDoors
from chairside.ui.screens.day import CloseDay, OpenDay, Seen
from chairside.ui.screens.desk import OpenNew
from chairside.ui.screens.door import Asked, HandOver, Locked, PinPage, SignIn
from chairside.ui.screens.draft import Draft, OpenDesk
from chairside.ui.screens.people import REASON, Member, People, PeopleDoors
from chairside.ui.screens.prints import Prints
from chairside.ui.widgets.page import Page
from tests.looks.dress import Piece, Set, nothing, silent
from tests.ui.screens import stock
from tests.ui.screens.room import NOW, ZONE, book, good_vial
from tests.ui.screens.test_board import LATE, TODAY, VISITS
from tests.ui.screens.test_day import RELEASED, VIAL
from tests.ui.screens.test_desk import NAMESAKE, ON_FILE

KEY = "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345-6789"


# -- the door ----------------------------------------------------------------------------------------
def sign_in(made: Set) -> Page:
    notes = [f"{who.name}: 246801" for who in made.staff]
    return SignIn(made.theme, made.words, made.staff, nothing, notes)


def pin(made: Set) -> Page:
    asked = Asked(made.cast.nurse, made.words.say("pin.to_close"), nothing, nothing)
    return PinPage(made.theme, made.words, asked, lambda _: Outcome("pin_wrong", tries_left=2), nothing)


def hand_over(made: Set) -> Page:
    who = short_name(made.cast.patient)
    return made.desk(HandOver(made.theme, made.words, who, (nothing, nothing), 19))


def who_are_you(made: Set) -> Page:
    return WhoAreYou(made.theme, made.words, made.cast.patient, Ways(nothing, nothing, nothing))


def hand_back(made: Set) -> Page:
    return HandBack(made.theme, made.words, nothing, nothing)


def locked(made: Set) -> Page:
    return Locked(made.theme, made.words, nothing)


# -- the board and the day ---------------------------------------------------------------------------
def board(rows: tuple[BoardRow, ...], opened: bool = True) -> Callable[[Set], Page]:
    def make(made: Set) -> Page:
        card = CardDoors(nothing, nothing)
        page = Board(made.words, made.theme, ZONE, Doors(card, nothing, nothing, nothing, nothing, nothing))
        named = tuple(
            replace(row, name=made.cast.patient, similar=True) if row.visit == "1" else row for row in rows
        )
        page.show_board(Rows(NOW, named, (LATE,) if rows else (), Day(TODAY, opened, False)))
        return made.desk(page)

    return make


def open_day(made: Set) -> Page:
    seen = Seen(NOW, ZONE, 19, (), (VIAL,))
    return made.desk(OpenDay(made.words, made.theme, seen, nothing, nothing))


def close_day(day: Day) -> Callable[[Set], Page]:
    ways = (nothing, nothing)
    return lambda made: made.desk(CloseDay(made.words, made.theme, (day, NOW, ZONE), nothing, ways))


UNSIGNED = replace(RELEASED, visit="2", name="Casey Sample", status=Status("given", NOW))
LEFT = Day(NOW.date(), True, False, (RELEASED,), (UNSIGNED,), (VIAL,))
SETTLED = Day(NOW.date(), True, False)


def open_new(draft: Callable[[Set], Draft | None]) -> Callable[[Set], Page]:
    def make(made: Set) -> Page:
        other = replace(made.physician, person="p2", name="Kim Sample")
        desk = OpenDesk(
            book().forms["open"], (made.physician, other), lambda _: (NAMESAKE, ON_FILE), nothing, nothing
        )
        page = OpenNew(made.words, made.theme, desk, draft(made))
        page.show_now(NOW, ZONE)
        return made.desk(page)

    return make


def found(made: Set) -> Draft:
    told = structs.replace(ON_FILE.told, name=made.cast.patient)
    return Draft(found=FoundPatient("pt9", told, 1, date(2025, 11, 2), same_name=False), born=told.born)


def people(made: Set) -> Page:
    members = [Member(who, who.role != "nurse", off=False) for who in made.staff]
    members.append(Member(replace(made.nurse, person="n9"), opener=False, off=True))
    doors = PeopleDoors(nothing, nothing, nothing, nothing)
    return made.desk(People(made.words, made.theme, members, doors))


def prints(made: Set) -> Page:
    return made.desk(Prints(made.words, made.theme, silent, nothing))


# -- the vials ---------------------------------------------------------------------------------------
def of_stock(name: str) -> Callable[[Set], Page]:
    return lambda made: made.desk(stock.PAGES[name](made.dress))


def no_vials(made: Set) -> Page:
    doors = vials.VialsDoors(nothing, nothing, nothing, nothing, nothing, nothing)
    page = vials.Vials(made.dress, doors)
    page.show_stock(made.dress, vials.Stock((), {}))
    return made.desk(page)


def no_suppliers(made: Set) -> Page:
    return made.desk(vial_lists.SupplierList(made.dress, (), (nothing, nothing, nothing)))


def no_sheets(made: Set) -> Page:
    return made.desk(vial_lists.SheetList(made.dress, (), stock.NAMED, (nothing, nothing, nothing)))


def a_sheet(made: Set) -> Page:
    told = Sheet(supplier=stock.SUPPLIER, donor="D-4711", replies=good_vial().replies, entered_by="n1")
    part = vial_entries.sheet(made.dress, told, book().forms["donor_sheet"], stock.paper())
    return made.desk(vial_lists.SheetPage(made.dress, told, part, stock.NAMED, (nothing, nothing, nothing)))


# -- before there is a clinic ------------------------------------------------------------------------
def asking(name: str, asks: tuple[Ask, ...], **said: str) -> Callable[[Set], Page]:
    return lambda made: Asking((made.theme, made.words), name, asks, said, (nothing, nothing))


def switch_off(made: Set) -> Page:
    page = Asking((made.theme, made.words), "why", REASON, {}, (nothing, nothing))
    page.name(made.nurse.name)
    return page


def staff_list(made: Set) -> Page:
    staff = [NewStaff(who.person, who.name, who.role, "246801") for who in made.staff]
    actions = (nothing, nothing, nothing, nothing)
    return setup.StaffList((made.theme, made.words), staff, "", actions)


def recovery(made: Set) -> Page:
    return setup.Recovery((made.theme, made.words), KEY, (nothing, nothing, nothing))


def retype(made: Set) -> Page:
    return setup.Retype((made.theme, made.words), (nothing, silent))


def mistyped(made: Set) -> Page:
    """The key typed from the paper is wrong in one group."""
    said = " ".join(made.words.trouble(KeyRefused("recovery_key_mistyped", group=3)))
    return setup.Retype((made.theme, made.words), (nothing, lambda _: said))


def not_this_key(made: Set) -> Page:
    page = Asking((made.theme, made.words), "recover", setup.RECOVER, {}, (nothing, nothing))
    page.refuse("recovery_key", " ".join(made.words.trouble(KeyRefused("recovery_key_wrong"))))
    return page


DOOR: dict[str, Piece] = {
    "sign in": Piece("staff", sign_in),
    "pin": Piece("staff", pin),
    "hand over": Piece("staff", hand_over),
    "who are you": Piece("patient", who_are_you),
    "who are you, no": Piece("patient", who_are_you, ("who_are_you.no",)),
    "hand back": Piece("patient", hand_back),
    "locked": Piece("staff", locked),
}
DESK: dict[str, Piece] = {
    "board": Piece("staff", board(VISITS, opened=False)),
    "board, empty": Piece("staff", board(())),
    "open the day": Piece("staff", open_day, ("day.open",)),
    "close the day": Piece("staff", close_day(LEFT)),
    "close a settled day": Piece("staff", close_day(SETTLED)),
    "new visit": Piece("staff", open_new(lambda _: None)),
    "new visit, lacking": Piece("staff", open_new(lambda _: None), ("open",)),
    "new visit, on file": Piece("staff", open_new(found)),
    "people": Piece("staff", people),
    "switch off": Piece("staff", switch_off),
    "papers": Piece("staff", prints),
    "vials, none": Piece("staff", no_vials),
    "suppliers, none": Piece("staff", no_suppliers),
    "sheets, none": Piece("staff", no_sheets),
    "a sheet": Piece("staff", a_sheet),
    **{f"vials: {name}": Piece("staff", of_stock(name)) for name in stock.PAGES},
}
SETUP: dict[str, Piece] = {
    "setup, clinic": Piece("staff", asking("clinic", setup.CLINIC)),
    "setup, clinic, lacking": Piece("staff", asking("clinic", setup.CLINIC), ("setup.continue",)),
    "setup, profile": Piece("staff", asking("profile", setup.PROFILE, profile="other")),
    "setup, rules": Piece("staff", asking("rules", setup.RULES)),
    "setup, person": Piece("staff", asking("person", setup.PERSON)),
    "setup, passphrase": Piece("staff", asking("passphrase", setup.PASSPHRASE)),
    "setup, recover": Piece("staff", asking("recover", setup.RECOVER)),
    "setup, staff": Piece("staff", staff_list),
    "setup, recovery key": Piece("staff", recovery),
    "setup, retype": Piece("staff", retype),
    "setup, retype, wrong": Piece("staff", mistyped, ("setup.confirm",)),
    "setup, recover, wrong": Piece("staff", not_this_key),
}
