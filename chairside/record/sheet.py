"""Tagged letter sheets on a reportlab canvas: marks, artifacts, text, rules, pictures, signature fields.

Knows paper and tags, nothing of visits. Text never meets reportlab's markup parser: it is shown
as glyph codes, so no input can open a file or break a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import TypeAlias

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from chairside.record import archive, outline
from chairside.record.colour import Colour
from chairside.record.document import Document
from chairside.record.faces import FALLBACK_BOLD, REGULAR, FaceName, drawable, face
from chairside.record.streams import written
from chairside.record.tags import Element, Mark, Raw, Tree, Widget, language_tag, text_string

Run: TypeAlias = tuple[FaceName, str]
Rect: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top
WIDTH_PT, HEIGHT_PT = 612.0, 792.0  # US Letter
THICKER = 0.035  # of the size: a line around the outlines, where a face has no bold


@dataclass(frozen=True)
class About:
    """What the file says about itself; `identity` is the SHA-256 of record.json."""

    title: str
    author: str
    subject: str
    language: str
    generator: str
    at: datetime
    identity: bytes


@dataclass(frozen=True)
class Field:
    """A signature field made ready for signing: its name, its spoken description, its lock."""

    name: str
    told: str
    lock: str = ""


class Sheet:
    """One document being drawn."""

    def __init__(self, about: About) -> None:
        face(REGULAR)
        self._about = about
        self._canvas = Canvas(
            BytesIO(), pagesize=(WIDTH_PT, HEIGHT_PT), invariant=1, pageCompression=1, initialFontName=REGULAR
        )
        self.document = Document(about.identity)
        self._canvas._doc = self.document
        self.root = Element("Document", {"Lang": language_tag(about.language)})
        self._owners: list[list[Element]] = [[]]
        self._fields: list[tuple[Field, Element, int, Rect]] = []
        self._bookmarks: list[outline.Bookmark] = []

    # -- pages ----------------------------------------------------------------------------------
    @property
    def page(self) -> int:
        """The number of the page being drawn, from 0."""
        return len(self._owners) - 1

    def next_page(self) -> None:
        """Close the page and begin another."""
        self._canvas.showPage()
        self._owners.append([])

    def draw(self, operators: str) -> None:
        """Append raw page operators."""
        self._canvas._code.append(operators)

    def bookmark(self, text: str, top_pt: float) -> None:
        """Let readers jump to this height of this page."""
        self._bookmarks.append(outline.Bookmark(text, self.page, top_pt))

    # -- tags -----------------------------------------------------------------------------------
    @contextmanager
    def tag(self, element: Element) -> Iterator[None]:
        """Mark everything drawn inside as this element's content."""
        owners = self._owners[-1]
        self.draw(f"/{element.kind} <</MCID {len(owners)}>> BDC")
        element.kids.append(Mark(self.page, len(owners)))
        owners.append(element)
        yield
        self.draw("EMC")

    @contextmanager
    def artifact(self, kind: str = "/Type/Layout") -> Iterator[None]:
        """Mark everything drawn inside as decoration."""
        self.draw(f"/Artifact <<{kind}>> BDC")
        yield
        self.draw("EMC")

    # -- marks on paper -------------------------------------------------------------------------
    def text(self, x_pt: float, y_pt: float, runs: tuple[Run, ...], size_pt: float, colour: Colour) -> None:
        """Show runs of text on one baseline."""
        shown = [f"BT {_rgb(colour)} rg {x_pt:.2f} {y_pt:.2f} Td"]
        for name, text in runs:
            loaded = face(name)
            if name == FALLBACK_BOLD:
                shown.append(f"2 Tr {size_pt * THICKER:.2f} w {_rgb(colour)} RG")
            for subset, codes in loaded.splitString(text, self.document):
                internal = loaded.getSubsetInternalName(subset, self.document)
                shown.append(f"{internal} {size_pt:g} Tf <{codes.hex()}> Tj")
            if name == FALLBACK_BOLD:
                shown.append("0 Tr")
        shown.append("ET")
        self.draw(" ".join(shown))

    def rule(self, x_pt: float, y_pt: float, width_pt: float, colour: Colour, weight_pt: float = 0.6) -> None:
        """Draw a horizontal rule."""
        self.draw(
            f"{_rgb(colour)} RG {weight_pt:g} w {x_pt:.2f} {y_pt:.2f} m {x_pt + width_pt:.2f} {y_pt:.2f} l S"
        )

    def box(self, x_pt: float, y_pt: float, width_pt: float, height_pt: float, colour: Colour) -> None:
        """Fill a rectangle."""
        self.draw(f"{_rgb(colour)} rg {x_pt:.2f} {y_pt:.2f} {width_pt:.2f} {height_pt:.2f} re f")

    def shape(self, x_pt: float, y_pt: float, operators: str, colour: Colour) -> None:
        """Draw operators with their origin moved to a place, in one colour for fill and line."""
        self.draw(f"q {_rgb(colour)} rg {_rgb(colour)} RG 1 0 0 1 {x_pt:.2f} {y_pt:.2f} cm\n{operators}\nQ")

    def picture(self, entries: str, data: bytes, box: Rect) -> None:
        """Draw an image, stored as it is and once for all pages, into a box."""
        name = f"Photo{sha256(data).hexdigest()[:16]}"
        shown = pdfdoc.xObjectName(name)
        if shown not in self.document.idToObjectNumberAndVersion:  # one photo may show two signatures
            self.document.named(shown, Raw(written(entries, data, packed=False)))
        self._canvas._formsinuse.append(name)  # reportlab lists it in the page's resources
        left, low, right, high = box
        self.draw(f"q {right - left:.2f} 0 0 {high - low:.2f} {left:.2f} {low:.2f} cm /{shown} Do Q")

    # -- signature fields -----------------------------------------------------------------------
    def signature_field(self, field: Field, owner: Element, rect: Rect) -> None:
        """Place an empty signature field on this page, as a tagged form element of its owner."""
        form = owner.add("Form", Alt=text_string(field.told))
        form.kids.append(Widget(self.page, f"Field.{field.name}"))
        self._fields.append((field, form, self.page, rect))

    def _write_field(self, number: int, total: int) -> str:
        field, _, page, rect = self._fields[number]
        size = f"/BBox[0 0 {rect[2] - rect[0]:.2f} {rect[3] - rect[1]:.2f}]"
        # an empty appearance of its own: PDF/A asks for one wherever the rectangle is not empty
        empty = written(f"/Type/XObject/Subtype/Form{size}/Resources<<>>", b"", packed=False)
        look = self.document.named(f"Look.{field.name}", Raw(empty))
        place = " ".join(f"{value:.2f}" for value in rect)
        body = (
            f"<</Type/Annot/Subtype/Widget/FT/Sig/T({field.name})/TU {text_string(field.told)}/F 132"
            f"/Rect[{place}]/P {self.document.number_of(f'Page{page + 1}')}/AP<</N {look}>>"
            f"/StructParent {total + number}{field.lock}>>"
        )
        return self.document.named(f"Field.{field.name}", Raw(body.encode()))

    # -- the end --------------------------------------------------------------------------------
    def finish(self, under: Callable[[Sheet, int, int], None], attached: bytes = b"") -> bytes:
        """Return the file: `under` draws what lies below each page (number from 0, number of pages).

        Without `attached` it is a paper to print: no record.json rides in it.
        """
        self._canvas.showPage()
        total = len(self._owners)
        fields = [self._write_field(number, total) for number in range(len(self._fields))]
        for number, page in enumerate(self.document.Pages.pages):
            self._canvas._code = []
            under(self, number, total)
            page.stream = "\n".join(self._canvas._code) + "\n" + page.stream
            held = [ref for ref, (_, _, at, _) in zip(fields, self._fields, strict=True) if at == number]
            _complete(page, number, held)
        widgets = [(field.name, form) for field, form, _, _ in self._fields]
        tree = Tree(self.document, self.root, self._owners).write([form for _, form in widgets])
        self.document.packable.update(tree.names)
        self._write_catalog(tree.root, fields, attached)
        return self.document.GetPDFData(self._canvas)

    def _write_catalog(self, tree: str, fields: list[str], attached: bytes) -> None:
        about, document = self._about, self.document
        document.Reference(document.Pages)
        plain = {  # drawable: a control character in a name would make the metadata no XML at all
            "title": about.title,
            "author": about.author,
            "subject": about.subject,
            "language": about.language,
            "creator": about.generator,
            "producer": about.generator,
            "time": f"{about.at:%Y-%m-%dT%H:%M:%SZ}",
        }
        told = {key: drawable(value) for key, value in plain.items()}
        held = archive.attach(document, attached, about.at) if attached else ""
        source = f"/AF[{held}]/Names<</EmbeddedFiles<</Names[(record.json){held}]>>>>" if held else ""
        signed = f"/AcroForm<</Fields[{' '.join(fields)}]/SigFlags 3>>" if fields else ""
        date = archive.pdf_date(about.at)
        info = "".join(
            f"/{key} {text_string(told[key.lower()])}"
            for key in ("Title", "Author", "Subject", "Creator", "Producer")
        )
        document.named("Info", Raw(f"<<{info}/CreationDate {date}/ModDate {date}>>".encode()))
        pages = document.number_of(document.Pages.__InternalName__)
        document.Catalog = Raw(
            (
                f"<</Type/Catalog/Version/1.7/Pages {pages}/Lang{language_tag(about.language)}"
                f"/MarkInfo<</Marked true>>"
                f"/StructTreeRoot {tree}/Metadata {document.named('Metadata', archive.metadata(told))}"
                f"/OutputIntents[{archive.output_intent(document)}]{source}"
                f"/ViewerPreferences<</DisplayDocTitle true>>/PageMode/UseNone"
                f"/Outlines {outline.write(document, self._bookmarks)}"
                f"{signed}>>"
            ).encode()
        )


def _rgb(colour: Colour) -> str:
    return f"{colour[0]:.4g} {colour[1]:.4g} {colour[2]:.4g}"


def _complete(page: pdfdoc.PDFPage, number: int, annotations: list[str]) -> None:
    # these keys are unknown to reportlab's page; an attribute of the instance teaches only this page
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents, page.Tabs = number, "/S"
    if annotations:
        page.Annots = pdfdoc.PDFArray(annotations)
