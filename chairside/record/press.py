"""Papers to print: the record's sheets and flow, without its data, fields or seal.

A paper says at its foot which text it is; what is signed on it counts by the photo and two people's
word, not by the file. The same paper for the same people is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chairside import canon
from chairside.domain.form import Form
from chairside.record import margins
from chairside.record.blocks import Block
from chairside.record.content import Clinic, generator_digest
from chairside.record.flow import Flow
from chairside.record.margins import Margins
from chairside.record.sheet import About, Sheet
from chairside.record.speech import Speech


@dataclass(frozen=True)
class Press(Speech):
    """Who prints, in which language, and when (aware; it stands in the file alone).

    `marks` stand at the foot of every page beside those of the clinic and the text.
    """

    clinic: Clinic
    at: datetime
    marks: tuple[str, ...] = ()
    watermark: str = ""


@dataclass(frozen=True)
class Part:
    """Blocks that begin a page of their own; `head`, `foot` and `reviewed` stand on each of their pages."""

    blocks: tuple[Block, ...]
    foot: str = ""
    head: str = ""
    reviewed: str = ""
    alone: str = ""  # on a page that stands alone, one short line


def version_of(press: Press, form: Form) -> str:
    """Return which text this is, for the foot of its pages (Q46)."""
    return f"{press.prose(form).title}. {short_version(press, form)}"


def short_version(press: Press, form: Form) -> str:
    """Return which version a text is, without its title."""
    return press.say("form.version", version=form.version, digest=form.digest[:16])


def reviewed(press: Press, form: Form) -> str:
    """Return who reviewed this text and when, or that nobody has (Q48)."""
    prose = press.prose(form)
    if prose.status != "approved":
        return press.say("mark.sample")
    return press.say("form.reviewed", by=prose.reviewed_by, on=prose.reviewed_on)


def printed(press: Press, title: str, parts: Iterable[Part]) -> bytes:
    """Return the paper as a tagged PDF. Shape: letter pages, PDF/UA-1 and PDF/A-3a."""
    held = tuple(parts)
    sheet = Sheet(_about(press, title, held))
    flow = Flow(sheet)
    of_page: list[Part] = []
    for part in held:
        if not flow.fresh:
            flow.next_page()
        flow.put(part.blocks)
        of_page += [part] * (sheet.page + 1 - len(of_page))
    return sheet.finish(lambda each, page, total: _margins(each, press, flow, (of_page[page], page, total)))


def _about(press: Press, title: str, parts: tuple[Part, ...]) -> About:
    told = [
        generator_digest(),
        title,
        press.clinic.name,
        press.at.isoformat(),
        *(repr(part) for part in parts),
    ]
    return About(
        title=title,
        author=press.clinic.name,
        subject=title,
        language=press.language,
        generator="Chairside",
        at=press.at.replace(microsecond=0),
        identity=bytes.fromhex(canon.sha256_hex("\n".join(told).encode())),
    )


def _margins(sheet: Sheet, press: Press, flow: Flow, place: tuple[Part, int, int]) -> None:
    part, page, total = place
    demo = (press.say("mark.demo"),) if press.clinic.demo else ()
    marks = (*demo, part.reviewed, *(press.say(f"mark.{name}") for name in press.marks))
    told = Margins(
        left=press.clinic.name,
        right=part.head,
        foot=part.foot,
        number=press.say("margin.page", page=page + 1, total=total),
        marks=tuple(filter(None, marks)),
        alone=part.alone,
        watermark=press.watermark or (margins.DEMO if press.clinic.demo else ""),
    )
    margins.draw(sheet, told, bare=page in flow.bare_pages)
