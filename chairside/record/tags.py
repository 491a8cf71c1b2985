"""The structure tree: what every mark on a page is, for people who cannot see it.

reportlab has no tagging; elements are kept here while drawing and written at the end as ready
bytes, because formatting a thousand dictionaries through reportlab costs more than the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from reportlab.pdfbase.pdfdoc import PDFObject


@dataclass(frozen=True)
class Mark:
    """A run of marked content: which page (from 0) and which number on it."""

    page: int
    number: int


@dataclass(frozen=True)
class Widget:
    """An annotation owned by an element: its page (from 0) and its object's name."""

    page: int
    name: str


@dataclass(eq=False)
class Element:
    """One node of the tree; `entries` are raw PDF values such as Alt, Lang and A."""

    kind: str
    entries: dict[str, str] = field(default_factory=dict)
    kids: list[Kid] = field(default_factory=list)

    def add(self, kind: str, **entries: str) -> Element:
        """Append a child and return it."""
        child = Element(kind, entries)
        self.kids.append(child)
        return child


Kid: TypeAlias = Element | Mark | Widget


class Raw(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """A PDF object whose bytes are already written."""

    def __init__(self, body: bytes = b"") -> None:
        self.body = body

    def format(self, _document: Any) -> bytes:
        """Return the bytes as they are."""
        return self.body


def text_string(text: str) -> str:
    """Return a PDF text string in UTF-16, so that no character needs escaping."""
    return "<FEFF" + text.encode("utf-16-be", "replace").hex().upper() + ">"


def language_tag(language: str) -> str:
    """Return a language as a PDF string; whatever is no part of a language tag is left out."""
    return (
        "(" + "".join(char for char in language if char.isascii() and (char.isalnum() or char == "-")) + ")"
    )


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _walk(kid)


@dataclass(frozen=True)
class Written:
    """The tree in the file: the reference of its root and the names of its elements."""

    root: str
    names: frozenset[str]


class Tree:
    """Writes the elements of a document as objects, with the way back from page to element."""

    def __init__(self, document: Any, root: Element, owners: list[list[Element]]) -> None:
        self._document = document
        self._root = root
        self._owners = owners  # page -> the element of each marked-content number
        self._numbers: dict[int, str] = {}

    def _page(self, index: int) -> str:
        return str(self._document.number_of(f"Page{index + 1}"))

    def _kid(self, kid: Kid, home: int | None) -> str:
        if isinstance(kid, Element):
            return self._numbers[id(kid)]
        if isinstance(kid, Widget):
            return f"<</Type/OBJR/Obj {self._document.number_of(kid.name)}/Pg {self._page(kid.page)}>>"
        if kid.page == home:
            return str(kid.number)
        return f"<</Type/MCR/Pg {self._page(kid.page)}/MCID {kid.number}>>"

    def _body(self, element: Element, parent: str) -> bytes:
        home = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
        page = "" if home is None else f"/Pg {self._page(home)}"
        entries = "".join(f"/{key} {value}" for key, value in element.entries.items())
        kids = [self._kid(kid, home) for kid in element.kids]
        held = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
        return f"<</Type/StructElem/S/{element.kind}/P {parent}{page}{entries}/K {held}>>".encode()

    def _pages_back(self) -> list[str]:
        lines = []
        for page, owners in enumerate(self._owners):
            lines.append(f"{page} [{' '.join(self._numbers[id(owner)] for owner in owners)}]")
        return lines

    def write(self, widgets: list[Element]) -> Written:
        """Register every element and return where the tree is; `widgets` own the annotations, in order."""
        elements = list(_walk(self._root))
        bodies = [Raw() for _ in elements]
        root = Raw()
        root_ref = self._document.named("StructTree", root)
        for index, (element, body) in enumerate(zip(elements, bodies, strict=True)):
            self._numbers[id(element)] = self._document.named(f"E{index}", body)
        parents = {
            id(kid): self._numbers[id(e)] for e in elements for kid in e.kids if isinstance(kid, Element)
        }
        for element, body in zip(elements, bodies, strict=True):
            body.body = self._body(element, parents.get(id(element), root_ref))
        back = self._pages_back()
        for number, owner in enumerate(widgets, start=len(back)):
            back.append(f"{number} {self._numbers[id(owner)]}")
        root.body = (
            f"<</Type/StructTreeRoot/K [{self._numbers[id(self._root)]}]"
            f"/ParentTree <</Nums [{' '.join(back)}]>>/ParentTreeNextKey {len(back)}>>"
        ).encode()
        return Written(root_ref, frozenset(f"E{index}" for index in range(len(elements))))
