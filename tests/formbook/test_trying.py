"""`forms try` against an oracle written from the specification's text."""

from __future__ import annotations

import csv
import itertools
import json
import shutil
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside import formbook
from chairside.formbook.load import DRAFT
from chairside.formbook.trying import judged
from tests.formbook.lines import INJECTION, QUESTIONS, Line, line, told_of, try_lines
from tests.formbook.shipped import DRUGS, book, copied

ANSWERS = ("no", "unsure", "yes", None)
WHOLE = {"no": 0, "unsure": 1, "yes": 2}
LADDER = ("clear", "physician", "incomplete", "hold", "defer", "do_not_treat")
BIRTHS = {"2014-12-02": "physician", "2014-12-01": "clear", "2014-11-30": "clear"}
WASHOUTS: list[tuple[object, str]] = [
    ("not asked", "incomplete"),
    ([], "clear"),
    ([{"name": "Advil", "last_dose": "2026-11-28T10:00:00-08:00"}], "clear"),
    ([{"name": "Advil", "last_dose": "2026-11-28T10:00:01-08:00"}], "physician"),
    ([{"name": "Advil", "last_dose": "2026-11-27"}], "clear"),
    ([{"name": "Advil", "last_dose": "2026-11-28"}], "physician"),
    ([{"name": "Advil", "last_dose": "unsure"}], "physician"),
    ([{"name": "Advil", "last_dose": "never"}], "clear"),
    ([{"name": "Aspirin", "last_dose": "2026-01-01", "prescribed": True}], "physician"),
    ([{"name": "Aspirin", "last_dose": "2026-01-01"}], "incomplete"),
    ([{"name": "Zorbulon", "last_dose": "never"}], "physician"),
]


