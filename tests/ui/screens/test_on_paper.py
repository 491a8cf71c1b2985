"""The paper route: the same facts through the same gates, copied by staff, attested by a second person."""

from __future__ import annotations

from functools import partial

from msgspec import structs
from pytestqt.qtbot import QtBot

from chairside.domain.facts import (
    Answered,
    Explained,
    PageRead,
    PaperAttested,
    PaperChosen,
    SignedOnPaper,
    VisitFact,
)
from chairside.domain.form import Choice, Initial, Statement
from chairside.domain.replies import Chosen, Initialled
from chairside.session.shown import shown_digest
from chairside.session.view import Who
from chairside.ui.screens.on_paper import OnPaper, PaperDoors
from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.screens.room import NURSE, PHYSICIAN, Room, book
from tests.ui.screens.stories import decided, opened
from tests.ui.screens.touch import said, sees, settle, tap

PAD = "sign.patient_signature"
PHOTO = "ef56" * 16


class Side:
    """What the window does beside the page: photos picked, the signature stored with them."""

    def __init__(self, room: Room) -> None:
        self.room, self.picked, self.printed, self.led = room, dict[str, int](), 0, list[str]()
        room.put(PaperChosen("prefers"))

    def print_(self) -> str:
        self.printed += 1
        return "Sent to the printer."

    def pick(self, pad: str) -> None:
        self.picked[pad] = self.picked.get(pad, 0) + 1
        self.room.show()

    def sign(self, told: SignedOnPaper) -> None:
        self.room.tell(structs.replace(told, pictures=(PHOTO,) * self.picked[told.pad]))

    def put(self, qtbot: QtBot, theme: Theme, words: Words, step: str) -> OnPaper:
        glass = partial(self.led.append, "glass")
        doors = PaperDoors(
            self.print_, self.pick, lambda pad: self.picked.get(pad, 0), self.picked.pop, self.sign, glass
        )
        screen = OnPaper(book().plan.step(step), words, theme, self.room.tell, doors)
        qtbot.addWidget(screen)
        self.room.screen = screen
        self.room.show()
        screen.resize(1366, 1024)
        screen.show()
        settle()
        return screen


def kinds(room: Room, kind: type[VisitFact]) -> list[VisitFact]:
    return [fact for fact in room.told if isinstance(fact, kind)]


def checked(who: Who = NURSE) -> Room:
    return decided(who)


def test_the_pack_is_named_by_version_and_digest_and_can_be_printed(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """Proves: P8."""
    side = Side(opened())
    screen = side.put(qtbot, theme, words, "read")
    form = book().forms["consent"]
    assert form.version in said(screen) and form.digest[:16] in said(screen)
    tap(screen, "paper.print")
    assert side.printed == 1 and side.room.told == []


def test_every_row_of_the_form_is_copied_once(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Proves: P8: read marks, initials and teach-back through the same facts."""
    side = Side(opened())
    screen, form = side.put(qtbot, theme, words, "read"), book().forms["consent"]
    for item in form.items:
        if isinstance(item, (Statement, Initial)):
            tap(screen, f"paper.{item.id}")
            tap(screen, f"paper.{item.id}")
        elif isinstance(item, Choice):
            tap(screen, f"{item.id}.{item.right}")
    assert side.room.refused == []
    read = [item for item in form.items if isinstance(item, Statement)]
    digests = [shown_digest(form.words(item.id, "en")) for item in read]
    assert kinds(side.room, PageRead) == [
        PageRead("consent", item.id, digest) for item, digest in zip(read, digests, strict=True)
    ]
    initials = [item for item in form.items if isinstance(item, Initial)]
    for item in initials:
        assert Answered("consent", item.id, Initialled()) in side.room.told
    assert side.room.view().state("read").state == "done"


def test_a_wrong_answer_on_paper_is_explained_and_asked_again(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    side = Side(opened())
    screen = side.put(qtbot, theme, words, "read")
    asked = next(item for item in book().forms["consent"].items if isinstance(item, Choice) and item.right)
    wrong = next(option for option in asked.options if option != asked.right)
    tap(screen, f"{asked.id}.{wrong}")
    tap(screen, f"paper.{asked.id}.explained")
    tap(screen, f"{asked.id}.{asked.right}")
    assert side.room.told == [
        Answered("consent", asked.id, Chosen(wrong)),
        Explained("consent", asked.id),
        Answered("consent", asked.id, Chosen(asked.right)),
    ]
    assert side.room.refused == [] and not sees(screen, f"paper.{asked.id}.explained")


def test_a_signature_wants_a_photo_and_counts_only_when_attested(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """Proves: P8: photographed and attested by two staff."""
    side = Side(checked())
    screen = side.put(qtbot, theme, words, "sign")
    tap(screen, "paper.check_answers")
    tap(screen, "paper.glass")
    assert side.led == ["glass"], "until something is signed on paper there is a way back"
    tap(screen, "paper.patient_signature.sign")
    assert kinds(side.room, SignedOnPaper) == [] and sees(screen, "paper.lacking")
    tap(screen, "paper.patient_signature.photo")
    assert "1 photo of the signed page" in said(screen)
    tap(screen, "paper.patient_signature.sign")
    meaning = "\n".join(book().forms["sign"].words("patient_signature", "en").body)
    told = SignedOnPaper(PAD, "patient", "Jordan Avery", meaning, (PHOTO,))
    assert kinds(side.room, SignedOnPaper) == [told] and side.room.refused == []
    assert side.room.view().state("sign").state != "done" and not sees(screen, "paper.glass")
    assert "Stored by Robin Example" in said(screen)
    tap(screen, "paper.attest")
    assert side.room.refused == ["second_person_needed"]
    side.room.who = PHYSICIAN
    tap(screen, "paper.attest")
    assert side.room.told[-1] == PaperAttested(PAD) and side.room.refused == ["second_person_needed"]
    assert side.room.view().state("sign").state == "done"
    assert "attested" in said(screen) and not sees(screen, "paper.attest")


def test_photos_can_be_taken_away_before_they_are_stored(qtbot: QtBot, theme: Theme, words: Words) -> None:
    side = Side(checked())
    screen = side.put(qtbot, theme, words, "sign")
    tap(screen, "paper.patient_signature.photo")
    tap(screen, "paper.patient_signature.drop")
    side.room.show()
    settle()
    assert "No photo of the signed page yet." in said(screen) and side.room.told == []


def test_showing_it_tells_nothing(qtbot: QtBot, theme: Theme, words: Words) -> None:
    side = Side(opened())
    side.put(qtbot, theme, words, "notices")
    side.room.show()
    assert side.room.told == []


def test_only_who_is_here_has_a_line_to_copy(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Proves: P8, Q15. The form has lines for others beside the patient, who are not in this visit."""
    screen = Side(checked()).put(qtbot, theme, words, "sign")
    assert sees(screen, "patient_signature.card")
    assert not any(sees(screen, f"{who}_signature.card") for who in ("representative", "witness"))
