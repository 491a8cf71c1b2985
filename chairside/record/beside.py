"""Who was beside the patient, in words: for the summary, and for the rows beside a line they signed (Q15)."""

from __future__ import annotations

from chairside.domain.facts import Signed, SignedOnPaper, Stamped
from chairside.domain.facts.people import (
    AssentNotAsked,
    InterpreterNamed,
    MinorMaySign,
    RepresentativeNamed,
    WayChosen,
    WitnessNamed,
)
from chairside.domain.people import WANTS
from chairside.domain.replies import Chosen
from chairside.domain.visit import ASSENT
from chairside.record.speech import begun, full_stop
from chairside.record.telling import Teller

Row = tuple[str, str]


def there(t: Teller) -> list[Row]:
    """Return the summary's rows about the people of this visit, in the order they were named."""
    rows: list[Row] = []
    for stamped in t.visit.facts:
        rows += _row(t, stamped)
    return [*rows, *_assent(t)]


def _row(t: Teller, stamped: Stamped) -> list[Row]:
    match stamped.fact:
        case RepresentativeNamed() as fact:
            why = [(t.say("there.incapacity"), fact.incapacity)] if fact.incapacity else []
            return [(t.say("there.representative"), _represents(t, fact)), *why]
        case InterpreterNamed() as fact:
            return [(t.say("there.interpreter"), f"{fact.name}, {interprets(t, fact)}")]
        case WitnessNamed(name):
            return [(t.say("there.witness"), name)]
        case MinorMaySign(reason):
            return [(t.say("there.may_sign"), reason)]
        case AssentNotAsked(reason):
            return [(t.say("there.assent"), begun(t.say("there.not_asked", reason=reason)))]
        case _:
            return []


def _represents(t: Teller, fact: RepresentativeNamed) -> str:
    relation = t.say(f"relation.{fact.relation}")
    return t.say("there.representative_told", name=fact.name, relation=relation, authority=fact.authority)


def interprets(t: Teller, fact: InterpreterNamed) -> str:
    """Return which language somebody interprets, from where, and what was read out."""
    sight = t.say("sight.yes" if fact.sight else "sight.no")
    told = {"spoken": fact.spoken, "mode": t.say(f"mode.{fact.mode}"), "sight": sight}
    said = [t.say("there.interpreter_told", **told)]
    said += [t.say("there.identifier", identifier=fact.identifier)] if fact.identifier else []
    said += [t.say("there.exception", exception=fact.exception)] if fact.exception else []
    return "; ".join(said)


def _assent(t: Teller) -> list[Row]:
    """Return every answer of the child: a no that became a yes is not hidden."""
    told = t.visit.told.get((ASSENT, WANTS), ())
    said = [t.option(ASSENT, WANTS, each.reply.option) for each in told if isinstance(each.reply, Chosen)]
    answer = " → ".join(said)
    return [(t.say("there.assent"), t.say("there.assent_told", answer=answer))] if said else []


def beside_line(t: Teller, stamped: Stamped, fact: Signed | SignedOnPaper) -> tuple[Row, ...]:
    """Return what is told of the signer beside the line: right, language, and how it was signed."""
    rows: list[Row] = []
    for earlier in t.visit.facts[: t.visit.facts.index(stamped)]:
        match earlier.fact:
            case RepresentativeNamed(name) as by if fact.signer == "representative" and name == fact.name:
                relation = (t.say("signed.relation"), begun(t.say(f"relation.{by.relation}")))
                rows = [relation, (t.say("signed.authority"), by.authority)]
            case InterpreterNamed(name) as by if fact.signer == "interpreter" and name == fact.name:
                rows = [(t.say("signed.interpreted"), interprets(t, by))]
            case _:
                continue
    return (*rows, *_way(t, stamped, fact))


def _way(t: Teller, stamped: Stamped, fact: Signed | SignedOnPaper) -> tuple[Row, ...]:
    earlier = (each.fact for each in t.visit.facts[: t.visit.facts.index(stamped)])
    chosen = [each for each in earlier if isinstance(each, WayChosen) and each.signer == fact.signer]
    on_paper = chosen[-1].way if chosen else "drawn"  # no pad saw how: it is what staff chose before
    way = fact.way if isinstance(fact, Signed) else on_paper
    if way == "drawn":
        return ()
    why = full_stop(chosen[-1].reason) if chosen else ""
    return ((t.say("signed.way"), f"{begun(full_stop(t.say(f'way.{way}')))} {why}".strip()),)
