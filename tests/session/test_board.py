"""The board and the way onto it: rows by state, look-alike names, people on file, visits ahead, refusals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from chairside.domain.facts import (
    Ages,
    MarkTakenBack,
    OpenedInError,
    PatientAdded,
    PatientSeen,
    Replanned,
    VisitOpened,
)
from chairside.errors import NotAllowed
from chairside.session import copies
from chairside.session.board import BoardRow
from chairside.session.names import similar
from chairside.session.scribe import Act
from chairside.session.view import NewVisit, Who
from tests.session.clinics import CODE, LIMIT_MINUTES, Visitors

DAY = timedelta(days=1)
AVERY = PatientAdded("Demo Patient Avery", date(1984, 3, 14), "555 0111", "2 Nowhere", "post", "en")


def named(name: str, **said: object) -> PatientAdded:
    """Somebody of this name."""
    return msgspec.structs.replace(AVERY, name=name, **said)


def opened(visitors: Visitors, patient: PatientAdded | str, at: datetime | None = None) -> str:
    """Open a visit and return its id."""
    new = NewVisit(patient, ("name", "born"), at, (), "physician-1")
    return visitors.desk.open_visit(new).visit.id


def row(visitors: Visitors, visit: str = "") -> BoardRow:
    """The board's row of a visit."""
    wanted = visit or visitors.here().visit.id
    return next(each for each in visitors.desk.board().visits if each.visit == wanted)


# -- rows ---------------------------------------------------------------------------------------
def test_a_visit_is_on_the_board_from_its_opening_to_its_last_paper(visitors: Visitors) -> None:
    """Open, decided, released, thawed, given; then only what is still owed keeps it there. Proves: P1, P8."""
    visitors.open()
    visit = visitors.here().visit.id
    shown = row(visitors)
    assert shown.status is not None and shown.status.state == "open" and shown.born == date(1984, 3, 14)
    assert (shown.step, shown.holder, shown.unsealed, shown.owed) == ("health_check", "", False, ())
    visitors.whole()
    visit = visitors.here().visit.id
    assert row(visitors, visit).unsealed
    visitors.seal()
    released = row(visitors, visit)
    assert released.status is not None and released.status.state == "released"
    assert not released.unsealed and set(released.owed) == {"record", "aftercare"}
    visitors.staff.sign_in("nurse-1", "482915")
    visitors.mark("thawed")
    thawed = row(visitors, visit)
    assert thawed.thawed_at is not None and thawed.limit_minutes == LIMIT_MINUTES
    visitors.mark("mixed", "first_injection", "last_injection")
    assert row(visitors, visit).thawed_at is None
    visitors.sign_procedure()
    assert row(visitors, visit).unsealed
    visitors.seal_addendum()
    given = row(visitors, visit)
    assert given.status is not None and given.status.state == "given" and not given.unsealed
    visitors.clock.at += 3 * DAY
    assert row(visitors, visit).owed
    for paper in ("record", "aftercare"):
        hand(visitors, visit, paper)
    assert visit not in [each.visit for each in visitors.desk.board().visits]


def hand(visitors: Visitors, visit: str, paper: str) -> None:
    """Hand an owed paper over."""
    copies.handed(visitors.clinic, visitors.staff, visit, paper)


def test_the_board_says_who_has_the_tablet(visitors: Visitors) -> None:
    """Proves: P1."""
    visitors.open()
    visitors.hand_over("notices")
    assert row(visitors).holder == "patient"
    visitors.hand_back()
    assert row(visitors).holder == ""


