"""The unsigned record as a file: valid in both profiles, the same bytes everywhere, holding its own data."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pikepdf
import pytest

from chairside.errors import RecordError
from chairside.record.blocks import Block, Heading, Para, Section, Together
from chairside.record.build import build, pages
from chairside.record.content import Content, from_json, generator, record_id, to_json
from chairside.record.setting import lines
from chairside.record.telling import teller
from tests.record import other_visits
from tests.record.printed import failures, opened, printed, squeezed, text, tool
from tests.record.visits import TOP, ordinary, refused, stopped

STORIES = {
    "ordinary": ordinary,
    "stopped": stopped,
    "refused": refused,
    "two_vials": other_visits.two_vials,
    "on_paper": other_visits.on_paper,
    "signed_ahead": other_visits.signed_ahead,
    "no_show": other_visits.no_show,
    "procedure": other_visits.added,
}
REBUILD = """
import hashlib, sys
from chairside.record.build import build
from chairside.record.content import from_json
print(hashlib.sha256(build(from_json(sys.stdin.buffer.read()))).hexdigest())
"""


@pytest.mark.parametrize("story", STORIES)
def test_an_unsigned_record_fails_no_rule_of_either_profile(story: str) -> None:
    """An outside checker finds PDF/UA-1 and PDF/A-3a whole."""
    assert failures(printed(STORIES[story]())) == []


@pytest.mark.parametrize("story", STORIES)
def test_qpdf_finds_no_error(story: str, tmp_path: Path) -> None:
    """qpdf caught a broken dictionary that page-validation let pass, so both are asked."""
    path = tmp_path / "record.pdf"
    path.write_bytes(printed(STORIES[story]()))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_face_is_embedded_and_can_be_read_back() -> None:
    """Poppler's list: embedded, subset and with a map to Unicode, all of them."""
    rows = tool("pdffonts", "-", data=printed(ordinary())).splitlines()[2:]
    assert len(rows) >= 3
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)


@pytest.mark.parametrize("story", ["ordinary", "two_vials", "procedure"])
def test_the_same_record_json_makes_the_same_bytes_in_any_process(story: str) -> None:
    """Neither hash seed nor zone nor a date from outside shows in the file."""
    content = STORIES[story]()
    digests = {hashlib.sha256(build(content)).hexdigest(), hashlib.sha256(build(content)).hexdigest()}
    for seed, zone, epoch in (
        ("0", "UTC", "1"),
        ("1", "Asia/Tokyo", "1700000000"),
        ("random", "America/Lima", ""),
    ):
        outside = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": epoch}
        done = subprocess.run(
            [sys.executable, "-c", REBUILD],
            input=to_json(content),
            capture_output=True,
            env=outside,
            cwd=TOP,
            check=True,
        )
        digests.add(done.stdout.decode().strip())
    assert len(digests) == 1


def test_another_record_is_another_file() -> None:
    """The digest of the content is the file's own id, so two records never share one."""
    one, two = ordinary(), ordinary(reason="Another reason.")
    assert opened(one).trailer.ID[0] != opened(two).trailer.ID[0]


def test_record_json_is_attached_and_its_digest_is_on_the_page() -> None:
    content = ordinary()
    attached = opened(content).attachments["record.json"].get_file().read_bytes()
    assert attached == to_json(content)
    assert from_json(attached) == content
    assert hashlib.sha256(attached).hexdigest() in squeezed(text(printed(content)))


def test_the_attachment_is_the_source_of_the_file_and_of_its_type() -> None:
    pdf = opened(stopped())
    [spec] = pdf.Root.AF
    assert spec.AFRelationship == pikepdf.Name.Source
    assert str(spec.EF.F.Subtype) == "/application/json"


def test_the_three_fields_stand_ready_and_the_certifiers_lies_over_the_ink() -> None:
    """The seal's lock leaves out the archive's time stamp, as facts/pdf.md section 3 asks."""
    fields = list(opened(ordinary()).Root.AcroForm.Fields)
    assert [str(field.T) for field in fields] == ["certifier", "clinic_seal", "archive_ts"]
    left, low, right, high = (float(value) for value in fields[0].Rect)
    assert right - left > 100 and high - low > 30
    assert [[float(value) for value in field.Rect] for field in fields[1:]] == [[0, 0, 0, 0]] * 2
    lock = fields[1].Lock
    assert (str(lock.Action), [str(name) for name in lock.Fields], int(lock.P)) == (
        "/Exclude",
        ["archive_ts"],
        1,
    )
    assert not any("/V" in field for field in fields)


def test_without_ink_the_certifiers_field_has_no_place_on_the_page() -> None:
    fields = list(opened(refused()).Root.AcroForm.Fields)
    assert [str(field.T) for field in fields] == ["certifier", "clinic_seal", "archive_ts"]
    assert [float(value) for value in fields[0].Rect] == [0, 0, 0, 0]


