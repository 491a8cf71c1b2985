"""What makes a signature void: a changed answer, a newer form, a person who is to look and sign again."""

from __future__ import annotations

from msgspec import structs

from chairside.domain.checklist import HEALTH_CHECK
from chairside.domain.facts import Signed, SignedOnPaper, Stamped
from chairside.domain.facts.people import InterpreterAttested
from chairside.domain.replies import Chosen
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
        pads={pad: ink for pad, ink in visit.pads.items() if pad in mine},
    )


def _stands_over(form: str) -> bool:
    """Tell whether the patient's signature stands over a form: over every text and answer up to it (Q8)."""
    return form in ("sign", *SIGNED_OVER) or _read(form)


def _asked_anew(key: Key, rows: tuple[Told, ...], changed: set[str]) -> tuple[Told, ...]:
    """Return what stays of an item's replies: no newer text washes a yes or a not sure away (P3).

    Which of them are absolute the book knows: the gate lets the others expire with the older text.
    """
    if key[0] not in changed:
        return rows
    last = rows[-1].reply
    if key[0] != HEALTH_CHECK or not isinstance(last, Chosen) or last.option == "no":
        return ()
    return tuple(structs.replace(each, outdated=True) for each in rows)


def renewed(visit: Visit, forms: dict[str, str]) -> Visit:
    """Take newer forms: a changed one is read and answered anew, and signed anew where ink stands over it."""
    assert visit.opened is not None  # `acts` lets nothing come before the opening
    changed = {name for name, digest in forms.items() if visit.opened.forms.get(name) != digest}
    kept = structs.replace(visit, opened=structs.replace(visit.opened, forms=forms))
    again = changed | ({"sign", "reaffirm"} if any(_stands_over(name) for name in changed) else set())
    for name in sorted(again):
        kept = unsigned(kept, name)
    told = {key: left for key, rows in kept.told.items() if (left := _asked_anew(key, rows, changed))}
    told_in = {
        language: {key: rows for key, rows in before.items() if key[0] not in changed}
        for language, before in kept.told_in.items()
    }
    explained = {key: times for key, times in kept.explained.items() if key[0] not in changed}
    return structs.replace(kept, told=told, told_in=told_in, explained=explained)
