"""The drug names the clinic knows, folded so that case and accents do not matter.

`find` is the rule's: a name is in the list or it is unknown, and unknown goes to the physician. `search` is
for people: it offers what may be meant and takes nothing, because one letter turns one drug into another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct, structs

IsNsaid: TypeAlias = Literal["yes", "no", "related"]
ListStatus: TypeAlias = Literal["sample", "signed"]  # whether a pharmacist or physician signed every list
_STRICTNESS: tuple[IsNsaid, ...] = ("no", "yes", "related")  # a box that must be read asks in any case
EDITED_FROM = 4  # Units: letters. Shorter names are one letter apart by chance: ASA, BC
MOST_OFFERED = 6


class Drug(Struct, frozen=True):
    """One name a patient may say; `related` and unknown names go to the physician.

    Units: `clears_hours` is the longest time until next to nothing is left (five half-lives), 0 where the
    list does not say; `clears_days` is the same as the list tells it: "3 to 4.5".
    """

    name: str
    ingredient: str
    is_nsaid: IsNsaid
    antithrombotic: bool = False
    clears_hours: int = 0
    clears_days: str = ""
    irreversible: bool = False  # platelets it has touched do not recover; the body makes new ones (C14)


def folded(name: str) -> str:
    """Return the name without case, accents and surplus blanks; a curled apostrophe is a straight one."""
    plain = unicodedata.normalize("NFKD", name.replace("\u2019", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def one_edit(typed: str, name: str) -> bool:
    """Tell whether one letter more, less or other, or two neighbours swapped, turns one into the other."""
    if abs(len(typed) - len(name)) > 1 or typed == name:
        return False
    same = next((at for at, (a, b) in enumerate(zip(typed, name, strict=False)) if a != b), None)
    if same is None:
        return True  # one is the other with a letter at its end
    rest, wanted = typed[same:], name[same:]
    swapped = rest[1::-1] + rest[2:] == wanted
    return swapped or rest[1:] == wanted or rest == wanted[1:] or rest[1:] == wanted[1:]


def _both(known: Drug, drug: Drug) -> Drug:
    """Return what two rows of one name say together, whichever is read first."""
    spelled = min(known, drug, key=lambda each: (each.name, each.ingredient))
    slow = max(known, drug, key=lambda each: (each.clears_hours, each.clears_days))
    return structs.replace(
        spelled,
        is_nsaid=max(known.is_nsaid, drug.is_nsaid, key=_STRICTNESS.index),
        antithrombotic=known.antithrombotic or drug.antithrombotic,
        clears_hours=slow.clears_hours,
        clears_days=slow.clears_days,
        irreversible=known.irreversible or drug.irreversible,
    )


def _nearness(typed: str, key: str) -> int | None:
    """Return how near a listed name is to what is typed, 0 the nearest; None: not near."""
    if key.startswith(typed):
        return 0
    words = key.split()
    if any(word.startswith(typed) for word in words):
        return 1
    long = (each for each in (key, *words) if len(each) >= EDITED_FROM)
    return 2 if any(one_edit(typed, each) for each in long) else None


class DrugList(Struct, frozen=True):
    """All known drugs by folded name; `status` says whether somebody who may has signed the lists.

    `brands` are the folded names of premedications and what each holds: no rule of the washout asks them.
    """

    by_name: dict[str, Drug]
    status: ListStatus = "sample"
    brands: dict[str, str] = {}

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

    def search(self, text: str, most: int = MOST_OFFERED) -> tuple[Drug, ...]:
        """Return what may be meant, nearest first: to be offered to a person, never to be taken."""
        typed = folded(text)
        near = sorted(self._near(typed)) if typed else []
        return tuple(self.by_name[key] for _, key in near[:most])

    def _near(self, typed: str) -> Iterator[tuple[int, str]]:
        for key in self.by_name:
            if (nearness := _nearness(typed, key)) is not None:
                yield nearness, key
