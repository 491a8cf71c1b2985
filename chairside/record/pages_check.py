"""How to check the record: the command, what to compare with paper, what is proven and what is not."""

from __future__ import annotations

from itertools import count

from chairside.domain.keeping import kept_until
from chairside.record.blocks import Block, Break, Bullets, Heading, Para, Section, Together
from chairside.record.pages_summary import pairs
from chairside.record.setting import BODY, STAFF, Style
from chairside.record.telling import Teller, spaced

_OF_RECORDS = "check.not_proven_3"  # that an addendum would say what was given: only after an approval
_COMMAND = Style(10.5, 14, bold=True, after=8, most=504)


def check(t: Teller) -> Section:
    """Return the last page."""
    proof = t.content.proof
    added = t.content.addendum
    leave_out = "" if t.content.ending == "countersigned" and not added else _OF_RECORDS
    last = t.say("check.head_added") if added else t.say("check.head")
    blocks: list[Block] = [
        Heading(t.say("check.title_added" if added else "check.title")),
        Para(t.say("check.intro")),
        Para(t.say("check.command", file=f"{t.content.record_id}.pdf"), _COMMAND),
        Para(t.say("check.compare")),
        pairs(
            (
                (t.say("check.root"), spaced(t.content.clinic.root_sha256)),
                (t.say("check.digest"), spaced(t.digest)),
                (last, spaced(proof.head)),
                (t.say("check.tree"), t.say("check.tree_told", index=proof.index + 1, size=proof.size)),
                (t.say("check.tree_root"), spaced(proof.root)),
                (t.say("check.kept_until"), _kept(t)),
                (
                    t.say("check.generator"),
                    ", ".join(f"{name} {is_}" for name, is_ in sorted(t.content.generator.items())),
                ),
            )
        ),
        Heading(t.say("check.proven"), 3),
        Bullets(_list(t, "check.proven_"), BODY),
        Heading(t.say("check.not_proven"), 3),
        Bullets(_list(t, "check.not_proven_", leave_out), BODY),
        Para(t.say("check.paper"), STAFF),
    ]
    # an addendum is short: its few facts and this page stand on one sheet where both fit
    return Section((Together(tuple(blocks)),) if added else (Break(), *blocks), t.language)


def _kept(t: Teller) -> str:
    """Return until when this is kept at least (Q44)."""
    until = kept_until(t.visit, t.content.clinic.keep_years)
    return t.day(until) if until else ""


def _list(t: Teller, prefix: str, leave_out: str = "") -> tuple[str, ...]:
    found = []
    for number in count(1):
        key = f"{prefix}{number}"
        if not t.knows(key):
            break
        found += [] if key == leave_out else [t.say(key, clinic=t.content.clinic.name)]
    return tuple(found)
