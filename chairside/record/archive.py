"""What makes the file one for the archive: its own metadata, colour profile and attached record.json.

PDF/A-3a and PDF/UA-1 from reportlab alone; the workarounds and why they are needed stand beside them.
"""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from chairside.record.colour import profile
from chairside.record.tags import Raw, text_string

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate>
<xmp:MetadataDate>{time}</xmp:MetadataDate><xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def stream(entries: str, content: bytes, *, packed: bool = True) -> Raw:
    """Return a stream with an exact length and a line end before `endstream`.

    reportlab's own stream lacks that line end, which PDF/A 6.1.7.1 asks for.
    """
    data = zlib.compress(content, 6) if packed else content
    how = "/Filter/FlateDecode" if packed else ""
    head = f"<<{entries}{how}/Length {len(data)}>>\nstream\n".encode()
    return Raw(head + data + b"\nendstream\n")


def metadata(told: dict[str, str]) -> Raw:
    """Return the XMP packet; it stays unpacked so that any tool can read it."""
    text = _XMP.format(**{key: escape(value) for key, value in told.items()})
    return stream("/Type/Metadata/Subtype/XML", text.encode(), packed=False)


def pdf_date(at: datetime) -> str:
    """Return the instant as a PDF date in UTC."""
    return f"(D:{at:%Y%m%d%H%M%S}Z)"


def attach(document: Any, data: bytes, at: datetime) -> str:
    """Attach record.json as the source of this file and return the reference of its file specification."""
    date = pdf_date(at)
    entries = (
        # "/" inside a name must be written #2F; reportlab's PDFName leaves it and breaks the dictionary
        "/Type/EmbeddedFile/Subtype/application#2Fjson"
        f"/Params<</Size {len(data)}/ModDate {date}/CreationDate {date}>>"
    )
    held = named(document, "RecordData", stream(entries, data))
    about = text_string("The data this record was made from")
    spec = (
        f"<</Type/Filespec/F(record.json)/UF(record.json)/Desc {about}"
        f"/AFRelationship/Source/EF<</F {held}/UF {held}>>>>"
    )
    return named(document, "RecordFile", Raw(spec.encode()))


def output_intent(document: Any) -> str:
    """Register the sRGB profile and return the reference of the output intent."""
    held = named(document, "Profile", stream("/N 3", profile()))
    body = (
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {held}>>"
    )
    return named(document, "OutputIntent", Raw(body.encode()))


def named(document: Any, name: str, body: Raw) -> str:
    """Register an object under a name and return its reference."""
    document.Reference(body, name)
    number, generation = document.idToObjectNumberAndVersion[name]
    return f"{number} {generation} R"
