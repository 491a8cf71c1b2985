"""What a changed language, reader, paper or text takes away from a visit, and what it leaves: all of it."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain.facts import (
    FormsRenewed,
    PageRead,
    PaperChosen,
    Signed,
    SignedOnPaper,
    Signer,
    Stamped,
    VisitOpened,
)
from chairside.domain.facts.people import InterpreterAttested
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    DoseGiven,
    DoseNotGiven,
    Measured,
    Reply,
    Written,
)
from chairside.domain.unsigning import back_on_glass, by_patient, read_anew, renewed, spoken, unsigned
from chairside.domain.visit import Key, Pad, Told, Visit
from tests.domain.made_up import NAME, NOON, stamped

READ = ("assent", "consent", "notices", "notices_other", "sign")
ANSWERED = ("assent", "consent", "health_check", "notices", "notices_other", "open", "premedication")
SIGNERS: dict[str, Signer] = {
    "sign.signature": "patient",
    "reaffirm.signature": "representative",
    "assent.child_signature": "patient",
    "premedication.nurse_signature": "nurse",
    "countersign.physician_signature": "physician",
}
ATTESTED, ON_PAPER = "sign_help.interpreter_signature", "vial.patient_saw"
LOOSE = ("open.drawn", "assent.drawn")  # ink that nobody signed


def _by(pad: str) -> Stamped:
    return stamped(Signed(pad, SIGNERS[pad], NAME, "I agree", ("s",)))


def _pages(*forms: str) -> dict[Key, Stamped]:
    return {(form, "page"): stamped(PageRead(form, "page", "shown")) for form in forms}


def _told(*forms: str, reply: Reply | None = None) -> dict[Key, tuple[Told, ...]]:
    by = stamped(PageRead("sign", "page", "shown"))
    return {(form, "item"): (Told(reply or Chosen("yes"), by, 3),) for form in forms}


def _whole() -> Visit:
    """A visit in which everything was read, answered, explained and signed that can be."""
    attested = stamped(InterpreterAttested(ATTESTED, "Ivo Example", "all said"))
    paper = stamped(SignedOnPaper(ON_PAPER, "patient", NAME, "I saw it", ("a" * 64,)))
    return Visit(
        "one",
        opened=VisitOpened("patient", 1, NOON, (), {form: "old" for form in (*READ, *ANSWERED, "vial")}, ""),
        read=_pages(*READ),
        read_in={"tl": _pages(*READ)},
        told=_told(*ANSWERED),
        told_in={"tl": _told("consent", "notices")},
        explained={("consent", "item"): 2, ("assent", "item"): 1},
        in_person={("consent", "item"): paper, ("assent", "item"): paper},
        signed={**{pad: _by(pad) for pad in SIGNERS}, ATTESTED: attested},
        papers={ON_PAPER: paper},
        pads={pad: Pad(("s",)) for pad in (*SIGNERS, ATTESTED, ON_PAPER, *LOOSE)},
    )


def _forms(keys: object) -> set[str]:
    return {key[0] for key in keys}  # type: ignore[attr-defined]  # keys of any table


def test_a_form_that_is_unsigned_loses_ink_signature_paper_and_pages() -> None:
    """And no other form does, be its name alike."""
    whole = _whole()
    less = unsigned(whole, "sign")
    assert set(whole.signed) - set(less.signed) == set(whole.pads) - set(less.pads) == {"sign.signature"}
    assert _forms(less.read) == _forms(less.read_in["tl"]) == {*READ} - {"sign"}
    assert less.papers == whole.papers and less.told == whole.told
    assert unsigned(whole, "vial").papers == {}


def test_whose_signature_is_the_patients() -> None:
    """Of who decides for them or speaks for them too; a page that was read is no signature."""
    whole = _whole()
    theirs = {pad for pad, by in {**whole.signed, **whole.papers}.items() if by_patient(by)}
    staff = {"premedication.nurse_signature", "countersign.physician_signature"}
    assert theirs == {*SIGNERS, ATTESTED, ON_PAPER} - staff
    assert not by_patient(stamped(PageRead("sign", "page", "shown")))


# -- another language -------------------------------------------------------------------------
def test_the_same_language_changes_nothing() -> None:
    whole = _whole()
    assert spoken(whole, "en") is whole


def test_in_another_language_everything_is_read_answered_and_signed_anew() -> None:
    """What staff asked and signed stays, and what a child said. Proves: R38."""
    whole = _whole()
    now = spoken(whole, "es")
    assert (now.language, now.read) == ("es", {})
    assert _forms(now.told) == {"assent", "health_check", "open", "premedication"}
    assert set(now.signed) == {"premedication.nurse_signature", "countersign.physician_signature"}
    assert now.papers == {} and set(now.pads) == set(now.signed)
    assert now.read_in == {**whole.read_in, "en": whole.read}
    assert _forms(now.told_in["en"]) == {"consent", "notices", "notices_other"}


def test_back_in_a_language_what_was_read_and_answered_in_it_counts_again() -> None:
    """Proves: R38."""
    whole = _whole()
    tagalog = spoken(whole, "tl")
    assert tagalog.read == whole.read_in["tl"]
    assert _forms(tagalog.told) == {"assent", "consent", "health_check", "notices", "open", "premedication"}
    back = spoken(tagalog, "en")
    assert (back.read, back.told) == (whole.read, whole.told)


# -- another reader ---------------------------------------------------------------------------
def test_who_decides_from_here_on_reads_answers_and_signs_everything() -> None:
    """The child's own page, answer and signature stay. Proves: Q14, Q15."""
    now = read_anew(_whole())
    assert set(now.signed) == {
        "assent.child_signature", "premedication.nurse_signature", "countersign.physician_signature",
    }  # fmt: skip
    assert set(now.pads) == {*now.signed, "assent.drawn"} and now.papers == {}
    assert _forms(now.read) == _forms(now.explained) == _forms(now.in_person) == {"assent"}
    assert _forms(now.told) == {"assent", "health_check", "open", "premedication"}
    assert now.read_in == now.told_in == {}


