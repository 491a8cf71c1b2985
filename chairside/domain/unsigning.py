"""What makes a signature void: a changed answer, a newer form, a person who is to look and sign again."""

from __future__ import annotations

from msgspec import structs

from chairside.domain.checklist import HEALTH_CHECK
from chairside.domain.facts import FormsRenewed, Signed, SignedOnPaper, Stamped, VisitOpened
from chairside.domain.facts.people import InterpreterAttested
from chairside.domain.premedication import PREMEDICATION
from chairside.domain.replies import AtMoment, Chosen, DoseGiven, Reply
from chairside.domain.visit import ASSENT, SIGNED_OVER, Key, Told, Visit


def unsigned(visit: Visit, form: str) -> Visit:
    """Take a form's signatures, ink and read marks away: the person is to look and sign again."""
    pads = f"{form}."
    return structs.replace(
        visit,
        signed={pad: by for pad, by in visit.signed.items() if not pad.startswith(pads)},
        pads={pad: ink for pad, ink in visit.pads.items() if not pad.startswith(pads)},
        papers={pad: by for pad, by in visit.papers.items() if not pad.startswith(pads)},
        read=_without(visit.read, form),
        read_in={language: _without(read, form) for language, read in visit.read_in.items()},
    )


def _without(read: dict[Key, Stamped], form: str) -> dict[Key, Stamped]:
    return {key: by for key, by in read.items() if key[0] != form}


def _read(form: str) -> bool:
    """Tell whether the patient reads a form, and initials and answers what it says."""
    return form == "consent" or form.startswith("notices")


def spoken(visit: Visit, language: str) -> Visit:
    """Go on in another language: what was read and answered in it before counts again, and nothing else.

    The patient's own ink goes: a signature stands only over pages in the language they were shown in.
    """
    if language == visit.language:
        return visit
    theirs = {key: rows for key, rows in visit.told.items() if _read(key[0])}
    read, told = {**visit.read_in, visit.language: visit.read}, {**visit.told_in, visit.language: theirs}
    others = {key: rows for key, rows in visit.told.items() if key not in theirs}
    signed = {pad for pad, by in (*visit.signed.items(), *visit.papers.items()) if by_patient(by)}
    for form in sorted({pad.partition(".")[0] for pad in signed}):
        visit = unsigned(visit, form)
    return structs.replace(
        visit,
        language=language,
        read=read.get(language, {}),
        read_in=read,
        told={**others, **told.get(language, {})},
        told_in=told,
        pads={pad: ink for pad, ink in visit.pads.items() if pad in visit.signed},
    )


def by_patient(by: Stamped) -> bool:
    """Tell whether a signature is the patient's own, or of who signs for or beside them."""
    if isinstance(by.fact, InterpreterAttested):
        return True
    return isinstance(by.fact, Signed | SignedOnPaper) and by.fact.signer not in ("nurse", "physician")


def read_anew(visit: Visit) -> Visit:
    """Somebody else decides from here on: what was read, initialled, answered and signed counts no longer.

    What a child was told and said stays the child's own.
    """
    held = (*visit.signed.items(), *visit.papers.items())
    for form in sorted({pad.partition(".")[0] for pad, by in held if by_patient(by)} - {ASSENT}):
        visit = unsigned(visit, form)
    mine = {pad for pad in visit.pads if pad in visit.signed or pad.startswith(f"{ASSENT}.")}
    return structs.replace(
        visit,
        read={key: by for key, by in visit.read.items() if key[0] == ASSENT},
        read_in={},
        told={key: rows for key, rows in visit.told.items() if not _read(key[0])},
        told_in={},
        explained={key: times for key, times in visit.explained.items() if not _read(key[0])},
        in_person={key: by for key, by in visit.in_person.items() if not _read(key[0])},
        pads={pad: ink for pad, ink in visit.pads.items() if pad in mine},
    )


def back_on_glass(visit: Visit) -> Visit:
    """Go on on glass: what staff wrote down from paper since it was chosen is read, ticked and told anew.

    Nothing was signed there (`paper.may_return`), so no photo and no second person stands for it.
    """
    if visit.on_paper is None:
        return visit
    chosen = visit.facts.index(visit.on_paper)
    written = visit.facts[chosen:]

    def shown(read: dict[Key, Stamped]) -> dict[Key, Stamped]:
        return {key: by for key, by in read.items() if by not in written}

    def said(told: dict[Key, tuple[Told, ...]]) -> dict[Key, tuple[Told, ...]]:
        before = {key: tuple(each for each in rows if each.place <= chosen) for key, rows in told.items()}
        theirs = {
            key: rows if key[0] == ASSENT or _read(key[0]) else told[key] for key, rows in before.items()
        }
        return {key: rows for key, rows in theirs.items() if rows}

    return structs.replace(
        visit,
        on_paper=None,
        read=shown(visit.read),
        read_in={language: shown(read) for language, read in visit.read_in.items()},
        told=said(visit.told),
        told_in={language: said(told) for language, told in visit.told_in.items()},
    )


def _stands_over(form: str) -> bool:
    """Tell whether the patient's signature stands over a form: over every text and answer up to it (Q8)."""
    return form in ("sign", *SIGNED_OVER) or _read(form)


def _done_or_against(reply: Reply) -> bool:
    """Tell whether a reply of the premedication is of what was done, or is not a plain no."""
    if isinstance(reply, Chosen):
        return reply.option in ("yes", "unsure")
    return isinstance(reply, DoseGiven | AtMoment)


def _asked_anew(key: Key, rows: tuple[Told, ...], changed: set[str]) -> tuple[Told, ...]:
    """Return what stays of an item's replies: no newer text washes a yes, a not sure or a fever away (P3).

    Which of them stop the visit the book knows: the gate lets the others expire with the older text.
    What was given or drawn stays so, with every answer that speaks against it, until it is asked again (Q26).
    """
    if key[0] not in changed or (key[0] == PREMEDICATION and _done_or_against(rows[-1].reply)):
        return rows
    if key[0] != HEALTH_CHECK or rows[-1].reply == Chosen("no"):
        return ()
    return tuple(structs.replace(each, outdated=True) for each in rows)


def _changed(opened: VisitOpened, fact: FormsRenewed) -> set[str]:
    """Return the forms that say something else now; a notice shown again is read with its own."""
    newer = {name for name, digest in fact.forms.items() if opened.forms.get(name) != digest}
    return newer | {name for name in opened.forms if fact.shown and name.startswith("notices")}


def renewed(visit: Visit, fact: FormsRenewed) -> Visit:
    """Take newer forms: a changed one is read and answered anew, and signed anew where ink stands over it."""
    assert visit.opened is not None  # `acts` lets nothing come before the opening
    changed = _changed(visit.opened, fact)
    waived = {notice: why for notice, why in visit.opened.waived.items() if notice not in fact.shown}
    kept = structs.replace(visit, opened=structs.replace(visit.opened, forms=fact.forms, waived=waived))
    again = changed | ({"sign", "reaffirm"} if any(_stands_over(name) for name in changed) else set())
    for name in sorted(again):
        kept = unsigned(kept, name)
    told = {key: left for key, rows in kept.told.items() if (left := _asked_anew(key, rows, changed))}
    told_in = {
        language: {key: rows for key, rows in before.items() if key[0] not in changed}
        for language, before in kept.told_in.items()
    }
    explained = {key: times for key, times in kept.explained.items() if key[0] not in changed}
    in_person = {key: by for key, by in kept.in_person.items() if key[0] not in changed}
    return structs.replace(kept, told=told, told_in=told_in, explained=explained, in_person=in_person)
