"""How to check the record: the command, what to compare with paper, what is proven and what is not."""

from __future__ import annotations

from chairside.record.blocks import Block, Break, Bullets, Heading, Para, Section
from chairside.record.pages_summary import pairs
from chairside.record.setting import BODY, STAFF, Style
from chairside.record.telling import Teller

_COMMAND = Style(10.5, 14, bold=True, after=8, most=504)


def check(t: Teller) -> Section:
    """Return the last page."""
    proof = t.content.proof
    blocks: list[Block] = [
        Break(),
        Heading(t.say("check.title")),
        Para(t.say("check.intro")),
        Para(t.say("check.command", file=f"{t.content.record_id}.pdf"), _COMMAND),
        Para(t.say("check.compare")),
        pairs(
            (
                (t.say("check.root"), _spaced(t.content.clinic.root_sha256)),
                (t.say("check.digest"), _spaced(t.digest)),
                (t.say("check.head"), _spaced(proof.head)),
                (t.say("check.tree"), t.say("check.tree_told", index=proof.index + 1, size=proof.size)),
                (t.say("check.tree_root"), _spaced(proof.root)),
                (
                    t.say("check.generator"),
                    ", ".join(f"{name} {is_}" for name, is_ in sorted(t.content.generator.items())),
                ),
            )
        ),
        Heading(t.say("check.proven"), 3),
        Bullets(_list(t, "check.proven_"), BODY),
        Heading(t.say("check.not_proven"), 3),
        Bullets(_list(t, "check.not_proven_"), BODY),
        Para(t.say("check.paper"), STAFF),
    ]
    return Section(tuple(blocks), t.language)


def _list(t: Teller, prefix: str) -> tuple[str, ...]:
    found: list[str] = []
    while t.knows(f"{prefix}{len(found) + 1}"):
        found.append(t.say(f"{prefix}{len(found) + 1}", clinic=t.content.clinic.name))
    return tuple(found)


def _spaced(digest: str) -> str:
    """Return a digest in groups of four, as people compare it with paper."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
