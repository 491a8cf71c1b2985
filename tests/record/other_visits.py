"""Further contents for the record's tests: several vials, photos, paper, consent ahead, a second session."""

from __future__ import annotations

import base64
from datetime import timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO

import msgspec
from PIL import Image, ImageDraw

from chairside.domain.facts import (
    AddendumConcluded,
    AddendumKind,
    AddendumSigned,
    Answered,
    Concluded,
    PageRead,
    PaperAttested,
    PaperChosen,
    ProcedureMarked,
    Replanned,
    Sealed,
    Signed,
    SignedOnPaper,
    Stamped,
    Stopped,
    SupplierAdded,
    TextGiven,
    WaitBegan,
    WaitEnded,
)
from chairside.domain.form import Initial, Statement
from chairside.domain.replies import Initialled, Pictured
from chairside.record.content import Addendum, Certifier, Content
from tests.record import visits
from tests.record.visits import NAME, Story, book

TWO = ("CORD-5M-000117", "CORD-5M-000118")
APPROVES = Certifier("physician-1", "Demo Physician Oru", "physician", "I approve this treatment.")


@cache
def jpeg(words: str, size: tuple[int, int] = (900, 1200)) -> bytes:
    """Return an invented photo of a page."""
    image = Image.new("RGB", size, "#E9E4D8")
    pen = ImageDraw.Draw(image)
    pen.rectangle((50, 50, size[0] - 50, size[1] - 50), fill="white", outline="#888888")
    for line in range(12):
        pen.text((90, 100 + line * 60), f"{words} {line}", fill="#222222", font_size=34)
    held = BytesIO()
    image.save(held, "JPEG", quality=70)
    return held.getvalue()


def digest(words: str) -> str:
    """Return the name of an invented photo."""
    return sha256(jpeg(words)).hexdigest()


def _with(content: Content, *photos: str) -> Content:
    held = {digest(words): base64.b64encode(jpeg(words)).decode() for words in photos}
    return msgspec.structs.replace(content, pictures=held)


def two_vials() -> Content:
    """Return a visit with two vials of one donor, photos of the sheet and of the vials, and a wait."""
    story = Story()
    visits.arrive(story, NAME)
    visits.sheet(story, sheet_photo=Pictured(digest("Sheet")))
    story.bodies = [body for body in story.bodies if '"vial:' not in body]
    for code in TWO:
        visits.vial(story, code, "5")
    visits.ask(story)
    story.tell(WaitBegan("courier", "Promised by noon"))
    visits.medicate(story)
    story.tell(WaitEnded("courier"))
    visits.inform(story)
    visits.decide(story, "proceed", (), 10)
    visits.prepare(story, NAME, TWO)
    story.tell(Answered("vial", "vial_photo", Pictured(digest("Vials"))))
    visits.countersign(story, "meaning_proceed", "countersigned")
    made = visits.content(story, "countersigned", "clear", (), APPROVES)
    return _with(made, "Sheet", "Vials")


def on_paper() -> Content:
    """Return a visit read and signed on paper: photographed by one, attested by another."""
    story = Story()
    visits.arrive(story, NAME)
    visits.ask(story)
    visits.medicate(story)
    story.tell(PaperChosen("prefers"), proved=True)
    for name in ("notices_california", "consent"):
        for item in book().forms[name].items:
            if isinstance(item, Statement):
                story.tell(PageRead(name, item.id, "0" * 64))
            if isinstance(item, Initial):
                story.tell(Answered(name, item.id, Initialled()))
    visits.decide(story, "proceed", ())
    meaning = book().forms["sign"].words("patient_signature", "en").body[0]
    pages = (digest("Signed page"),)
    story.tell(SignedOnPaper("sign.patient_signature", "patient", NAME, meaning, pages), proved=True)
    story.tell(PaperAttested("sign.patient_signature"), "nurse-2", proved=True)
    visits.countersign(story, "meaning_proceed", "countersigned")
    made = visits.content(story, "countersigned", "clear", (), APPROVES)
    return _with(made, "Signed page")


