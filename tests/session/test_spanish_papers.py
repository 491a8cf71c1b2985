"""What a Spanish visit leaves on paper: its record, its sheets, its pack; and never a draft in a clinic."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pikepdf
from msgspec import structs

from chairside.domain import languages
from chairside.record.content import Content
from chairside.session import papers
from chairside.session.gather import gather
from tests.record.printed import failures, printed
from tests.session.clinics import Visitors, book


def _said(data: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def _pages(data: bytes) -> list[str]:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")]


def _record(visitors: Visitors) -> Content:
    visitors.letters = "es"
    visitors.whole()
    return gather(visitors.here(), visitors.proof("physician-1"))


def test_the_record_of_a_spanish_visit_holds_what_was_read(visitors: Visitors) -> None:
    """Named on the summary, in the words of the pages; staff parts stay in the clinic's language."""
    told = _said(printed(_record(visitors)))
    assert "Leído y firmado en Español" in told
    assert "La FDA no ha aprobado este tratamiento para la caída del pelo" in told
    assert "Estas son las respuestas que anotamos por usted." in told
    for asked in ("Have you had an organ transplant", "¿Le han hecho un trasplante de órgano"):
        assert asked in told  # as the nurse asked it, and as the patient checked it before signing
    assert "Se preguntó. No se nombra ninguna." in told
    assert "not approved by the FDA for hair loss" not in told
    assert "Chose the language the patient reads in: Español." in told
    assert "Every fact of this visit" in told
    assert "BORRADOR, hecho con ayuda de una máquina; nadie lo ha aprobado." in told
    spanish = book().forms["consent"].prose["es"]
    assert f"Traducido del texto en inglés {spanish.translates[:16]}." in told


def test_the_law_s_english_stays_and_its_help_is_no_part_of_its_page(visitors: Visitors) -> None:
    """Proves: Q5 (in a Spanish visit)."""
    data = printed(_record(visitors))
    told = _said(data)
    assert "THIS NOTICE MUST BE PROVIDED TO YOU UNDER CALIFORNIA LAW." in told
    assert "Traducción de ayuda, no es el texto de la ley" in told
    (page,) = (each for each in _pages(data) if "THIS NOTICE MUST BE" in each)
    assert "stem cell therapy." in page and "Traducción" not in page


def test_each_part_of_the_record_names_its_language(visitors: Visitors) -> None:
    """The document is Spanish, the law's words and the staff's parts are English, and it is PDF/UA still."""
    content = _record(visitors)
    pdf = pikepdf.open(BytesIO(printed(content)))
    assert str(pdf.Root.Lang) == "es"
    parts = [str(each.Lang) for each in pdf.objects if hasattr(each, "keys") and each.get("/S") == "/Sect"]
    assert {"es", "en"} == set(parts)
    pdf.close()
    assert failures(printed(content)) == []


def test_the_sheets_to_take_home_are_in_the_patients_language(visitors: Visitors) -> None:
    visitors.letters = "es"
    visitors.whole()
    visit, clinic = visitors.here().visit.id, visitors.clinic
    assert "Antes de su visita" in _said(papers.make(clinic, "preparation", visit))
    after = _said(papers.make(clinic, "aftercare", visit))
    assert "Ninguna hasta el 22 de diciembre de 2026, ese día incluido." in after
    pack = _said(papers.make(clinic, "blank_pack", visit))
    assert "Leí estas páginas, o me las leyeron." in pack and "NOTICE TO PATIENTS" in pack


def test_a_clinic_prints_no_draft(visitors: Visitors) -> None:
    """Its own language does not change that: nobody has approved the Spanish yet."""
    visitors.letters = "es"
    visitors.open()
    clinic = visitors.clinic
    clinic.founded = structs.replace(clinic.founded, demo=False, language="es")
    assert not languages.may_be_shown(book().forms["aftercare"], "es", drafts=False)
    assert "After your treatment" in _said(papers.make(clinic, "aftercare", visitors.here().visit.id))
    assert "I have read these pages" in _said(papers.make(clinic, "blank_pack"))
