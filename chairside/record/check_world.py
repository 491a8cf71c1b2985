"""Stage 2, the walk: every value that can be reached in the file is one a record may hold; nothing is hidden.

A record shows text, ink and pictures and asks to be signed; it never acts, layers, links or carries
more than record.json. What a reader would act on is refused by key, wherever it stands; what nothing
points at is refused too, because shadow attacks wait there.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

ATTACHMENT = "record.json"
_CATALOG = {
    "/Type", "/Version", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Metadata", "/OutputIntents",
    "/AF", "/Names", "/ViewerPreferences", "/PageMode", "/Outlines", "/AcroForm", "/Extensions", "/Perms",
    "/DSS",
}  # fmt: skip
_PAGE = {
    "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/StructParents",
    "/Tabs", "/Annots", "/Trans",
}  # fmt: skip
_ACTING = {
    "/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/URI", "/OC", "/OCGs", "/OCProperties",
    "/RichMedia", "/RichMediaContent", "/XFA", "/Encrypt", "/Movie", "/Sound", "/Rendition", "/SubmitForm",
    "/ImportData", "/Dests", "/PieceInfo", "/Collection", "/OPI", "/Ref", "/Alternates", "/SV", "/MK", "/DA",
    "/FFilter", "/FDecodeParms",
}  # fmt: skip
_ACTING_TYPES = {"/Action", "/OCG", "/OCMD"}
_ACTIONS = {
    "/GoTo", "/GoToR", "/GoToE", "/GoTo3DView", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide",
    "/Named", "/SubmitForm", "/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState", "/Rendition",
    "/Trans", "/RichMediaExecute",
}  # fmt: skip
_ANNOTATIONS = {"/Widget", "/FreeText", "/Link", "/Stamp", "/Text", "/Popup", "/FileAttachment"}


class Refused(Exception):
    """The file is not made as ours are; the code says where."""


def demand_closed_world(reader: PdfFileReader) -> None:
    """Walk the file from its trailer. Raises: Refused at the first value that is not ours."""
    root = reader.root
    if set(root) - _CATALOG or set(reader.root["/AcroForm"]) - {"/Fields", "/SigFlags"}:
        raise Refused("foreign_entry")
    if set(root["/Names"]) != {"/EmbeddedFiles"}:
        raise Refused("foreign_attachment")
    widgets = {entry.reference for entry in items(root["/AcroForm"], "/Fields")}
    reached: set[generic.Reference] = set()
    for value in _everything(reader, reached):
        _demand_known(value, widgets)
    for revision in range(reader.total_revisions):
        for hidden in reader.xrefs.explicit_refs_in_revision(revision) - reached:
            _demand_bookkeeping(reader, hidden)


def _everything(reader: PdfFileReader, reached: set[generic.Reference]) -> Iterator[generic.PdfObject]:
    """Yield every value that can be reached from the trailer, each indirect one once."""
    waiting: list[generic.PdfObject] = [reader.trailer_view]
    while waiting:
        value = waiting.pop()
        if isinstance(value, generic.IndirectObject):
            if value.reference in reached:
                continue
            reached.add(value.reference)
            value = value.get_object()  # type: ignore[no-untyped-call]  # pyHanko types this half
        yield value
        if isinstance(value, generic.DictionaryObject):
            waiting.extend(value.raw_get(key) for key in value)
        elif isinstance(value, generic.ArrayObject):
            waiting.extend(value.raw_get(index) for index in range(len(value)))


def _demand_known(value: generic.PdfObject, widgets: set[generic.Reference]) -> None:
    if not isinstance(value, generic.DictionaryObject):
        return
    kind = at_key(value, "/Type")
    if _acts(value, kind):
        raise Refused("acting_entry")
    if _is_annotation(value, kind) and value.container_ref not in widgets:
        raise Refused("foreign_annotation")
    if kind == "/Page" and not _is_our_page(value, widgets):
        raise Refused("foreign_annotation")
    if kind == "/Filespec" and at_key(value, "/UF") != ATTACHMENT:
        raise Refused("foreign_attachment")


def _acts(value: generic.DictionaryObject, kind: object) -> bool:
    """Return whether a reader would do something, show a layer or fetch data because of this value."""
    attributes = "/A" in value and kind != "/StructElem"  # elsewhere /A is an action
    fetched = isinstance(value, generic.StreamObject) and "/F" in value
    acts = kind in _ACTING_TYPES or at_key(value, "/S") in _ACTIONS
    return acts or attributes or fetched or bool(set(value) & _ACTING)


def _is_annotation(value: generic.DictionaryObject, kind: object) -> bool:
    return kind == "/Annot" or at_key(value, "/Subtype") in _ANNOTATIONS


def _is_our_page(page: generic.DictionaryObject, widgets: set[generic.Reference]) -> bool:
    held = items(page, "/Annots")
    return not set(page) - _PAGE and all(one.reference in widgets for one in held)


def at_key(value: generic.DictionaryObject, key: str) -> object:
    """Return the value at a key, looked up where it is a reference; None where there is none."""
    try:
        return value[key]  # unlike `get`, this follows references
    except KeyError:
        return None


def looked_up(reference: generic.IndirectObject) -> generic.DictionaryObject:
    """Return the dictionary a reference points at. Raises: Refused where it is none."""
    value: object = reference.get_object()  # type: ignore[no-untyped-call]  # pyHanko types this half
    if not isinstance(value, generic.DictionaryObject):
        raise Refused("foreign_entry")
    return value


def items(value: generic.DictionaryObject, key: str) -> list[generic.IndirectObject]:
    """Return the references listed at a key. Raises: Refused where something else stands there."""
    held = at_key(value, key)
    if held is None:
        return []
    if not isinstance(held, generic.ArrayObject):
        raise Refused("foreign_entry")
    found = [held.raw_get(index) for index in range(len(held))]
    if not all(isinstance(one, generic.IndirectObject) for one in found):
        raise Refused("foreign_entry")
    return found


def _demand_bookkeeping(reader: PdfFileReader, reference: generic.Reference) -> None:
    """Refuse an object nothing points at, unless it is one of the file's own tables."""
    hidden: object = reader.get_object(reference)  # type: ignore[no-untyped-call]  # pyHanko types this half
    kind = at_key(hidden, "/Type") if isinstance(hidden, generic.StreamObject) else None
    if kind not in ("/XRef", "/ObjStm"):
        raise Refused("hidden_object")