def test_today_comes_before_what_is_ahead(visitors: Visitors) -> None:
    """Planned for a later day; replanned, it moves. Proves: P1, P6."""
    now = visitors.clock.now()
    ahead = opened(visitors, named("Bo Ahead"), now + 2 * DAY)
    later = opened(visitors, named("Cy Later"), now + timedelta(hours=2))
    first = opened(visitors, named("Di First"))
    assert [each.visit for each in visitors.desk.board().visits] == [first, later, ahead]
    status = row(visitors, ahead).status
    assert status is not None and status.state == "planned"
    visitors.room = visitors.desk.room(ahead)
    visitors.tell(Replanned(now + timedelta(hours=1), "an earlier place was free"))
    assert [each.visit for each in visitors.desk.board().visits] == [first, ahead, later]


def test_what_was_opened_in_error_is_gone_tomorrow(visitors: Visitors) -> None:
    """Proves: P4."""
    visitors.open()
    visitors.tell(OpenedInError("the wrong one was tapped"), "nurse-1")
    shown = row(visitors)
    assert shown.status is not None and shown.status.state == "opened_in_error"
    assert visitors.desk.open_visits() == ()
    visitors.clock.at += DAY
    assert visitors.desk.board().visits == ()


def test_a_visit_that_cannot_be_read_hides_no_other(visitors: Visitors) -> None:
    """Its row says why."""
    visitors.open()
    opened_with = VisitOpened("nobody", 1, visitors.clock.now(), ("name", "born"), {"consent": "0" * 64}, "x")
    visitors.clinic.scribe.write(Act("nurse-1", "visit:lost"), [opened_with])
    assert row(visitors, "lost").trouble == "form_version_missing"
    assert row(visitors).trouble == ""


def test_the_vials_of_the_day_are_on_the_board(visitors: Visitors) -> None:
    assert [(card.code, card.fate) for card in visitors.desk.board().vials] == [(CODE, "accepted")]


# -- names --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other", "mixed"),
    [
        ("Ann Example", "Anne Example", True),
        ("Ann Example", "Ann Exomple", True),
        ("Zoë Ågren", "zoe agren", True),
        ("Ann Example", "Example, Ann", True),
        ("Ann Example", "Amy Example", True),
        ("Ann Example", "Bob Example", False),
        ("Ann Example", "Ann Other", False),
        ("Cher", "Chen", True),
        ("Li", "Wu", False),
        ("", "Ann", False),
        ("  !", "Ann", False),
    ],
)
def test_names_that_are_easily_mixed_up_are_known(one: str, other: str, mixed: bool) -> None:
    assert similar(one, other) is mixed and similar(other, one) is mixed


def test_only_other_people_of_the_same_day_are_similar(visitors: Visitors) -> None:
    """Bad input of the issue: same names. Proves: P1."""
    ann = opened(visitors, named("Ann Example"))
    anne = opened(visitors, named("Anne Example"))
    opened(visitors, named("Bob Different"))
    tomorrow = opened(visitors, named("Ann Exampel"), visitors.clock.now() + DAY)
    marked = {each.visit for each in visitors.desk.board().visits if each.similar}
    assert marked == {ann, anne}
    same = row(visitors, tomorrow).patient
    visitors.clock.at += DAY
    assert not row(visitors, tomorrow).similar and same


# -- finding ------------------------------------------------------------------------------------
def test_somebody_on_file_is_found_while_typing(visitors: Visitors) -> None:
    """With the birth date to look at twice where the name is not alone."""
    opened(visitors, named("Zoë Ågren"))
    opened(visitors, named("Agren Zoe", born=date(1990, 1, 1)))
    opened(visitors, named("Zoë Other"))
    found = visitors.desk.find("zoe")
    assert [(each.told.name, each.same_name) for each in found] == [
        ("Agren Zoe", True),
        ("Zoë Ågren", True),
        ("Zoë Other", False),
    ]
    assert {(each.sessions, each.last_given) for each in found} == {(0, None)}
    assert visitors.desk.find("") == () and visitors.desk.find('" OR *') == ()
    visitors.staff.leave()
    with pytest.raises(NotAllowed, match="nobody_signed_in"):
        visitors.desk.find("zoe")


