"""Files that a clinic sealed properly and that are no records all the same: stage 2 alone can tell.

Each is made worse before it is signed, so every signature holds and stage 1 finds nothing.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from io import BytesIO

import msgspec
import pikepdf
import pytest
from msgspec import structs
from pikepdf import Array, Dictionary, Name, String

from chairside import canon, keys
from chairside.domain.facts import Body, Concluded, Decided, HandedOver, VisitOpened
from chairside.record import content as record
from chairside.record.check import verify_bytes
from chairside.record.check_bytes import examine
from chairside.record.check_child import Report, Task, answer
from tests.record.sealed_files import (
    NOW,
    Spoil,
    Story,
    clinic,
    content,
    foreign_clinic,
    replaced,
    resealed,
    unsigned,
)


def _judged(sealed: bytes) -> Report:
    """What stage 2 says, in this process to save time, having made sure that stage 1 accepts the file."""
    found = examine(sealed, clinic().trust)
    assert not found.failed and found.at is not None
    task = Task(found.root, found.lists, found.at, demo=False)
    return answer(BytesIO(msgspec.json.encode(task) + b"\n" + sealed))


def _spoilt(spoil: Spoil) -> Report:
    return _judged(clinic().signed(unsigned(record.to_json(content(clinic())), spoil)))


def _open_action(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _page_action(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("cmd.exe")))


def _script_by_name(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))


def _layers(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("cover")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))


def _layer_in_resources(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("cover")))
    pdf.pages[0].Resources.Properties = Dictionary(Cover=layer)


def _annotation(kind: str) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([72, 690, 300, 720]), Contents=String("x")
        )
        pdf.pages[0].Annots.append(pdf.make_indirect(note))

    return spoil


def _link(pdf: pikepdf.Pdf) -> None:
    act = Dictionary(S=Name.URI, URI=String("https://example.invalid"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=act)
    pdf.pages[1].Annots = Array([pdf.make_indirect(link)])


def _add_field(pdf: pikepdf.Pdf, **entries: object) -> None:
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([0, 0, 9, 9]), **entries)
    held = pdf.make_indirect(field)
    pdf.pages[0].Annots.append(held)
    pdf.Root.AcroForm.Fields.append(held)


def _text_field(pdf: pikepdf.Pdf) -> None:
    _add_field(pdf, FT=Name.Tx, T=String("extra"))


def _signature_field(pdf: pikepdf.Pdf) -> None:
    _add_field(pdf, FT=Name.Sig, T=String("guest"))


def _renamed_field(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[2].T = String("archive")


def _field_with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].AA = Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("x")))


def _second_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["more.json"] = pikepdf.AttachedFileSpec(pdf, b"{}", filename="more.json")


def _other_attachment(pdf: pikepdf.Pdf) -> None:
    """The associated file is not the one in the list."""
    spec = pikepdf.AttachedFileSpec(pdf, b"{}", filename="record.json")
    pdf.Root.AF = pdf.make_indirect(Array([pdf.make_indirect(spec.obj)]))


def _no_attachment(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Names
    del pdf.Root.AF


def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")


def _appearances_wanted(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.NeedAppearances = True


def _outside_data(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents.F = String("http://example.invalid/page")


def _outline(pdf: pikepdf.Pdf) -> None:
    entry = Dictionary(Title=String("go"), A=Dictionary(S=Name.URI, URI=String("https://example.invalid")))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=pdf.make_indirect(entry), Count=1))


def _transition(pdf: pikepdf.Pdf) -> None:
    """An action nobody names as one, reached through a bookmark's chain."""
    entry = Dictionary(Title=String("go"), Next=Dictionary(S=Name.Launch, F=String("cmd.exe")))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=pdf.make_indirect(entry), Count=1))