def signed_ahead() -> Content:
    """Return a second session, the text given and signed days ahead and agreed again on the day."""
    story = Story()
    visits.arrive(story, NAME)
    visits.ask(story, session=2)
    story.at -= timedelta(days=8)
    story.tell(TextGiven("consent", "consent", "1.0.0"))
    visits.inform(story)
    visits.decide(story, "proceed", ())
    _sign(story, "sign", 1)
    story.at += timedelta(days=8)
    _sign(story, "reaffirm", 7)
    visits.countersign(story, "meaning_proceed", "countersigned")
    return visits.content(story, "countersigned", "clear", (), APPROVES)


def _sign(story: Story, form: str, seed: int) -> None:
    pad = f"{form}.patient_signature"
    meaning = book().forms[form].words("patient_signature", "en").body[0]
    story.tell(Signed(pad, "patient", NAME, meaning, story.sign(pad, seed)))


def replanned() -> Content:
    """Return a visit whose injection was put off by a day after it was opened."""
    story = Story()
    visits.arrive(story, NAME)
    visits.ask(story)
    story.tell(Replanned(visits.INJECTION + timedelta(days=1), "The courier is late."))
    visits.medicate(story)
    visits.decide(story, "defer", ())
    visits.countersign(story, "meaning_defer", "deferred")
    return visits.content(story, "deferred", "clear", (), APPROVES)


def no_show() -> Content:
    """Return a visit nobody came to, attested by the nurse."""
    story = Story()
    visits.arrive(story, NAME)
    story.bodies = story.bodies[:1]
    visits.ask(story)
    story.tell(Stopped("no_show", "Called twice, no answer."), proved=True)
    story.tell(Concluded("no_show"))
    who = Certifier("nurse-1", "Demo Nurse Wren", "nurse", "Called twice, no answer.")
    return visits.content(story, "no_show", "incomplete", (), who)


def _limit(story: Story, minutes: int | None) -> None:
    kept, story.head, story.stream = story.head, "", "clinic:own"
    story.tell(SupplierAdded("Invented Supplier", "3 Nowhere Street", "+1 555 0122", minutes, True))
    story.head, story.stream = kept, f"visit:{visits.VISIT}"


def _thaw_and_give(story: Story, code: str) -> None:
    for mark, minutes in (("thawed", 5), ("mixed", 9), ("first_injection", 4), ("last_injection", 13)):
        story.at += timedelta(minutes=minutes)
        story.tell(ProcedureMarked(mark, (code,)))  # type: ignore[arg-type]


def added(
    about: AddendumKind = "procedure",
    text: str = "Roller: Invented 0.5 mm, lot R-7.",
    follows: str = "5e" * 32,
    limit: int | None = 30,
) -> Content:
    """Return an addendum to the ordinary visit: what was given, or a word more."""
    whole, story = visits.ordinary_story(NAME, "")
    beside = [body for body, fact in zip(whole.bodies, whole.stamped(), strict=True) if _is_beside(fact)]
    since = len(story.bodies)
    story.tell(Sealed(follows, 0), "physician-1")
    _limit(story, limit)
    if about == "procedure":
        _thaw_and_give(story, visits.CODE)
    pad = "procedure.nurse_signature" if about == "procedure" else "addendum.none"
    strokes = story.sign(pad, 5) if about == "procedure" else ()
    meaning = book().forms["addendum"].words(f"meaning_{about}", "en").body[0]
    story.tell(AddendumSigned(1, about, text, "Demo Nurse Wren", meaning, strokes), proved=True)
    story.tell(AddendumConcluded(1, about))
    who = Certifier("nurse-1", "Demo Nurse Wren", "nurse", meaning)
    made = visits.content(story, whole.ending, whole.verdict, (), who)
    return msgspec.structs.replace(
        made,
        bodies=(*beside, *story.bodies[since:]),
        addendum=Addendum(1, about, text, whole.record_id, follows, meaning),
    )


def _is_beside(stamped: Stamped) -> bool:
    return not stamped.stamp.stream.startswith("visit:")
