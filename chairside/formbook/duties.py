"""Judges what the pages of a draft must say: a duty is a tag, and some need words that cannot be left out.

In a later session the patient reads less (P7): what may be left out then is tagged too, and what the
law and the clinic's honesty rest on may not be.
"""

from __future__ import annotations

from collections.abc import Mapping

from chairside.domain.form import Choice, Form, Initial, Item, Statement
from chairside.formbook.draft import Draft
from chairside.formbook.prose import Page
from chairside.formbook.source import Complaints

CONSENT = "consent"
# Q10: what the first page of the consent must say.
KEY_TAGS = frozenset({"key_not_approved", "key_registration", "key_fda_warning", "key_infections_2018"})
# Q9: Washington's four elements (R19) and the federal eight (R33).
ELEMENT_TAGS = frozenset({f"wa_{part}" for part in "abcd"} | {f"fed_{part}" for part in range(1, 9)})
# Q13: what the patient is asked back.
TEACH_TAGS = frozenset({"teach_approval", "teach_donor", "teach_call", "teach_refuse", "teach_nsaid"})
FIRST_SESSION_ONLY, LATER_SESSIONS = "first_session_only", "later_sessions"
SESSION_TAGS = frozenset({FIRST_SESSION_ONLY, LATER_SESSIONS})
# P7: what a patient who comes back reads and is asked again.
EVERY_SESSION = KEY_TAGS | {"teach_approval", "teach_call", "teach_refuse"}
# English words without which a page cannot have said it. Source: Q10, Q22, Q47 (C31), C34.
WORDS: dict[str, tuple[str, ...]] = {
    "key_not_approved": ("fda", "not approved", "hair loss"),
    "key_registration": ("regist",),
    "key_fda_warning": ("warn", "pay"),
    "key_infections_2018": ("2018", "infection"),
    "emergency_list": (
        "100.4", "38.0", "chills", "redness", "pus", "pain", "breathe", "face", "faint", "911",
        "24 hour", "do not wait", "before you call",
    ),
    "ask_prescriber": ("prescribe", "blood thinner", "do not stop", "ask that doctor"),
    "report_harm": ("fda", "1 800 fda 1088"),
    "area_eyebrows": ("eyebrow",),
}  # fmt: skip
# The same in Spanish; a language that is not here is held to the English numbers alone (`translation`).
SPANISH_WORDS: dict[str, tuple[str, ...]] = {
    "key_not_approved": ("fda", "no ha aprobado", "caída del pelo"),
    "key_registration": ("registrad",),
    "key_fda_warning": ("advierte", "pague"),
    "key_infections_2018": ("2018", "infecci"),
    "emergency_list": (
        "100.4", "38.0", "escalofríos", "enrojecimiento", "pus", "dolor", "respirar", "cara", "desmaya",
        "911", "24 horas", "no espere", "antes de llamar",
    ),
    "ask_prescriber": ("recet", "anticoagulante", "no lo deje", "a ese médico"),
    "report_harm": ("fda", "1 800 fda 1088"),
    "area_eyebrows": ("ceja",),
}  # fmt: skip
WORDS_IN = {"en": WORDS, "es": SPANISH_WORDS}
TAGS_OF: dict[str, frozenset[str]] = {
    CONSENT: ELEMENT_TAGS | TEACH_TAGS | KEY_TAGS | {LATER_SESSIONS},
    "notices_other": KEY_TAGS,
    "preparation": frozenset({"ask_prescriber"}),
    "aftercare": frozenset({"emergency_list", "ask_prescriber", "report_harm"}),
}
TAGS = frozenset(WORDS).union(SESSION_TAGS, *TAGS_OF.values())

OPEN, AREA, SCALP = "open", "area", "scalp"


def lint_areas(forms: Mapping[str, Form], complaints: Complaints) -> None:
    """Complain about an area beside the scalp that no page of the consent names (X27)."""
    asks, consent = forms.get(OPEN), forms.get(CONSENT)
    area = asks.item(AREA) if asks else None
    if asks is None or consent is None or not isinstance(area, Choice):
        return
    named = {tag for item in consent.items for tag in item.tags}
    for other in (each for each in area.options if each != SCALP and f"area_{each}" not in named):
        text = f"'{other}' is no area before a page of the consent names it: nothing there carries the tag"
        complaints.add(f"{OPEN}/{asks.version}/form.toml", 1, f"{text} 'area_{other}'")


def _tags(draft: Draft, complaints: Complaints) -> None:
    there = {tag for item in draft.items for tag in item.tags}
    for tag in sorted(TAGS_OF.get(draft.id, frozenset()) - there):
        complaints.add(draft.logic.name, 1, f"nothing carries the tag '{tag}'")
    for item in draft.items:
        for tag in item.tags:
            if tag not in TAGS:
                complaints.append(draft.complaint(item.id, f"tag '{tag}' is not known", "tags"))


def _kind(item: Item) -> str:
    """Return what is wrong with the tags of an item of this kind, or nothing."""
    tags = set(item.tags)
    if tags & TEACH_TAGS and not (isinstance(item, Choice) and item.right):
        return "a teach tag belongs to a question with a right answer"
    if tags & (ELEMENT_TAGS | frozenset(WORDS)) and not isinstance(item, Statement):
        return "a tag for what must be said belongs to a statement"
    return ""


def _said(words: dict[str, tuple[str, ...]], page: Page, item: Item, complaints: Complaints) -> None:
    text = " ".join(page.words(item.id).body).casefold().replace("-", " ")
    for tag in item.tags:
        if missing := [word for word in words.get(tag, ()) if word not in text]:
            said = f"carries '{tag}' but does not say {' or '.join(repr(word) for word in missing)}"
            complaints.add(page.file, page.lines.get(item.id, 1), f"'{item.id}' {said}")


def _sessions(draft: Draft, item: Item) -> str:
    """Return what is wrong with when an item is read, or nothing."""
    tags = set(item.tags)
    if tags & SESSION_TAGS and draft.id != CONSENT:
        return "only the consent differs from session to session"
    if tags >= SESSION_TAGS:
        return "nothing is both for the first session only and for later ones"
    if FIRST_SESSION_ONLY in tags and (always := tags & EVERY_SESSION):
        return f"'{min(always)}' is for every session"
    if LATER_SESSIONS in tags and (first := tags & TAGS_OF[CONSENT] - SESSION_TAGS):
        return f"'{min(first)}' is for the first session too"
    if isinstance(item, Initial) and tags & SESSION_TAGS != _covered(draft, item) & SESSION_TAGS:
        return f"'{item.covers}' is read in other sessions than these initials"
    return ""


def _covered(draft: Draft, initial: Initial) -> set[str]:
    return {tag for item in draft.items if item.id == initial.covers for tag in item.tags}


def lint_duties(draft: Draft, complaints: Complaints) -> None:
    """Complain about a form that leaves out an element, key information or a teach-back (Q9, Q10, Q13)."""
    _tags(draft, complaints)
    for item in draft.items:
        if wrong := _kind(item) or _sessions(draft, item):
            complaints.append(draft.complaint(item.id, wrong, "tags"))
        for language in sorted(set(WORDS_IN) & set(draft.pages)):
            _said(WORDS_IN[language], draft.pages[language], item, complaints)
    first = draft.items[0]
    if draft.id == CONSENT and not (isinstance(first, Statement) and set(first.tags) >= KEY_TAGS):
        text = "the first item must be the key information, with its four tags"
        complaints.append(draft.complaint(first.id, text))