# -- back from paper --------------------------------------------------------------------------
def test_on_glass_again_what_was_ticked_from_paper_counts_no_longer() -> None:
    """What was read and told before the paper does, and what staff asked. Proves: P8."""
    early = stamped(PageRead("consent", "early", "shown"), 1)
    chosen = stamped(PaperChosen("prefers"), 2)
    late = stamped(PageRead("consent", "late", "paper"), 3)
    read = {("consent", "early"): early, ("consent", "late"): late}
    rows = (Told(Chosen("no"), early, 1), Told(Chosen("yes"), late, 3))
    told = {(form, "item"): rows for form in ANSWERED} | {("consent", "new"): rows[1:]}
    visit = Visit(
        "one",
        (early, chosen, late),
        on_paper=chosen,
        read=read,
        told=told,
        read_in={"tl": read},
        told_in={"tl": told},
    )
    back = back_on_glass(visit)
    asked = {"health_check", "open", "premedication"}
    assert back.on_paper is None and back_on_glass(back) is back
    assert set(back.read) == set(back.read_in["tl"]) == {("consent", "early")}
    assert back.told == back.told_in["tl"]
    assert back.told == {(form, "item"): rows if form in asked else rows[:1] for form in ANSWERED}


# -- a newer text -----------------------------------------------------------------------------
def _old() -> dict[str, str]:
    opened = _whole().opened
    return dict(opened.forms) if opened else {}


def _renewal(*changed: str, shown: tuple[str, ...] = ()) -> FormsRenewed:
    forms = {form: "new" if form in changed else digest for form, digest in _old().items()}
    return FormsRenewed(forms, shown=shown)


SIGNS_OVER = {"sign", "consent", "notices", "notices_other", "health_check", "medicines"}


@pytest.mark.parametrize("form", [*READ, *ANSWERED, "vial", "medicines"])
def test_where_ink_stands_over_a_changed_text_it_is_signed_anew(form: str) -> None:
    """The consent and its reaffirmation; another form's ink goes with its own text. Proves: Q8, Q46."""
    whole = _whole()
    now = renewed(
        whole, _renewal(form) if form != "medicines" else FormsRenewed({**_old(), form: "new"}, "why")
    )
    gone = {pad.partition(".")[0] for pad in {*whole.signed, *whole.papers} - {*now.signed, *now.papers}}
    ours = {form} & {pad.partition(".")[0] for pad in (*whole.signed, *whole.papers)}
    assert gone == ours | ({"sign", "reaffirm"} if form in SIGNS_OVER else set())
    unread = {form} | ({"sign"} if form in SIGNS_OVER else set())
    assert _forms(now.read) == _forms(now.read_in["tl"]) == {*READ} - unread
    assert _forms(now.told_in["tl"]) == {"consent", "notices"} - {form}
    assert _forms(now.explained) == _forms(now.in_person) == {"consent", "assent"} - {form}
    assert now.opened is not None and now.opened.forms[form] == "new"


def test_the_same_texts_take_nothing_away() -> None:
    whole = _whole()
    assert renewed(whole, _renewal()) == whole


def test_a_notice_that_is_shown_again_is_read_with_the_others_of_its_form() -> None:
    """And is no longer left out. Proves: Q7, Q8."""
    whole = _whole()
    assert whole.opened is not None
    waived = {"s684": "emergency", "other": "emergency"}
    left_out = structs.replace(whole, opened=structs.replace(whole.opened, waived=waived))
    now = renewed(left_out, _renewal(shown=("s684",)))
    assert now.opened is not None and now.opened.waived == {"other": "emergency"}
    assert _forms(now.read) == {"assent", "consent"}
    assert _forms(now.told) == {*ANSWERED} - {"notices", "notices_other"}


@pytest.mark.parametrize(
    ("form", "reply", "stays"),
    [
        ("health_check", Chosen("no"), ()),
        ("health_check", Chosen("yes"), (True,)),
        ("health_check", Chosen("unsure"), (True,)),
        ("health_check", Measured("101.0", "°F"), (True,)),
        ("premedication", Chosen("yes"), (False,)),
        ("premedication", Chosen("unsure"), (False,)),
        ("premedication", Chosen("no"), ()),
        ("premedication", DoseGiven(NOON, "10 mg", "tablet"), (False,)),
        ("premedication", AtMoment(NOON), (False,)),
        ("premedication", DoseNotGiven("asked for nothing"), ()),
        ("premedication", Written("a kit"), ()),
        ("open", Chosen("yes"), ()),
        ("consent", DoseGiven(NOON, "10 mg", "tablet"), ()),
    ],
)
def test_no_newer_text_washes_away_what_stops_or_was_given(
    form: str, reply: Reply, stays: tuple[bool, ...]
) -> None:
    """True: it stands as the answer to an older text. Unchanged forms keep every answer. Proves: P3, Q26."""
    visit = structs.replace(_whole(), told=_told(*ANSWERED, reply=reply))
    now = renewed(visit, _renewal(form))
    assert tuple(each.outdated for each in now.told.get((form, "item"), ())) == stays
    assert {key: rows for key, rows in now.told.items() if key[0] != form} == {
        key: rows for key, rows in visit.told.items() if key[0] != form
    }
