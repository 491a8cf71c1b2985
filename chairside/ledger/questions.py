"""What is asked of the projections: who is on file, how visits and vials stand, what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

import msgspec

from chairside.domain.codes.identity import identity
from chairside.domain.facts import SupplierAdded
from chairside.domain.replay import Shape, ends, unpacked
from chairside.domain.timekeeping import Kept
from chairside.ledger.clock_table import KEPT, kept_in
from chairside.ledger.folded import folded, instant, name_key
from chairside.ledger.ink_table import NEAR, NEAR_INK
from chairside.ledger.reading import Reading
from chairside.ledger.rows import (
    CopyRow,
    DayRow,
    PatientRow,
    PersonRow,
    SheetRow,
    TryRow,
    VialRow,
    VisitRow,
)

Row = TypeVar("Row")
_MANY = 50
_VISIT = (
    "SELECT visit, visit.patient, coalesce(name, ''), session, injection, ending, sealed, physician,"
    " given_on, holder, unsealed, error, over FROM visit LEFT JOIN patient USING (patient)"
)
_VIAL = (
    "SELECT vial.stream, vial.code, vial.supplier, vial.product, vial.lot, vial.expires, vial.status,"
    " vial.visit, vial.strength, vial.due, vial.reference, vial.sheet, vial.expected, vial.entered_by,"
    " vial.thawed_at, vial.changed_at, coalesce(awaited.visit, '')"
    " FROM vial LEFT JOIN vial AS awaited ON awaited.stream = vial.expected"
)
# UNION ALL: for a plain UNION the library reads the whole table in order (93 ms of 100,000 vials, not 0.2).
_IN_HAND = (
    "SELECT stream FROM vial WHERE status IN ('expected', 'received', 'checked', 'accepted',"
    " 'quarantined', 'assigned', 'opened', 'thawed') UNION ALL SELECT stream FROM vial WHERE changed_at >= ?"
)


class Questions(Reading):
    """The half of the ledger that answers from the projections."""

    # -- patients -------------------------------------------------------------------------------
    def patients(self, text: str, most: int = 10) -> tuple[PatientRow, ...]:
        """Return patients for whom every typed word begins a word of name, birth date or phone.

        Order of names, case and accents do not matter. At most `most` rows, by name.
        """
        words = folded(text)
        if not words:
            return ()
        found = self._rows(
            PatientRow,
            "SELECT patient, name, born, phone FROM patient_words JOIN patient"
            " ON patient.row = patient_words.rowid WHERE patient_words MATCH ? LIMIT ?",
            (" ".join(f'"{word}"*' for word in words), max(most, _MANY)),
        )
        return tuple(sorted(found, key=lambda each: (folded(each.name), each.born, each.patient))[:most])

    def same_names(self, name: str) -> tuple[PatientRow, ...]:
        """Return everybody on file with this name, whatever its order, case and accents."""
        sql = "SELECT patient, name, born, phone FROM patient WHERE key = ? ORDER BY born, patient"
        return self._rows(PatientRow, sql, (name_key(name),))

    # -- visits ---------------------------------------------------------------------------------
    def open_visits(self) -> tuple[VisitRow, ...]:
        """Return every visit that is not over, by the time of its planned injection.

        Over is what is sealed with nothing to come (after a release: the sealed addendum that says what
        became of it), and what was opened in error.
        """
        return self._rows(VisitRow, f"{_VISIT} WHERE over = 0 ORDER BY injection, visit")

    def visits_on(self, since: datetime, until: datetime) -> tuple[VisitRow, ...]:
        """Return the visits whose injection is planned in this time, over or not, by that time."""
        sql = f"{_VISIT} WHERE injection >= ? AND injection < ? ORDER BY injection, visit"
        return self._rows(VisitRow, sql, (instant(since), instant(until)))

    def visit(self, visit: str) -> VisitRow | None:
        """Return one visit, or None."""
        return next(iter(self._rows(VisitRow, f"{_VISIT} WHERE visit = ?", (visit,))), None)

    def visits_of(self, patient: str) -> tuple[VisitRow, ...]:
        """Return every visit of a patient, stopped ones and those opened in error too, oldest first."""
        sql = f"{_VISIT} WHERE visit.patient = ? ORDER BY injection, visit"
        return self._rows(VisitRow, sql, (patient,))

    # -- vials ----------------------------------------------------------------------------------
    def vials(self, code: str | None = None) -> tuple[VialRow, ...]:
        """Return every vial and every expectation, or those with one code, as they stand."""
        sql = f"{_VIAL} WHERE ?1 IS NULL OR vial.code = ?1 ORDER BY vial.stream"
        return self._rows(VialRow, sql, (code,))

    def vials_alike(self, code: str) -> tuple[VialRow, ...]:
        """Return every vial whose label is this code's, in any spelling, or a shorter or longer one of it."""
        sql = f"{_VIAL} WHERE vial.family = ? AND vial.code != '' ORDER BY vial.stream"
        return self._rows(VialRow, sql, (identity(code).family,))

    def vials_since(self, since: datetime) -> tuple[VialRow, ...]:
        """Return the vials whose life is not over, and those something happened to since then."""
        sql = f"{_VIAL} WHERE vial.stream IN ({_IN_HAND}) ORDER BY vial.stream"
        return self._rows(VialRow, sql, (instant(since),))

    def vials_of(self, visit: str) -> tuple[VialRow, ...]:
        """Return the vials that were set aside for a visit."""
        return self._rows(VialRow, f"{_VIAL} WHERE vial.visit = ? ORDER BY vial.stream", (visit,))

    def vial_at(self, stream: str) -> VialRow | None:
        """Return the vial or expectation in a stream, or None."""
        return next(iter(self._rows(VialRow, f"{_VIAL} WHERE vial.stream = ?", (stream,))), None)

    def sheets(self) -> tuple[SheetRow, ...]:
        """Return every donor-test sheet and how many vials it covers."""
        return self._rows(
            SheetRow,
            "SELECT stream, supplier, donor, lot, entered_by, checked_by,"
            " (SELECT count(*) FROM vial WHERE vial.sheet = sheet.stream) FROM sheet ORDER BY stream",
        )

    def suppliers(self) -> tuple[SupplierAdded, ...]:
        """Return every supplier as last told, by name."""
        sql = "SELECT * FROM supplier ORDER BY name"
        return self._rows(SupplierAdded, sql)

    def inks_near(self, told: Shape) -> tuple[Shape, ...]:
        """Return the shapes of earlier signatures that begin and end about where this one does."""
        near = [edge for end in ends(told) for edge in (end - NEAR, end + NEAR)]
        return tuple(unpacked(bytes(data)) for (data,) in self.ask(NEAR_INK, near))

    # -- papers, people, days -------------------------------------------------------------------
    def owed(self) -> tuple[CopyRow, ...]:
        """Return every paper a patient is still owed, the longest owed first."""
        return self._rows(
            CopyRow,
            "SELECT copy.visit, visit.patient, coalesce(name, ''), what, owed_at FROM copy"
            " JOIN visit USING (visit) LEFT JOIN patient USING (patient)"
            " WHERE handed_at IS NULL AND NOT error ORDER BY owed_at, copy.visit, what",
        )

    def people(self) -> tuple[PersonRow, ...]:
        """Return every staff member, disabled ones too."""
        sql = "SELECT person, name, role, certificate, disabled FROM person ORDER BY person"
        return self._rows(PersonRow, sql)

    def last_try(self, tablet: str, person: str) -> TryRow | None:
        """Return how a person's last PIN at a tablet went, None before the first."""
        sql = "SELECT in_a_row, at FROM pin WHERE tablet = ? AND person = ?"
        return next(iter(self._rows(TryRow, sql, (tablet, person))), None)

    def all_left(self, tablet: str) -> bool:
        """Tell whether the last one at the staff side of a tablet signed out."""
        return self.ask("SELECT out FROM door WHERE tablet = ?", (tablet,)) in ([], [(1,)])

    def clock(self, tablet: str) -> Kept | None:
        """Return what a tablet remembers of its clock, None before its first fact."""
        found = self.ask(KEPT, (tablet,))
        return kept_in(found[0]) if found else None

    def day(self, tablet: str, day: date) -> DayRow:
        """Return how a day stands at a tablet."""
        sql = "SELECT day, opened_at, closed_at FROM day WHERE tablet = ? AND day = ?"
        found = self._rows(DayRow, sql, (tablet, day.isoformat()))
        return found[0] if found else DayRow(day, None, None)

    def _rows(self, kind: type[Row], sql: str, values: Sequence[object] = ()) -> tuple[Row, ...]:
        """Make structs of rows of text columns: dates and instants are parsed by msgspec."""
        # msgspec keeps the names on every struct, which its stubs do not say of a type variable.
        names = kind.__struct_fields__  # type: ignore[attr-defined]
        rows = (dict(zip(names, row, strict=True)) for row in self.ask(sql, values))
        return tuple(msgspec.convert(row, kind, strict=False) for row in rows)
