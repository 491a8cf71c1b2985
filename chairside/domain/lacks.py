"""What a step's form still lacks, item by item; `steps` says what that means for whose turn it is."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from chairside.domain import evidence, gate, people, premedication
from chairside.domain.book import Book
from chairside.domain.form import Choice, Form, Initial, Ink, Item, Owner, Statement, Step
from chairside.domain.replies import NO_CODES
from chairside.domain.visit import ASSENT, Visit

Why: TypeAlias = Literal[
    "unread", "unanswered", "not_initialled", "explain_again", "unsigned", "consent_too_old", "needs",
    "question_open", "finding", "vial", "unclosed", "guardian", "unattested", "assent_refused",
]  # fmt: skip


class Lack(Struct, frozen=True):
    """One thing a step still lacks: why, and the item, step or finding it is about."""

    why: Why
    form: str
    item: str


def owner_of(item: Item, step: Step) -> Owner:
    """Return who answers an item: initials are always the patient's own tap, else its owner or the step's."""
    if isinstance(item, Initial):
        return "patient"
    return item.owner if item.owner != "any" else step.owner


def pad_of(form: str, item: str) -> str:
    """Return the name of the signature pad of an Ink item."""
    return f"{form}.{item}"


def _ink_lack(form: Form, ink: Ink, visit: Visit) -> Lack | None:
    if pad_of(form.id, ink.id) in visit.signed or not ink.required:
        return None
    away = ink.signer == "interpreter" and people.remote(visit)
    return Lack("unattested" if away else "unsigned", form.id, ink.id)


def item_lack(form: Form, item: Item, visit: Visit) -> Lack | None:
    """Return what one item lacks, or None."""
    key = (form.id, item.id)
    if isinstance(item, Statement):
        return None if key in visit.read else Lack("unread", form.id, item.id)
    if isinstance(item, Ink):
        return _ink_lack(form, item, visit)
    told = visit.told.get(key)
    if not told or told[-1].reply == NO_CODES:
        why: Why = "not_initialled" if isinstance(item, Initial) else "unanswered"
        return Lack(why, form.id, item.id) if item.required else None
    if isinstance(item, Choice) and item.right and not gate.understood(item, visit, form.id):
        enough = visit.explained.get(key, 0) >= gate.EXPLANATIONS
        return None if enough else Lack("explain_again", form.id, item.id)
    return None


def _asked(step: Step, item: Item, visit: Visit, replies: evidence.Replies) -> bool:
    """Tell whether an item is asked for in this visit: a dose that was ordered, a line of who is here."""
    if isinstance(item, Ink):
        return people.asked_to_sign(visit, step.form, item)
    if not evidence.is_asked(step.form, item, replies):
        return False
    return not (step.id == premedication.PREMEDICATION and premedication.nobody_ordered(visit, item.id))


def lacks_of(book: Book, step: Step, visit: Visit) -> tuple[Lack, ...]:
    """Return what the items of a step's form lack; text is only demanded of the patient who reads it."""
    form = book.form_of(step)
    if form is None or step.closes in ("decision", "countersign", "seal", "marks"):
        return ()
    replies = visit.replies  # once for all items: it is made anew at every look
    found = [
        lack
        for item in form.items
        if _asked(step, item, visit, replies)
        and (lack := item_lack(form, item, visit))
        and (lack.why != "unread" or step.manner == "reading" or owner_of(item, step) == "patient")
    ]
    if step.id == premedication.PREMEDICATION and (against := premedication.unresolved(visit)) is not None:
        found.append(Lack("finding", step.form, against))
    if step.form == ASSENT and people.dissents(visit):
        found.append(Lack("assent_refused", ASSENT, people.WANTS))
    return tuple(found)
