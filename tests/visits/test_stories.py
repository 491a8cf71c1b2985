"""The ordinary visit and a stop, each played by the command itself, judged by the files it leaves."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.visits.left import Left
from tests.visits.playbill import Playbill, played_by_command

ROLES = ("patient", "nurse", "physician")
LEAST_POINTS = 150
COUNTED = {"tap": "taps", "ink": "inks", "pin": "pins"}


@pytest.fixture(params=["ordinary", "stop"])
def played(stories: Playbill, request: pytest.FixtureRequest) -> Left:
    return stories[request.param]


def test_the_summary_has_exactly_the_agreed_shape(played: Left) -> None:
    """Issue 2, point 6."""
    told = played.summary
    assert list(told) == ["story", "gate", "ending", "verify", "seconds", "counts", "inputs"]
    assert set(told["verify"]) == {"file", "verdict", "demo", "proven", "not_proven"}
    assert set(told["seconds"]) == {"found", "visit", "build", "seal", "verify"}
    assert all(isinstance(took, float) and took > 0 for took in told["seconds"].values())
    assert set(told["counts"]) == set(ROLES)
    assert all(set(of) == {"taps", "inks", "pins", "typed"} for of in told["counts"].values())
    for number, each in enumerate(told["inputs"], 1):
        assert set(each) == {"n", "role", "page", "objectName", "kind", "fact"}
        assert each["n"] == number and each["role"] in ROLES and each["page"] and each["objectName"]
        assert each["kind"] in ("tap", "ink", "pin", "key", "scan")


def test_the_stories_end_as_told_and_the_record_is_genuine(stories: Playbill) -> None:
    """Proves: P3, P4, Q1, Q2."""
    plain = {name: stories[name] for name in ("ordinary", "stop")}
    ends = {name: (each.summary["gate"], each.summary["ending"]) for name, each in plain.items()}
    assert ends == {"ordinary": ("clear", "countersigned"), "stop": ("do_not_treat", "do_not_treat")}
    for each in plain.values():
        assert (each.summary["verify"]["verdict"], each.summary["verify"]["demo"]) == ("genuine", True)


def test_nothing_but_the_result_is_said(played: Left) -> None:
    """No remark of a library, no warning of Qt."""
    assert played.said[1] == ""
    assert played.said[0].startswith(played.summary["story"])


def test_the_counts_are_those_of_the_inputs(played: Left) -> None:
    """Proves: P11."""
    told = played.summary
    counted = Counter((each["role"], COUNTED.get(each["kind"], "")) for each in told["inputs"])
    for role in ROLES:
        for name in COUNTED.values():
            assert told["counts"][role][name] == counted[role, name], (role, name)


def test_every_input_names_the_first_fact_it_caused(played: Left) -> None:
    """A tap on an answer answers; a tap on a tile, a date or the next page of the record causes nothing."""
    causes = {each["objectName"]: each["fact"] for each in played.summary["inputs"]}
    pairs = [(each["kind"], each["fact"]) for each in played.summary["inputs"]]
    assert all(fact == "StrokeDrawn" for kind, fact in pairs if kind == "ink")
    assert causes["open"] == "VisitOpened"
    assert causes["born.day"] is None and causes["record.pages.next"] is None
    assert causes["new"] is None and causes["staff.nurse-abara"] is None
    first_pin = next(each for each in played.summary["inputs"] if each["kind"] == "pin")
    assert (first_pin["page"], first_pin["fact"]) == ("door.pin", "SignedIn")
    answers = [each for each in played.summary["inputs"] if each["objectName"].startswith("transplant.")]
    assert [(each["page"], each["fact"]) for each in answers] == [("health_check", "Answered")]


def test_the_effort_is_within_the_bars(stories: Playbill) -> None:
    """Proves: P11."""
    told = stories["ordinary"].summary
    patient, physician = told["counts"]["patient"], told["counts"]["physician"]
    assert patient["taps"] <= 35 and patient["inks"] == 2
    assert physician["taps"] <= 8 and physician["pins"] == 2 and physician["inks"] == 1
    inputs = told["inputs"]
    begun = next(each["n"] for each in inputs if each["page"] == "health_check")
    ended = max(each["n"] for each in inputs if each["role"] == "physician")
    nurse = Counter(each["kind"] for each in inputs[begun - 1 : ended] if each["role"] == "nurse")
    assert 10 < nurse["tap"] <= 30
    efforts = json.loads((stories["ordinary"].out / "effort.json").read_text("utf-8"))
    barred = {each["who"]: each for each in efforts if each["met"] is not None}
    assert set(barred) == {"patient", "nurse", "physician"} and all(each["met"] for each in barred.values())
    assert barred["nurse"]["typed"] <= 20


def test_every_signature_on_the_glass_is_in_the_record(played: Left) -> None:
    """As many inks as signatures, each with its strokes, none with fewer points than were drawn.

    Proves: T13, T14.
    """
    inks = [each for each in played.summary["inputs"] if each["kind"] == "ink"]
    signatures = played.signatures()
    assert len(inks) == len(signatures) > 0
    drawn = [fact["stroke"] for fact in played.facts("StrokeDrawn")]
    signed = [digest for fact in signatures for digest in fact["strokes"]]
    assert drawn == signed
    strokes = played.content()["strokes"]
    assert set(strokes) == set(signed)
    for fact in signatures:
        assert sum(len(strokes[digest]) for digest in fact["strokes"]) >= LEAST_POINTS


def test_another_seed_signs_with_another_hand(stories: Playbill, tmp_path: Path) -> None:
    """The same story in everything but the ink."""
    other, same = played_by_command(tmp_path, "stop", "--seed", "2"), stories["stop"]
    mine, theirs = ([fact["strokes"] for fact in each.signatures()] for each in (same, other))
    assert len(mine) == len(theirs) and not {d for s in mine for d in s} & {d for s in theirs for d in s}
    taps = [[(each["objectName"], each["fact"]) for each in run.summary["inputs"]] for run in (same, other)]
    assert taps[0] == taps[1]


def test_a_story_is_played_in_another_language_too(stories: Playbill, tmp_path: Path) -> None:
    """The patient reads in it, and so does the record; the end is the same."""
    other, same = played_by_command(tmp_path, "refused", "--language", "es"), stories["refused"]
    assert other.summary["ending"] == same.summary["ending"]
    assert (same.content()["language"], other.content()["language"]) == ("en", "es")
    read = [body for body in other.bodies() if body["fact"]["kind"] == "PageRead"]
    assert {body["stamp"]["language"] for body in read} == {"es"}


def test_the_pictures_are_in_order_and_each_shows_something_new(played: Left) -> None:
    """Every page a person sees, in the order they see it."""
    pictures = sorted((played.out / "screens").glob("*.png"))
    numbers = [int(picture.name.split("-")[0]) for picture in pictures]
    assert numbers == list(range(1, len(pictures) + 1)) and len(pictures) > 10
    images = [QImage(str(picture)) for picture in pictures]
    same = [pictures[n].name for n in range(1, len(images)) if images[n] == images[n - 1]]
    assert same == []
    pages = {each["page"] for each in played.summary["inputs"]}
    named = {picture.stem.split("-", 1)[1] for picture in pictures}
    assert {page.replace(".", "-").replace("_", "-") for page in pages} <= named


def test_the_record_begins_with_the_unsigned_pages(played: Left) -> None:
    """Signing appends; it redraws nothing."""
    unsigned, sealed = (played.out / "unsigned.pdf").read_bytes(), (played.out / "record.pdf").read_bytes()
    assert sealed.startswith(unsigned) and len(sealed) > len(unsigned)
