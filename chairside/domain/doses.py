"""What was given beside what the physician ordered in words: where they differ, somebody looks again (Q27).

The order is free text, so nothing is refused by it: a drug, an amount or a way that is not found there
is said to the nurse, to the physician before the countersignature, and in the record. A drug may be
ordered by its brand: `brands` says which one that is, each by its folded name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from chairside.domain.drugs import folded
from chairside.domain.form import Dose, Form
from chairside.domain.premedication import H1_ORDER, ORDERED
from chairside.domain.replies import DoseGiven, Reply
from chairside.domain.visit import Visit

Doubt: TypeAlias = Literal["", "drug", "amount", "way"]

AS_ORDERED = "as ordered"  # an amount of a form that leaves it to the order

_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mg|mcg|ug|μg|g|ml)\b")
_DOTTED = re.compile(r"\b([a-z])\.([a-z])\b\.?")  # i.v. is iv
_BETWEEN = re.compile(r"[;+&\n]|,(?!\d)|\.(?!\d)|\b(?:and|plus|then|y|mas|luego)\b")
_WORD = re.compile(r"[^\W\d_]+(?:[- ]d\b)?")  # Zyrtec-D holds more than Zyrtec
_WAY_OF = {"tablet": "mouth", "chewable": "mouth", "syrup": "mouth"}  # the rest are ways themselves
_WAYS: dict[str, frozenset[str]] = {
    "mouth": frozenset({"mouth", "oral", "orally", "po", "tablet", "tablets", "syrup", "boca", "tableta"}),
    "vein": frozenset({"vein", "iv", "intravenous", "intravenously", "vena", "intravenosa"}),
    "muscle": frozenset({"muscle", "im", "intramuscular", "intramuscularly", "musculo"}),
}


def _generic(text: str, brands: Mapping[str, str]) -> str:
    """Return a text folded, with what a brand holds in the place of its name."""
    return _WORD.sub(lambda found: brands.get(found[0], found[0]), folded(text))


def _root(word: str) -> str:
    """Return what a drug's name has in common in English and in Spanish: dexamet(h)ason(e|a)."""
    return word.replace("th", "t").replace("ph", "f").replace("y", "i").rstrip("aeio")


def _names(part: str, drug: str) -> bool:
    wanted = _root(drug.split(maxsplit=1)[0])
    return any(_root(word) == wanted for word in re.findall(r"[^\W\d_]+", part))


def _parts(order: str, drugs: tuple[str, ...], brands: Mapping[str, str]) -> list[str]:
    """Return an order as one part a drug: what names none of them goes with the one before it."""
    parts: list[str] = []
    plain = "\n".join(_DOTTED.sub(r"\1\2", _generic(line, brands)) for line in order.splitlines())
    for said in _BETWEEN.split(plain):
        if parts and not any(_names(said, drug) for drug in drugs):
            parts[-1] += f" {said}"
        else:
            parts.append(said)
    return parts


def _amounts(text: str) -> set[tuple[float, str]]:
    return {(float(number.replace(",", ".")), unit) for number, unit in _AMOUNT.findall(text)}


def _other_way(part: str, form: str) -> bool:
    """Tell whether an order names ways, and this one is not among them."""
    words = set(re.findall(r"[^\W\d_]+", part))
    named = {way for way, its in _WAYS.items() if its & words}
    return bool(named) and _WAY_OF.get(form, form) not in named


def differs(
    order: str, drugs: Iterable[str], drug: str, given: DoseGiven, brands: Mapping[str, str]
) -> Doubt:
    """Return in what a dose given is not the one ordered in words; nothing where the words hold it.

    An amount that the form leaves to the order has to stand there.
    """
    known = tuple(_generic(each, brands) for each in drugs)
    own = [part for part in _parts(order, known, brands) if _names(part, _generic(drug, brands))]
    if not own:
        return "drug"
    said, amounts = " ".join(own), _amounts(folded(given.dose))
    ordered = _amounts(said)
    if not (amounts & ordered if amounts else ordered):
        return "amount"
    return "way" if _other_way(said, given.form) else ""


def doubt(visit: Visit, form: Form, item_id: str, given: Reply | None, brands: Mapping[str, str]) -> Doubt:
    """Return in what a part of a mitigation, as it was given, differs from the order in force."""
    item, decision = form.item(item_id), visit.decision
    parts = ORDERED[H1_ORDER]
    if not isinstance(item, Dose) or not isinstance(given, DoseGiven) or item_id not in parts:
        return ""
    if decision is None or not decision.doses.strip():
        return ""
    drugs = (each.drug for each in form.items if isinstance(each, Dose))
    return differs(decision.doses, drugs, item.drug, given, brands)
