"""The peers: the same record set by typst, and a plain pyHanko signature over the same file."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans
import typst
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

from chairside.record.blocks import (
    Block,
    Break,
    Bullets,
    Figure,
    Heading,
    Inked,
    Para,
    Section,
    Space,
    Table,
    Together,
)
from chairside.record.ink import Outline
from chairside.record.seal import Signer
from chairside.record.setting import Rich

FACES = [str(each.ROOT / "files") for each in (fontpkg_atkinson_hyperlegible, fontpkg_noto_sans)]
HEAD = """#set document(title: "Record")
#set page("us-letter", margin: 54pt, footer: context [#counter(page).display()])
#set text(font: ("Atkinson Hyperlegible", "Noto Sans"), size: 11pt, lang: "en")
"""


def typst_source(blocks: tuple[Block, ...]) -> str:
    """The record's blocks, word for word, as a typst document."""
    return HEAD + "\n\n".join(_block(each) for each in blocks)


def typst_pdf(source: str) -> bytes:
    """Set it as PDF/A-3a, tagged, which is typst's nearest to what the record is."""
    made = typst.compile(
        source.encode(), format="pdf", font_paths=FACES, ignore_system_fonts=True, pdf_standards=["a-3a"]
    )
    assert isinstance(made, bytes)
    return made


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"#heading(level: {level}, {_text(text)})"
        case Para(text):
            return f"#par[{_rich(text)}]"
        case Bullets(items):
            return "\n".join(f"- {_rich(each)}" for each in items)
        case Table():
            return _table(block)
        case Figure(width, height, told=told):
            return f"#figure(alt: {_text(told)}, rect(width: {width}pt, height: {height}pt))"
        case Inked(strokes, told):
            return f"#figure(alt: {_text(told)}, {_curves(strokes)})"
        case Together(blocks) | Section(blocks):
            return "\n\n".join(_block(each) for each in blocks)
        case Break():
            return "#pagebreak(weak: true)"
        case Space(height):
            return f"#v({height}pt)"
        case _:
            return ""


def _table(block: Table) -> str:
    columns = ", ".join(f"{width}fr" for width in block.widths)
    head = ", ".join(f"[{_rich(text)}]" for text in block.head)
    cells = ", ".join(f"[{_rich(cell.text)}]" for row in block.rows for cell in row)
    headed = f"table.header({head}), " if block.head else ""
    return f"#table(columns: ({columns},), {headed}{cells})"


def _curves(strokes: tuple[Outline, ...]) -> str:
    """The same samples, each a line of its own width, as the record draws them."""
    drawn = [
        f"place(line(start: ({x0 / 100}mm, {y0 / 100}mm), end: ({x1 / 100}mm, {y1 / 100}mm), "
        f"stroke: {wide / 100}mm))"
        for stroke in strokes
        for (x0, y0, wide), (x1, y1, _) in pairwise(stroke)
    ]
    return "box(width: 150mm, height: 40mm, {" + "; ".join(drawn) + "})"


def _rich(text: Rich) -> str:
    pieces = ((text, False),) if isinstance(text, str) else text
    return "".join(f"#strong({_text(own)})" if bold else f"#{_text(own)}" for own, bold in pieces)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class BareSigner:
    """pyHanko's own PAdES B-B signature with the same key and certificate, one field, no checks."""

    def __init__(self, signer: Signer, folder: Path) -> None:
        pem = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        (folder / "key.pem").write_bytes(signer.key.private_bytes(*pem))
        (folder / "certificate.pem").write_text(signer.certificate, "ascii")
        loaded = SimpleSigner.load(str(folder / "key.pem"), str(folder / "certificate.pem"))
        assert loaded is not None
        self.party = loaded

    def sign(self, unsigned: bytes) -> bytes:
        """Sign in a field of its own."""
        pades = SigSeedSubFilter.PADES
        terms = PdfSignatureMetadata(field_name="bare", md_algorithm="sha256", subfilter=pades)
        out = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(unsigned)), terms, self.party)
        return bytes(out.getbuffer())