def _found(told: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the findings of one told line."""
    found = told["findings"]
    assert isinstance(found, list)
    return found


def _weight(found: Mapping[str, object]) -> str:
    return str(found["weight"])


def _asked_for(question: str, answer: str | None) -> str:
    if answer is None:
        return "incomplete"
    return {"no": "clear", "yes": QUESTIONS[question][0], "unsure": QUESTIONS[question][1]}[answer]


def _strictest(*asked: str) -> str:
    return max(asked, key=LADDER.index)


def test_every_answer_vector_gets_the_verdict_of_the_text() -> None:
    """4^7 vectors, each with a birthday, a medicine list and understanding in turn.

    Proves: P3, Q1, Q4, Q21.
    """
    turns = itertools.cycle(itertools.product(BIRTHS, WASHOUTS, (True, False, "not asked")))
    lines, expected = [], []
    for vector, (born, (nsaids, washout), raised) in zip(
        itertools.product(ANSWERS, repeat=len(QUESTIONS)), turns, strict=False
    ):
        pairs = zip(QUESTIONS, vector, strict=True)
        answers = {question: answer for question, answer in pairs if answer is not None}
        lines.append(line(born=born, answers=answers, nsaids=nsaids, understanding_raised=raised))
        asked = [_asked_for(question, answer) for question, answer in zip(QUESTIONS, vector, strict=True)]
        understanding = "physician" if raised is True else "clear"
        asked += [BIRTHS[born], washout, understanding]
        expected.append((_strictest(*asked), sorted(word for word in asked if word != "clear")))
    told = try_lines(*lines)
    assert len(told) == 4**7
    got = [(each["verdict"], sorted(map(_weight, _found(each)))) for each in told]
    assert got == expected


def test_every_birthday_washout_and_understanding_meet_every_verdict_of_the_questions() -> None:
    """The whole product over one vector of each verdict. Proves: P3."""
    vectors = [("transplant", "yes"), ("pregnant_or_trying", "yes"), ("immunocompromised", "unsure")]
    vectors += [("glycerol_sensitivity", "unsure"), ("transplant", "no")]
    for (question, answer), born, (nsaids, washout), raised in itertools.product(
        vectors, BIRTHS, WASHOUTS, (True, False)
    ):
        answers = {**dict.fromkeys(QUESTIONS, "no"), question: answer}
        told = told_of(born=born, answers=answers, nsaids=nsaids, understanding_raised=raised)
        words = (_asked_for(question, answer), BIRTHS[born], washout, "physician" if raised else "clear")
        assert told["verdict"] == _strictest(*words)


@given(st.lists(st.sampled_from(["no", "unsure", "yes"]), min_size=7, max_size=7), st.integers(0, 6))
def test_an_answer_that_turns_worse_never_makes_it_laxer(vector: list[str], place: int) -> None:
    """Proves: P3, F11."""
    question = list(QUESTIONS)[place]
    answers = dict(zip(QUESTIONS, vector, strict=True))
    ladder = [LADDER.index(str(told_of(answers={**answers, question: each})["verdict"])) for each in WHOLE]
    assert ladder == sorted(ladder)


@given(st.integers(0, 240), st.integers(0, 240), st.sampled_from(["Advil", "Aspirin", "Plavix", "Tylenol"]))
def test_a_later_dose_never_makes_it_laxer(one: int, other: int, name: str) -> None:
    """Proves: F11, Q21."""
    early, late = max(one, other), min(one, other)
    at = datetime.fromisoformat(INJECTION)
    words = []
    for hours in (early, late):
        row = {"name": name, "last_dose": (at - timedelta(hours=hours)).isoformat(), "prescribed": False}
        words.append(LADDER.index(str(told_of(nsaids=[row])["verdict"])))
    assert words == sorted(words)


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def _rows(name: str) -> list[dict[str, str]]:
    with (DRUGS / name).open(encoding="utf-8") as held:
        return list(csv.DictReader(held))


def _medicine(kind: str, thins: bool, dose: str, prescribed: bool | None) -> str:
    """What one drug asks for, read from issue and product page; `dose` is recent, old, unsure or never."""
    if kind in ("related", "unknown"):
        return "physician"
    asked = "clear"
    if thins and prescribed is None:
        asked = "incomplete"  # whatever else is told of it
    elif thins and dose != "never" and (prescribed or kind != "yes"):
        asked = "physician"
    window = "physician" if kind == "yes" and dose in ("recent", "unsure") else "clear"
    return _strictest(asked, window)


def test_every_name_of_both_lists_is_weighed_by_the_text() -> None:
    """Each name x last dose x prescribed: all NSAIDs count by any route, aspirin in any product thins.

    Proves: Q20, Q21, Q22, C14-C16.
    """
    doses = {"recent": "2026-12-01T08:00-08:00", "old": "2026-11-01", "unsure": "unsure", "never": "never"}
    listed = {_plain(row["name"]) for row in _rows("antithrombotics.csv")}
    kinds = {_plain(row["name"]): (row["is_nsaid"], row["ingredient"]) for row in _rows("nsaid-names.csv")}
    kinds |= {name: ("no", "") for name in listed - set(kinds)}
    kinds["zorbulon"] = ("unknown", "")
    lines, expected = [], []
    for (name, (kind, ingredient)), dose, prescribed in itertools.product(
        kinds.items(), doses, (True, False, None)
    ):
        row: Line = {"name": name.upper(), "last_dose": doses[dose]}
        lines.append(line(nsaids=[row if prescribed is None else {**row, "prescribed": prescribed}]))
        thins = name in listed or "aspirin" in ingredient
        expected.append((name, dose, prescribed, _medicine(kind, thins, dose, prescribed)))
    told = try_lines(*lines)
    assert [(*row[:3], each["verdict"]) for row, each in zip(expected, told, strict=True)] == expected
    assert len(told) > 3000


def test_the_birthday_is_counted_on_the_clinics_day_of_the_injection() -> None:
    """The same instant is another day in another zone. Proves: C8."""
    late = {"born": "2014-12-02", "injection": "2026-12-02T01:00+00:00"}
    assert told_of(**late)["verdict"] == "physician"
    assert told_of(**late, zone="UTC")["verdict"] == "clear"


@pytest.mark.parametrize(
    ("injection", "last_dose", "verdict"),
    [
        # Clocks go back on 1 November 2026 and forward on 8 March 2026: 72 hours, not three days on the wall.
        ("2026-11-03T09:00-08:00", "2026-10-31T10:00-07:00", "clear"),
        ("2026-11-03T09:00-08:00", "2026-10-31T10:00:01-07:00", "physician"),
        ("2026-03-10T09:00-07:00", "2026-03-07T08:00-08:00", "clear"),
        ("2026-03-10T09:00-07:00", "2026-03-07T08:00:00.000001-08:00", "physician"),
        # A day is its 23:59:00 in the clinic's zone.
        ("2026-11-30T23:59:00-08:00", "2026-11-27", "clear"),
        ("2026-11-30T23:58:59-08:00", "2026-11-27", "physician"),
        ("2026-11-03T22:59:00-08:00", "2026-10-31", "clear"),
        ("2026-12-01T18:00Z", "2026-11-28T18:00Z", "clear"),
        # In the hour that comes twice, only the offset tells which one.
        ("2026-11-04T01:30-08:00", "2026-11-01T01:30-07:00", "clear"),
        ("2026-11-04T01:30-08:00", "2026-11-01T01:30:01-08:00", "physician"),
        # The night is an hour longer or shorter than the day it follows: it still ends at 23:59.
        ("2026-11-04T23:59-08:00", "2026-11-01", "clear"),
        ("2026-11-04T23:58-08:00", "2026-11-01", "physician"),
        ("2026-03-11T23:59-07:00", "2026-03-08", "clear"),
        ("2026-03-11T23:58-07:00", "2026-03-08", "physician"),
        (INJECTION, INJECTION, "physician"),
    ],
)
def test_72_hours_are_absolute(injection: str, last_dose: str, verdict: str) -> None:
    """Proves: Q21, C17."""
    row = {"name": "Advil", "last_dose": last_dose}
    assert told_of(injection=injection, nsaids=[row])["verdict"] == verdict


def test_where_2359_comes_twice_the_later_one_counts() -> None:
    """Chile's clock goes back at midnight, over the minute that a day alone stands for. Proves: Q21, C17."""
    for injection, verdict in (
        ("2026-04-07T23:58:59-04:00", "physician"),
        ("2026-04-07T23:59-04:00", "clear"),
    ):
        row = {"name": "Advil", "last_dose": "2026-04-04"}
        assert told_of(zone="America/Santiago", injection=injection, nsaids=[row])["verdict"] == verdict


@pytest.mark.parametrize(
    ("born", "injection", "verdict"),
    [
        # One born on 29 February is twelve on the day of a leap year, and else on 1 March.
        ("2016-02-29", "2028-02-28T10:00-08:00", "physician"),
        ("2016-02-29", "2028-02-29T10:00-08:00", "clear"),
        ("2012-02-29", "2023-12-31T10:00-08:00", "physician"),
        ("2014-12-01", "2026-11-30T23:59:59-08:00", "physician"),
        ("2014-12-01", "2026-12-01T00:00-08:00", "clear"),
        ("2014-12-01", "2026-12-01T07:59:59Z", "physician"),  # still the day before, in Los Angeles
        ("2026-12-01", INJECTION, "physician"),
    ],
)
def test_twelve_is_twelve_at_the_clinics_midnight(born: str, injection: str, verdict: str) -> None:
    """Proves: C8, Q14."""
    assert told_of(born=born, injection=injection)["verdict"] == verdict


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("ASPIRINA", "incomplete"),
        ("ácido acetilsalicílico", "incomplete"),
        ("a\u0301cido acetilsalici\u0301lico", "incomplete"),  # the accents typed apart
        ("Goody\u2019s", "incomplete"),
        ("\uff21\uff44\uff56\uff49\uff4c", "physician"),  # full-width letters
        ("  advil\u00a0 pm ", "physician"),
        ("ibuprofeno", "physician"),
        ("Voltaren gel", "physician"),  # by any route
        ("acetaminofén", "clear"),
        ("paracetamol", "clear"),
        ("warfarina", "incomplete"),
        ("Pepto-Bismol", "physician"),
        ("metamizol", "physician"),
        ("Asprin", "physician"),  # misspelt is unknown: nothing is guessed
        ("Tylenoll", "physician"),
        ("xarelto 20 mg", "physician"),
        ("Advil\u200b", "physician"),
        ("\u0410\u0441\u043f\u0438\u0440\u0438\u043d", "physician"),
        ("\ud800", "physician"),
    ],
)
def test_a_name_is_weighed_as_it_is_written(name: str, verdict: str) -> None:
    """Taken this morning, and nobody asked who prescribed it. Proves: Q20, Q21, Q22."""
    assert told_of(nsaids=[{"name": name, "last_dose": "2026-12-01T08:00-08:00"}])["verdict"] == verdict


