"""The interface's sentences: every key and every error code in the source has one, and can be filled in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from chairside import errors, formbook
from chairside.domain.checklist import FLOOR, UNDER_AGE
from chairside.domain.facts import Ending, Role, Ruling
from chairside.domain.form import Verdict
from chairside.domain.replies import TestResult
from chairside.errors import ChairsideError, FormError, KeyRefused, SettingsError
from chairside.words import Words, places
from tests.house.source import PACKAGE, ROOT, sources

FOLDER = ROOT / "resources" / "words"
TROUBLES = frozenset(
    name
    for name, known in vars(errors).items()
    if isinstance(known, type) and issubclass(known, ChairsideError)
)
REFUSING = (
    "domain/acts.py",
    "domain/actor.py",
    "domain/addenda.py",
    "domain/afterwards.py",
    "domain/answering.py",
    "domain/around.py",
    "domain/custody.py",
    "domain/deciding.py",
    "domain/ending.py",
    "domain/expiry.py",
    "domain/languages.py",
    "domain/naming.py",
    "domain/paper.py",
    "domain/premedication.py",
    "domain/procedure.py",
    "domain/reading.py",
    "domain/sheet.py",
    "domain/signing.py",
    "keys/pins.py",
    "session/clock.py",
)
# Codes that reach their error through a variable: sqlite's, the disk's, and what `unwrap` is told to say.
BY_VARIABLE = (
    "store_busy",
    "disk_full",
    "disk_refused",
    "passphrase_wrong",
    "recovery_key_wrong",
    "key_damaged",
)
MADE = {"forms_refused": frozenset({"count", "first"})}  # words makes these of the complaints
NONE = ast.Constant(None)
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def _words() -> Words:
    return Words.load(FOLDER, "en")


def _texts(node: ast.expr | None) -> Iterator[str]:
    """The texts an expression may become: a constant, the branches of an if or an or, a table's values."""
    match node:
        case ast.Constant(str(text)):
            yield text
        case ast.IfExp(body=one, orelse=two):
            yield from (*_texts(one), *_texts(two))
        case ast.BoolOp(values=several) | ast.Dict(values=several):
            for value in several:
                yield from _texts(value)
        case _:
            return


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _calls(*floors_left_out: str) -> Iterator[tuple[str, ast.Call, frozenset[str] | None]]:
    """Every call with a first argument: its name, itself, and its keywords (None where they are unpacked)."""
    for source in sources(PACKAGE):
        for node in ast.walk(source.tree) if source.floor not in floors_left_out else ():
            if isinstance(node, ast.Call) and node.args:
                names = [keyword.arg for keyword in node.keywords]
                yield _called(node), node, None if None in names else frozenset(str(name) for name in names)


def _raised() -> dict[str, frozenset[str]]:
    """Every error code written in the source, with the facts that every place of it gives."""
    given: dict[str, frozenset[str]] = {}
    for name, call, facts in _calls():
        for code in _texts(call.args[0]) if name in TROUBLES or name == "Outcome" else ():
            given[code] = given.get(code, facts or frozenset()) & (facts or frozenset())
    return given


def _refused() -> frozenset[str]:
    """Every code that a rule answers with: what functions that return `str | None` return or look up."""
    told = set(BY_VARIABLE)
    for name in REFUSING:
        for function in ast.walk(ast.parse((PACKAGE / name).read_text("utf-8"))):
            if (
                isinstance(function, ast.FunctionDef)
                and ast.unparse(function.returns or ast.Constant(0)) == "str | None"
            ):
                for node in ast.walk(function):
                    told |= set(_texts(node.value)) if isinstance(node, ast.Return | ast.Assign) else set()
    return frozenset(told)


def _said() -> dict[str, frozenset[str]]:
    """Every literal key passed to `say`, with the facts of every place; records have their own words."""
    given: dict[str, frozenset[str]] = {}
    for name, call, facts in _calls("record"):
        for key in _texts(call.args[0]) if name == "say" and facts is not None else ():
            if "." in key:
                given[key] = given.get(key, facts or frozenset()) & (facts or frozenset())
    return given


def test_every_error_code_has_a_sentence_and_a_next_action() -> None:
    words = _words()
    codes = set(_raised()) | _refused()
    assert len(codes) > 40  # the search itself finds what is there
    silent = [
        code for code in sorted(codes) if not (words.has(f"trouble.{code}") and words.has(f"next.{code}"))
    ]
    assert silent == []


def test_every_trouble_can_be_filled_in_wherever_it_is_raised() -> None:
    """A sentence wants no fact that some place of its code does not give."""
    words = _words()
    for code, facts in _raised().items():
        given = facts | MADE.get(code, frozenset()) | {"code"}
        wanted = places(words.sentences[f"trouble.{code}"]) | places(words.sentences[f"next.{code}"])
        assert wanted <= given, code


