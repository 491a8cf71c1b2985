"""What a visit says of itself: the latest replies, each vial once, and whether anybody ever signed."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain.facts import Decided, Fact, Signed, SignedOnPaper, Signer
from chairside.domain.replies import Chosen, Coded, CodesRead, Reply
from chairside.domain.visit import Told, Visit
from tests.domain.made_up import NAME, SIGN_PAD, VIAL_PAD, a_vial, stamped

BLANK = Visit("one")
BY = stamped(Decided("defer", "phone", None, (), (), "a cold"))
VIAL_CODE = ("vial", "vial_code")
RECEIVED = "]C0=G12341765432100"
SPELLED, OTHER = Coded(" G1234 17 654321 A ", "typed"), Coded("V-2", "scanned")


def with_replies(*replies: Reply) -> Visit:
    return structs.replace(BLANK, told={VIAL_CODE: tuple(Told(each, BY) for each in replies)})


def test_the_latest_reply_to_an_item_counts() -> None:
    said = with_replies(Chosen("no"), Chosen("yes"))
    assert (said.reply(VIAL_CODE), said.replies) == (Chosen("yes"), {VIAL_CODE: Chosen("yes")})
    assert said.option(*VIAL_CODE) == "yes"
    assert with_replies(OTHER).option(*VIAL_CODE) is None
    assert BLANK.reply(VIAL_CODE) is None and BLANK.option(*VIAL_CODE) is None


@pytest.mark.parametrize(
    ("replies", "read", "known"),
    [
        ((), (), ()),
        ((Chosen("no"),), (), ()),
        ((OTHER, SPELLED), ("G1234 17 654321 A",), (RECEIVED,)),
        ((CodesRead((OTHER, SPELLED, Coded(RECEIVED, "scanned"))),), ("V-2", "G1234 17 654321 A"),
         ("V-2", RECEIVED)),
    ],
)  # fmt: skip
def test_each_vial_is_named_once_and_as_it_was_received(
    replies: tuple[Reply, ...], read: tuple[str, ...], known: tuple[str, ...]
) -> None:
    """Proves: Q34."""
    visit = structs.replace(with_replies(*replies), vials=(structs.replace(a_vial(), code=RECEIVED),))
    assert (visit.read_codes, visit.codes) == (read, known)


def on_glass(pad: str, signer: Signer) -> Fact:
    return Signed(pad, signer, NAME, "I agree", ("a",))


OTHERS: tuple[Signer, ...] = ("nurse", "physician", "interpreter", "witness")


def on_paper(pad: str, signer: Signer) -> Fact:
    return SignedOnPaper(pad, signer, NAME, "I agree", ("a",))


@pytest.mark.parametrize(
    ("facts", "signed", "consented"),
    [
        ((), False, False),
        ((on_glass(SIGN_PAD, "patient"),), True, True),
        ((on_paper(SIGN_PAD, "representative"),), True, True),
        ((on_glass("assent.signature", "patient"),), True, False),  # what a child says is no consent
        ((on_glass("assent.signature", "patient"), on_glass(VIAL_PAD, "representative")), True, True),
        (tuple(on_glass(SIGN_PAD, who) for who in OTHERS), False, False),
    ],
)  # fmt: skip
def test_who_consents_signed_or_did_not(facts: tuple[Fact, ...], signed: bool, consented: bool) -> None:
    """A signature that was made void since was made all the same."""
    visit = structs.replace(BLANK, facts=(BY, *(stamped(fact) for fact in facts)))
    assert (visit.patient_signed, visit.consented) == (signed, consented)


def test_the_decision_is_the_physician_s_last_one() -> None:
    assert BLANK.decision is None
    assert structs.replace(BLANK, decided=BY).decision == BY.fact
