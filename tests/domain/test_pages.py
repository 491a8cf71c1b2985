"""What is read, missed and explained on a page: the version, the side and the turn of each (Q13)."""

from __future__ import annotations

from msgspec import structs

from chairside.domain.facts import Answered, Explained, PageRead, QuestionRaised
from chairside.domain.form import Choice
from chairside.domain.replies import Chosen
from tests.domain.made_up import BOOK, NURSE, Story, book_with
from tests.domain.test_around import on_paper
from tests.domain.test_people import MOTHER, PROVED, room

EXPLAINED = Explained("consent", "ask_risks")


def test_a_page_is_read_in_the_version_the_visit_began_with() -> None:
    """Proves: Q46."""
    story = Story().open().hand_over()
    story.book = book_with(structs.replace(BOOK.forms["consent"], digest="newer"))
    for fact in (PageRead("consent", "risks", "shown"), EXPLAINED, QuestionRaised("consent", "risks")):
        assert story.refusal(fact) == "form_of_another_version"


def test_staff_explain_in_person_only_what_the_tablet_has_explained_twice() -> None:
    """Proves: Q13."""
    story = Story().until_decision().hand_over()
    for times in (1, 2):
        story.choose("consent", ask_risks="none")
        story.tell(EXPLAINED)
        story.hand_back()
        assert story.refusal(EXPLAINED, NURSE) == ("nothing_to_explain" if times == 1 else None)
        story.hand_over()


def test_a_right_answer_before_the_wrong_one_earns_no_second_explanation() -> None:
    """Two re-explanations are two wrong answers, not two taps. Proves: Q13."""
    story = Story().until_decision().hand_over()
    story.choose("consent", ask_risks="none")
    story.tell(EXPLAINED)
    assert story.refusal(EXPLAINED) == "nothing_to_explain"
    story.choose("consent", ask_risks="none")
    assert story.refusal(EXPLAINED) is None


def test_who_reads_after_another_is_explained_their_own_mistake() -> None:
    """Who decides from then on missed it for the first time. Proves: Q13, Q14."""
    story = room()
    story.hold("patient", "read").choose("consent", ask_risks="none")
    story.tell(EXPLAINED)
    story.hand_back().tell(MOTHER, PROVED)
    story.hold("representative", "read").choose("consent", ask_risks="none")
    assert story.refusal(Explained("consent", "risks")) == "nothing_to_explain"
    assert story.refusal(EXPLAINED) is None


def test_an_explanation_of_one_point_is_none_of_another() -> None:
    """Proves: Q13."""
    form = BOOK.forms["consent"]
    another = Choice(id="ask_costs", options=("none", "some"), right="some")
    story = Story(book_with(structs.replace(form, items=(*form.items, another)))).open().hand_over()
    story.choose("consent", ask_risks="none", ask_costs="none")
    story.tell(Explained("consent", "ask_costs"))
    assert story.refusal(EXPLAINED) is None


def test_a_question_about_a_point_is_no_explanation_of_it() -> None:
    """Proves: Q13, R31."""
    story = Story().open().hand_over()
    story.choose("consent", ask_risks="none")
    story.tell(QuestionRaised("consent", "ask_risks"))
    assert story.refusal(EXPLAINED) is None


def test_on_paper_the_first_wrong_answer_is_explained_at_once() -> None:
    """Staff hold the tablet, and it is the patient's own explanation. Proves: P8, Q13."""
    story = on_paper()
    story.tell(Answered("consent", "ask_risks", Chosen("none")))
    story.tell(EXPLAINED)
    assert story.refusal(EXPLAINED) == "nothing_to_explain"


def test_a_question_without_a_right_answer_has_nothing_to_explain() -> None:
    story = Story().open().notices().hand_over()
    assert story.refusal(Explained("notices", "paper_copy")) == "nothing_to_explain"