def test_who_was_shown_whom_by_a_search_is_a_fact_once_a_day(visitors: Visitors) -> None:
    """For each person shown, whatever is typed on; another day or reader is news (product.md, Privacy)."""
    for name in ("Ann A", "Ann B", "Bea C"):
        visitors.clinic.scribe.write(Act("nurse-1", f"patient:{name[-1].lower()}"), [named(name)])

    def looks() -> dict[str, list[str]]:
        streams = {each: visitors.clinic.ledger.stream(f"patient:{each}") for each in "abc"}
        seen = PatientSeen("searched")
        return {each: [by.stamp.person for by in told if by.fact == seen] for each, told in streams.items()}

    for typed in ("an", "ann", "ann b", "xyz"):
        visitors.desk.find(typed)
    assert looks() == {"a": ["nurse-1"], "b": ["nurse-1"], "c": []}
    visitors.clock.wait(DAY)
    visitors.desk.find("ann b")
    visitors.staff.sign_in("nurse-2", "730164")
    visitors.desk.find("ann b")
    assert looks() == {"a": ["nurse-1"], "b": ["nurse-1", "nurse-1", "nurse-2"], "c": []}


def test_at_most_ten_are_shown(visitors: Visitors) -> None:
    for letter in "abcdefghijkl":
        visitors.clinic.scribe.write(Act("nurse-1", f"patient:p{letter}"), [named(f"Ann {letter * 3}")])
    assert len(visitors.desk.find("ann")) == 10


# -- opening ------------------------------------------------------------------------------------
def test_a_second_session_follows_a_given_one(visitors: Visitors) -> None:
    """Counted by what was given, not by what was opened; seen in the patient's own stream. Proves: P7."""
    visitors.whole()
    patient = visitors.here().visit.opened.patient  # type: ignore[union-attr]
    visitors.seal()
    visitors.staff.sign_in("nurse-1", "482915")
    again = visitors.desk.room(opened(visitors, patient, visitors.clock.now() + DAY))
    assert again.visit.opened is not None and again.visit.opened.session == 1, "nothing was given yet"
    visitors.clinic.scribe.write(Act("nurse-1", f"visit:{again.visit.id}"), [OpenedInError("too early")])
    visitors.mark("thawed", "mixed", "first_injection")
    found = visitors.desk.find("avery")[0]
    assert (found.sessions, found.last_given) == (1, date(2026, 12, 1))
    visitors.clock.wait(120 * DAY)
    second = visitors.desk.room(opened(visitors, patient))
    assert second.visit.opened is not None and second.visit.opened.session == 2
    assert second.visit.patient == visitors.here().visit.patient
    seen = [by.fact for by in visitors.clinic.ledger.stream(f"patient:{patient}")]
    new, searched = PatientSeen("new_visit"), PatientSeen("searched")
    assert seen == [seen[0], new, searched, new]


def test_an_injection_taken_back_counts_for_no_session(visitors: Visitors) -> None:
    visitors.whole()
    visitors.seal()
    visitors.staff.sign_in("nurse-1", "482915")
    visitors.mark("thawed", "mixed", "first_injection")
    visitors.tell(MarkTakenBack("first_injection"))
    assert visitors.desk.find("avery")[0].sessions == 0


def test_a_person_has_one_visit_a_day_at_most_that_is_not_over(visitors: Visitors) -> None:
    """Bad input of the issue: a double tap, the wrong row picked."""
    visit = opened(visitors, AVERY)
    patient = row(visitors, visit).patient
    with pytest.raises(NotAllowed, match="visit_open_already") as refused:
        opened(visitors, patient)
    assert refused.value.facts["visit"] == visit
    opened(visitors, patient, visitors.clock.now() + DAY)
    visitors.room = visitors.desk.room(visit)
    visitors.tell(OpenedInError("slip"), "nurse-1")
    assert opened(visitors, patient)
    with pytest.raises(NotAllowed, match="patient_unknown"):
        opened(visitors, "nobody")


