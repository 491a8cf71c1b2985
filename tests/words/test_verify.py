"""What `chairside verify` may find has a sentence for a reader, whichever part of the check finds it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from chairside.cli import _told
from chairside.record.check import Verdict, Word
from chairside.record.check_structure import FIELDS
from chairside.words import Words
from tests.house.source import PACKAGE, ROOT

RECORD = PACKAGE / "record"
RAISED = {"Refused", "_Broken", "RecordError"}
GATHERED = {"proven", "left", "not_proven"}


@cache
def _words() -> Words:
    return Words.load(ROOT / "resources" / "words", "en")


def _constants(node: ast.AST | None) -> Iterator[str]:
    for each in ast.walk(node) if node is not None else ():
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value:
            yield each.value


def _calls(node: ast.Call) -> Iterator[str]:
    """Codes in a call: what is raised, what a verdict or a report is made of, what a list grows by."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in RAISED and node.args and isinstance(node.args[0], ast.Constant | ast.IfExp):
        yield from _constants(node.args[0])
    if name in ("Verdict", "Told"):
        tuples = [each for each in node.args if isinstance(each, ast.Tuple)]
        tuples += [
            each.value for each in node.keywords if each.arg in GATHERED and isinstance(each.value, ast.Tuple)
        ]
        for each in tuples:
            yield from _constants(each)
    if name == "append" and set(_names(node.func)) & GATHERED:
        yield from _constants(node)


def _names(node: ast.AST) -> Iterator[str]:
    return (each.id for each in ast.walk(node) if isinstance(each, ast.Name))


def _assigned(node: ast.Assign) -> Iterator[str]:
    if {name for target in node.targets for name in _names(target)} & GATHERED:
        yield from _constants(node.value)


def _unfit() -> set[str]:
    """Why a certificate could not sign: what `complaint` returns, of the seal and of the certifier."""
    tree = ast.parse((RECORD / "check_trust.py").read_text("utf-8"))
    (complaint,) = (
        each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == "complaint"
    )
    returned = [each.value for each in ast.walk(complaint) if isinstance(each, ast.Return)]
    return {code for value in returned for code in _constants(value)}


def _codes() -> set[str]:
    found = {f"{whose}_{why}" for whose in ("seal", "certifier") for why in _unfit()}
    found |= {f"{field}_invalid" for field in FIELDS[:2]} | {"demo_refused_here", "root_not_trusted"}
    for path in (*sorted(RECORD.glob("check*.py")), RECORD / "content.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                found |= set(_calls(node))
            if isinstance(node, ast.Assign):
                found |= set(_assigned(node))
    return found


def test_every_code_of_the_check_has_a_sentence_of_its_own() -> None:
    found = _codes()
    assert {
        "facts_broken",
        "seal_revoked",
        "head_in_log",
        "revocation_unknown",
        "followed_record_differs",
    } <= found
    assert len(found) > 70
    said = {code: [kind for kind in ("yes", "no") if _words().has(f"verify.{kind}_{code}")] for code in found}
    assert {code for code, kinds in said.items() if len(kinds) != 1} == set()
    sentences = [_words().say(f"verify.{kinds[0]}_{code}") for code, kinds in said.items()]
    assert len(set(sentences)) == len(sentences)


def test_no_sentence_is_of_a_code_that_nothing_finds() -> None:
    named = {
        key.removeprefix("verify.")
        for key in _words().sentences
        if key.startswith(("verify.yes_", "verify.no_"))
    }
    assert {name.partition("_")[2] for name in named} - _codes() == {"parser"}


@pytest.mark.parametrize(
    ("verdict", "code", "says"),
    [
        ("altered", "parser_KeyError", "Why:\n  - The file is not built as Chairside builds one"),
        ("altered", "seal_revoked", "Why:\n  - The certificate behind the seal had been taken back by then."),
        ("not_ours", "seal_missing", "Why:\n  - There is no seal in this file."),
        ("genuine", "not_rebuilt", "Not proven:\n  - The pages were not drawn again"),
        ("altered", "a_later_programs", "Why:\n  - Not shown by this check: a_later_programs"),
    ],
)
def test_a_reader_is_told_the_reason_in_words(verdict: Word, code: str, says: str) -> None:
    told = "\n".join(_told(_words(), Verdict("a.pdf", verdict, not_proven=(code,))))
    assert says in told
