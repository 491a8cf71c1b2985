"""Stage 2, the facts: record.json holds one visit whose facts chain to its head and whose acts were signed.

The head is where the tablet's log comes in: its inclusion proof must lead to the root named here, and
the person who certified the file must be the one the facts name, in a role that fits the ending.
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
    Concluded,
    Corrected,
    Countersigned,
    Decided,
    HandedOver,
    HeadSigned,
    Stamped,
    StepClosed,
    Stopped,
)
from chairside.record import content as record
from chairside.record.check_trust import CERTIFIES, PHYSICIAN, STAFF, fingerprint, issued_by
from chairside.record.check_world import Refused


class Against(Struct, frozen=True):
    """What record.json is held against: the trusted root and the certifier's certificate (DER)."""

    root: bytes
    certifier: bytes
    demo: bool


def examine_facts(data: bytes, against: Against) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of what is proven and what is left open. Raises: Refused, RecordError, ValueError."""
    content = record.from_json(data)
    if record.to_json(content) != data:
        raise Refused("record_not_canonical")
    facts = content.stamped()
    _demand_identity(content, against)
    _demand_chain(content, facts)
    _demand_acts(content, facts, against.root)
    _demand_certifier(content, against)
    proven, left = ("facts_chain_to_head", "head_in_log", "acts_signed"), ("not_rebuilt",)
    if _head_signed(content, against.root):
        return (*proven, "log_signed_by_tablet"), left
    return proven, (*left, "log_not_signed_yet")


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
    open_ends: set[str] = set()
    seen: set[str] = set()
    for fact in own:
        after = set(fact.stamp.after)
        if not after <= seen or bool(after) != bool(seen):
            raise Refused("facts_broken")
        open_ends = (open_ends - after) | {fact.hash}
        seen.add(fact.hash)
    if open_ends != {content.proof.head} or own[-1].hash != content.proof.head:
        raise Refused("facts_broken")
    last = own[-1].fact
    if not isinstance(last, Concluded) or last.ending != content.ending:
        raise Refused("ending_differs")
    _demand_in_log(content.proof)


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
    match fact.fact:
        case Decided() | Corrected() | Countersigned():
            return PHYSICIAN
        case Stopped() | HandedOver(to="staff"):
            return STAFF
        case StepClosed(step) if content.plan.step(step).closes == "pin":
            return STAFF
        case _:
            return frozenset()


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
    if holder.role not in CERTIFIES[content.ending]:
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