def test_every_drug_of_the_list_counts_and_the_strictest_decides() -> None:
    """Also the same one twice, and a hundred of them. Proves: Q21, Q22."""
    fine = {"name": "Advil", "last_dose": "never"}
    late = {"name": "advil", "last_dose": "2026-12-01T09:00-08:00"}
    asked: Line = {"name": "Plavix", "last_dose": "2026-11-01"}
    assert told_of(nsaids=[fine] * 100)["verdict"] == "clear"
    assert told_of(nsaids=[fine, late] * 50)["verdict"] == "physician"
    told = told_of(nsaids=[fine, late, asked])
    assert told["verdict"] == "incomplete"
    assert list(map(_weight, _found(told))) == ["incomplete", "physician"]


def test_what_is_told_has_the_agreed_keys() -> None:
    told = told_of(answers={"transplant": "unsure"}, nsaids="not asked", understanding_raised=True)
    assert list(told) == ["id", "verdict", "findings"]
    assert _found(told)[0] == {"id": "transplant_not_sure", "weight": "hold", "items": ["transplant"]}
    assert told_of() == {"id": "one", "verdict": "clear", "findings": []}


def test_one_line_of_the_form_makes_cancer_absolute(tmp_path: Path) -> None:
    """A yes is then no treatment and a not sure stops, as a clinic sees by this very command. Proves: X16."""
    folder = copied(tmp_path)
    made = folder / "health_check" / "1.1.0"
    shutil.copytree(folder / "health_check" / "1.0.0", made)
    file = made / "form.toml"
    asked = 'id = "cancer_within_5_years"\nkind = "choice"\nweight = '
    text = file.read_text("utf-8")
    assert f'{asked}"relative"' in text
    file.write_text(text.replace(f'{asked}"relative"', f'{asked}"do_not_treat"'), "utf-8")
    changed = formbook.load(folder, "california", DRUGS, DRAFT)
    for answer, verdicts in (
        ("no", ["clear", "clear"]),
        ("unsure", ["physician", "hold"]),
        ("yes", ["physician", "do_not_treat"]),
    ):
        told = line(answers={**dict.fromkeys(QUESTIONS, "no"), "cancer_within_5_years": answer})
        raw = json.dumps(told).encode()
        assert [judged(each, raw, 1)["verdict"] for each in (book(), changed)] == verdicts
