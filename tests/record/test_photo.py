"""Photos: drawn as they came, named by their own SHA-256, refused where a page may not show them."""

from __future__ import annotations

import base64
from hashlib import sha256
from io import BytesIO

import msgspec
import pikepdf
import pytest
from PIL import Image

from chairside.record import check_facts, photo
from chairside.record.build import build
from chairside.record.check import verify_bytes
from chairside.record.check_world import Refused
from chairside.record.content import Content
from tests.record import other_visits
from tests.record.other_visits import digest, jpeg
from tests.record.printed import failures, opened, printed, text
from tests.record.test_check_built import SEALED_AT, _clinic, _in_earnest


def _held(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _saved(mode: str, size: tuple[int, int], kind: str = "JPEG") -> bytes:
    held = BytesIO()
    Image.new(mode, size).save(held, kind)
    return held.getvalue()


def _images(content: Content) -> list[pikepdf.Object]:
    return [each for each in opened(content).objects if _is_image(each)]


def _is_image(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"


def test_a_photo_stands_in_the_file_byte_for_byte() -> None:
    content = other_visits.two_vials()
    drawn = {bytes(each.read_raw_bytes()) for each in _images(content)}
    assert drawn == {jpeg("Sheet"), jpeg("Vials")}


def test_a_photo_has_words_and_its_digest_beneath() -> None:
    content = other_visits.two_vials()
    alts = [str(each.Alt) for each in opened(content).objects if _is_figure(each)]
    assert "Photo: The donor's test sheet" in alts
    assert f"Photo {digest('Sheet')[:16]}" in text(printed(content))


def _is_figure(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"


def test_a_grey_photo_is_as_valid_as_a_coloured_one() -> None:
    content = other_visits.on_paper()
    grey = _saved("L", (300, 400))
    assert photo.read(_held(grey)) is not None
    [name] = content.pictures
    assert failures(printed(msgspec.structs.replace(content, pictures={name: _held(grey)}))) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8" + b"\xff\xe0\x00\x00" * 50 + b"\xff\xd9",
        _saved("RGB", (9, 9), "PNG"),
        _saved("CMYK", (9, 9)),
        _saved("RGB", (photo.MOST_PIXELS + 1, 9)),
        jpeg("Sheet")[:-40],
    ],
    ids=["nothing", "empty", "no frame", "a PNG", "four inks", "too wide", "cut short"],
)
def test_what_is_no_plain_photo_is_named_and_not_drawn(data: bytes) -> None:
    """The record is made all the same, and stays valid: it says that the photo cannot be drawn."""
    assert photo.read(_held(data)) is None and not photo.fit(data)
    content = other_visits.on_paper()
    [name] = content.pictures
    spoilt = msgspec.structs.replace(content, pictures={name: _held(data)})
    assert failures(printed(spoilt)) == []
    assert "cannot be drawn" in " ".join(text(printed(spoilt)).split())


def test_text_that_is_no_base64_is_no_photo() -> None:
    assert photo.read("%%%") is None
    assert not photo.is_named_rightly("0" * 64, "%%%")


def _judged(content: Content) -> tuple[str, ...]:
    ours = _clinic()
    sealed = ours.signed(build(content), content.ending, content.certifier.person, SEALED_AT)
    return verify_bytes(sealed, "x", ours.trust).not_proven


def test_a_photo_exchanged_inside_a_sealed_record_is_seen() -> None:
    """The facts name each photo by its SHA-256, so another one under that name is refused."""
    content = _in_earnest(other_visits.on_paper())
    [name] = content.pictures
    other = msgspec.structs.replace(content, pictures={name: _held(jpeg("Another page"))})
    assert _judged(other) == ("picture_differs",)


def test_a_photo_that_no_fact_names_is_refused() -> None:
    content = _in_earnest(other_visits.on_paper())
    more = {**content.pictures, digest("Stray"): _held(jpeg("Stray"))}
    assert _judged(msgspec.structs.replace(content, pictures=more)) == ("picture_unknown",)


def test_bytes_that_are_no_photo_are_refused_though_a_fact_names_them() -> None:
    """A signed page that nobody can look at is no signed page."""
    good, bad = jpeg("Signed page"), b"\xff\xd8\xffnot a photo"
    assert photo.fit(good) and not photo.fit(bad)
    content = other_visits.on_paper()
    [name] = content.pictures
    other = sha256(bad).hexdigest()
    told = tuple(body.replace(name, other) for body in content.bodies)
    assert told != content.bodies
    facts = msgspec.structs.replace(content, bodies=told, pictures={other: _held(bad)}).stamped()
    with pytest.raises(Refused, match="picture_no_photo"):
        check_facts._demand_pictures(msgspec.structs.replace(content, pictures={other: _held(bad)}), facts)