SPOILS: dict[str, tuple[Spoil, str]] = {
    "open action": (_open_action, "foreign_entry"),
    "page action": (_page_action, "acting_entry"),
    "script by name": (_script_by_name, "foreign_attachment"),
    "layers": (_layers, "foreign_entry"),
    "layer in resources": (_layer_in_resources, "acting_entry"),
    "free text": (_annotation("FreeText"), "foreign_annotation"),
    "stamp": (_annotation("Stamp"), "foreign_annotation"),
    "square": (_annotation("Square"), "foreign_annotation"),
    "redaction": (_annotation("Redact"), "foreign_annotation"),
    "media": (_annotation("RichMedia"), "foreign_annotation"),
    "attached by annotation": (_annotation("FileAttachment"), "foreign_annotation"),
    "link": (_link, "foreign_annotation"),
    "text field": (_text_field, "foreign_field"),
    "signature field": (_signature_field, "foreign_field"),
    "renamed field": (_renamed_field, "foreign_field"),
    "field with script": (_field_with_script, "foreign_field"),
    "second attachment": (_second_attachment, "foreign_attachment"),
    "other attachment": (_other_attachment, "foreign_attachment"),
    "no attachment": (_no_attachment, ""),
    "xfa": (_xfa, "foreign_entry"),
    "appearances wanted": (_appearances_wanted, "changed_object"),
    "outside data": (_outside_data, "acting_entry"),
    "bookmark that opens a page of the web": (_outline, "acting_entry"),
    "transition": (_transition, "acting_entry"),
}


@pytest.mark.parametrize("name", SPOILS)
def test_a_sealed_file_with_something_foreign_in_it_is_altered(name: str) -> None:
    """Proves: T20, T21 (prepared before signing)."""
    spoil, code = SPOILS[name]
    failed = _spoilt(spoil).failed
    assert failed == code if code else failed.startswith("parser_")


