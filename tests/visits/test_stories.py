"""The demo's two stories, played in a process of their own, judged by the files they leave."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtGui import QImage

TOP = Path(__file__).parents[2]
ROLES = ("patient", "nurse", "physician")
LEAST_POINTS = 150
COUNTED = {"tap": "taps", "ink": "inks", "pin": "pins"}


@dataclass(frozen=True)
class Played:
    """What a story left behind."""

    out: Path
    said: subprocess.CompletedProcess[str]

    @property
    def summary(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads((self.out / "summary.json").read_text("utf-8"))
        return told

    @property
    def record(self) -> dict[str, Any]:
        """The record's own content, as it lies in the PDF."""
        with pikepdf.open(self.out / "record.pdf") as pdf:
            told: dict[str, Any] = json.loads(pdf.attachments["record.json"].get_file().read_bytes())
            return told

    def facts(self, kind: str) -> list[dict[str, Any]]:
        bodies = [json.loads(body) for body in self.record["bodies"]]
        return [body["fact"] for body in bodies if body["fact"]["kind"] == kind]

    def signatures(self) -> list[dict[str, Any]]:
        return [*self.facts("Signed"), *self.facts("Countersigned")]


def _play(out: Path, story: str, seed: int = 1) -> Played:
    command = [sys.executable, "-m", "chairside", "demo", "--headless", "--out", str(out)]
    command += ["--story", story, "--seed", str(seed)]
    said = subprocess.run(command, cwd=TOP, capture_output=True, text=True, timeout=240, check=False)
    assert said.returncode == 0, said.stderr[-3000:]
    return Played(out, said)


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Played]:
    """Each story once."""
    return {story: _play(tmp_path_factory.mktemp(story), story) for story in ("ordinary", "stop")}


@pytest.fixture(params=["ordinary", "stop"])
def played(stories: dict[str, Played], request: pytest.FixtureRequest) -> Played:
    return stories[request.param]


def test_the_summary_has_exactly_the_agreed_shape(played: Played) -> None:
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


def test_the_stories_end_as_told_and_the_record_is_genuine(stories: dict[str, Played]) -> None:
    """Proves: P3, P4, Q1, Q2."""
    ends = {name: (each.summary["gate"], each.summary["ending"]) for name, each in stories.items()}
    assert ends == {"ordinary": ("clear", "countersigned"), "stop": ("do_not_treat", "do_not_treat")}
    for each in stories.values():
        assert (each.summary["verify"]["verdict"], each.summary["verify"]["demo"]) == ("genuine", True)


def test_nothing_but_the_result_is_said(played: Played) -> None:
    """No remark of a library, no warning of Qt."""
    assert played.said.stderr == ""
    assert played.said.stdout.startswith(played.summary["story"])


def test_the_counts_are_those_of_the_inputs(played: Played) -> None:
    """Proves: P11."""
    told = played.summary
    counted = Counter((each["role"], COUNTED.get(each["kind"], "")) for each in told["inputs"])
    for role in ROLES:
        for name in COUNTED.values():
            assert told["counts"][role][name] == counted[role, name], (role, name)


def test_every_input_names_the_first_fact_it_caused(played: Played) -> None:
    """A tap on an answer answers; a tap on a tile, a date or the next page of the record causes nothing."""
    causes = {each["objectName"]: each["fact"] for each in played.summary["inputs"]}
    pairs = [(each["kind"], each["fact"]) for each in played.summary["inputs"]]
    assert all(fact == "StrokeDrawn" for kind, fact in pairs if kind == "ink")
    assert causes["open"] == "PatientAdded"
    assert causes["born.day"] is None and causes["record.pages.next"] is None
    assert causes["new"] is None and causes["staff.nurse-abara"] is None
    first_pin = next(each for each in played.summary["inputs"] if each["kind"] == "pin")
    assert (first_pin["page"], first_pin["fact"]) == ("door.pin", "SignedIn")
    answers = [each for each in played.summary["inputs"] if each["objectName"].startswith("transplant.")]
    assert [(each["page"], each["fact"]) for each in answers] == [("health_check", "Answered")]


def test_the_effort_is_within_the_bars(stories: dict[str, Played]) -> None:
    """The nurse's, from the health check to the countersignature, is printed. Proves: P11."""
    told = stories["ordinary"].summary
    patient, physician = told["counts"]["patient"], told["counts"]["physician"]
    assert patient["taps"] <= 35 and patient["inks"] == 2
    assert physician["taps"] <= 8 and physician["pins"] == 2 and physician["inks"] == 1
    inputs = told["inputs"]
    begun = next(each["n"] for each in inputs if each["page"] == "health_check")
    ended = max(each["n"] for each in inputs if each["role"] == "physician")
    nurse = Counter(each["kind"] for each in inputs[begun - 1 : ended] if each["role"] == "nurse")
    print(f"nurse from health check to countersign: {dict(nurse)}")
    assert nurse["tap"] > 10


def test_every_signature_on_the_glass_is_in_the_record(played: Played) -> None:
    """As many inks as signatures, each with its strokes, none with fewer points than were drawn.

    Proves: T13, T14.
    """
    inks = [each for each in played.summary["inputs"] if each["kind"] == "ink"]
    signatures = played.signatures()
    assert len(inks) == len(signatures) > 0
    drawn = [fact["stroke"] for fact in played.facts("StrokeDrawn")]
    signed = [digest for fact in signatures for digest in fact["strokes"]]
    assert drawn == signed
    strokes = played.record["strokes"]
    assert set(strokes) == set(signed)
    for fact in signatures:
        assert sum(len(strokes[digest]) for digest in fact["strokes"]) >= LEAST_POINTS


def test_another_seed_signs_with_another_hand(stories: dict[str, Played], tmp_path: Path) -> None:
    """The same story in everything but the ink."""
    other, same = _play(tmp_path, "stop", seed=2), stories["stop"]
    mine, theirs = ([fact["strokes"] for fact in each.signatures()] for each in (same, other))
    assert len(mine) == len(theirs) and not {d for s in mine for d in s} & {d for s in theirs for d in s}
    taps = [[(each["objectName"], each["fact"]) for each in run.summary["inputs"]] for run in (same, other)]
    assert taps[0] == taps[1]


def test_the_pictures_are_in_order_and_each_shows_something_new(played: Played) -> None:
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


def test_the_record_begins_with_the_unsigned_pages(played: Played) -> None:
    """Signing appends; it redraws nothing."""
    unsigned, sealed = (played.out / "unsigned.pdf").read_bytes(), (played.out / "record.pdf").read_bytes()
    assert sealed.startswith(unsigned) and len(sealed) > len(unsigned)
