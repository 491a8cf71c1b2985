"""One form as pages to look at: its words as they are printed, marked so that nobody signs on them.

A clinic's reviewer reads them; a patient gets the pack of papers, which asks exactly what the tablet asks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from chairside.domain.form import Choice, Form, Item, Statement
from chairside.record.blocks import Block, Break, Heading, Para, Together
from chairside.record.content import Clinic
from chairside.record.pages_reading import alone, body, sample_line
from chairside.record.press import Part, Press, printed, version_of
from chairside.record.qr import code
from chairside.record.sentences import sentences
from chairside.record.setting import NOTE, STAFF, Style

_OPTION = Style(10.5, 16, after=2, indent=12)
_HELP = replace(NOTE, before=4)
_WATERMARK = "PREVIEW"  # in every language: the width that fits across the page


def preview(form: Form, language: str, at: datetime) -> bytes:
    """Return a form's words in one language as PDF; `at` (aware) stands in the file alone.

    Every page says that it is a preview, and whether the words are a sample, a draft or stale.
    """
    spoken = {language: sentences(language)}
    status = form.prose[language].status
    marks = ("preview",) if status == "approved" else ("preview", status)
    clinic = Clinic("", "", "", "UTC", "other", "", demo=False)
    press = Press(language, spoken, "UTC", clinic, at, marks, _WATERMARK)
    return printed(press, form.prose[language].title, (_part(press, form),))


def _part(press: Press, form: Form) -> Part:
    blocks: list[Block] = [
        Heading(press.prose(form).title, 1),
        Para(press.say("preview.what"), STAFF),
        Para(sample_line(press, form), NOTE),
    ]
    for item in form.items:
        blocks += _item(press, form, item)
    return Part(tuple(blocks), version_of(press, form), press.say("preview.form", form=form.id))


def _item(press: Press, form: Form, item: Item) -> tuple[Block, ...]:
    words = press.words(form, item.id)
    kind = press.say(f"preview.kind_{item.__struct_config__.tag}")
    if not item.required:
        kind += " " + press.say("preview.optional")
    if isinstance(item, Statement) and item.statutory:
        meant = tuple(Para(text, NOTE) for text in words.help)
        return (
            *alone(press, form, item),
            Break(),
            Heading(words.title, small=True),
            Para(kind, NOTE),
            *meant,
        )
    begin = (Heading(words.title, small=True), Para(kind, NOTE))
    told = (*body(words.body), *_options(press, item, words.options), *_helped(press, words.help))
    if not isinstance(item, Statement):
        return (Together((*begin, *told)),)
    qr = (code(item.qr, press.say("form.qr", address=item.qr)),) if item.qr else ()
    return (Together(begin), *told, *qr)


def _options(press: Press, item: Item, options: dict[str, str]) -> tuple[Block, ...]:
    right = item.right if isinstance(item, Choice) else ""
    marked = f" ({press.say('preview.right')})"
    return tuple(
        Para(((label, False), (marked if option == right else "", True)), _OPTION, "box")
        for option, label in options.items()
    )


def _helped(press: Press, texts: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Para(((press.say("preview.help") + " ", True), (text, False)), _HELP) for text in texts)
