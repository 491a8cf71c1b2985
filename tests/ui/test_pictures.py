"""A photograph is made anew: small, upright, cut, and with nothing beside its pixels."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from chairside.errors import ChairsideError
from chairside.ui import pictures
from chairside.ui.pictures import Cut

NAME = b"Jordan Avery"


def picture(width: int, height: int) -> QImage:
    """Return a picture whose left half is dark."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFEEEEEE)
    for x in range(0, width // 2):
        for y in range(0, height, max(1, height // 40)):
            image.setPixel(x, y, 0xFF102030)
    return image


def with_exif(jpeg: bytes, orientation: int) -> bytes:
    """Return the JPEG with a camera's block before it: who took it, and which way up it is."""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + b"\x00\x00"
    artist = b"\x01\x3b\x00\x02" + len(NAME).to_bytes(4, "big") + (38).to_bytes(4, "big")
    tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x02" + entry + artist + b"\x00\x00\x00\x00" + NAME
    block = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + jpeg[2:]


def kept(folder: Path, data: bytes, name: str = "sheet.jpg") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def test_a_large_picture_comes_in_at_two_thousand_pixels(qapp: QApplication, tmp_path: Path) -> None:
    """Proves: P10."""
    picture(3000, 1500).save(str(tmp_path / "a.png"))
    image = pictures.opened(tmp_path / "a.png")
    assert image.size() == QSize(2000, 1000)
    jpeg = pictures.encoded(image)
    assert jpeg.startswith(b"\xff\xd8\xff") and len(jpeg) < 4_000_000
    assert pictures.decoded(jpeg).size() == QSize(2000, 1000)


def test_what_a_camera_writes_beside_the_picture_is_gone(qapp: QApplication, tmp_path: Path) -> None:
    """And the picture stands upright without it. Proves: P10."""
    file = kept(tmp_path, with_exif(pictures.encoded(picture(400, 200)), orientation=6))
    assert NAME in file.read_bytes()
    image = pictures.opened(file)
    assert image.size() == QSize(200, 400), "a quarter turn"
    jpeg = pictures.encoded(image)
    assert NAME not in jpeg and b"Exif" not in jpeg


def test_a_comment_in_a_png_is_gone(qapp: QApplication, tmp_path: Path) -> None:
    image = picture(100, 100)
    image.setText("Comment", NAME.decode())
    image.save(str(tmp_path / "a.png"))
    assert NAME in (tmp_path / "a.png").read_bytes()
    opened = pictures.opened(tmp_path / "a.png")
    assert opened.textKeys() == [] and NAME not in pictures.encoded(opened)


@pytest.mark.parametrize("left", [0.9, 0.5, 0.1, 0.01])
def test_half_a_picture_is_refused(qapp: QApplication, tmp_path: Path, left: float) -> None:
    """Qt would paint the lost part grey, and a lost line of results would look blank."""
    jpeg = pictures.encoded(picture(900, 900))
    with pytest.raises(ChairsideError) as refused:
        pictures.opened(kept(tmp_path, jpeg[: int(len(jpeg) * left)]))
    assert refused.value.code == "picture_unreadable"
    picture(900, 900).save(str(tmp_path / "a.png"))
    whole = (tmp_path / "a.png").read_bytes()
    with pytest.raises(ChairsideError):
        pictures.opened(kept(tmp_path, whole[: int(len(whole) * left)], "b.png"))


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7 no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"\0" * 60],
)
def test_what_is_no_photo_is_refused(qapp: QApplication, tmp_path: Path, data: bytes) -> None:
    """Whatever it is called."""
    with pytest.raises(ChairsideError) as refused:
        pictures.opened(kept(tmp_path, data))
    assert refused.value.code == "picture_unreadable"


def test_a_huge_file_is_refused_before_it_is_read(qapp: QApplication, tmp_path: Path) -> None:
    with (tmp_path / "a.jpg").open("wb") as file:
        file.truncate(pictures.MOST_FILE_BYTES + 1)  # a hole: costs no disk
    with pytest.raises(ChairsideError) as refused:
        pictures.opened(tmp_path / "a.jpg")
    assert refused.value.code == "picture_too_large"


def test_a_picture_that_claims_to_be_endless_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    """A small file may unpack into more than a tablet holds."""
    picture(10, 10).save(str(tmp_path / "a.png"))
    png = bytearray((tmp_path / "a.png").read_bytes())
    png[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib  # the header's own sum, so that only its size is wrong

    png[29:33] = zlib.crc32(bytes(png[12:29])).to_bytes(4, "big")
    with pytest.raises(ChairsideError) as refused:
        pictures.opened(kept(tmp_path, bytes(png), "b.png"))
    assert refused.value.code == "picture_too_large"


def test_a_picture_that_went_away_is_said_so(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(ChairsideError) as refused:
        pictures.opened(tmp_path / "gone.jpg")
    assert refused.value.code == "picture_missing"


def test_a_cut_takes_away_what_was_cut_and_always_leaves_something(qapp: QApplication) -> None:
    image = picture(1000, 500)
    assert pictures.cut(image, Cut(10, 20, 30, 0)).size() == QSize(700, 350)
    by = Cut()
    for _ in range(60):
        by = by.more("top").more("bottom").more("left").more("right")
    left = pictures.cut(image, by).size()
    assert left.width() >= 50 and left.height() >= 25
    assert (by.top + by.bottom, by.left + by.right) == (90, 90)


def test_the_newest_pictures_come_first_and_nothing_else_comes(tmp_path: Path) -> None:
    for number, name in enumerate(("old.jpg", "new.PNG", "letter.pdf", ".hidden")):
        file = kept(tmp_path, b"x", name)
        os.utime(file, (1_700_000_000 + number, 1_700_000_000 + number))
    (tmp_path / "folder.jpg").mkdir()
    found = pictures.found_in([tmp_path, tmp_path / "missing", tmp_path])
    assert [each.file.name for each in found] == ["new.PNG", "old.jpg"]
    for number in range(30):
        kept(tmp_path, b"x", f"{number}.jpg")
    assert len(pictures.found_in([tmp_path])) == pictures.MOST_FOUND
