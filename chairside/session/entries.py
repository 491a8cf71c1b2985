"""Answers and pictures that come with a vial or its sheet, held against the form before they are stored."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence

from chairside import canon
from chairside.domain.answering import fits, in_the_future
from chairside.domain.form import Choice
from chairside.domain.replies import Pictured, Reply
from chairside.errors import NotAllowed
from chairside.record import photo
from chairside.session.clinic import Clinic
from chairside.session.clock import when, zone_named
from chairside.session.texts import trouble_within

MOST_PICTURES = 8
MOST_PICTURE_BYTES = 4 * 1024 * 1024


def refuse_answers(clinic: Clinic, form: str, answers: Sequence[tuple[str, Reply]]) -> None:
    """Refuse an answer to another form's question, of another kind, or about what has not happened yet.

    Raises: NotAllowed("item_unknown" | "option_unknown" | "reply_does_not_fit" | "moment_in_the_future" |
    "text_long" | "text_not_printable" | "answered_twice").
    """
    known = clinic.book.forms[form]
    now = clinic.scribe.clock.now()
    moment = when(now, now, zone_named(clinic.founded.zone))
    for name, reply in answers:
        item = known.item(name)
        if item is None:
            raise NotAllowed("item_unknown", item=name)
        if not fits(item, reply):
            raise NotAllowed(
                "option_unknown" if isinstance(item, Choice) else "reply_does_not_fit", item=name
            )
        if in_the_future(reply, moment):
            raise NotAllowed("moment_in_the_future", item=name)
        if trouble := trouble_within(reply):
            raise NotAllowed(f"text_{trouble}", item=name)
    if len({name for name, _ in answers}) != len(answers):
        raise NotAllowed("answered_twice", form=form)


def refuse_foreign(
    answers: Sequence[tuple[str, Reply]], pictures: Sequence[bytes], known: Iterable[Reply] = ()
) -> None:
    """Refuse an answer that names a picture neither given with it nor kept here before (`known`).

    A digest alone says nothing: it may be another patient's photo. Raises: NotAllowed("picture_foreign").
    """
    given = {canon.sha256_hex(each) for each in pictures}
    own = given | {reply.digest for reply in known if isinstance(reply, Pictured)}
    for name, reply in answers:
        if isinstance(reply, Pictured) and reply.digest not in own:
            raise NotAllowed("picture_foreign", item=name)


def refuse_pictures(pictures: Sequence[bytes]) -> None:
    """Refuse what the glass did not make of a picture: a JPEG of moderate size.

    Raises: NotAllowed("picture_unreadable" | "picture_too_large" | "too_many_pictures").
    """
    if len(pictures) > MOST_PICTURES:
        raise NotAllowed("too_many_pictures", most=MOST_PICTURES)
    for each in pictures:
        if len(each) > MOST_PICTURE_BYTES:
            raise NotAllowed("picture_too_large", most_mib=MOST_PICTURE_BYTES // 1024 // 1024)
        if photo.read(b64encode(each).decode()) is None:  # whole, and such as a record's page may show
            raise NotAllowed("picture_unreadable")
