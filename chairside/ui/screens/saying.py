"""Days, times, answers and lacks in words a person reads; instants become the clinic's own time here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from msgspec import structs

from chairside.domain import doses, fitness, gate
from chairside.domain.checklist import HEALTH_CHECK
from chairside.domain.evidence import in_words
from chairside.domain.finding import Finding
from chairside.domain.form import Form, Verdict
from chairside.domain.panel import NOT_CONSENTED, TESTS
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    ChosenSeveral,
    Coded,
    CodesRead,
    DoseGiven,
    DoseNotGiven,
    DrugsTaken,
    DrugTaken,
    Initialled,
    LastDose,
    Measured,
    Never,
    NotSure,
    OnDate,
    PanelRead,
    Pictured,
    Reply,
    Written,
)
from chairside.domain.steps import Lack
from chairside.domain.vial import SHIPMENT, WARNINGS, Vial
from chairside.session.view import View
from chairside.ui.widgets.words import Words

STEPS = frozenset(
    {"open", "health_check", "medicines", "notices", "read", "decision", "sign", "reaffirm"}
    | {"premedication", "vial", "countersign", "record", "procedure"}
)

# Where a reason of the vial's gate is mended; what is not named here, at the desk.
MENDED: dict[str, str] = {
    "vial_expired": "never",
    "vial_rejected": "never",
    "vial_thawed_for_another": "never",
    "vial_used": "never",
    "vial_partly_used": "never",
    "vial_discarded": "never",
    "vial_returned": "never",
    "vial_strength_not_as_ordered": "order",
    "vial_donor_not_eligible": "supplier",
    "vial_sterility_not_final": "supplier",
    "vial_test_not_nonreactive": "supplier",
    "vial_test_missing": "supplier",
    "vial_product_not_consented": "supplier",
    "vial_warning_on_label": "supplier",
    "vial_sheet_of_another": "supplier",
    "vial_not_shown": "here",
    "vial_sheet_photo_missing": "here",
    "vial_code_differs": "here",
    "vial_number_needed": "here",
}

# What a reason of the gate is about, and the table of words that says it.
_ABOUT: dict[str, str] = {
    **dict.fromkeys((*SHIPMENT, *WARNINGS, *NOT_CONSENTED), "finding_about"),
    **dict.fromkeys(TESTS, "test"),
}


def day(words: Words, on: date) -> str:
    """Return a day in words: 14 March 1984."""
    return words.say("screens.a_day", day=on.day, month=words.say(f"widgets.month_{on.month}"), year=on.year)


def birthday(words: Words, on: date) -> str:
    """Return a day without its year: 14 March."""
    return words.say("screens.a_birthday", day=on.day, month=words.say(f"widgets.month_{on.month}"))


def time(words: Words, at: datetime, zone: str) -> str:
    """Return the time of day where the clinic is: 3:05 pm."""
    local = at.astimezone(ZoneInfo(zone))
    key = "screens.a_time_am" if local.hour < 12 else "screens.a_time_pm"
    return words.say(key, hour=local.hour % 12 or 12, minute=f"{local.minute:02}")


def moment(words: Words, at: datetime, zone: str) -> str:
    """Return a day and a time: 14 March 2026, 3:05 pm."""
    local = at.astimezone(ZoneInfo(zone))
    return words.say("screens.a_moment", day=day(words, local.date()), time=time(words, at, zone))


def last_dose(words: Words, dose: LastDose, zone: str) -> str:
    """Return when a drug was last taken."""
    match dose:
        case Never():
            return words.say("screens.dose_never")
        case NotSure():
            return words.say("screens.dose_unsure")
        case OnDate(on):
            return words.say("screens.dose_on", day=day(words, on))
        case AtMoment(at):
            return words.say("screens.dose_at", moment=moment(words, at, zone))
        case _:
            assert_never(dose)


def drug(words: Words, row: DrugTaken, zone: str) -> str:
    """Return a drug with its last dose, who prescribed it and whether that doctor was asked."""
    said = words.say("screens.drug_row", name=row.name, dose=last_dose(words, row.last_dose, zone))
    if not row.prescribed:
        return said
    who, said = row.prescriber, words.say("screens.drug_prescribed", row=said)
    if doctor := ", ".join(part for part in (who.name, who.phone) if part):
        said = words.say("screens.drug_prescribed_by", row=said, doctor=doctor)
    if who.asked is None:
        return said
    return words.say("screens.drug_doctor_asked" if who.asked else "screens.drug_doctor_not_asked", row=said)


def dose_doubt(words: Words, view: View, form: Form, item: str, reply: Reply | None) -> str:
    """Return in what a dose given is not the one ordered, or nothing."""
    found = doses.doubt(view.visit, form, item, reply, view.book.drugs.brands)
    return words.say(f"dose.not_as_ordered_{found}") if found else ""


def _dose(words: Words, view: View, form: Form, item: str, reply: DoseGiven) -> str:
    way = form.words(item, view.language).options.get(reply.form, reply.form)
    at = time(words, reply.at, view.zone)
    said = (words.say("dose.given", dose=reply.dose, form=way, time=at),)
    return "\n".join(each for each in (*said, dose_doubt(words, view, form, item, reply)) if each)


def answer(words: Words, view: View, form: Form, item: str, reply: Reply) -> str:  # noqa: C901, PLR0911, PLR0912
    """Return a stored reply as a person reads it."""
    # One line per kind: a table in the shape of a match, so that the type checker finds a missing kind.
    labels = form.words(item, view.language).options
    match reply:
        case Chosen(option):
            return labels.get(option, option)
        case ChosenSeveral(options):
            return "\n".join(labels.get(option, option) for option in options)
        case OnDate(on):
            return day(words, on)
        case AtMoment(at):
            return moment(words, at, view.zone)
        case Measured(value, unit):
            return in_words(value, unit)
        case Coded(text, entered):
            return words.say(f"screens.code_{entered}", code=text)
        case CodesRead(codes):
            return "\n".join(answer(words, view, form, item, code) for code in codes)
        case Written(text):
            return text
        case Initialled():
            return words.say("screens.initialled")
        case DrugsTaken(()):
            return words.say("drugs.none")
        case DrugsTaken(rows):
            return "\n".join(drug(words, row, view.zone) for row in rows)
        case DoseGiven():
            return _dose(words, view, form, item, reply)
        case DoseNotGiven(reason):
            return words.say("dose.not_given", reason=reason)
        case PanelRead(rows):
            return "\n".join(f"{labels.get(row.test, row.test)}: {result(words, row.result)}" for row in rows)
        case Pictured():
            return words.say("screens.pictured")
        case _:
            assert_never(reply)


def before(words: Words, view: View, form: Form, item: str) -> str:
    """Return what was answered in the session before, for staff to see beside; never for the patient."""
    reply = view.before.get((form.id, item)) if view.mode == "staff" else None
    if reply is None or (
        isinstance(reply, Chosen) and reply.option not in form.words(item, view.language).options
    ):
        return ""
    return words.say("health.last_time", answer=answer(words, view, form, item, reply))


def vial_named(words: Words, own: Vial) -> str:
    """Return a vial by its code and what it holds."""
    strength = own.strength_million
    return words.say("vial.named", code=own.code, million=strength) if strength else own.code


def result(words: Words, of: str) -> str:
    """Return a laboratory result in words; what is not on the sheet is said so, never left blank."""
    return words.say(f"result.{of}" if of else "result.blank")


def step_title(words: Words, view: View, step_id: str) -> str:
    """Return what a step is called: a step of the clinic's own goes by its form's title."""
    form = view.book.forms.get(view.book.plan.step(step_id).form)
    if step_id in STEPS or form is None:
        return words.say(f"step.{step_id}")
    return form.told_in(view.language).title


def lack(words: Words, view: View, missing: Lack) -> str:
    """Return one thing that is lacking as a phrase: about a question, a step, the vial."""
    if missing.why == "needs":
        return words.say("lack.needs", item=step_title(words, view, missing.item))
    if missing.why == "vial":
        return vial_reason(words, missing.item)
    if missing.why in ("unclosed", "consent_too_old"):
        return words.say(f"lack.{missing.why}")
    if missing.why == "finding":
        return words.say("lack.finding", item=finding_named(words, view, missing.item))
    title = view.book.forms[missing.form].words(missing.item, view.language).title
    return words.say(f"lack.{missing.why}", item=title)


def vial_reason(words: Words, key: str) -> str:
    """Return why the gate keeps a vial closed; `key` is the finding's id and what it is about.

    Of several vials what it is about begins with the code, which may itself hold a colon.
    """
    rule, _, about = key.partition(":")
    code, _, last = about.rpartition(":")
    table = _ABOUT.get(last, "")
    if not table:
        code, last = about, ""
    said = words.say(f"finding.{rule}", about=words.say(f"{table}.{last}") if last else "")
    return words.say("lack.vial_of", code=code, reason=said) if code else said


def vial_reasons(words: Words, view: View, own: Vial) -> list[tuple[str, str]]:
    """Return every reason why this vial stays closed, each with what mends it, as sentences."""
    visit = view.visit
    ordered = visit.decision.strength_million if visit.decision else None
    on = max(view.when.today, view.when.injection_day)
    found = fitness.gate_all(visit.vials, visit.codes, visit.id, ordered, on)
    if len(visit.codes) > 1:  # each names its code; the sum of all is no single vial's reason
        mine = [
            (each, each.about.removeprefix(own.code).removeprefix(":")) for each in found if _of(each, own)
        ]
        found = tuple(structs.replace(each, about=about) for each, about in mine)
    mends = [words.say(f"vial.mend_{MENDED.get(each.id, 'desk')}") for each in found]
    return [(vial_reason(words, gate.key_of(each)), mend) for each, mend in zip(found, mends, strict=True)]


def _of(reason: Finding, own: Vial) -> bool:
    return reason.about == own.code or reason.about.startswith(f"{own.code}:")


def finding(words: Words, view: View, found: Finding) -> str:
    """Return a finding as a sentence; a question the clinic added speaks through its own title."""
    item = found.items[0] if found.items else ""
    title = _title(view, found.about) or _title(view, item)
    asked = view.book.item(HEALTH_CHECK, item)
    if asked is not None and asked.clinic_added:
        kind = found.id.removeprefix(item).strip("_") or "clinic_item"
        return words.say(f"finding.{kind}", item=title, about=found.about, days=found.days)
    by = f"_by_{found.items[-1]}" if _is_by_evidence(view, found) else ""
    return words.say(f"finding.{found.id}{by}", item=title, about=found.about, days=found.days)


def _is_by_evidence(view: View, found: Finding) -> bool:
    """Tell whether what stands beside a question asks for more than the question's own answer."""
    own = view.visit.option(HEALTH_CHECK, found.items[0]) if found.items else None
    told = "unsure" if found.id.endswith("_not_sure") else "yes"
    return found.items[-1:] != found.items[:1] and own != told


def finding_named(words: Words, view: View, key: str) -> str:
    """Return the finding a ruling or a lack names, as a sentence; one that is gone keeps its words."""
    name, _, about = key.partition(":")
    found = next((each for each in view.findings if gate.key_of(each) == key), None)
    return finding(words, view, found or Finding(name, Verdict.PHYSICIAN, (), about))


def _title(view: View, item: str) -> str:
    forms = (form for form in view.book.forms.values() if form.item(item) is not None)
    return next((form.words(item, view.language).title for form in forms), "")


def lacking(words: Words, said: Sequence[str]) -> str:
    """Return what is lacking as one line for the footer."""
    if not said:
        return ""
    if len(said) == 1:
        return said[0]
    return words.say("screens.lacking_more", first=said[0].rstrip("."), count=len(said) - 1)


def local_day(at: datetime, zone: str) -> date:
    """Return the clinic's day of an instant."""
    return at.astimezone(ZoneInfo(zone)).date()
