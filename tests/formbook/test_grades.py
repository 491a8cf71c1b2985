"""The grades are what others measure too: known texts, with the figures of tools that are not ours."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from chairside.formbook.grade import GRADES, HARDEST_GRADE, grade
from chairside.formbook.judging import grades
from tests.formbook.shipped import FORMS


@dataclass(frozen=True)
class Reference:
    """One text of references.toml, which says where its figure comes from."""

    language: str
    name: str
    source: str
    grade: float
    paragraphs: list[str]


KNOWN = tuple(
    Reference(**row)
    for row in tomllib.loads(Path(__file__).with_name("references.toml").read_text("utf-8"))["text"]
)


@pytest.mark.parametrize("text", KNOWN, ids=lambda text: text.name)
def test_a_known_text_has_its_grade(text: Reference) -> None:
    """Within half a grade of the other tool's. Proves: Q12."""
    assert GRADES[text.language](tuple(text.paragraphs)) == pytest.approx(text.grade, abs=0.5)


def test_the_known_texts_are_enough_and_far_apart() -> None:
    """Easy and hard ones, so that a counter that always says the same would be found out."""
    english = [text.grade for text in KNOWN if text.language == "en"]
    assert len(english) >= 6 and len(KNOWN) - len(english) >= 3
    assert min(english) < 4 and max(english) > 15
    assert sum(each <= 9.5 for each in english) >= 4  # near the limit, where it counts


def test_a_title_ends_no_sentence() -> None:
    """Counted as an end it would halve the sentence, and hide how hard it is."""
    told = "Ask {} who prescribed it and who knows why you take it before you decide to stop taking it."
    assert grade((told.format("Dr. Adams"),)) == grade((told.format("Dr Adams"),))
    spanish = "Pregunte {} que se lo recetó y que sabe por qué lo toma antes de decidir que lo deja."
    assert GRADES["es"]((spanish.format("a la Dra. Ruiz"),)) == GRADES["es"](
        (spanish.format("a la Dra Ruiz"),)
    )


@pytest.mark.parametrize("language", sorted(GRADES))
def test_every_shipped_block_is_graded_in_both_languages(language: str) -> None:
    """None is above the limit but the law's own words. Proves: Q12."""
    told = [each for each in grades(FORMS) if each.file.endswith(f"/{language}.md")]
    assert len(told) > 100
    assert max(each.grade for each in told if not each.exempt) <= HARDEST_GRADE
    assert {each.item for each in told if each.exempt} == {"s684", "medical_board"}