def test_two_identifiers_are_checked_for_somebody_on_file_too(visitors: Visitors) -> None:
    """Nothing is carried over from last time. Proves: P2."""
    patient = row(visitors, opened(visitors, AVERY)).patient
    ahead = visitors.clock.now() + DAY
    for identifiers in ((), ("name",), ("born", "born")):
        with pytest.raises(NotAllowed, match="identifiers_missing"):
            visitors.desk.open_visit(NewVisit(patient, identifiers, ahead, (), "physician-1"))


@pytest.mark.parametrize(
    ("ages", "born", "code"),
    [
        ("adults", date(2008, 12, 2), "adults_only"),
        ("adults", date(2008, 12, 1), ""),
        ("from_12", date(2014, 12, 2), "from_12_only"),
        ("from_12", date(2014, 12, 1), ""),
        ("any", date(2026, 11, 1), ""),
    ],
)
def test_whom_the_clinic_does_not_treat_is_not_put_on_file(
    visitors: Visitors, ages: Ages, born: date, code: str
) -> None:
    """Proves: X14, C8: by the birth date, on the day of the injection."""
    visitors.clinic.founded = msgspec.structs.replace(visitors.clinic.founded, ages=ages)
    before = visitors.clinic.ledger.check().facts
    if not code:
        assert opened(visitors, named("Young Example", born=born))
        return
    with pytest.raises(NotAllowed, match=code):
        opened(visitors, named("Young Example", born=born))
    assert visitors.clinic.ledger.check().facts == before
    assert opened(visitors, named("Young Example", born=born), visitors.clock.now() + DAY)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "N" * 81}, "name_long"),
        ({"name": "Ann\u0000Example"}, "name_not_printable"),
        ({"name": "Ann\nExample"}, "name_not_printable"),
        ({"name": "\u202egnol"}, "name_not_printable"),
        ({"phone": "5" * 41}, "text_long"),
        ({"phone": "555\t01"}, "text_not_printable"),
        ({"address": "a" * 201}, "text_long"),
        ({"born": date(1899, 1, 1)}, "born_too_long_ago"),
    ],
)
def test_what_no_paper_could_carry_is_not_put_on_file(
    visitors: Visitors, said: dict[str, object], code: str
) -> None:
    before = visitors.clinic.ledger.check().facts
    with pytest.raises(NotAllowed, match=code):
        opened(visitors, msgspec.structs.replace(AVERY, **said))
    assert visitors.clinic.ledger.check().facts == before


def test_a_visit_is_not_opened_for_a_day_that_is_over(visitors: Visitors) -> None:
    """The clinic's day: at seven in the evening in California it is tomorrow in Greenwich."""
    with pytest.raises(NotAllowed, match="injection_in_the_past"):
        opened(visitors, AVERY, visitors.clock.now() - DAY)
    visitors.clock.at = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
    assert opened(visitors, AVERY, datetime(2026, 12, 1, 20, 0, tzinfo=UTC))


def test_the_physician_is_named_where_there_are_several(visitors: Visitors) -> None:
    """Proves: P2."""
    alone = visitors.desk.open_visit(NewVisit(AVERY, ("name", "born"), None, ()))
    assert alone.visit.opened is not None and alone.visit.opened.physician == "physician-1"
    visitors.clinic.people["physician-2"] = Who("physician-2", "Demo Physician Two", "physician")
    for physician, code in (("", "physician_missing"), ("nurse-1", "physician_unknown")):
        with pytest.raises(NotAllowed, match=code):
            visitors.desk.open_visit(NewVisit(AVERY, ("name", "born"), None, (), physician))


def test_only_who_may_open_a_visit_opens_one(visitors: Visitors) -> None:
    visitors.staff.arrive(visitors.proof("physician-1"))
    with pytest.raises(NotAllowed, match="not_this_role"):
        opened(visitors, AVERY)
