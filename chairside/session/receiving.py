"""Vials at the desk: expected, received under a sheet, checked, accepted, set apart, freed, gone (P10).

Needs no visit. Every fact is judged by the domain's rules of a vial's life before it is stored; opened,
thawed and used are written by the visit they happen in.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from msgspec import structs

from chairside import canon
from chairside.domain import custody, sheet
from chairside.domain.actor import Actor, clinical, staff_pin
from chairside.domain.custody import Custody
from chairside.domain.facts import (
    Answered,
    ExpectationEnded,
    Fact,
    SheetChecked,
    SheetEntered,
    SupplierAdded,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialDiscarded,
    VialEndTakenBack,
    VialExpected,
    VialFreed,
    VialQuarantined,
    VialReceived,
    VialRejected,
    VialReturned,
    VialThawed,
)
from chairside.domain.replies import Pictured, Reply
from chairside.domain.sheet import Sheet
from chairside.domain.vial import RECEIVING, Vial
from chairside.errors import NotAllowed
from chairside.session import cards
from chairside.session.board import SheetCard, VialCard
from chairside.session.clinic import CLINIC_STREAM, Clinic
from chairside.session.entries import refuse_answers, refuse_foreign, refuse_pictures
from chairside.session.scribe import Act
from chairside.session.staff import Proof, Staff
from chairside.session.texts import LONGEST_LINE, refuse_strange, stripped
from chairside.session.vials import limit_of, refuse_other_reading, vial_in, vial_stream

SHEET_FORM, SHEET_PHOTO = "donor_sheet", "sheet_photo"
Answers = Sequence[tuple[str, Reply]]


class Receiving:
    """The vials and their paper, as staff at the desk see and move them."""

    def __init__(self, clinic: Clinic, staff: Staff) -> None:
        self.clinic, self.staff = clinic, staff

    # -- what is there --------------------------------------------------------------------------
    def cards(self) -> tuple[VialCard, ...]:
        """Return every vial whose life is not over, and those of today, what is due first."""
        return cards.vial_cards(self.clinic)

    def sheets(self) -> tuple[SheetCard, ...]:
        """Return every donor-test sheet, those that wait for a second person first."""
        return cards.sheet_cards(self.clinic)

    def sheet(self, stream: str) -> Sheet:
        """Return a sheet as its stream tells it; an unknown stream gives an empty one."""
        return sheet.fold(self.clinic.ledger.stream(stream))

    def vial(self, code: str) -> Vial:
        """Return what is known of a vial and its sheet; an unknown code gives an empty one."""
        return vial_in(self.clinic.ledger, vial_stream(code))

    def alike(self, code: str) -> bool:
        """Tell whether a vial was received here whose label may be this one, read shorter or longer."""
        return bool(self.clinic.ledger.vials_alike(code))

    def suppliers(self) -> tuple[SupplierAdded, ...]:
        """Return every supplier as last told, by name."""
        return cards.suppliers(self.clinic)

    def may_move(self, supplier: str) -> bool:
        """Tell whether the supplier lets an unthawed vial go to another visit; unknown ones do not."""
        return any(each.name == supplier and each.may_move for each in self.suppliers())

    def may_free(self, vial: Vial) -> bool:
        """Tell whether a vial may go to another visit: its supplier lets it, or it never left the shelf."""
        return self.may_move(vial.supplier) or cards.left_behind(self.clinic, vial)

    def thaw_limit(self, vial: Vial) -> int | None:
        """Return the strictest limit that counts for a vial, in minutes after its thaw; None: none stated.

        The one in force at the thaw goes on, whatever the supplier says later (Q35).
        """
        thawed = [by.stamp for by in vial.facts if isinstance(by.fact, VialThawed)]
        at = (thawed[0].happened or thawed[0].utc) if thawed else None
        return limit_of(self.clinic.ledger, {vial.supplier}, at)

    def picture(self, digest: str) -> bytes:
        """Return a sheet's photograph. Raises: LedgerError."""
        return self.clinic.ledger.blob(digest)

    # -- what is told ---------------------------------------------------------------------------
    def add_supplier(self, fact: SupplierAdded, proof: Proof | None = None) -> None:
        """Keep a supplier, or what is known of one anew; another limit or leave to move wants a PIN.

        Raises: NotAllowed("nobody_signed_in" | "not_this_role" | "pin_needed" | "name_missing" |
        "limit_out_of_range" | "text_long" | "text_not_printable").
        """
        refuse_strange(fact)
        fact = structs.replace(fact, name=fact.name.strip())
        if not fact.name:
            raise NotAllowed("name_missing")
        if fact.thaw_limit_minutes is not None and not 1 <= fact.thaw_limit_minutes <= 24 * 60:
            raise NotAllowed("limit_out_of_range", least=1, most=24 * 60)
        actor = _proved(proof) if proof else self._actor()
        with self.clinic.scribe.alone():
            _refuse(staff_pin(actor) if self.changes_a_rule(fact) else clinical(actor))
            self.clinic.scribe.write(
                Act(actor.person, CLINIC_STREAM, key=proof.key if proof else None), [fact]
            )

    def changes_a_rule(self, fact: SupplierAdded) -> bool:
        """Tell whether this says something else of a known supplier's limit or vials: that wants a PIN."""
        known = next((each for each in self.suppliers() if each.name == fact.name.strip()), None)
        rules = (fact.thaw_limit_minutes, fact.may_move)
        return known is not None and (known.thaw_limit_minutes, known.may_move) != rules

    def expect(self, fact: VialExpected) -> str:
        """Keep that a vial is on its way; return the stream it is known by until it comes."""
        refuse_strange(fact)
        if fact.visit:
            cards.refuse_over(self.clinic, fact.visit)
        stream = f"vial:expected-{secrets.token_hex(8)}"
        self._write(stream, fact)
        return stream

    def not_coming(self, stream: str, reason: str) -> None:
        """Keep that what was expected will not come, and why."""
        self._write(stream, ExpectationEnded("", reason.strip()))

    def enter_sheet(
        self, fact: SheetEntered, answers: Answers, pictures: Sequence[bytes] = (), stream: str = ""
    ) -> str:
        """Copy a sheet from paper, with its pictures (JPEG); return its stream.

        With `stream` a known sheet is put right: it wants a second person again. Raises: NotAllowed with
        the code of the rule that refuses it; nothing is stored then.
        """
        refuse_strange(fact)
        refuse_answers(self.clinic, SHEET_FORM, answers)
        refuse_pictures(pictures)
        actor = self._actor()
        name = stream or f"sheet:{secrets.token_hex(8)}"
        known = self.sheet(name)
        refuse_foreign(answers, pictures, known.replies.values())
        if stream and not known.supplier:
            raise NotAllowed("sheet_unknown", stream=stream)
        _refuse(sheet.forbids(known, fact, actor))
        told = [Answered(SHEET_FORM, item, reply) for item, reply in answers]
        told += [Answered(SHEET_FORM, SHEET_PHOTO, Pictured(canon.sha256_hex(each))) for each in pictures]
        self.clinic.scribe.write(self._act(actor, name, SHEET_FORM), [fact, *told], tuple(pictures))
        return name

    def check_sheet(self, stream: str, proof: Proof) -> None:
        """Keep that a second person compared the sheet's entries with the paper, under PIN.

        Raises: NotAllowed("second_person_needed" | "already_checked" | "sheet_unknown" | "not_this_role").
        """
        actor, fact = _proved(proof), SheetChecked(proof.who.person)
        with self.clinic.scribe.alone():
            _refuse(sheet.forbids(self.sheet(stream), fact, actor))
            self.clinic.scribe.write(Act(actor.person, stream, key=proof.key), [fact])

    def receive(self, fact: VialReceived, answers: Answers) -> Vial:
        """Keep what a label says and how the box came; told again before it is accepted, it puts that right.

        Raises: NotAllowed("already_accepted" | "code_missing" | "supplier_unknown" | "sheet_unknown" |
        "vial_sheet_of_another" | "not_expected" | "label_known" | ...).
        """
        refuse_strange(fact, "code")
        fact = stripped(fact)
        refuse_answers(self.clinic, RECEIVING, answers)
        if len(fact.code) > LONGEST_LINE:
            raise NotAllowed("code_long", most=LONGEST_LINE)
        actor, stream = self._actor(), vial_stream(fact.code)
        refuse_foreign(answers, (), self.vial(fact.code).replies.values())
        self._refuse_paper(fact)
        refuse_other_reading(self.clinic.ledger, fact.code)
        came = (fact.expected, ExpectationEnded(fact.code)) if self._is_due(fact) else None
        with self.clinic.scribe.alone():
            self._judge(stream, fact, actor)
            if came is not None:
                self._judge(*came, actor)
            told: list[Fact] = [fact, *(Answered(RECEIVING, item, reply) for item, reply in answers)]
            beside = ((Act(actor.person, came[0]), came[1]),) if came else ()
            self.clinic.scribe.write(self._act(actor, stream, RECEIVING), told, (), beside)
        return self.vial(fact.code)

    def check(self, code: str, proof: Proof) -> Vial:
        """Keep that a second person compared the label's entries with the paper, under PIN."""
        self._write(vial_stream(code), VialChecked(proof.who.person), proof)
        return self.vial(code)

    def accept(self, code: str, proof: Proof | None = None) -> Vial:
        """Keep that a vial is accepted; refused while label, box or sheet is not in order, or past its date.

        Set apart after the thaw it comes back by a physician's PIN only ("physician_pin_needed").
        """
        cards.refuse_expired(self.clinic, self.vial(code))
        self._write(vial_stream(code), VialAccepted(), proof)
        return self.vial(code)

    def quarantine(self, code: str, reason: str) -> None:
        """Set a vial apart until somebody accepts or rejects it."""
        self._write(vial_stream(code), VialQuarantined(reason.strip()))

    def reject(self, code: str, reason: str) -> None:
        """Keep that a vial may not be used, for good."""
        self._write(vial_stream(code), VialRejected(reason.strip()))

    def set_aside(self, code: str, visit: str) -> None:
        """Set a vial aside for one visit; one freed by a slip may come back to a visit that is released.

        Raises: NotAllowed("visit_unknown" | "visit_is_over" | ...).
        """
        if not cards.comes_back(self.clinic, self.vial(code), visit):
            cards.refuse_over(self.clinic, visit)
        self._write(vial_stream(code), VialAssigned(visit))

    def free(self, code: str, reason: str, proof: Proof) -> None:
        """Let an unthawed vial go to another visit, where its supplier allows that; signed by PIN (P10)."""
        vial = self.vial(code)
        self._write(vial_stream(code), VialFreed(vial.visit, reason.strip()), proof)

    def discard(self, code: str, reason: str) -> None:
        """Keep that a vial was thrown away."""
        self._write(vial_stream(code), VialDiscarded(reason.strip()))

    def take_back(self, code: str, reason: str) -> None:
        """Keep that it was a slip to throw a vial away, on the day that was told."""
        cards.refuse_later(self.clinic, self.vial(code))
        self._write(vial_stream(code), VialEndTakenBack("", reason.strip()))

    def give_back(self, code: str, reason: str) -> None:
        """Keep that a vial went back to its supplier."""
        self._write(vial_stream(code), VialReturned(reason.strip()))

    # -- judging --------------------------------------------------------------------------------
    def _write(self, stream: str, fact: Custody, proof: Proof | None = None) -> None:
        refuse_strange(fact, "code", "visit")
        actor = _proved(proof) if proof else self._actor()
        with self.clinic.scribe.alone():
            self._judge(stream, fact, actor)
            self.clinic.scribe.write(Act(actor.person, stream, key=proof.key if proof else None), [fact])

    def _judge(self, stream: str, fact: Custody, actor: Actor) -> None:
        vial = vial_in(self.clinic.ledger, stream)
        _refuse(custody.forbids(vial, fact, actor, self.may_free(vial)), type(fact).__name__)

    def _is_due(self, fact: VialReceived) -> bool:
        """Tell whether what this vial was expected as is still open; told again it has ended already."""
        told = vial_in(self.clinic.ledger, fact.expected)
        return bool(fact.expected) and (told.ended is None or told.ended.code != fact.code)

    def _refuse_paper(self, fact: VialReceived) -> None:
        """Refuse a supplier or a sheet that is not there, or one of other vials; a sheet may come later."""
        if fact.supplier not in {each.name for each in self.suppliers()}:
            raise NotAllowed("supplier_unknown", supplier=fact.supplier)
        if not fact.sheet:
            return
        named = self.sheet(fact.sheet)
        if not named.supplier:
            raise NotAllowed("sheet_unknown", stream=fact.sheet)
        if not named.covers(fact.supplier, fact.lot):
            raise NotAllowed("vial_sheet_of_another", supplier=fact.supplier, lot=fact.lot)

    def _actor(self) -> Actor:
        who = self.staff.who
        if who is None:
            raise NotAllowed("nobody_signed_in")
        return Actor(who.person, who.role, name=who.name)

    def _act(self, actor: Actor, stream: str, form: str) -> Act:
        known = self.clinic.book.forms.get(form)
        return Act(actor.person, stream, known.digest if known else None)


def _proved(proof: Proof) -> Actor:
    return Actor(proof.who.person, proof.who.role, proved=True, name=proof.who.name)


def _refuse(code: str | None, fact: str = "") -> None:
    if code is not None:
        raise NotAllowed(code, fact=fact)