def _firsts(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Para() | Heading():
                line = lines(block.text, block.style, 480)[0]
                found.append("".join(piece for _, piece in line.runs))
            case Section() | Together():
                found.extend(_firsts(block.blocks))
    return found


def _lost(content: Content, found: str) -> list[str]:
    """Return the first line of every block that does not follow the block before it."""
    told = teller(content, hashlib.sha256(to_json(content)).hexdigest())
    at, lost = 0, []
    for line in _firsts(pages(told)):
        here = found.find(squeezed(line), at)
        lost += [line] if here < 0 else []
        at = max(at, here)
    return lost


def test_the_text_is_read_in_the_order_of_the_content() -> None:
    content = ordinary()
    assert _lost(content, squeezed(text(printed(content)))) == []


def _marks(element: pikepdf.Object, home: pikepdf.Object | None = None) -> Iterator[tuple[object, int]]:
    """Yield (page, number) of all marked content in the order of the structure tree."""
    home = element.get("/Pg", home)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield home.objgen, kid
        elif kid.get("/Type") == "/MCR":
            yield kid.Pg.objgen, int(kid.MCID)
        elif kid.get("/Type") != "/OBJR":
            yield from _marks(kid, home)


def test_the_structure_is_read_in_the_order_of_the_content() -> None:
    """Numbers are given while drawing, so the tree's order must be theirs, page by page, none left out."""
    pdf = opened(ordinary())
    place = {sheet.objgen: number for number, sheet in enumerate(pdf.pages)}
    marks = [(place[home], number) for home, number in _marks(pdf.Root.StructTreeRoot)]
    drawn = [
        (number, int(operands[1].MCID))
        for number, sheet in enumerate(pdf.pages)
        for operands, operator in pikepdf.parse_content_stream(sheet)
        if str(operator) == "BDC" and str(operands[0]) != "/Artifact"
    ]
    assert len(marks) > 500
    assert marks == drawn


def test_the_search_for_lost_lines_finds_one() -> None:
    content = stopped()
    assert _lost(content, "nothing of it")


def test_a_stopped_visit_leaves_out_what_did_not_happen_and_says_so() -> None:
    found = " ".join(text(printed(stopped())).split())
    left_out = "Medicines, Notices, Read, Sign, Premedication, Vial."
    assert f"Not done, and so not in this record: {left_out}" in found
    assert "The vial and its donor" not in found
    assert "Not treated" in found


def test_a_record_that_cannot_be_read_back_is_refused() -> None:
    with pytest.raises(RecordError):
        from_json(b"{}")
    broken = msgspec.structs.replace(stopped(), bodies=("{}",))
    with pytest.raises(RecordError):
        build(broken)


def test_a_record_without_facts_is_refused() -> None:
    with pytest.raises(RecordError, match="record_without_facts"):
        build(msgspec.structs.replace(stopped(), bodies=()))


def test_ink_with_time_or_pressure_is_refused() -> None:
    """Only (x, y, width) fits: the type has no room for what must never leave the ledger."""
    plain = msgspec.json.decode(to_json(stopped()))
    digest = next(iter(plain["strokes"]))
    plain["strokes"][digest][0] = [1, 2, 3, 4]
    with pytest.raises(RecordError):
        from_json(msgspec.json.encode(plain))
    assert all(len(sample) == 3 for stroke in stopped().strokes.values() for sample in stroke)


def test_the_generator_names_what_shapes_the_bytes() -> None:
    assert {"chairside", "reportlab", "zlib", "fontpkg-noto-sans", "fontpkg-atkinson-hyperlegible"} <= set(
        generator()
    )


def test_a_record_id_is_short_and_follows_from_the_head() -> None:
    one, two = record_id("00" * 32), record_id("ff" * 32)
    assert one != two
    assert [len(part) for part in one.split("-")] == [4, 4, 4, 4]


def test_no_page_claims_to_comply_with_a_law() -> None:
    """Proves: Q45."""
    found = text(printed(ordinary())).lower()
    assert not any(
        word in found for word in ("hipaa", "part 11", "compliant", "complies", "joint commission")
    )


def test_demo_and_sample_stand_on_every_page() -> None:
    """Proves: Q43, Q48."""
    data = printed(ordinary())
    for sheet in text(data).split("\f")[:-1]:
        assert "DEMO, not a clinic's record" in sheet
        assert "SAMPLE - not reviewed by counsel or physician" in sheet


def test_an_approved_real_record_carries_no_mark() -> None:
    content: Content = msgspec.structs.replace(stopped(), demo=False, sample=False)
    assert "DEMO, not" not in text(printed(content))
