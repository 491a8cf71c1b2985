"""Attacks on a sealed record, each a function from its bytes to others; from their published descriptions."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from hashlib import sha256

import pikepdf
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from chairside.record import content as record
from chairside.record.check_bytes import P256_ORDER
from chairside.record.envelope import parts, whole_value, written_anew
from chairside.record.seal import Authority, _certified, _sealed
from tests.record.sealed_files import NOW, Clinic, clinic, content, foreign_clinic, unsigned

Attack = Callable[[bytes], bytes]
Update = Callable[[IncrementalPdfFileWriter], None]
HEX = 8192  # digits in the hole of a signature


def _last(data: bytes, what: bytes) -> int:
    return data.rindex(what)


# -- bytes --------------------------------------------------------------------------------------
def _first_revision(data: bytes) -> bytes:
    return data[: data.index(b"%%EOF\n") + 6]


def _two_revisions(data: bytes) -> bytes:
    first = data.index(b"%%EOF\n") + 6
    return data[: data.index(b"%%EOF\n", first) + 6]


def _without(data: bytes, what: bytes) -> bytes:
    at = _last(data, what)
    return data[:at] + b" " * len(what) + data[at + len(what) :]


def _zeroed_range(data: bytes) -> bytes:
    at = _last(data, b"/ByteRange [")
    end = data.index(b"]", at)
    return data[: at + 12] + b"0 0 0 0".ljust(end - at - 12) + data[end:]


def _zeroed_contents(data: bytes) -> bytes:
    at = _last(data, b"/Contents <") + 11
    return data[:at] + b"0" * HEX + data[at + HEX :]


def _lower_case_contents(data: bytes) -> bytes:
    at = _last(data, b"/Contents <") + 11
    return data[:at] + data[at : at + HEX].lower() + data[at + HEX :]


def _padding_used(data: bytes) -> bytes:
    at = _last(data, b"/Contents <") + 11 + HEX - 64
    return data[:at] + b"DEADBEEF" + data[at + 8 :]


def _hole_moved(data: bytes) -> bytes:
    """Signature wrapping: a second Contents between the ranges."""
    at = _last(data, b"/Contents <") + 11 + HEX - 40
    return data[:at] + b"> /Contents <00".ljust(20) + data[at + 20 :]


def _wider_hole(data: bytes) -> bytes:
    """The second range begins later, so that bytes between the ranges are signed by nobody."""
    at = _last(data, b"/ByteRange [")
    found = re.match(rb"\[0 (\d+) (\d+) (\d+)\] *", data[at + 11 :])
    assert found is not None
    start, end, rest = (int(number) for number in found.groups())
    moved = b"[0 %d %d %d]" % (start, end + 20, rest - 20)
    return data[: at + 11] + moved.ljust(len(found[0])) + data[at + 11 + len(found[0]) :]


def _swapped_signatures(data: bytes) -> bytes:
    """The seal's envelope where the certifier's was, and the other way round."""
    first = data.index(b"/Contents <") + 11
    last = _last(data, b"/Contents <") + 11
    one, two = data[first : first + HEX], data[last : last + HEX]
    data = data[:first] + two + data[first + HEX :]
    return data[:last] + one + data[last + HEX :]


def _object_without_table(data: bytes) -> bytes:
    return data + b"\n900 0 obj\n<</Type/Page>>\nendobj\n%%EOF\n"


def _second_header(data: bytes) -> bytes:
    return b"%PDF-1.7\n" + data


def _hybrid_table(data: bytes) -> bytes:
    return data[:-6] + b"trailer<</XRefStm 10>>\n%%EOF\n"


BYTES: dict[str, Attack] = {
    "one byte more": lambda data: data + b"\n",
    "one byte less": lambda data: data[:-1],
    "zeros behind the end": lambda data: data + b"\0" * 4096,
    "bytes before the header": lambda data: b"\n" + data,
    "two headers": _second_header,
    "twice the file": lambda data: data + data,
    "an object without a table": _object_without_table,
    "a hybrid table": _hybrid_table,
    "back to the unsigned file": _first_revision,
    "back to the certified file": _two_revisions,
    "no byte range": lambda data: _without(data, b"/ByteRange"),
    "byte range of zeros": _zeroed_range,
    "contents of zeros": _zeroed_contents,
    "contents in lower case": _lower_case_contents,
    "something in the padding": _padding_used,
    "contents twice": _hole_moved,
    "a wider hole": _wider_hole,
    "signatures swapped": _swapped_signatures,
    "the seal called something else": lambda data: _without(data, b"ETSI.CAdES.detached"),
    "another time": lambda data: data.replace(b"20260304170000", b"20260304170001"),
    "another reason": lambda data: data.replace(b"(Sealed by the clinic)", b"(Sealed by our clinic)"),
}


# -- updates: valid PDF, everything after the seal ----------------------------------------------
def updated(change: Update) -> Attack:
    def attack(data: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return attack


def _page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    writer.update_container(page)
    return page


def _name(text: str) -> generic.NameObject:
    return generic.NameObject(text)


def _dictionary(**entries: generic.PdfObject) -> generic.DictionaryObject:
    return generic.DictionaryObject({_name("/" + key): value for key, value in entries.items()})


def _box() -> generic.ArrayObject:
    return generic.ArrayObject([generic.NumberObject(n) for n in (72, 690, 300, 720)])


def _white_out(writer: IncrementalPdfFileWriter) -> None:
    cover = writer.add_object(generic.StreamObject(stream_data=b"1 1 1 rg 70 690 300 30 re f"))
    page = _page(writer)
    page[_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), cover])


def _other_content(writer: IncrementalPdfFileWriter) -> None:
    stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (Something else) Tj ET")
    _page(writer)[_name("/Contents")] = writer.add_object(stream)


def _free_text(writer: IncrementalPdfFileWriter) -> None:
    note = _dictionary(
        Type=_name("/Annot"),
        Subtype=_name("/FreeText"),
        Rect=_box(),
        Contents=generic.TextStringObject("not what was signed"),
    )
    page = _page(writer)
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])


def _new_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("guest", box=(10, 10, 200, 60)))


def _text_field(writer: IncrementalPdfFileWriter) -> None:
    text = generic.TextStringObject("extra")
    field = _dictionary(FT=_name("/Tx"), T=text, V=text)
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(writer.add_object(field))
    writer.update_container(fields)


def _swapped_record(writer: IncrementalPdfFileWriter) -> None:
    spec = writer.root["/AF"][0]
    spec["/EF"][_name("/F")] = writer.add_object(generic.StreamObject(stream_data=b"{}"))
    writer.update_container(spec)


def _open_action(writer: IncrementalPdfFileWriter) -> None:
    act = _dictionary(S=_name("/JavaScript"), JS=generic.TextStringObject("app.alert(1)"))
    writer.root[_name("/OpenAction")] = act
    writer.update_root()


def _layers(writer: IncrementalPdfFileWriter) -> None:
    layer = writer.add_object(_dictionary(Type=_name("/OCG"), Name=generic.TextStringObject("cover")))
    every = generic.ArrayObject([layer])
    writer.root[_name("/OCProperties")] = _dictionary(OCGs=every, D=_dictionary(ON=every))
    writer.update_root()


def _junk_in_store(writer: IncrementalPdfFileWriter) -> None:
    store = writer.root["/DSS"]
    store["/Certs"].append(writer.add_object(generic.StreamObject(stream_data=b"junk")))
    writer.update_container(store["/Certs"])


def _unused_object(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(generic.TextStringObject("nobody points here"))
    writer.update_root()


def _page_removed(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][1]
    pages[_name("/Count")] = generic.NumberObject(1)
    writer.update_container(pages)


def _pages_turned_round(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    kids = pages["/Kids"]
    pages[_name("/Kids")] = generic.ArrayObject([kids.raw_get(1), kids.raw_get(0)])
    writer.update_container(pages)


def _page_added(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"].append(pages["/Kids"].raw_get(0))
    pages[_name("/Count")] = generic.NumberObject(3)
    writer.update_container(pages)


def _shared_signature(writer: IncrementalPdfFileWriter) -> None:
    """The empty third field is given the seal's signature."""
    fields = writer.root["/AcroForm"]["/Fields"]
    fields[2][_name("/V")] = fields[1].raw_get("/V")
    writer.update_container(fields[2])


