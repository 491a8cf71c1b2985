"""What the patient was shown of a vial and its sheet, held against what they say now (Q29)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import structs

from chairside.domain import seen, vial
from chairside.domain.facts import (
    Answered,
    Fact,
    SheetEntered,
    Signed,
    SignedOnPaper,
    Stamp,
    Stamped,
    VialEndTakenBack,
    VialReceived,
    VialUsed,
)
from chairside.domain.replies import Chosen, Pictured
from chairside.domain.sheet import Sheet
from chairside.domain.vial import Vial
from chairside.domain.visit import Told, Visit
from tests.domain.made_up import NAME, NOON, SIGN_PAD, VIAL_PAD, Story, stamped

MINUTE = timedelta(minutes=1)
RECEIVED = VialReceived("V-1", "supplier", "product", "L-1", date(2027, 6, 1))
ENTERED = SheetEntered("supplier", "D-1", "L-1")
SAW = Signed(VIAL_PAD, "patient", NAME, "I saw it", ("s",))
NOTE = "vial_changed_after_seen"


def _at(fact: Fact, number: int) -> Stamped:
    """A fact told that many minutes after noon, and so many facts after the first."""
    return stamped(fact, number, utc=NOON + number * MINUTE)


def _strength(million: str) -> Answered:
    return Answered("receiving", "vial_strength", Chosen(million))


def _vial(*later: Stamped, sheet: tuple[Stamped, ...] = ()) -> Vial:
    return vial.fold((_at(RECEIVED, 1), _at(_strength("5"), 2), *later), (_at(ENTERED, 1), *sheet))


CORRECTED = _vial(_at(_strength("10"), 20))


# -- what is compared ---------------------------------------------------------------------------
SHEET = Sheet("supplier", "D-1", "L-1")
CHANGES: list[dict[str, object]] = [
    {"supplier": "another"}, {"product": "another"}, {"lot": "L-2"}, {"expires": date(2027, 7, 1)},
    {"sheet_stream": "sheet:2"}, {"replies": {"vial_strength": Chosen("10")}},
    {"sheet": structs.replace(SHEET, supplier="another")}, {"sheet": structs.replace(SHEET, donor="D-2")},
    {"sheet": structs.replace(SHEET, lot="L-2")},
    {"sheet": structs.replace(SHEET, replies={"sterility": Chosen("growth")})},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_everything_copied_from_label_and_sheet_is_compared(change: dict[str, object]) -> None:
    """Proves: Q29."""
    known = Vial("V-1", "supplier", "product", "L-1", date(2027, 6, 1), sheet=SHEET)
    assert seen.said(structs.replace(known, **change)) != seen.said(known)


def test_a_photo_added_later_leaves_what_was_copied_as_it_was() -> None:
    """Proves: Q29."""
    known = structs.replace(_vial(), sheet=SHEET)
    photo = {"photo": Pictured("a" * 64)}
    pictured = structs.replace(
        known, replies={**known.replies, **photo}, sheet=structs.replace(SHEET, replies=photo)
    )
    assert seen.said(pictured) == seen.said(known)


# -- what was there at a moment -------------------------------------------------------------------
def _then(number: int, minutes: int, tablet: str = "tablet", happened: int | None = None) -> Stamp:
    stamp = structs.replace(_at(SAW, number).stamp, utc=NOON + minutes * MINUTE, tablet=tablet)
    return stamp if happened is None else structs.replace(stamp, happened=NOON + happened * MINUTE)


@pytest.mark.parametrize(
    ("then", "changed"),
    [
        (_then(19, 90), True), (_then(20, 1), False), (_then(21, 90), False), (_then(0, 90), False),
        (_then(90, 19, "another"), True), (_then(1, 20, "another"), False), (_then(90, 0, "another"), False),
        (_then(90, 90, happened=19), True), (_then(1, 90, happened=20), False),
    ],
)  # fmt: skip
def test_on_one_tablet_the_numbers_say_what_came_first_and_else_the_clock(then: Stamp, changed: bool) -> None:
    """A paper counts from when it was signed; what nobody knew then has not changed. Proves: Q29."""
    assert seen.changed(CORRECTED, then) is changed


def test_a_sheet_put_right_changes_every_vial_it_covers() -> None:
    """Proves: Q29."""
    put_right = _vial(sheet=(_at(structs.replace(ENTERED, donor="D-2"), 20),))
    assert seen.changed(put_right, _then(10, 10)) and not seen.changed(put_right, _then(20, 20))
    unchanged = vial.fold((_at(RECEIVED, 1),))
    assert not seen.changed(unchanged, _then(10, 10))
    visit = Visit("one", vials=(unchanged, put_right))
    assert seen.changed_since(visit, _then(10, 10)) and not seen.changed_since(visit, _then(20, 20))


def test_a_vial_is_known_as_it_was_at_a_moment_and_a_slip_never_was() -> None:
    """Proves: Q29, Q36."""
    used = _vial(
        _at(_strength("10"), 20), _at(VialUsed("one", whole=True), 30), _at(VialEndTakenBack("one"), 40)
    )
    sheet = (_at(ENTERED, 1), _at(structs.replace(ENTERED, donor="D-2"), 25))
    used = vial.fold(used.facts, sheet)
    told = {at: seen.known_at(used, NOON + at * MINUTE) for at in (19, 20, 25, 35)}
    assert [each.replies["vial_strength"] for each in told.values()] == [Chosen("5"), *(Chosen("10"),) * 3]
    assert [each.sheet.donor for each in told.values() if each.sheet] == ["D-1", "D-1", "D-2", "D-2"]
    assert told[35].gone is None
    late = structs.replace(used.facts[2].stamp, happened=NOON + 10 * MINUTE)
    told_late = vial.fold((*used.facts[:2], structs.replace(used.facts[2], stamp=late)))
    assert seen.known_at(told_late, NOON + 10 * MINUTE).replies["vial_strength"] == Chosen("10")


# -- what is taken away -----------------------------------------------------------------------
def _shown() -> Visit:
    """A vial was read, signed and closed over; then its label was put right."""
    story = Story().until_countersign()
    by = story.visit.signed[VIAL_PAD]
    visit = structs.replace(
        story.visit,
        papers={VIAL_PAD: by, "consent.signature": by},
        read={("vial", "label"): by, ("consent", "risks"): by},
    )
    return structs.replace(visit, vials=(_vial(_at(_strength("10"), 900)),))


def test_what_stood_over_a_vial_that_changed_is_done_again_and_nothing_else() -> None:
    """Proves: Q29, P10."""
    visit = _shown()
    now = seen.still(visit)
    assert set(now.signed) == set(now.pads) == {SIGN_PAD}
    assert (set(now.papers), set(now.read)) == ({"consent.signature"}, {("consent", "risks")})
    left = {"open", "health_check", "medicines", "premedication"}
    assert set(now.closed) == set(now.closed_place) == left
    assert set(visit.closed) == left | {"vial"}
    whole = structs.replace(visit, vials=(_vial(),))
    assert seen.still(whole) == whole


@pytest.mark.parametrize("settled", ["countersigned", "stopped", "concluded"])
def test_what_is_settled_keeps_its_signature(settled: str) -> None:
    """The thaw is held instead. Proves: Q29."""
    visit = _shown()
    over = structs.replace(visit, **{settled: visit.facts[-1]})
    assert seen.still(over) is over


# -- what is noted ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("told", "noted"),
    [
        ((_at(SAW, 10),), True),
        ((_at(SAW, 25),), False),
        ((_at(SAW, 10), _at(SAW, 25)), True),
        ((_at(SignedOnPaper(VIAL_PAD, "patient", NAME, "I saw it", ("a",)), 10),), True),
        ((_at(structs.replace(SAW, pad=SIGN_PAD), 10),), False),
        ((), False),
    ],
)
def test_that_a_vial_changed_after_it_was_seen_is_noted_also_once_it_was_seen_anew(
    told: tuple[Stamped, ...], noted: bool
) -> None:
    """By its code, and of the one that changed only. Proves: Q29."""
    other = structs.replace(_vial(), code="V-2")
    found = seen.notes(Visit("one", facts=told, vials=(CORRECTED, other)))
    assert [(each.id, each.about) for each in found] == ([(NOTE, "V-1")] if noted else [])


@pytest.mark.parametrize(
    ("answer", "keeper", "noted"),
    [("yes", "dmso", True), (None, "dmso", False), ("no", "dmso", False), ("yes", None, False)],
)
def test_what_keeps_the_cells_cold_is_noted_where_it_is_told_and_the_patient_may_react(
    answer: str | None, keeper: str | None, noted: bool
) -> None:
    """Proves: X17 (C26)."""
    told = {("health_check", "glycerol_sensitivity"): (Told(Chosen(answer), _at(SAW, 1)),)} if answer else {}
    said = (_at(Answered("receiving", "cryoprotectant", Chosen(keeper)), 3),) if keeper else ()
    found = seen.notes(Visit("one", told=told, vials=(_vial(*said),)))
    assert [each.id for each in found] == (["cryoprotectant_dmso"] if noted else [])
