"""The 18th birthday inside a visit: from which fact on the patient decides alone (Q14)."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import structs

from chairside.domain import coming_of_age, folding, people
from chairside.domain.facts import HandedOver, PageRead, PaperChosen, Replanned, Stopped
from chairside.domain.visit import Visit
from tests.domain.made_up import NOON, when
from tests.domain.test_people import MOTHER, PROVED, Room, decided, room

DAY = timedelta(days=1)
BIRTHDAY = date(2008, 12, 4)  # 18 three days after the visits of these tests begin


def _grown(story: Room) -> Visit:
    return coming_of_age.grown(story.visit, story.scene.when)


def _planned(days: int) -> Room:
    story = room(BIRTHDAY)
    story.tell(MOTHER, PROVED)
    story.tell(Replanned(NOON + days * DAY, "the courier was late"))
    return story


def test_an_injection_planned_past_the_birthday_lets_the_patient_decide_at_once() -> None:
    """Also where it is planned back again: who was named is named anew. Proves: Q14."""
    assert people.consenting(_grown(_planned(2))) == "representative"
    story = _planned(3)
    assert people.consenting(_grown(story)) == "patient"
    story.tell(Replanned(NOON + 2 * DAY, "the courier came"))
    assert people.consenting(_grown(story)) == "patient"


def test_what_the_patient_reads_from_the_birthday_on_counts() -> None:
    """What the parent read before it does not. Proves: Q14."""
    story = decided("representative", MOTHER, born=BIRTHDAY)
    assert ("consent", "risks") in _grown(story).read
    story.now += 3 * DAY
    story.tell(HandedOver("patient", "notices"))
    story.take(PageRead("notices", "notice", "shown"))
    assert set(_grown(story).read) == {("notices", "notice")}
    late = when(story.now, NOON)  # the injection was planned for before, and is late
    assert set(coming_of_age.grown(story.visit, late).read) == {("notices", "notice")}


def test_what_was_settled_before_the_birthday_stays_as_it_was() -> None:
    """Whatever is added to it later. Proves: Q14."""
    story = decided("representative", MOTHER, born=BIRTHDAY)
    story.take(Stopped("withdrawn", "She would rather wait"))
    story.now += 3 * DAY
    story.take(HandedOver("staff", "record"))
    settled = coming_of_age.grown(story.visit, when(story.now, NOON))
    assert people.consenting(settled) == "representative" and ("consent", "risks") in settled.read


def test_the_first_page_of_the_birthday_counts_when_it_was_read_on_paper() -> None:
    """No hand-over comes before it, as on glass: it is itself the day's first fact. Proves: Q14, P8."""
    story = room(BIRTHDAY)
    story.tell(MOTHER, PROVED)
    story.tell(PaperChosen("prefers"), PROVED)
    story.tell(PageRead("notices", "notice", "paper"))
    assert _grown(story).read
    story.now += 3 * DAY
    story.visit = _grown(story)
    assert not story.visit.read, "the parent read it"
    story.tell(PageRead("notices", "notice", "paper"))
    assert set(story.visit.read) == {("notices", "notice")}
    anew = structs.replace(folding.fold("one", story.visit.facts), patient=story.visit.patient)
    assert coming_of_age.grown(anew, story.scene.when).read == story.visit.read, "after a start, too"


def test_of_a_patient_of_no_known_age_no_birthday_is_known() -> None:
    story = _planned(3)
    unknown = structs.replace(story.visit, patient=None)
    assert people.consenting(coming_of_age.grown(unknown, story.scene.when)) == "representative"
