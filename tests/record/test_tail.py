"""What stands behind the end of a record, and what its title may hold: each layer proves itself alone."""

from __future__ import annotations

import io

import pikepdf
import pytest

from chairside.record.build import build
from chairside.record.check_bytes import examine
from tests.record.sealed_files import clinic, genuine
from tests.record.visits import ordinary

BEHIND = (b"\n", b"\0", b" ", b"%", b"%%EOF\n", b"\0" * 4096, b"\r\n%\r\n")


@pytest.mark.parametrize("tail", BEHIND, ids=repr)
def test_anything_behind_the_end_is_seen_before_any_parser(tail: bytes) -> None:
    """Stage 1 alone refuses it, without stage 2's help. Proves: T21, F8."""
    assert examine(genuine(), clinic().trust).failed == ""
    assert examine(genuine() + tail, clinic().trust).failed


@pytest.mark.parametrize("name", ["Ann & Bo <b>", "]]>", "<?xml?>", "\"quoted\" 'twice'", "&amp;"])
def test_a_name_of_markup_stays_a_name_in_the_metadata(name: str) -> None:
    """The title in the file's XML is the title as told, whatever the name looks like."""
    with pikepdf.open(io.BytesIO(build(ordinary(name)))) as pdf, pdf.open_metadata() as told:
        assert name in told["dc:title"]
        assert told["dc:title"] == str(pdf.docinfo["/Title"])
