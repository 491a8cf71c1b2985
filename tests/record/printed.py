"""Reading a built record back with tools that did not make it: poppler, qpdf's library, page-validation."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import page
import pikepdf

from chairside.record.build import build
from chairside.record.content import Content, to_json

_BUILT: dict[bytes, bytes] = {}
_KEPT: list[pikepdf.Pdf] = []
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)


def printed(content: Content) -> bytes:
    """Return the built record; the same content is built once."""
    key = to_json(content)
    if key not in _BUILT:
        _BUILT[key] = build(content)
    return _BUILT[key]


def tool(*command: str, data: bytes) -> str:
    """Return what a command-line tool says about a PDF on its standard input."""
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    return done.stdout.decode()


def text(data: bytes, *options: str) -> str:
    """Return the text as poppler finds it, in the order of the content."""
    return tool("pdftotext", "-raw", *options, "-", "-", data=data)


def squeezed(told: str) -> str:
    """Return text without any blanks."""
    return "".join(told.split())


def failures(data: bytes) -> list[str]:
    """Return every rule of both profiles that fails."""
    return [
        f"{profile.name}: {failure}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
    ]


def opened(content: Content) -> pikepdf.Pdf:
    """Build a record and open it."""
    pdf = pikepdf.open(BytesIO(printed(content)))
    _KEPT.append(pdf)  # its objects must not outlive it: pikepdf ends the process then
    return pdf


@dataclass(frozen=True)
class Shown:
    """One piece of shown text: its size, its font, and the tag it stands under (empty for decoration)."""

    size: float
    font: str
    tag: str


def shown(sheet: pikepdf.Page) -> Iterator[Shown]:
    """Yield every piece of text a page shows."""
    font, size, tag = "", 0.0, "?"
    for operands, operator in pikepdf.parse_content_stream(sheet):
        match str(operator):
            case "Tf":
                font, size = str(operands[0]), float(operands[1])
            case "BDC":
                tag = "" if str(operands[0]) == "/Artifact" else str(operands[0])
            case "EMC":
                tag = "?"
            case "Tj":
                yield Shown(size, str(sheet.resources.Font[font].BaseFont), tag)
