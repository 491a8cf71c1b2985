"""The drug names the clinic knows, folded so that case and accents do not matter."""

from __future__ import annotations

import unicodedata
from typing import Literal, TypeAlias

from msgspec import Struct

IsNsaid: TypeAlias = Literal["yes", "no", "related"]


class Drug(Struct, frozen=True):
    """One name a patient may say; `related` and unknown names go to the physician."""

    name: str
    ingredient: str
    is_nsaid: IsNsaid
    antithrombotic: bool = False


def folded(name: str) -> str:
    """Return the name without case, accents and surplus blanks."""
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def _both(known: Drug, drug: Drug) -> Drug:
    nsaid = known.is_nsaid if known.is_nsaid != "no" else drug.is_nsaid
    return Drug(known.name, known.ingredient, nsaid, known.antithrombotic or drug.antithrombotic)


class DrugList(Struct, frozen=True):
    """All known drugs by folded name."""

    by_name: dict[str, Drug]

    @classmethod
    def of(cls, drugs: tuple[Drug, ...]) -> DrugList:
        """Return the list; a name that is both NSAID and antithrombotic (aspirin) counts as both."""
        by_name: dict[str, Drug] = {}
        for drug in drugs:
            key = folded(drug.name)
            known = by_name.get(key)
            by_name[key] = drug if known is None else _both(known, drug)
        return cls(by_name)

    def find(self, name: str) -> Drug | None:
        """Return the drug with exactly this name, case and accents aside, or None."""
        return self.by_name.get(folded(name))
