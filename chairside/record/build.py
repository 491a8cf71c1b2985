"""The unsigned record: a pure function of `Content`, the same bytes in any process, zone or hash seed."""

from __future__ import annotations

from dataclasses import replace

from chairside.canon.encoding import sha256_hex
from chairside.domain.book import for_session
from chairside.domain.form import Drugs, Form, Step
from chairside.domain.visit import SIGNED_OVER
from chairside.errors import RecordError
from chairside.record import margins
from chairside.record.blocks import Block, Break, Section
from chairside.record.content import Content, to_json
from chairside.record.flow import Flow
from chairside.record.margins import Margins
from chairside.record.pages_addendum import addendum
from chairside.record.pages_answers import answers
from chairside.record.pages_audit import audit
from chairside.record.pages_check import check
from chairside.record.pages_medicines import medicines
from chairside.record.pages_physician import physician
from chairside.record.pages_reading import reading, sample_line
from chairside.record.pages_signatures import signatures
from chairside.record.pages_summary import summary
from chairside.record.pages_vial import vials
from chairside.record.sheet import About, Sheet
from chairside.record.telling import Teller, teller

_SHEETS = ("questions", "picker", "sheet")


def build(content: Content) -> bytes:
    """Return the unsigned PDF of a record, or of an addendum to one.

    Raises: RecordError where the content does not hold together.
    """
    attached = to_json(content)
    told = teller(content, sha256_hex(attached))
    if not told.visit.facts:
        raise RecordError("record_without_facts", visit=content.visit)
    sheet = Sheet(_about(told))
    flow = Flow(sheet)
    flow.put(pages(told))
    return sheet.finish(lambda each, page, total: _margins(each, told, flow, (page, total)), attached)


def pages(t: Teller) -> tuple[Block, ...]:
    """Return the whole record, or the whole addendum, as blocks in their order."""
    staff = replace(t, language=t.content.staff_language)
    if t.content.addendum is not None:
        return (*addendum(staff, t.content.addendum), audit(staff), check(t))
    blocks: list[Block] = [summary(t), Break()]
    blocks += [reading(t, step, form) for step, form in _steps(t, ("reading",))]
    for step, form in _steps(t, _SHEETS):
        blocks.append(_sheet(staff, step, form))
        if form.id in SIGNED_OVER and t.language != staff.language:
            blocks.append(_sheet(t, step, form))  # as the patient checked it before signing over it
    for part in (vials(staff), physician(staff)):
        blocks += [part] if part else []
    blocks += [*signatures(t, staff), audit(staff), check(t)]
    return tuple(blocks)


def _steps(t: Teller, manners: tuple[str, ...]) -> tuple[tuple[Step, Form], ...]:
    """Return the steps of these manners that have a form somebody has touched."""
    found = []
    opened = t.visit.opened
    session, waived = (opened.session, opened.waived) if opened else (1, {})
    for step in t.content.plan.steps:
        form = t.content.form(step.form)
        if step.manner in manners and form is not None and _touched(t, step, form):
            found.append((step, for_session(form, session, waived)))
    return tuple(found)


def _touched(t: Teller, step: Step, form: Form) -> bool:
    seen = any(key[0] == form.id for key in (*t.visit.read, *t.visit.told, *t.visit.explained))
    return seen or step.id in t.visit.closed


def _sheet(t: Teller, step: Step, form: Form) -> Section:
    version = sample_line(t, form)
    if any(isinstance(item, Drugs) for item in form.items):
        return medicines(t, step, form, version)
    return answers(t, step, form, version)


def _about(t: Teller) -> About:
    content = t.content
    patient = t.visit.patient.name if t.visit.patient else ""
    added = content.addendum
    title = t.say("file.title", id=content.record_id, patient=patient)
    subject = t.say("file.subject", ending=t.say(f"ending.{content.ending}"))
    if added is not None:
        title = t.say("file.addendum", number=added.number, id=added.follows_id, patient=patient)
        subject = t.say(f"addendum.{added.about}")
    return About(
        title=title,
        author=content.clinic.name,
        subject=subject,
        language=content.language,
        generator=f"Chairside {content.generator.get('chairside', '')}",
        at=t.visit.facts[-1].stamp.utc.replace(microsecond=0),
        identity=bytes.fromhex(t.digest),
    )


def _margins(sheet: Sheet, t: Teller, flow: Flow, place: tuple[int, int]) -> None:
    page, total = place
    content = t.content
    marks = (("demo", content.demo), ("sample", content.sample))
    told = Margins(
        left=content.clinic.name,
        right=_name(t),
        foot=t.visit.patient.name if t.visit.patient else "",
        number=t.say("margin.page", page=page + 1, total=total),
        marks=tuple(t.say(f"mark.{name}") for name, on in marks if on),
        alone=content.record_id,
        watermark=margins.DEMO if content.demo else "",
    )
    margins.draw(sheet, told, bare=page in flow.bare_pages)


def _name(t: Teller) -> str:
    added = t.content.addendum
    if added is not None:
        return t.say("margin.addendum", number=added.number, id=added.follows_id)
    return t.say("margin.record", id=t.content.record_id)
