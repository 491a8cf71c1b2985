"""Reads the drug lists of resources/drugs: the names a nurse may hear, and what is known of each.

Several files, because several people sign them: `nsaid-names.csv` says what counts as an NSAID (a copy,
so what it lacks stands in `more-names.csv`), `antithrombotics.csv` what must never be stopped by the clinic
(C15, C16), `half-lives.csv` how long a drug stays (T1). A name in several is what any of them says, and
every product that holds aspirin thins the blood: a prescription of it is one of aspirin. Apart from these,
`premedication-names.csv` says what a brand holds that a physician may order by (C21-C24).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from msgspec import Struct, structs

from chairside.domain.drugs import Drug, DrugList, IsNsaid, ListStatus, folded
from chairside.formbook.source import Complaints, parsed, read

NSAIDS, MORE = "nsaid-names.csv", "more-names.csv"
ANTITHROMBOTICS = "antithrombotics.csv"
HALF_LIVES = "half-lives.csv"
PREMEDICATION = "premedication-names.csv"
LISTS = (NSAIDS, MORE, ANTITHROMBOTICS, HALF_LIVES, PREMEDICATION)
REVIEW = "review.toml"
ASPIRIN = "aspirin"
CLEAR_AFTER = 5  # Units: half-lives until next to nothing is left. Source: C19
_KINDS: dict[str, IsNsaid] = {"yes": "yes", "no": "no", "related": "related"}


class _Stay(Struct, frozen=True):
    """How long an ingredient stays in the body."""

    hours: int
    days: str
    irreversible: bool


def _rows(
    folder: Path, name: str, needed: tuple[str, ...], complaints: Complaints
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, row) of a list; a row without a needed value becomes a complaint."""
    source = read(folder, name, complaints)
    if source is None:
        return
    rows = csv.DictReader(source.lines, restkey="surplus", restval="")
    for row in rows:
        missing = [column for column in needed if not row.get(column)]
        if missing or "surplus" in row:
            what = f"has no {missing[0]}" if missing else "has too many columns"
            complaints.add(name, rows.line_num, f"a drug {what}")
        else:
            yield rows.line_num, row


def _parts(ingredient: str) -> tuple[str, ...]:
    return tuple(part.strip().casefold() for part in ingredient.split("+"))


def _nsaids(folder: Path, name: str, complaints: Complaints) -> Iterator[Drug]:
    for line, row in _rows(folder, name, ("name", "ingredient", "is_nsaid"), complaints):
        if row["is_nsaid"] not in _KINDS:
            complaints.add(name, line, f"is_nsaid is yes, no or related, not {row['is_nsaid']!r}")
        else:
            # its aspirin thins the blood, whatever else is in it (C14, C15)
            thins = ASPIRIN in _parts(row["ingredient"])
            yield Drug(row["name"], row["ingredient"], _KINDS[row["is_nsaid"]], thins)


def _antithrombotics(folder: Path, complaints: Complaints) -> Iterator[Drug]:
    for _, row in _rows(folder, ANTITHROMBOTICS, ("name", "ingredient"), complaints):
        yield Drug(row["name"], row["ingredient"], "no", antithrombotic=True)


def _hours(told: str) -> Decimal | None:
    """Return the longest half-life of a range as "15-22", or None where it is none."""
    try:
        hours = Decimal(told.rpartition("-")[2])
    except InvalidOperation:
        return None
    return hours if hours.is_finite() and hours > 0 else None


def _stays(folder: Path, complaints: Complaints) -> dict[str, _Stay]:
    needed = ("ingredient", "half_life_hours", "clears_days", "platelets")
    stays: dict[str, _Stay] = {}
    for line, row in _rows(folder, HALF_LIVES, needed, complaints):
        hours = _hours(row["half_life_hours"])
        if hours is None:
            text = f"half_life_hours is a number or two as 15-22, not {row['half_life_hours']!r}"
            complaints.add(HALF_LIVES, line, text)
        else:
            longest, irreversible = int(CLEAR_AFTER * hours), row["platelets"] == "irreversible"
            stays[row["ingredient"].casefold()] = _Stay(longest, row["clears_days"], irreversible)
    return stays


def _staying(drug: Drug, stays: dict[str, _Stay]) -> Drug:
    """Return the drug with how long the slowest of its parts stays."""
    parts = [stays[part] for part in _parts(drug.ingredient) if part in stays]
    if not parts:
        return drug
    slowest, lasting = max(parts, key=lambda part: part.hours), any(part.irreversible for part in parts)
    return structs.replace(drug, clears_hours=slowest.hours, clears_days=slowest.days, irreversible=lasting)


def _status(folder: Path, complaints: Complaints) -> ListStatus:
    """Tell whether every list was signed as it stands now: a list changed since is a sample again."""
    source = read(folder, REVIEW, complaints)
    told = (parsed(source, complaints) or {}).get("list", []) if source else []
    signed = {
        entry["sha256"]
        for entry in (told if isinstance(told, list) else [])
        if isinstance(entry, dict) and all(entry.get(key) for key in ("reviewed_by", "reviewed_on", "sha256"))
    }
    there = [folder / name for name in LISTS]
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in there if path.is_file()}
    return "signed" if len(digests) == len(LISTS) and digests <= signed else "sample"


def read_drugs(folder: Path, complaints: Complaints) -> DrugList:
    """Return every known drug by name; what is wrong in the lists becomes a complaint."""
    named = [drug for name in (NSAIDS, MORE) for drug in _nsaids(folder, name, complaints)]
    every = (*named, *_antithrombotics(folder, complaints))
    stays = _stays(folder, complaints)
    known = DrugList.of(tuple(_staying(drug, stays) for drug in every))
    held = _rows(folder, PREMEDICATION, ("name", "ingredient"), complaints)
    brands = {folded(row["name"]): folded(row["ingredient"]) for _, row in held}
    return structs.replace(known, status=_status(folder, complaints), brands=brands)
