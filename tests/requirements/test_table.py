"""Q1-Q48 and X1-X28: every row names tests that exist, words that stand in a page, or what is not built."""

from __future__ import annotations

import ast
import tomllib

import pytest

from tests.house.source import ROOT, sources
from tests.house.test_complaints import there
from tests.requirements.rows import TABLE, claims, holding, ids_in, items, missing, spans

KEYS = {"rule", "tests", "says", "never", "asks", "lacks"}


def test_every_requirement_has_its_row_in_order() -> None:
    assert list(TABLE) == [f"Q{n}" for n in range(1, 49)] + [f"X{n}" for n in range(1, 29)]


@pytest.mark.parametrize("name", TABLE)
def test_a_row_is_proven_by_what_is_there_or_says_what_is_not_built(name: str) -> None:
    row = TABLE[name]
    assert set(row) <= KEYS and row["rule"].endswith(".")
    assert [each for each in row.get("tests", ()) if not there(each)] == []
    assert [each for each in row.get("says", ()) if missing(each)] == []
    assert {each: found for each in row.get("never", ()) if (found := holding(each))} == {}
    assert [each for each in row.get("asks", ()) if each.split(".")[1] not in items(each.split(".")[0])] == []
    assert any(row.get(key) for key in ("tests", "says", "asks", "lacks"))


def test_each_id_is_claimed_by_itself() -> None:
    """A span claims what nobody looked at."""
    told = [(source.name, span) for source in sources(ROOT / "tests") for span in claimed_spans(source.tree)]
    assert [each for each in told if "tests/requirements/" not in each[0]] == []


def claimed_spans(tree: ast.Module) -> list[str]:
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [span for node in functions for span in spans(ast.get_docstring(node) or "")]


def test_no_test_claims_an_id_that_does_not_exist() -> None:
    most = {"Q": 48, "X": 28, "T": 28, "F": 34}
    assert [name for name in claims() if not 1 <= int(name[1:]) <= most[name[0]]] == []


def test_a_claim_is_found_and_only_after_its_word() -> None:
    """The search is not blind: a span is every id in it, and a help of Q1 alone claims nothing."""
    assert ids_in("What is so. Proves: Q3, X10-X12,\nT4.") == ("Q3", "X10", "X11", "X12", "T4")
    assert ids_in("See Q1.") == () and spans("Proves: Q3, X10-X12.") == ("X10-12",)
    assert (
        "requirements/test_notices_first.py::test_nobody_proceeds_before_the_paper_copy_was_handed"
        in claims()["Q6"]
    )


def test_words_that_are_nowhere_are_missed_and_words_that_are_there_are_found() -> None:
    assert missing("consent: This treatment is safe.") and not missing("consent: It is not a cure.")
    assert holding("umbilical cord") and not holding("words of no page at all")


def test_the_shipped_forms_treat_the_scalp_alone() -> None:
    """Proves: X27."""
    told = tomllib.loads((ROOT / "forms/open/1.0.0/form.toml").read_text("utf-8"))
    areas = next(item["options"] for item in told["item"] if item["id"] == "area")
    assert areas == ["scalp"]
