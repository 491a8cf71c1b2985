"""The physician's page: what was found, how each finding was ruled on, what was ordered and decided."""

from __future__ import annotations

from chairside.domain.facts import Decided, QuestionRaised, QuestionSettled, Stamped
from chairside.domain.replies import OnDate
from chairside.record.blocks import Block, Cell, Heading, Para, Section, Sign, Table, Together
from chairside.record.colour import DANGER, OK, WARN, Colour
from chairside.record.content import Found
from chairside.record.pages_summary import pairs
from chairside.record.setting import STAFF
from chairside.record.speech import full_stop
from chairside.record.telling import Teller

RESCREEN = ("decision", "rescreen_on")
_SIGNS: dict[str, tuple[Sign, Colour]] = {
    "do_not_treat": ("cross", DANGER),
    "defer": ("cross", DANGER),
    "hold": ("dot", DANGER),
}


def physician(t: Teller) -> Section:
    """Return findings, rulings, the patient's questions and the decision."""
    blocks: list[Block] = [
        Heading(t.say("physician.title")),
        Para(t.say("physician.verdict", verdict=t.say(f"checks.{t.content.verdict}")), STAFF, keep=True),
        Heading(t.say("physician.findings"), 3),
        *_findings(t),
        Heading(t.say("physician.questions"), 3),
        *_questions(t),
        Heading(t.say("physician.decision"), 3),
        *_decision(t),
    ]
    return Section((Together(tuple(blocks)),), t.language)  # one page where it fits on one


def _findings(t: Teller) -> tuple[Block, ...]:
    if not t.content.findings:
        return (Para(t.say("physician.no_findings"), STAFF, "tick", OK),)
    head = tuple(t.say(f"physician.{name}") for name in ("finding", "weight", "ruling"))
    told = tuple(found for found in t.content.findings if not _moot(t, found))
    rows = tuple(_finding(t, found) for found in told)
    table = (Table(head, rows, (3, 1.8, 3.2)),) if rows else ()
    return (*table, *_left_open(t, len(t.content.findings) - len(told)))


def _moot(t: Teller, found: Found) -> bool:
    """Tell whether a question was only left open because the visit stopped before it."""
    return found.weight == "incomplete" and t.content.ending != "countersigned"


def _left_open(t: Teller, count: int) -> tuple[Block, ...]:
    if not count:
        return ()
    told = t.say("physician.left_open_one" if count == 1 else "physician.left_open", count=count)
    return (Para(told, STAFF),)


def _finding(t: Teller, found: Found) -> tuple[Cell, ...]:
    key = f"{found.id}:{found.about}" if found.about else found.id
    ruled = t.visit.ruled.get(key)
    if ruled is None:
        told = t.say(f"physician.{_unruled(t, found)}")
    else:
        done = t.say("physician.mitigation", text=_ordered(t, ruled.mitigation)) if ruled.mitigation else ""
        told = f"{full_stop(ruled.reason)} {done}" if done else ruled.reason
    sign = _SIGNS.get(found.weight, ("dot", WARN))
    return (Cell(t.finding(found), *sign), Cell(t.say(f"weight.{found.weight}")), Cell(told))


def _unruled(t: Teller, found: Found) -> str:
    """Return the key of why nobody ruled on a finding."""
    if found.weight == "clear":
        return "note_only"
    return "by_decision" if _stops(t, found) else "not_ruled"


def _stops(t: Teller, found: Found) -> bool:
    """Tell whether the decision itself is the ruling: what stops a visit is ruled on in no other way."""
    decision = t.visit.decision
    return found.weight in _SIGNS and decision is not None and decision.ruling != "proceed"


def _ordered(t: Teller, name: str) -> str:
    """Return what is ordered by its name, or a mitigation in the physician's own words."""
    key = f"premedication.{name}"
    return t.say(key) if t.knows(key) else name


def _questions(t: Teller) -> tuple[Block, ...]:
    rows = [
        (Cell(t.title(fact.form, fact.item)), Cell(t.by(raised)), Cell(_settled(t, fact, raised)))
        for raised in t.visit.facts
        if isinstance(fact := raised.fact, QuestionRaised)
    ]
    if not rows:
        return (Para(t.say("physician.no_questions"), STAFF),)
    head = tuple(t.say(f"physician.{name}") for name in ("about", "raised", "settled"))
    return (Table(head, tuple(rows), (3, 2, 2)),)


def _settled(t: Teller, asked: QuestionRaised, raised: Stamped) -> str:
    later = t.visit.facts[t.visit.facts.index(raised) :]
    for stamped in later:
        fact = stamped.fact
        if isinstance(fact, QuestionSettled) and (fact.form, fact.item) == (asked.form, asked.item):
            return t.by(stamped)
    return t.say("physician.open")


def _decision(t: Teller) -> tuple[Block, ...]:
    stamped, decision = t.visit.decided, t.visit.decision
    if stamped is None or decision is None:
        return (Para(t.say("physician.no_decision"), STAFF),)
    return (pairs(_decision_rows(t, stamped, decision)),)


def _again(t: Teller, decision: Decided) -> tuple[tuple[str, str], ...]:
    """Return from which day on the patient may be asked again: of a deferral only (C2)."""
    told = t.visit.replies.get(RESCREEN)
    if decision.ruling != "defer" or not isinstance(told, OnDate):
        return ()
    return ((t.say("physician.rescreen"), t.day(told.day)),)


def _decision_rows(t: Teller, stamped: Stamped, decision: Decided) -> tuple[tuple[str, str], ...]:
    strength = t.say("vial.million", count=decision.strength_million) if decision.strength_million else ""
    proved = " " + t.say("closed.proved") if stamped.signature else ""
    given = ", ".join(_ordered(t, name) for name in decision.premedication)
    alone = t.say("physician.alone_told") if t.content.clinic.physician_alone else ""
    why = ((t.say("physician.why"), decision.reason),) if decision.reason else ()
    return (
        (t.say("physician.decided"), t.say(f"ruling.{decision.ruling}")),
        *why,
        *_again(t, decision),
        (t.say("physician.discussed"), t.say(f"discussed.{decision.discussed}")),
        (t.say("physician.strength"), strength),
        (t.say("physician.premedication"), given),
        *(((t.say("physician.doses"), decision.doses),) if decision.doses else ()),
        (t.say("physician.by"), f"{t.name(stamped.stamp.person)}, {t.role(stamped.stamp.person)}"),
        (t.say("physician.when"), t.both_times(stamped.stamp.utc) + "." + proved),
        (t.say("physician.alone"), alone),
    )
