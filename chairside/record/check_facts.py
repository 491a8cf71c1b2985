"""Stage 2, the facts: record.json holds one visit whose facts chain to its head and whose acts were signed.

The head is where the tablet's log comes in: its inclusion proof must lead to the root named here, and
the person who certified the file must be the one the facts name, in a role that fits the ending.
An addendum's facts chain from its record's head on, and name the SHA-256 of the record's file.
"""

from __future__ import annotations

import base64
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec import Struct

from chairside import canon, keys
from chairside.canon import tree
from chairside.domain.facts import (
    AddendumConcluded,
    AddendumSealed,
    AddendumSigned,
    Concluded,
    Corrected,
    Countersigned,
    Decided,
    FormsRenewed,
    HandedOver,
    HeadSigned,
    LimitPassed,
    NoticeWaived,
    PaperAttested,
    PaperChosen,
    PeopleFact,
    ReleaseRenewed,
    Sealed,
    SheetChecked,
    SignedOnPaper,
    Stamped,
    StepClosed,
    Stopped,
    VialChecked,
    VialFreed,
    VisitOpened,
)
from chairside.domain.facts.people import AssentNotAsked, MinorMaySign, RepresentativeNamed
from chairside.record import content as record
from chairside.record import photo
from chairside.record.check_pairs import demand_second_person
from chairside.record.check_trust import (
    ADMINISTRATOR,
    CERTIFIES,
    CLINICAL,
    PHYSICIAN,
    STAFF,
    fingerprint,
    issued_by,
)
from chairside.record.check_world import Refused


class Told(Struct, frozen=True):
    """Codes of what is proven and what is left open; `facts` names the record, and the one it follows."""

    proven: tuple[str, ...]
    left: tuple[str, ...]
    facts: dict[str, str]


class Against(Struct, frozen=True):
    """What record.json is held against: the trusted root and the certifier's certificate (DER)."""

    root: bytes
    certifier: bytes
    demo: bool


def examine_facts(data: bytes, against: Against) -> Told:
    """Return what is proven and what is left open. Raises: Refused, RecordError, ValueError."""
    content = record.from_json(data)
    if not record.is_canonical(data):
        raise Refused("record_not_canonical")
    facts = content.stamped()
    _demand_identity(content, against)
    _demand_chain(content, facts)
    _demand_waivers(facts)
    _demand_acts(content, facts, against.root)
    demand_second_person(facts)
    _demand_certifier(content, against)
    _demand_pictures(content, facts)
    proven, left = ("facts_chain_to_head", "head_in_log", "acts_signed"), ("not_rebuilt",)
    names = _names(content, facts)
    if _head_signed(content, against.root):
        return Told((*proven, "log_signed_by_tablet"), left, names)
    return Told(proven, (*left, "log_not_signed_yet"), names)


def _names(content: record.Content, facts: tuple[Stamped, ...]) -> dict[str, str]:
    """Return by what a folder of records is put together."""
    names = {"record_id": content.record_id, "head": content.proof.head}
    if content.addendum is not None:
        own = [fact for fact in facts if fact.stamp.stream == f"visit:{content.visit}"]
        earlier = [fact.fact.sha256 for fact in own if isinstance(fact.fact, AddendumSealed)]
        names["addendum"], names["about"] = str(content.addendum.number), content.addendum.about
        names["follows_id"] = content.addendum.follows_id
        names["follows_sha256"] = content.addendum.follows_sha256
        names["follows_head"] = own[0].stamp.after[0]
        names["earlier"] = " ".join(earlier)
    return names


def _demand_identity(content: record.Content, against: Against) -> None:
    if content.clinic.root_sha256 != fingerprint(against.root):
        raise Refused("clinic_differs")
    if against.demo and not (content.demo and content.clinic.demo):
        raise Refused("demo_unmarked")
    if content.generator_digest != canon.digest(content.generator):
        raise Refused("generator_differs")
    if content.record_id != record.record_id(content.proof.head):
        raise Refused("record_id_differs")


