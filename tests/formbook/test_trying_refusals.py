"""Lines of a cases file that are broken in every way: each is refused, and the rest go on."""

from __future__ import annotations

import io
import json
import random

import pytest

from chairside.formbook.cases import LONGEST_LINE
from chairside.formbook.trying import tried
from tests.formbook.lines import Line, line, try_lines
from tests.formbook.shipped import book

TAKEN = {"name": "Aspirin", "last_dose": "2026-01-01", "prescribed": True}
REFUSED: list[tuple[Line, str | None]] = [
    ({"answers": {"under_12": "no"}}, "under_12"),
    ({"answers": {"nothing_known": "no"}}, "nothing_known"),
    ({"answers": {"transplant": "maybe"}}, "transplant"),
    ({"answers": {"transplant": True}}, "transplant"),
    ({"answers": {"transplant": None}}, "transplant"),
    ({"answers": {"transplant": "YES"}}, "transplant"),
    ({"answers": {"transplant": ["no"]}}, "transplant"),
    ({"answers": {"temperature": "99"}}, "temperature"),
    ({"answers": None}, "answers"),
    ({"answers": {"nsaids": "no"}}, "nsaids"),
    ({"answers": []}, "answers"),
    ({"born": "14.03.1984"}, "born"),
    ({"born": "19840314"}, "born"),
    ({"born": "1984-02-30"}, "born"),
    ({"born": "0001-01-01"}, "born"),
    ({"born": "2026-12-02"}, "born"),
    ({"born": "2015-02-29"}, "born"),
    ({"born": "1984-03-14T00:00Z"}, "born"),
    ({"born": "١٩٨٤-03-14"}, "born"),
    ({"born": "not asked"}, "born"),
    ({"injection": "2026-12-01T10:00"}, "injection"),
    ({"injection": "2026-12-01"}, "injection"),
    ({"injection": "2026-12-01 10:00-08:00"}, "injection"),
    ({"injection": "2026-12-01T25:00-08:00"}, "injection"),
    ({"injection": "9999-12-31T23:00-08:00"}, "injection"),
    ({"injection": "2026-12-01T10:00+05:60"}, "injection"),
    ({"injection": "2026-12-01T10:00+24:00"}, "injection"),
    ({"injection": "2026-12-01T10:00:60-08:00"}, "injection"),
    ({"injection": "2026-12-01t10:00z"}, "injection"),
    ({"injection": 1}, "injection"),
    ({"zone": "Mars/Olympus"}, "zone"),
    ({"zone": "America"}, "zone"),
    ({"zone": "america/los_angeles"}, "zone"),
    ({"zone": "localtime"}, "zone"),  # another one on every machine
    ({"zone": "posixrules"}, "zone"),
    ({"zone": "UTC\x00"}, "zone"),
    ({"zone": ["UTC"]}, "zone"),
    ({"zone": ""}, "zone"),
    ({"zone": "../../etc/passwd"}, "zone"),
    ({"zone": "A" * 5000}, "zone"),
    ({"zone": "not asked"}, "zone"),
    ({"understanding_raised": None}, "understanding_raised"),
    ({"understanding_raised": 1}, "understanding_raised"),
    ({"extra": 1}, "extra"),
    ({"nsaids": None}, "nsaids"),
    ({"nsaids": {}}, "nsaids"),
    ({"nsaids": ["Advil"]}, "nsaids"),
    ({"nsaids": [{"name": "Advil"}]}, "nsaids"),
    ({"nsaids": [{"name": "", "last_dose": "never"}]}, "nsaids"),
    ({"nsaids": [{"name": "A" * 201, "last_dose": "never"}]}, "nsaids"),
    ({"nsaids": [{"name": "Advil", "last_dose": "Never"}]}, "nsaids"),
    ({"nsaids": [{"name": "Advil", "last_dose": None}]}, "nsaids"),
    ({"nsaids": [{"name": "Advil", "last_dose": "2026-11-27T10:00"}]}, "nsaids"),
    ({"nsaids": [{"name": "Advil", "last_dose": "2026-12-01T10:00:01-08:00"}]}, "nsaids"),
    ({"nsaids": [{"name": "Tylenol", "last_dose": "2026-12-02"}]}, "nsaids"),
    ({"nsaids": [{"name": "Advil", "last_dose": "2026-12-01"}]}, "nsaids"),  # 23:59 is after 10:00
    ({"nsaids": [{"name": "Aspirin", "last_dose": "never", "prescribed": "yes"}]}, "nsaids"),
    ({"nsaids": [{"name": "Aspirin", "last_dose": "never", "prescribed": None}]}, "nsaids"),
    ({"nsaids": [{"name": "Aspirin", "last_dose": "never", "route": "oral"}]}, "nsaids"),
    ({"nsaids": [{"name": "\u2003", "last_dose": "never"}]}, "nsaids"),
    ({"nsaids": [{"last_dose": "never"}]}, "nsaids"),
    ({"nsaids": [[]]}, "nsaids"),
    ({"nsaids": "Advil"}, "nsaids"),
    ({"nsaids": [{"name": "Advil", "last_dose": "2026-11-31"}]}, "nsaids"),
    ({"nsaids": [{"name": "Advil", "last_dose": " never"}]}, "nsaids"),
]


