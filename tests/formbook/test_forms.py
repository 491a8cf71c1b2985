"""The shipped forms: they load, they hold what the rest relies on, and their digests mean what they say."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from chairside import formbook
from chairside.canon.encoding import digest
from chairside.domain.checklist import FLOOR
from chairside.domain.evidence import BESIDE
from chairside.domain.facts.kinds import Beside
from chairside.domain.form import Choice, Form, Ink, Item, Text, VisitPlan, content
from chairside.errors import FormError
from chairside.formbook.draft import form_of, read_draft
from chairside.formbook.load import read_labels
from chairside.formbook.plan import NEEDS
from chairside.formbook.prose import read_page
from chairside.formbook.source import Complaints, read
from tests.formbook.shipped import DRUGS, FORMS, book, copied, line_with


def _new_version(folder: Path, form: str, version: str, now: str, then: str) -> str:
    """Publish a changed copy of 1.0.0 and return its digest."""
    shutil.copytree(folder / form / "1.0.0", folder / form / version)
    page = folder / form / version / "en.md"
    page.write_text(page.read_text("utf-8").replace(now, then), "utf-8")
    complaints = Complaints()
    draft = read_draft(folder, form, version, complaints)
    assert draft is not None
    assert not complaints
    return form_of(draft, read_labels(FORMS, Complaints())).digest


def _release(folder: Path, form: str, version: str, sha256: str, effective: str) -> None:
    with (folder / form / "RELEASES.toml").open("a", encoding="utf-8") as held:
        held.write(
            f'\n[[release]]\nversion = "{version}"\nsha256 = "{sha256}"\neffective_from = {effective}\n'
            'approved_by = "Demo Reviewer"\napproved_on = 2027-01-10\n'
        )


def test_every_form_has_words_for_every_item_and_option() -> None:
    for form in book().forms.values():
        for item in form.items:
            words = form.words(item.id, "en")
            assert words.title
            for option in item.options if isinstance(item, Choice) else ():
                assert words.options[option]


def test_the_health_check_asks_seven_and_derives_the_eighth() -> None:
    """Proves: Q14 (the age is never an item to answer)."""
    form = book().forms["health_check"]
    asked = {item.id: item for item in form.items if item.id not in BESIDE}
    assert {name: item.weight for name, item in asked.items() if isinstance(item, Choice)} == FLOOR
    assert form.item("under_12") is None


def test_nothing_is_preset_and_not_sure_is_always_offered() -> None:
    """Proves: Q4."""
    for name in FLOOR:
        item = book().forms["health_check"].item(name)
        assert isinstance(item, Choice)
        assert item.options == ("yes", "no", "unsure")
        assert "default" not in item.__struct_fields__


def test_immune_status_is_asked_as_a_category() -> None:
    """No question, option or help names HIV; the help lists the hair-loss drugs. Proves: Q18."""
    form = book().forms["health_check"]
    told = str(msgspec.to_builtins(form)).casefold()
    assert not re.search(r"\b(?:hiv|aids)\b", told)
    assert "baricitinib" in told


def test_the_tubes_are_marked_and_the_kit_is_in_date_before_the_step_closes() -> None:
    """There is no answer but yes, and both dates are judged as dates."""
    form = book().forms["premedication"]
    tubes = form.item("prp_tubes_labelled")
    assert isinstance(tubes, Choice)
    assert tubes.options == ("yes",)
    dates = {item.id for item in form.items if isinstance(item, Text) and item.expires}
    assert dates == {"prp_kit_expires", "anticoagulant_expires"}


def test_a_text_that_is_no_date_keeps_the_digest_it_had() -> None:
    """`expires` came later than the other fields: left out, it is not in what a digest covers."""
    assert content(Form("f", "1.0.0", "", (Text(id="note"),), {}))["items"] == [
        {"kind": "text", "id": "note"}
    ]


def test_the_plan_is_the_product_s_table() -> None:
    """Proves: P2."""
    plan = book().plan
    assert [step.id for step in plan.steps] == list(NEEDS)
    assert {step.id: frozenset(step.needs) for step in plan.steps} == NEEDS
    assert plan.step("notices").form == "notices_california"
    assert plan.step("record").form == ""


def test_each_signature_pad_is_its_signer_s() -> None:
    pads = {
        (form.id, item.id): item.signer
        for form in book().forms.values()
        for item in form.items
        if isinstance(item, Ink)
    }
    assert pads == {
        ("assent", "child_signature"): "patient",
        ("sign", "patient_signature"): "patient",
        ("reaffirm", "patient_signature"): "patient",
        ("vial", "patient_saw"): "patient",
        ("countersign", "physician_signature"): "physician",
        ("procedure", "nurse_signature"): "nurse",
        **{
            (form, f"{who}_signature"): who
            for form in ("sign", "reaffirm", "vial")
            for who in get_args(Beside)
        },
    }


def test_the_meaning_signed_fits_the_decision() -> None:
    """Nobody signs "I approve" on a deferral, and the physician says who discussed. Proves: Q38."""
    form = book().forms["countersign"]
    meaning = {
        ruling: " ".join(form.words(f"meaning_{ruling}", "en").body)
        for ruling in ("proceed", "defer", "do_not_treat")
    }
    assert "I discussed" in meaning["proceed"]
    assert "I approve" in meaning["proceed"]
    for stop in ("defer", "do_not_treat"):
        assert "I approve" not in meaning[stop]
        assert "I do not approve" in meaning[stop]


def test_a_digest_can_be_recomputed_from_the_form_alone() -> None:
    """What a record keeps of a form proves its own digest, also after JSON. Proves: Q46."""
    for form in book().forms.values():
        back = msgspec.json.decode(msgspec.json.encode(form), type=Form)
        assert digest(content(back)) == form.digest
    plan = msgspec.json.decode(msgspec.json.encode(book().plan), type=VisitPlan)
    assert digest(content(plan)) == book().plan.digest


def test_a_field_added_later_leaves_a_digest_as_it_was() -> None:
    form = book().forms["sign"]
    assert "clinic_added" not in str(content(form))
    changed = msgspec.structs.replace(form.items[0], clinic_added=True)
    items: tuple[Item, ...] = (changed, *form.items[1:])
    assert digest(content(msgspec.structs.replace(form, items=items))) != form.digest


def test_comments_and_wrapping_do_not_change_a_digest(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    logic, page = folder / "sign/1.0.0/form.toml", folder / "sign/1.0.0/en.md"
    logic.write_text("# a remark\n" + logic.read_text("utf-8"), "utf-8")
    page.write_bytes(
        page.read_text("utf-8").replace("Read them. If", "Read them.\nIf").replace("\n", "\r\n").encode()
    )
    loaded = formbook.load(folder, "california", DRUGS)
    assert loaded.forms["sign"].digest == book().forms["sign"].digest


def test_an_empty_help_line_begins_a_new_one(tmp_path: Path) -> None:
    """Wrapped lines join, a blank one ends the block, lists and help lines stay apart."""
    (tmp_path / "en.md").write_text(
        "---\nlanguage: en\nstatus: sample\nreviewed_by:\nreviewed_on:\ntitle: T\n---\n\n"
        "## Title {#x}\n\nOne\ntwo.\n\nThree.\n- a\n  b\n- c\n> h1\n> h2\n>\n> h3\n- [yes] Yes\n  indeed\n",
        "utf-8",
    )
    complaints = Complaints()
    source = read(tmp_path, "en.md", complaints)
    assert source is not None
    words = read_page(source, "en", complaints).words("x")
    assert not complaints
    assert words.body == ("One two.", "Three.", "- a b", "- c")
    assert words.help == ("h1 h2", "h3")
    assert words.options == {"yes": "Yes indeed"}


def test_a_later_version_does_not_touch_the_one_before(tmp_path: Path) -> None:
    """Proves: Q46."""
    folder = copied(tmp_path)
    sha256 = _new_version(folder, "medicines", "1.0.1", "Yes, both", "Yes, I did both")
    _release(folder, "medicines", "1.0.1", sha256, "2027-01-15")
    before = formbook.load(folder, "california", DRUGS, on=date(2027, 1, 14))
    after = formbook.load(folder, "california", DRUGS, on=date(2027, 1, 15))
    assert before.forms["medicines"].digest == book().forms["medicines"].digest
    assert (after.forms["medicines"].version, after.forms["medicines"].digest) == ("1.0.1", sha256)


def test_before_its_first_day_no_form_is_in_force() -> None:
    with pytest.raises(FormError) as refused:
        formbook.load(FORMS, "california", on=date(2026, 10, 31))
    assert "no version of" in str(refused.value.facts["complaints"])


def test_the_refusal_tells_the_digest_that_a_second_person_puts_in(tmp_path: Path) -> None:
    """The worked example of forms/README.md: zeros first, then the fingerprint the refusal names."""
    folder = copied(tmp_path)
    sha256 = _new_version(
        folder, "health_check", "1.0.1", "are you on a waiting list for one", "are you waiting for one"
    )
    _release(folder, "health_check", "1.0.1", "0" * 64, "2027-01-15")
    with pytest.raises(FormError) as refused:
        formbook.load(folder, "california", DRUGS)
    ((file, line, text),) = refused.value.facts["complaints"]
    assert file == "health_check/RELEASES.toml"
    assert line == line_with(folder / file, "0" * 64)
    assert sha256 in text


def test_an_own_question_that_is_marked_is_welcome(tmp_path: Path) -> None:
    """A clinic may add an item; it carries its mark into every screen and page. Proves: Q28."""
    folder = copied(tmp_path)
    place = folder / "health_check" / "1.1.0"
    shutil.copytree(folder / "health_check" / "1.0.0", place)
    with (place / "form.toml").open("a", encoding="utf-8") as held:
        held.write('\n[[item]]\nid = "keloid"\nkind = "choice"\nweight = "relative"\nclinic_added = true\n')
    with (place / "en.md").open("a", encoding="utf-8") as held:
        held.write("\n## Do your scars grow thick? {#keloid}\n")
    complaints = Complaints()
    draft = read_draft(folder, "health_check", "1.1.0", complaints)
    assert draft is not None
    _release(
        folder,
        "health_check",
        "1.1.0",
        form_of(draft, read_labels(FORMS, Complaints())).digest,
        "2027-01-15",
    )
    form = formbook.load(folder, "california", DRUGS).forms["health_check"]
    assert [item.id for item in form.items if item.clinic_added] == ["keloid"]