def _demand_chain(content: record.Content, facts: tuple[Stamped, ...]) -> None:
    """Every fact of the visit but the first follows earlier ones, all lead to the head, which concludes."""
    own = [fact for fact in facts if fact.stamp.stream == f"visit:{content.visit}"]
    if len({fact.hash for fact in facts}) != len(facts) or not own:
        raise Refused("facts_broken")
    seen = set(own[0].stamp.after) if content.addendum else set()
    open_ends = set(seen)
    for fact in own:
        after = set(fact.stamp.after)
        if not after <= seen or bool(after) != bool(seen):
            raise Refused("facts_broken")
        open_ends = (open_ends - after) | {fact.hash}
        seen.add(fact.hash)
    if open_ends != {content.proof.head} or own[-1].hash != content.proof.head:
        raise Refused("facts_broken")
    if content.addendum is not None:
        _demand_addendum(content, content.addendum, own)
    else:
        last = own[-1].fact
        if not isinstance(last, Concluded) or last.ending != content.ending:
            raise Refused("ending_differs")
    _demand_in_log(content.proof)


def _demand_waivers(facts: tuple[Stamped, ...]) -> None:
    """Refuse a record that leaves out a notice without the very fact that says why (Q7)."""
    held = {fact.hash: fact.fact.notice for fact in facts if isinstance(fact.fact, NoticeWaived)}
    opened = (fact.fact for fact in facts if isinstance(fact.fact, VisitOpened))
    renewed = (fact.fact for fact in facts if isinstance(fact.fact, FormsRenewed))
    again = {notice for fact in renewed for notice in fact.shown}
    named = [(digest, n) for fact in opened for n, digest in fact.waived.items() if n not in again]
    if sorted(named) != sorted(held.items()):
        raise Refused("waiver_missing")


def _demand_addendum(content: record.Content, added: record.Addendum, own: list[Stamped]) -> None:
    """Refuse an addendum that says other than its facts: which record, what, and by whom."""
    before = own[0].stamp.after
    if len(before) != 1 or record.record_id(before[0]) != added.follows_id:
        raise Refused("addendum_follows_other")
    if [fact.fact.sha256 for fact in own if isinstance(fact.fact, Sealed)] != [added.follows_sha256]:
        raise Refused("addendum_follows_other")
    last = own[-1].fact
    if not isinstance(last, AddendumConcluded) or (last.number, last.about) != (added.number, added.about):
        raise Refused("addendum_differs")
    signed = [(fact.fact, fact.stamp.person) for fact in own if isinstance(fact.fact, AddendumSigned)]
    fact, person = signed[-1] if signed else (None, "")
    if fact is None or (fact.number, fact.about, fact.text, fact.meaning) != (
        added.number,
        added.about,
        added.text,
        added.meaning,
    ):
        raise Refused("addendum_differs")
    if person != content.certifier.person:
        raise Refused("certifier_differs")


def _demand_pictures(content: record.Content, facts: tuple[Stamped, ...]) -> None:
    """Refuse a photo that no fact names, or that is not the one named."""
    if set(content.pictures) - set(photo.named(facts)):
        raise Refused("picture_unknown")
    if not all(photo.is_named_rightly(digest, held) for digest, held in content.pictures.items()):
        raise Refused("picture_differs")
    if not all(photo.read(held) for held in content.pictures.values()):
        raise Refused("picture_no_photo")


def _demand_in_log(proof: record.Proof) -> None:
    path = [bytes.fromhex(step) for step in proof.path]
    leaf, root = bytes.fromhex(proof.head), bytes.fromhex(proof.root)
    if not tree.verify_inclusion(leaf, proof.index, proof.size, path, root):
        raise Refused("head_not_in_log")


