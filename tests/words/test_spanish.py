"""The interface in Spanish: a part of the English keys, with the same places."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from chairside.words import Words, places
from tests.house.source import ROOT

FOLDER = ROOT / "resources" / "words"


def _flat(file: str) -> dict[str, str]:
    told = tomllib.loads((FOLDER / file).read_text("utf-8"))
    return {f"{table}.{key}": said for table, sentences in told.items() for key, said in sentences.items()}


def _own() -> dict[str, str]:
    return _flat("es.toml")


def test_spanish_says_nothing_that_english_does_not() -> None:
    """A key of its own is one that nobody says."""
    assert set(_own()) - set(Words.load(FOLDER, "en").sentences) == set()


@pytest.mark.parametrize("key", sorted(_own()))
def test_a_spanish_sentence_wants_the_same_facts(key: str) -> None:
    assert places(_own()[key]) == places(Words.load(FOLDER, "en").sentences[key])


def test_what_is_not_there_in_spanish_is_said_in_english() -> None:
    spanish, english = Words.load(FOLDER, "es"), Words.load(FOLDER, "en")
    assert "board.title" not in _own()
    assert set(spanish.sentences) == set(english.sentences)
    assert spanish.say("button.continue") == "Continuar"
    missing = next(
        key for key in english.sentences if key not in _own() and not places(english.sentences[key])
    )
    assert spanish.say(missing) == english.say(missing)


def test_troubles_and_next_actions_come_in_pairs_in_spanish() -> None:
    troubles = {key.partition(".")[2] for key in _own() if key.startswith("trouble.")}
    assert troubles == {key.partition(".")[2] for key in _own() if key.startswith("next.")}


def test_one_of_something_has_its_own_spanish_wherever_the_plural_is_there() -> None:
    """Otherwise one of them would be said in English."""
    english = Words.load(FOLDER, "en").sentences
    assert [key for key in _own() if f"{key}_one" in english and f"{key}_one" not in _own()] == []


def test_no_sentence_ends_after_a_name_that_ends_with_a_dot_itself() -> None:
    """On the glass stood "Paciente: Nico S.. Usted decide"."""
    assert [key for key, said in _own().items() if "{patient}." in said] == []


def test_a_folder_without_english_has_no_spanish(tmp_path: Path) -> None:
    (tmp_path / "es.toml").write_text((FOLDER / "es.toml").read_text("utf-8"), "utf-8")
    with pytest.raises(Exception, match="words_unreadable"):
        Words.load(tmp_path, "es")


def test_the_record_s_spanish_fills_in_what_the_english_does() -> None:
    english, spanish = _flat("record.en.toml"), _flat("record.es.toml")
    assert set(spanish) <= set(english)
    assert {key for key in spanish if places(spanish[key]) != places(english[key])} == set()


def test_what_is_in_the_margin_of_every_page_is_no_longer_than_in_english() -> None:
    """On the page of the law it stands on one line, and what does not fit is cut off."""
    english, spanish = (_flat(f"record.{language}.toml") for language in ("en", "es"))
    keys = ("margin.page", "mark.demo", "mark.sample")
    assert sum(len(spanish[key]) for key in keys) <= sum(len(english[key]) for key in keys)


@pytest.mark.parametrize(
    ("file", "tables"),
    [
        ("{}.toml", ("finding", "finding_about", "result", "test", "option", "step")),
        ("record.{}.toml", ("vial", "gate", "sheet", "panel", "physician", "answers", "medicines", "checks")),
    ],
)
def test_what_a_record_tells_of_vials_and_findings_is_all_there_in_spanish(
    file: str, tables: tuple[str, ...]
) -> None:
    """What a clinic that reads Spanish would find in English in its own record. Proves: X4, Q29."""
    english, spanish = (_flat(file.format(language)) for language in ("en", "es"))
    ours = [key for key in english if key.partition(".")[0] in tables]
    assert [key for key in ours if key not in spanish] == []
    alike = {"finding_about.placental", "option.no", "medicines.no"}
    alike |= {f"test.{each}" for each in ("hbsag", "hbv_nat", "hcv_nat", "hbv", "hcv", "cmv")}
    assert {key for key in ours if spanish[key] == english[key]} - alike == set()
