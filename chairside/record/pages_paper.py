"""Signatures given on paper: who signed, who photographed the page, who compared it, and the photos (P8)."""

from __future__ import annotations

from chairside.domain.facts import PaperAttested, SignedOnPaper, Stamped
from chairside.record.beside import beside_line
from chairside.record.blocks import Para, Section
from chairside.record.colour import OK, WARN
from chairside.record.pages_above import above_line, no_longer, signed_under
from chairside.record.pages_photos import photos
from chairside.record.pages_summary import pairs
from chairside.record.setting import STAFF
from chairside.record.telling import Teller


def on_paper(t: Teller, stamped: Stamped, fact: SignedOnPaper) -> Section:
    """Return a signature on paper with its photos."""
    above = above_line(t, fact.pad, fact.signer)
    attested = attested_by(t, stamped, fact)
    told = t.say("paper.attested", one=t.name(stamped.stamp.person), other=attested)
    line = (
        Para(told, STAFF, "tick", OK) if attested else Para(t.say("paper.not_attested"), STAFF, "dot", WARN)
    )
    rows = pairs(
        (
            (t.say("signed.name"), fact.name),
            (t.say("signed.role"), t.say(f"role.{fact.signer}")),
            *beside_line(t, stamped, fact),
            (t.say("paper.when"), t.both_times(stamped.stamp.happened or stamped.stamp.utc)),
            (t.say("signed.meaning"), fact.meaning),
        )
    )
    seen = photos(t, fact.pictures, t.say("paper.photo", name=fact.name))
    return signed_under(above, (line, rows, *no_longer(t, stamped, fact.pad)), seen)


def attested_by(t: Teller, stamped: Stamped, fact: SignedOnPaper) -> str:
    """Return the second person's name, or nothing where nobody attested yet."""
    later = t.visit.facts[t.visit.facts.index(stamped) :]
    for each in later:
        if isinstance(each.fact, PaperAttested) and each.fact.pad == fact.pad:
            return t.name(each.stamp.person)
    return ""