def _other_look(writer: IncrementalPdfFileWriter) -> None:
    """Hide and replace: the certifier's field is given a picture over the page."""
    form = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 300 30 re f")
    form[_name("/Subtype")], form[_name("/BBox")] = _name("/Form"), _box()
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[_name("/AP")] = _dictionary(N=writer.add_object(form))
    field[_name("/Rect")] = _box()
    writer.update_container(field)


def _other_font(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack: the text stays, its font shows other letters."""
    fonts = _page(writer)["/Resources"]["/Font"]
    font = fonts[next(iter(fonts))]
    font[_name("/BaseFont")] = _name("/ZapfDingbats")
    writer.update_container(font)


def _metadata(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(_dictionary(Title=generic.TextStringObject("Another record")))


UPDATES: dict[str, Update] = {
    "white-out": _white_out,
    "other page content": _other_content,
    "free text": _free_text,
    "a new signature field": _new_field,
    "a text field": _text_field,
    "record.json swapped": _swapped_record,
    "open action": _open_action,
    "layers": _layers,
    "junk in the store": _junk_in_store,
    "an unused object": _unused_object,
    "a page removed": _page_removed,
    "pages turned round": _pages_turned_round,
    "a page added": _page_added,
    "one signature in two fields": _shared_signature,
    "another look": _other_look,
    "another font": _other_font,
    "other metadata": _metadata,
}


# -- files made anew ----------------------------------------------------------------------------
def _rewritten(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out)
    return out.getvalue()


def _stripped(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if "/V" in field:
                del field.V
        del pdf.Root.DSS
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _printed_again(data: bytes) -> bytes:
    out = io.BytesIO()
    copy_into_new_writer(IncrementalPdfFileWriter(io.BytesIO(data)).prev).write(out)
    return out.getvalue()


def _sealed_by(certified: bytes, ours: Clinic, person: str) -> bytes:
    signer = ours.signer(person)
    return _sealed(certified, signer, (signer, Authority(ours.root.certificate, ours.lists)), NOW)


def _a_person_instead_of_the_seal(data: bytes) -> bytes:
    certified = _certified(_first_revision(data), clinic().signer("p1"), NOW)
    return _sealed_by(certified, clinic(), "n1")


def _sealed_by_another(data: bytes) -> bytes:
    """Our physician's certification, another clinic's seal."""
    return _sealed_by(_two_revisions(data), foreign_clinic(), "seal")


def _sealed_by_a_twin(data: bytes) -> bytes:
    """A root with our name, made by somebody else."""
    return _sealed_by(_two_revisions(data), Clinic(), "seal")


def _signed_anew_by_another(_: bytes) -> bytes:
    """The whole record made again by another clinic."""
    return foreign_clinic().signed(unsigned(record.to_json(content(clinic()))))


def _other_form_of_the_signature(data: bytes) -> bytes:
    """ECDSA lets anybody turn (r, s) into (r, n - s); the envelope is rebuilt around it without a key."""
    at = _last(data, b"/Contents <") + 11
    old = whole_value(bytes.fromhex(data[at : at + HEX].decode()))
    certificate, signature = parts(old)
    r, s = decode_dss_signature(signature)
    digest = old[old.index(bytes.fromhex("06092a864886f70d010904")) + 15 :][:32]
    assert written_anew(certificate, digest, signature) == old
    new = written_anew(certificate, digest, encode_dss_signature(r, P256_ORDER - s))
    return data[:at] + new.hex().upper().encode().ljust(HEX, b"0") + data[at + HEX :]


def _digest_forged(data: bytes) -> bytes:
    """A byte of the page is changed and the envelope carries the new digest, with the old signature."""
    changed = data.replace(b"/F1 12 Tf", b"/F1 13 Tf", 1)
    changed = changed if changed != data else data[:100] + b"!" + data[101:]
    at = _last(changed, b"/Contents <") + 10
    end = changed.index(b">", at) + 1
    certificate, signature = parts(whole_value(bytes.fromhex(changed[at + 1 : end - 1].decode())))
    forged = written_anew(certificate, sha256(changed[:at] + changed[end:]).digest(), signature)
    return changed[: at + 1] + forged.hex().upper().encode().ljust(HEX, b"0") + changed[end - 1 :]


ANEW: dict[str, Attack] = {
    "rewritten": _rewritten,
    "signatures stripped": _stripped,
    "printed again": _printed_again,
    "a person instead of the seal": _a_person_instead_of_the_seal,
    "another clinic's seal": _sealed_by_another,
    "a twin's seal": _sealed_by_a_twin,
    "signed anew by another clinic": _signed_anew_by_another,
    "the other form of the signature": _other_form_of_the_signature,
    "a forged digest": _digest_forged,
}
NOT_OURS = {"signed anew by another clinic"}
ATTACKS: dict[str, Attack] = {**BYTES, **{name: updated(one) for name, one in UPDATES.items()}, **ANEW}
