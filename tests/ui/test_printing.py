"""Onto paper and into folders."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from chairside.errors import ChairsideError
from chairside.session.prints import clear_prints
from chairside.ui import printing

SHEETS = 2


@pytest.fixture
def sheets() -> bytes:
    """A PDF of two pages."""
    pdf = pypdfium2.PdfDocument.new()
    for _ in range(SHEETS):
        pdf.new_page(612, 792)
    path = bytearray()

    class Into:
        def write(self, data: bytes) -> int:
            path.extend(data)
            return len(data)

    pdf.save(Into())
    return bytes(path)


def test_every_page_reaches_the_printer(qapp: QApplication, sheets: bytes, tmp_path: Path) -> None:
    """A printer that prints into a file stands for the one on the shelf: the same Qt device."""
    out = tmp_path / "out.pdf"
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(out))
    printing.print_pdf(sheets, lambda: device)
    assert len(pypdfium2.PdfDocument(out.read_bytes())) == SHEETS


def test_no_printer_is_said_and_nothing_is_pretended(qapp: QApplication, sheets: bytes) -> None:
    """Proves: P8."""
    with pytest.raises(ChairsideError) as refused:
        printing.print_pdf(sheets, lambda: None)
    assert refused.value.code == "no_printer"


@pytest.mark.qt_log_ignore("Returned false")
def test_a_printer_that_cannot_be_opened_is_said(qapp: QApplication, sheets: bytes, tmp_path: Path) -> None:
    device = QPrinter()
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "no such folder" / "out.pdf"))
    with pytest.raises(ChairsideError) as refused:
        printing.print_pdf(sheets, lambda: device)
    assert refused.value.code == "printer_refused"


def test_the_places_to_save_to_are_folders_that_are_there(qapp: QApplication) -> None:
    assert all(place.folder.is_dir() for place in printing.places())


def test_a_paper_in_the_folder_is_for_this_account_alone(sheets: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "print"
    folder.mkdir(mode=0o755)
    path = printing.into_folder(sheets, folder, "aftercare-1")
    assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_papers_of_an_earlier_day_are_taken_away(sheets: bytes, tmp_path: Path) -> None:
    today = date(2026, 12, 1)
    for name, days in (("today", 0), ("yesterday", 1)):
        path = printing.into_folder(sheets, tmp_path, name)
        at = (datetime(2026, 12, 1, 12).astimezone() - timedelta(days=days)).timestamp()
        os.utime(path, (at, at))
    clear_prints(tmp_path, today)
    assert [each.name for each in tmp_path.iterdir()] == ["today.pdf"]
    clear_prints(tmp_path)
    assert not list(tmp_path.iterdir())