def test_an_object_nothing_points_at_is_refused() -> None:
    """Shadow attacks prepare what they show later as an object nobody uses yet."""
    built = unsigned(record.to_json(content(clinic())))
    hidden = b"900 0 obj\n<</Type/Page/Evil true>>\nendobj\n"
    start = built.rindex(b"xref\n", 0, built.rindex(b"startxref"))
    table = (
        b"xref\n900 1\n%010d 00000 n \ntrailer\n<</Size 901/Root %s/ID %s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    )
    root = built[built.index(b"/Root ") + 6 :].split(b"R")[0] + b"R"
    identity = b"[" + built[built.index(b"/ID [") + 5 :].split(b"]")[0] + b"]"
    grown = built + hidden
    grown += table % (len(built), root, identity, start, len(grown))
    assert _judged(clinic().signed(grown)).failed == "hidden_object"


def test_a_page_that_prints_another_digest_is_altered() -> None:
    """Paper and data must be about each other."""
    data = record.to_json(content(clinic()))
    assert _judged(clinic().signed(unsigned(data, printed="0" * 64))).failed == "digest_not_printed"


# -- what record.json says ---------------------------------------------------------------------
def _reworded(index: int, change: Callable[[Body], Body]) -> Callable[[record.Content], record.Content]:
    """Change one stored fact and leave everything else as it was."""

    def changed(whole: record.Content) -> record.Content:
        bodies = list(whole.bodies)
        bodies[index] = canon.encode(change(canon.decode(bodies[index].encode()))).decode()
        return msgspec.structs.replace(whole, bodies=tuple(bodies))

    return changed


def _decided_otherwise(body: Body) -> Body:
    assert isinstance(body.fact, Decided)
    return Body(body.stamp, msgspec.structs.replace(body.fact, strength_million=30))


def _dropped(index: int) -> Callable[[record.Content], record.Content]:
    return lambda whole: msgspec.structs.replace(
        whole, bodies=whole.bodies[:index] + whole.bodies[index + 1 :]
    )


def _swapped(whole: record.Content) -> record.Content:
    first, second, *rest = whole.bodies
    return msgspec.structs.replace(whole, bodies=(second, first, *rest))


def _twice(whole: record.Content) -> record.Content:
    return msgspec.structs.replace(whole, bodies=(*whole.bodies, whole.bodies[-1]))


def _without_signature(whole: record.Content) -> record.Content:
    kept = dict(list(whole.signatures.items())[:-1])
    return msgspec.structs.replace(whole, signatures=kept)


def _signed_by_the_nurse(whole: record.Content) -> record.Content:
    """The decision carries a signature, but not the physician's."""
    told = Story(clinic())
    told.tell("n1", VisitOpened("pa1", 1, NOW, ("name", "born"), {}, "0" * 64))
    told.tell("p1", Decided("proceed", "in_person", 5, (), ()), signed=True)
    own = told.after[0]
    forged = keys.sign(clinic().keys["n1"], told.bodies[-1].encode())
    told.signatures[own] = base64.b64encode(forged).decode()
    told.tell("n1", Concluded("countersigned"))
    return content(clinic(), told=told)


def _decided_by_the_nurse(whole: record.Content) -> record.Content:
    told = Story(clinic())
    told.tell("n1", VisitOpened("pa1", 1, NOW, ("name", "born"), {}, "0" * 64))
    told.tell("n1", Decided("proceed", "in_person", 5, (), ()), signed=True)
    told.tell("n1", Concluded("countersigned"))
    return content(clinic(), told=told)


def _taken_back_unsigned(whole: record.Content) -> record.Content:
    told = Story(clinic())
    told.tell("n1", VisitOpened("pa1", 1, NOW, ("name", "born"), {}, "0" * 64))
    told.tell("n1", HandedOver("staff", "read"))
    told.tell("n1", Concluded("countersigned"))
    return content(clinic(), told=told)


def _never_concluded(whole: record.Content) -> record.Content:
    told = Story(clinic())
    told.tell("n1", VisitOpened("pa1", 1, NOW, ("name", "born"), {}, "0" * 64))
    return content(clinic(), told=told)


def _proof(**changed: object) -> Callable[[record.Content], record.Content]:
    return lambda whole: msgspec.structs.replace(whole, proof=msgspec.structs.replace(whole.proof, **changed))


def _foreign_certificates(whole: record.Content) -> record.Content:
    theirs = {one: foreign_clinic().certificates[one] for one in ("p1", "n1")}
    return msgspec.structs.replace(whole, certificates=theirs)


def _certifier(**changed: object) -> Callable[[record.Content], record.Content]:
    return lambda whole: msgspec.structs.replace(
        whole, certifier=msgspec.structs.replace(whole.certifier, **changed)
    )


LIES: dict[str, tuple[Callable[[record.Content], record.Content], str]] = {
    "a fact reworded": (_reworded(4, _decided_otherwise), "facts_broken"),
    "the first fact dropped": (_dropped(0), "facts_broken"),
    "a fact in the middle dropped": (_dropped(3), "facts_broken"),
    "the last fact dropped": (_dropped(-1), "facts_broken"),
    "two facts swapped": (_swapped, "facts_broken"),
    "a fact told twice": (_twice, "facts_broken"),
    "never concluded": (_never_concluded, "ending_differs"),
    "another ending": (replaced(ending="deferred"), "ending_differs"),
    "another visit": (replaced(visit="6f2d"), "facts_broken"),
    "a signature missing": (_without_signature, "act_not_signed"),
    "a signature too many": (replaced(signatures={"0" * 64: "AA=="}), "act_unknown"),
    "a decision signed by the nurse": (_signed_by_the_nurse, "act_not_signed"),
    "a decision by the nurse": (_decided_by_the_nurse, "act_role"),
    "the tablet taken back unsigned": (_taken_back_unsigned, "act_not_signed"),
    "certificates of another clinic": (_foreign_certificates, "act_not_signed"),
    "a head at another place": (_proof(index=1), "head_not_in_log"),
    "a log with another root": (_proof(root="0" * 64), "head_not_in_log"),
    "a log of another size": (_proof(size=4), "head_not_in_log"),
    "a head signed by another clinic": (
        _proof(certificate=foreign_clinic().certificates["t1"]),
        "act_not_signed",
    ),
    "another record id": (replaced(record_id="AAAA-AAAA-AAAA-AAAA"), "record_id_differs"),
    "another generator": (replaced(generator_digest="0" * 64), "generator_differs"),
    "another certifier": (_certifier(person="n1"), "certifier_differs"),
}


@pytest.mark.parametrize("name", LIES)
def test_a_sealed_record_that_contradicts_itself_is_altered(name: str) -> None:
    """Proves: T10, T25 (what the facts say is what was signed)."""
    change, code = LIES[name]
    assert _judged(resealed(change)).failed == code


def test_a_record_certified_in_a_role_that_does_not_fit_is_altered() -> None:
    """A nurse certifies a refusal, honestly; but record.json says countersigned. Proves: T6."""
    data = record.to_json(content(clinic()))
    assert _judged(clinic().signed(unsigned(data), "refused", "n1")).failed == "role_does_not_fit"


@pytest.mark.parametrize("ending", ["refused", "withdrawn"])
def test_a_refusal_certified_by_the_attesting_nurse_is_genuine(ending: str) -> None:
    """Every ending is a record (P4)."""
    data = record.to_json(content(clinic(), ending))  # type: ignore[arg-type]
    sealed = clinic().signed(unsigned(data), ending, "n1")  # type: ignore[arg-type]
    assert verify_bytes(sealed, "x", clinic().trust).verdict == "genuine"


def test_record_json_with_the_same_meaning_in_other_bytes_is_altered() -> None:
    """Only the canonical bytes are record.json; a second key or a blank more is refused."""
    data = record.to_json(content(clinic()))
    for other in (data + b" ", data.replace(b'{"', b'{ "', 1), b'{"visit":"x",' + data[1:]):
        assert _judged(clinic().signed(unsigned(other))).failed


def test_a_record_sealed_before_a_field_was_known_stays_genuine() -> None:
    """Its record.json lacks what a later version added with a default: that is age, no alteration."""
    told = msgspec.json.decode(record.to_json(content(clinic())))
    younger = [field for field in structs.fields(record.Content) if not field.required]
    assert younger
    for field in younger:
        del told[field.name]
    assert _judged(clinic().signed(unsigned(canon.canonical(told)))).failed == ""


def test_a_record_whose_tablet_has_not_signed_its_log_yet_says_so() -> None:
    """Not a fault, but one proof less."""
    report = _judged(resealed(_proof(signed_head="")))
    assert not report.failed
    assert "log_not_signed_yet" in report.left
    assert "log_signed_by_tablet" not in report.proven


def test_the_child_process_says_the_same_and_the_verdict_follows_it() -> None:
    """One of these lies through the front door, where stage 2 runs in its own process."""
    verdict = verify_bytes(resealed(LIES["another ending"][0]), "x", clinic().trust)
    assert (verdict.verdict, verdict.not_proven) == ("altered", ("ending_differs",))
    assert verdict.proven == ("whole_file_sealed", "clinic_trusted")


def _bomb(pdf: pikepdf.Pdf) -> None:
    """record.json that unpacks to 512 MiB."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(b"\0" * 2**20) for _ in range(512)) + packer.flush()
    held = pdf.attachments["record.json"].obj.EF.F
    held.write(packed, filter=Name.FlateDecode)


def test_a_sealed_file_that_unpacks_without_end_costs_the_parent_nothing() -> None:
    """The child meets its limits; the tablet gets a verdict. Proves: T20."""
    sealed = clinic().signed(unsigned(record.to_json(content(clinic())), _bomb))
    assert verify_bytes(sealed, "bomb", clinic().trust).verdict in ("altered", "unreadable")