@pytest.mark.parametrize(("changed", "item"), REFUSED, ids=[str(case)[:60] for case, _ in REFUSED])
def test_a_wrong_line_is_refused_by_the_item_at_fault(changed: Line, item: str) -> None:
    """And the next line is judged all the same; the refusal says what would do."""
    refused, judged = try_lines(line(**changed), line(id="next"))
    assert list(refused) == ["id", "error", "item"]
    assert (refused["id"], refused["item"]) == ("one", item)
    assert ";" in str(refused["error"])
    assert judged == {"id": "next", "verdict": "clear", "findings": []}


BROKEN: list[tuple[str | bytes, str | None]] = [
    ("", None),
    ("   ", None),
    ("{", None),
    ("[" * 60_000, None),
    ("[]", None),
    ("null", None),
    ('"id"', None),
    ("NaN", None),
    ("9" * 5000, None),
    ('{"id": "two", "id": "two"}', "two"),
    (json.dumps(line())[:-1] + ', "zone": "UTC"}', "one"),
    (json.dumps(line()).replace('"transplant": "no"', '"transplant": "yes", "transplant": "no"'), "one"),
    (json.dumps(line()).replace('"1984-03-14"', "NaN"), "one"),
    (json.dumps(line()).replace('"1984-03-14"', "-Infinity"), "one"),
    (json.dumps(line(id=7)), None),
    (json.dumps(line(id="")), ""),
    (json.dumps(line(id="x" * 201)), None),
    (b"\xef\xbb\xbf" + json.dumps(line()).encode(), None),
    (b"\xff\xfe{\x00}\x00", None),
    (json.dumps(line(id="x" * LONGEST_LINE)), None),
    (b"x" * (3 * LONGEST_LINE), None),
    (b"\x00" * 40, None),
    ("\u2028" + json.dumps(line()), None),
    (json.dumps(line()) + " and more", None),
    (json.dumps(line()).replace('"', "'"), None),
    (json.dumps(line(id=["one"])), None),
    (json.dumps(line()).replace("[]", '[{"name": "A", "name": "B", "last_dose": "never"}]'), "one"),
    (json.dumps(line()).replace('"1984-03-14"', "1e400"), "one"),
]


@pytest.mark.parametrize(("raw", "name"), BROKEN, ids=[str(raw)[:30] for raw, _ in BROKEN])
def test_a_broken_line_is_refused_and_the_rest_go_on(raw: str | bytes, name: str | None) -> None:
    refused, judged = try_lines(raw, line(id="next"))
    assert (refused["id"], list(refused)) == (name, ["id", "error", "item"])
    assert str(refused["error"]).startswith("line 1: ")
    assert judged["verdict"] == "clear"


def test_a_last_line_without_an_end_and_windows_line_ends_are_lines() -> None:
    raw = json.dumps(line()).encode()
    assert [each["verdict"] for each in tried(book(), io.BytesIO(raw + b"\r\n" + raw))] == ["clear"] * 2
    assert list(tried(book(), io.BytesIO(b""))) == []


def test_anything_between_the_braces_is_answered_never_raised() -> None:
    """A thousand cases, each with some bytes overwritten."""
    dice = random.Random(5)
    whole = json.dumps(line(nsaids=[TAKEN], understanding_raised=True)).encode()
    lines = []
    for _ in range(1000):
        raw = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            raw[dice.randrange(len(raw))] = dice.choice(b'{}[]",:0x\x00\\u \xc3\xff')
        lines.append(bytes(raw))
    told = try_lines(*lines)
    assert len(told) == 1000
    assert all(("error" in each) != ("verdict" in each) and json.dumps(each) for each in told)
