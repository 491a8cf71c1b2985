"""The engine under the pages: faces, lines, ink, streams, page breaks."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from chairside.errors import RecordError
from chairside.record.blocks import Block, Cell, Heading, Para, Table
from chairside.record.colour import profile
from chairside.record.faces import covered, drawable
from chairside.record.flow import Flow
from chairside.record.ink import bounds, paths
from chairside.record.local import zone
from chairside.record.setting import BODY, SMALL, lines
from chairside.record.sheet import About, Sheet
from chairside.record.streams import written
from tests.record.printed import failures, squeezed, text
from tests.record.visits import ink

MM = 72 / 25.4


def sheet(*blocks: Block, attached: bytes = b"{}") -> bytes:
    about = About(
        "A title", "A clinic", "A subject", "en", "Chairside", datetime(2026, 1, 2, tzinfo=UTC), b"0" * 16
    )
    made = Sheet(about)
    Flow(made).put(blocks)
    return made.finish(lambda *_: None, attached)


@pytest.mark.parametrize("text_", ["Ánh Nguyễn", "Γειά", "Привет", "O’Neil-Smith", "Zoë"])
def test_names_of_these_scripts_are_covered(text_: str) -> None:
    assert covered(text_)


@pytest.mark.parametrize("text_", ["中文", "\u202eabc", "😀", "عربي"])
def test_what_no_face_has_is_said_before_signing_and_drawn_as_its_code(text_: str) -> None:
    assert not covered(text_)
    assert drawable(text_).startswith(("[U+", "a"))


@given(st.text(max_size=60))
@settings(max_examples=20, deadline=None)
def test_any_text_at_all_makes_a_valid_file(words: str) -> None:
    """Surrogates, controls and unknown scripts included; a missing glyph would fail both profiles."""
    assert failures(sheet(Heading("One", 1), Para(words))) == []


@given(
    st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=200),
    st.integers(60, 500),
)
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost_and_no_line_too_wide(words: str, width: int) -> None:
    set_lines = lines(words, BODY, width)
    assert squeezed("".join(piece for line in set_lines for _, piece in line.runs)) == squeezed(
        drawable(words)
    )
    assert all(line.width <= width + 0.01 or len(line.runs[0][1].strip()) == 1 for line in set_lines)


def test_the_outline_on_paper_is_the_stroke_as_drawn() -> None:
    """Halfway between the two edges lies each sample, at full size."""
    stroke = ink(5, 40)
    operators, scale = paths((stroke,), 1000, 1000)
    assert scale == pytest.approx(MM / 100)
    body = operators.split(" f\n")[0]
    starts = re.findall(r"^([-\d.]+) ([-\d.]+) [ml]$|([-\d.]+) ([-\d.]+) c$", body, re.MULTILINE)
    points = [(float(a or c), float(b or d)) for a, b, c, d in starts]
    left, right = points[: len(stroke)], points[len(stroke) :][::-1]
    corner_x, _, _, low = bounds((stroke,))
    for (x, y, _), one, two in zip(stroke, left, right, strict=True):
        assert (one[0] + two[0]) / 2 == pytest.approx((x - corner_x) * scale, abs=0.02)
        assert (one[1] + two[1]) / 2 == pytest.approx((low - y) * scale, abs=0.02)


def test_ink_too_large_for_its_line_is_made_smaller_never_cut() -> None:
    _, scale = paths((ink(1, 300),), 200, 60)
    assert scale < MM / 100


def test_a_dot_is_drawn() -> None:
    operators, _ = paths((((10, 10, 30),),), 100, 100)
    assert operators.endswith(" f")


def test_a_stream_that_ends_in_a_carriage_return_keeps_its_length() -> None:
    """Compressed data end in one once in 256; a lone line feed after it would be read as part of it."""
    attached = next(
        data for n in range(100_000, 101_000) if zlib.compress(data := b'{"n":%d}' % n, 6).endswith(b"\r")
    )
    assert written("", attached).endswith(b"\r\r\nendstream\n")
    assert failures(sheet(Heading("One", 1), attached=attached)) == []


def test_a_row_taller_than_a_page_is_broken_and_nothing_of_it_lost() -> None:
    long = " ".join(f"w{n}" for n in range(1500))
    data = sheet(Heading("One", 1), Table(("A", "B"), ((Cell("x"), Cell(long)),), (1, 2)))
    assert failures(data) == []
    assert squeezed(long) in squeezed(text(data).replace("A B\n", ""))


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    for count in range(34, 44):
        data = sheet(
            Heading("One", 1), *(Para("line") for _ in range(count)), Heading("Two"), Para("word " * 300)
        )
        assert not any(page.strip().endswith("Two") for page in text(data).split("\f"))


def test_a_table_says_its_head_again_on_every_page() -> None:
    rows = tuple((Cell(f"row {n}"),) for n in range(200))
    data = sheet(Heading("One", 1), Table(("Head",), rows, (1,), SMALL))
    assert all(page.count("Head") == 1 for page in text(data).split("\f")[:-1])
    assert failures(data) == []


def test_the_colour_profile_is_small_and_of_version_two() -> None:
    assert len(profile()) < 4000
    assert profile()[8] == 2
    assert int.from_bytes(profile()[:4], "big") == len(profile())


@pytest.mark.parametrize("name", ["Nowhere/Land", "../../secret", "", "America/Los_Angeles/../UTC"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(RecordError, match="record_zone_unknown"):
        zone(name)


def test_the_colour_profile_means_what_others_call_srgb() -> None:
    """Little CMS turns our colours into its own sRGB within one step of 255."""
    colours = [(11, 91, 104), (128, 128, 128), (255, 0, 0), (10, 31, 92), (255, 255, 255)]
    picture = Image.new("RGB", (len(colours), 1))
    picture.putdata(colours)
    ours = ImageCms.ImageCmsProfile(BytesIO(profile()))
    turned = ImageCms.profileToProfile(picture, ours, ImageCms.createProfile("sRGB"))
    assert turned is not None
    for index, colour in enumerate(colours):
        found = turned.getpixel((index, 0))
        assert max(abs(a - b) for a, b in zip(found, colour, strict=True)) <= 1
