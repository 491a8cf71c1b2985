"""The bookmarks: headings one can jump to."""

from __future__ import annotations

from dataclasses import dataclass

from chairside.record.document import Document
from chairside.record.tags import Raw, text_string


@dataclass(frozen=True)
class Bookmark:
    """A heading, its page (from 0) and the height of its top. Units: points."""

    text: str
    page: int
    top: float


def write(document: Document, bookmarks: list[Bookmark]) -> str:
    """Register the bookmarks in one row and return the reference of their root."""
    root = Raw()
    root_ref = document.named("Bookmarks", root)
    items = [Raw() for _ in bookmarks]
    refs = [document.named(f"Bookmark{number}", item) for number, item in enumerate(items)]
    for number, (mark, item) in enumerate(zip(bookmarks, items, strict=True)):
        page = document.number_of(f"Page{mark.page + 1}")
        before = f"/Prev {refs[number - 1]}" if number else ""
        after = f"/Next {refs[number + 1]}" if number + 1 < len(refs) else ""
        item.body = (
            f"<</Title {text_string(mark.text)}/Parent {root_ref}{before}{after}"
            f"/Dest[{page}/XYZ 0 {mark.top:.2f} null]>>"
        ).encode()
    ends = f"/First {refs[0]}/Last {refs[-1]}" if refs else ""
    root.body = f"<</Type/Outlines/Count {len(refs)}{ends}>>".encode()
    return root_ref