def _demand_acts(content: record.Content, facts: tuple[Stamped, ...], root: bytes) -> None:
    if set(content.signatures) - {fact.hash for fact in facts}:
        raise Refused("act_unknown")
    for fact, text in zip(facts, content.bodies, strict=True):
        roles = _who_may(content, fact)
        if fact.signature is None:
            if roles:
                raise Refused("act_not_signed")
            continue
        role = _signed_as(content, fact, text.encode(), root)
        if role not in (roles or STAFF):
            raise Refused("act_role")


def _who_may(content: record.Content, fact: Stamped) -> frozenset[str]:
    """Return the roles of which one must have signed this fact; none where it needs no signature."""
    if isinstance(fact.fact, PeopleFact):  # who may sign, and how, was said under a PIN
        return _who_may_name(fact.fact)
    match fact.fact:
        case Decided() | Corrected() | Countersigned() | LimitPassed() | ReleaseRenewed():
            return PHYSICIAN
        case AddendumSigned():
            return CLINICAL
        case NoticeWaived():
            return ADMINISTRATOR
        case VialChecked() | SheetChecked() | VialFreed():
            return STAFF
        case Stopped() | HandedOver(to="staff") | PaperChosen() | SignedOnPaper() | PaperAttested():
            return STAFF
        case StepClosed(step) if content.plan.step(step).closes == "pin":
            return STAFF
        case _:
            return frozenset()


def _who_may_name(fact: PeopleFact) -> frozenset[str]:
    """Return who says this of the people here: of a child or of an adult's mind the physician alone."""
    if isinstance(fact, AssentNotAsked | MinorMaySign):
        return PHYSICIAN
    return PHYSICIAN if isinstance(fact, RepresentativeNamed) and fact.incapacity else CLINICAL


def _signed_as(content: record.Content, fact: Stamped, stored: bytes, root: bytes) -> str:
    """Return the role in which this act was signed. Raises: Refused where the signature does not hold."""
    person = fact.stamp.person
    certificate = content.certificates.get(person, "")
    if not certificate or fact.signature is None:
        raise Refused("act_not_signed")
    holder = _held_by(certificate, root, fact.stamp.utc)
    if holder.person != person or content.people[person].role != holder.role:
        raise Refused("act_role")
    if not keys.verify(certificate, stored, base64.b64decode(fact.signature, validate=True)):
        raise Refused("act_not_signed")
    return holder.role


def _held_by(certificate: str, root: bytes, at: datetime) -> keys.Holder:
    holder = keys.holder(certificate)
    own = x509.load_pem_x509_certificate(certificate.encode())
    if not issued_by(own, x509.load_der_x509_certificate(root)) or not holder.since <= at <= holder.until:
        raise Refused("act_not_signed")
    return holder


def _demand_certifier(content: record.Content, against: Against) -> None:
    signed = x509.load_der_x509_certificate(against.certifier).public_bytes(Encoding.PEM).decode()
    holder = keys.holder(signed)
    named = content.certifier
    act = content.addendum.about if content.addendum else content.ending
    if holder.role not in CERTIFIES[act]:
        raise Refused("role_does_not_fit")
    if (holder.person, holder.role) != (named.person, named.role):
        raise Refused("certifier_differs")


def _head_signed(content: record.Content, root: bytes) -> bool:
    """Return whether the tablet signed exactly this state of its log. Raises: Refused where it lies."""
    if not content.proof.signed_head:
        return False
    body = canon.decode(content.proof.signed_head.encode())
    told = body.fact
    if not isinstance(told, HeadSigned):
        raise Refused("log_signature")
    holder = _held_by(content.proof.certificate, root, body.stamp.utc)
    said = canon.head_bytes(body.stamp.tablet, told.last, told.chain, told.tree_size, told.root)
    signature = base64.b64decode(told.signature, validate=True)
    good = keys.verify(content.proof.certificate, said, signature)
    if not good or holder.role != "tablet" or holder.person != body.stamp.tablet:
        raise Refused("log_signature")
    return (told.tree_size, told.root) == (content.proof.size, content.proof.root)
