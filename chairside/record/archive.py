"""What makes the file one for the archive: its own metadata, colour profile and attached record.json.

PDF/A-3a and PDF/UA-1 from reportlab alone; the workarounds and why they are needed stand beside them.
"""

from __future__ import annotations

from datetime import datetime

from chairside.record.colour import profile
from chairside.record.document import Document
from chairside.record.streams import written
from chairside.record.tags import Raw, text_string

_PLAIN = " .,:-"
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


def _xml(value: str) -> str:
    """Return text for XMP without any PDF keyword: the packet is unpacked, and scanners look into it."""
    told = "".join(char if char.isalnum() or char in _PLAIN else f"&#{ord(char)};" for char in value)
    return told.replace("endstream", "&#101;ndstream").replace("endobj", "&#101;ndobj")


def metadata(told: dict[str, str]) -> Raw:
    """Return the XMP packet; it stays unpacked so that any tool can read it."""
    text = _XMP.format(**{key: _xml(value) for key, value in told.items()})
    return Raw(written("/Type/Metadata/Subtype/XML", text.encode(), packed=False))


def pdf_date(at: datetime) -> str:
    """Return the instant as a PDF date in UTC."""
    return f"(D:{at:%Y%m%d%H%M%S}Z)"


def attach(document: Document, data: bytes, at: datetime) -> str:
    """Attach record.json as the source of this file and return the reference of its file specification."""
    date = pdf_date(at)
    entries = (
        # "/" inside a name must be written #2F; reportlab's PDFName leaves it and breaks the dictionary
        "/Type/EmbeddedFile/Subtype/application#2Fjson"
        f"/Params<</Size {len(data)}/ModDate {date}/CreationDate {date}>>"
    )
    held = document.named("RecordData", Raw(written(entries, data)))
    about = text_string("The data this record was made from")
    spec = (
        f"<</Type/Filespec/F(record.json)/UF(record.json)/Desc {about}"
        f"/AFRelationship/Source/EF<</F {held}/UF {held}>>>>"
    )
    return document.named("RecordFile", Raw(spec.encode()))


def output_intent(document: Document) -> str:
    """Register the sRGB profile and return the reference of the output intent."""
    held = document.named("Profile", Raw(written("/N 3", profile())))
    body = (
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {held}>>"
    )
    return document.named("OutputIntent", Raw(body.encode()))
