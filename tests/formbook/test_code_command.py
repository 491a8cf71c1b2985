"""`chairside code`: what a label says, on one line of JSON or in words, whatever is given to it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from chairside.cli import main
from chairside.domain.codes import parse
from tests.domain.test_codes import CASES


def _say(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_a_code_is_told_in_words_and_as_json() -> None:
    """Proves: Q33, F25."""
    told = json.loads(_say("code", "=<T1295003", "--json").stdout)
    assert (told["standard"], told["pdc"], told["accept_for_vial"]) == ("isbt128", "T1295", False)
    assert "lot: 10X3" in _say("code", "+$$52001510X3GD").stdout
    for hostile in ("", "-x", "\x1b[2J", "A" * 9999, "\ud800", "=" * 300, "%s%n", "../.."):
        told_json = _say("code", "--json", hostile)
        assert told_json.exit_code == 0, hostile
        assert told_json.stdout.isascii() and json.loads(told_json.stdout)
        assert "\x1b" not in _say("code", hostile).stdout


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_command_reads_a_published_case_as_published(case: dict[str, object]) -> None:
    """One line of JSON for each, whether it holds to its standard or not. Proves: F25, Q33."""
    said = _say("code", str(case["input"]), "--json")
    assert said.exit_code == 0 and said.stdout.isascii() and said.stdout.count("\n") == 1
    told = json.loads(said.stdout)
    assert told == parse(str(case["input"])).told() and told["valid"] is case["valid"]


@pytest.mark.parametrize(
    "text",
    [
        "--json", "-h", "--help", "--", "-1", "{}", '{"standard": "gs1"}', "\u2028", "\r\n", "]C1",
        "]d2\x1d\x1d", "(01)", "=" * 128, "\udcff\udcfe", "\u202e(01)", "\u0660\u0661", "$(id)", "`id`",
        "'; drop", "\x7f", "\U0001f600",
    ],
)  # fmt: skip
def test_any_text_is_a_code_behind_two_dashes(text: str) -> None:
    """Nothing in it is an option, a sign of the terminal's or a line end. Proves: F25 (hostile strings)."""
    said = _say("code", "--json", "--", text)
    assert said.exit_code == 0 and said.stdout.isascii() and said.stdout.count("\n") == 1
    assert json.loads(said.stdout)["standard"] in ("private", "gs1", "isbt128")
    plain = _say("code", "--", text)
    assert plain.exit_code == 0 and all(line.isprintable() for line in plain.stdout.splitlines())
