"""Reads the drug lists of resources/drugs: the names a nurse may hear, and which of them thin the blood.

Two files, because two people sign them: `nsaid-names.csv` says what counts as an NSAID,
`antithrombotics.csv` what must never be stopped by the clinic (C15, C16). A name in both is both,
and so is every product of the first list that holds aspirin: a prescription of it is one of aspirin.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from chairside.domain.drugs import Drug, DrugList, IsNsaid
from chairside.formbook.source import Complaints, read

NSAIDS = "nsaid-names.csv"
ANTITHROMBOTICS = "antithrombotics.csv"
ASPIRIN = "aspirin"
_KINDS: dict[str, IsNsaid] = {"yes": "yes", "no": "no", "related": "related"}


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


def _holds_aspirin(row: dict[str, str]) -> bool:
    """Tell whether a product thins the blood by its aspirin, whatever else is in it (C14, C15)."""
    return ASPIRIN in {part.strip().casefold() for part in row["ingredient"].split("+")}


def _nsaids(folder: Path, complaints: Complaints) -> Iterator[Drug]:
    for line, row in _rows(folder, NSAIDS, ("name", "ingredient", "is_nsaid"), complaints):
        if row["is_nsaid"] not in _KINDS:
            complaints.add(NSAIDS, line, f"is_nsaid is yes, no or related, not {row['is_nsaid']!r}")
        else:
            yield Drug(row["name"], row["ingredient"], _KINDS[row["is_nsaid"]], _holds_aspirin(row))


def _antithrombotics(folder: Path, complaints: Complaints) -> Iterator[Drug]:
    for _, row in _rows(folder, ANTITHROMBOTICS, ("name", "ingredient"), complaints):
        yield Drug(row["name"], row["ingredient"], "no", antithrombotic=True)


def read_drugs(folder: Path, complaints: Complaints) -> DrugList:
    """Return every known drug by name; what is wrong in the lists becomes a complaint."""
    return DrugList.of((*_nsaids(folder, complaints), *_antithrombotics(folder, complaints)))