def test_every_key_in_the_source_has_a_sentence() -> None:
    words = _words()
    assert [key for key in sorted(_said()) if not words.has(key)] == []


def test_every_key_in_the_source_is_given_its_facts() -> None:
    words = _words()
    wanting = [
        key for key, facts in _said().items() if words.has(key) and places(words.sentences[key]) - facts
    ]
    assert wanting == []


def test_troubles_and_next_actions_come_in_pairs() -> None:
    keys = _words().sentences
    troubles = {
        key.removeprefix("trouble.")
        for key in keys
        if key.startswith("trouble.") and not key.endswith("_one")
    }
    assert troubles == {key.removeprefix("next.") for key in keys if key.startswith("next.")}


def test_every_verdict_has_words_and_what_stands_beside_an_answer_says_what_next() -> None:
    """In few: the page keeps room for the longest of them from the start."""
    words = _words()
    for verdict in Verdict:
        assert words.say(f"verdict.{verdict.word}")
    for verdict in (Verdict.PHYSICIAN, Verdict.HOLD, Verdict.DEFER, Verdict.DO_NOT_TREAT):
        assert 0 < len(words.say(f"verdict.{verdict.word}_beside")) <= 36


def test_every_finding_has_a_sentence() -> None:
    """What a rule finds is said in words, with the question or drug it is about and its days."""
    words = _words()
    found = {
        code for name, call, _ in _calls() if name in ("Finding", "_reason") for code in _texts(call.args[0])
    }
    found |= {item + end for item in FLOOR for end in ("", "_not_sure", "_unanswered")} | {
        UNDER_AGE,
        "nsaids_unanswered",
    }
    assert len(found) > 30
    for finding in sorted(found - {"finding"}):
        assert words.has(f"finding.{finding}"), finding
        assert places(words.sentences[f"finding.{finding}"]) <= {"item", "about", "days"}


def test_every_step_role_ruling_ending_and_result_has_a_word() -> None:
    words = _words()
    for step in formbook.load(ROOT / "forms", "california").plan.steps:
        assert words.has(f"step.{step.id}")
    for table, kind in (("role", Role), ("ruling", Ruling), ("ending", Ending), ("result", TestResult)):
        for name in get_args(kind):
            assert words.has(f"{table}.{name}")


def test_a_trouble_is_said_with_its_facts() -> None:
    sentence, action = _words().trouble(SettingsError("zone_unknown", zone="Mars/Olympus"))
    assert "Mars/Olympus" in sentence
    assert action


def test_a_refused_folder_names_the_first_complaint() -> None:
    """A nurse reads file, line and fault; the rest is counted."""
    two = (("a/form.toml", 3, "has no kind"), ("b/en.md", 9, "holds a link"))
    sentence, _ = _words().trouble(FormError("forms_refused", complaints=two))
    assert "2 things are wrong" in sentence
    assert "a/form.toml, line 3: has no kind" in sentence
    alone, _ = _words().trouble(FormError("forms_refused", complaints=two[:1]))
    assert "One thing is wrong" in alone


def test_an_unknown_code_is_still_a_sentence() -> None:
    """No trouble ends in a traceback for want of words; the code can be read to whoever helps."""
    sentence, action = _words().trouble(KeyRefused("moon_in_the_way"))
    assert "moon_in_the_way" in sentence
    assert action


def test_a_missing_key_is_refused_not_shown() -> None:
    with pytest.raises(SettingsError) as refused:
        _words().say("button.fly")
    assert (refused.value.code, refused.value.facts["key"]) == ("words_missing", "button.fly")


def test_a_missing_fact_is_refused_not_shown() -> None:
    with pytest.raises(SettingsError) as refused:
        _words().say("hand_over.are_you")
    assert refused.value.facts["fact"] == "name"


def test_a_name_with_braces_is_only_a_name() -> None:
    """What is filled in is never read as a sentence again."""
    assert _words().say("hand_over.are_you", name="{zone}") == "Are you {zone}?"


def test_one_of_something_is_said_as_one() -> None:
    assert _words().say("when.ago", count=1) == "1 minute ago"
    assert _words().say("when.ago", count=2) == "2 minutes ago"


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "[a]\nb = 1\n",
        "[a]\nb = ''\n",
        "a = 'b'\n",
        "[a.b]\nc = 'd'\n",
        "[a]\n'B c' = 'd'\n",
        "[a]\nb = 'c'\n",
    ],
)
def test_a_broken_words_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as refused:
        Words.load(tmp_path, "en")
    assert refused.value.code == "words_unreadable"


def test_a_language_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        Words.load(tmp_path, "tlh")


def test_every_key_is_written_alike() -> None:
    for key in _words().sentences:
        table, _, name = key.partition(".")
        assert _NAME.match(table), key
        assert re.match(r"[a-z0-9_]+\Z", name), key
