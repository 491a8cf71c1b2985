"""What the patient reads: the law's words to the byte, all elements there, plain, and nothing claimed."""

from __future__ import annotations

from pathlib import Path

import pytest

from chairside.domain.form import Choice, Initial, Statement
from chairside.formbook.claims import claims
from chairside.formbook.duties import ELEMENT_TAGS, KEY_TAGS, TEACH_TAGS
from chairside.formbook.grade import HARDEST_GRADE, grade, syllables
from chairside.formbook.statutory import VERBATIM
from tests.formbook.shipped import FORMS, ROOT, book, complaints, copied

# Copied by hand from the fact sheet (R12, R16), not from the code.
R12 = (
    "THIS NOTICE MUST BE PROVIDED TO YOU UNDER CALIFORNIA LAW. This health care practitioner performs one or "
    "more stem cell therapies that have not been approved by the United States Food and Drug Administration. "
    "You are encouraged to consult with your primary care physician prior to undergoing a stem cell therapy."
)
R16 = (
    "NOTICE TO PATIENTS Medical doctors are licensed and regulated by the Medical Board of California. "
    "To check up on a license or to file a complaint go to www.mbc.ca.gov, email: licensecheck@mbc.ca.gov, "
    "or call (800) 633-2322."
)
PATIENT_FORMS = (
    "consent", "notices_california", "notices_other", "health_check", "medicines", "sign", "reaffirm", "vial",
    "preparation", "aftercare",
)  # fmt: skip
EVERY_FORM = book().forms | book("other").forms


def test_the_california_notice_is_the_statute_to_the_byte() -> None:
    """Proves: Q5."""
    body = book().forms["notices_california"].words("s684", "en").body
    assert body == (R12,)
    assert body[0].encode() == R12.encode()
    assert len(R12.split()) == 51  # R14 counted them


def test_the_medical_board_s_notice_is_the_code_s() -> None:
    """Proves: Q8 (text and address; size and place are the screen's and the page's)."""
    form = book().forms["notices_california"]
    assert " ".join(form.words("medical_board", "en").body) == R16
    item = form.item("medical_board")
    assert isinstance(item, Statement)
    assert item.qr == "https://www.mbc.ca.gov/licensing/Notice-to-Consumers.aspx"


def test_electronic_reading_is_agreed_to_only_after_every_point_is_told() -> None:
    """Right to paper, scope, withdrawal, fee, copy, hardware and contact stand on the page (E1, E2)."""
    text = " ".join(book().forms["notices_california"].words("electronic_record", "en").body)
    for point in (
        "right to paper",
        "this visit only",
        "take it back",
        "no fee",
        "copy",
        "PDF files",
        "address",
    ):
        assert point in text


def test_the_consent_carries_every_element() -> None:
    """Washington's four and the federal eight, each on a statement. Proves: Q9."""
    items = [item for item in book().forms["consent"].items if isinstance(item, Statement)]
    assert {tag for item in items for tag in item.tags} >= ELEMENT_TAGS


def test_the_first_page_tells_what_the_fda_says() -> None:
    """Proves: Q10."""
    form = book().forms["consent"]
    first = form.items[0]
    assert first.id == "key_information"
    assert set(KEY_TAGS) <= set(first.tags)
    text = " ".join(form.words("key_information", "en").body)
    for said in (
        "not approved by the FDA for hair loss",
        "not the same as",
        "asked to pay",
        "deceived",
        "2018",
        "infections",
    ):
        assert said in text


def test_two_pages_are_initialled() -> None:
    covers = [item.covers for item in book().forms["consent"].items if isinstance(item, Initial)]
    assert covers == ["key_information", "risks"]


def test_five_questions_are_asked_back_and_can_be_explained_again() -> None:
    """Each has a right answer, two wrong ones, a page it rests on and a second explanation. Proves: Q13."""
    form = book().forms["consent"]
    asked = [item for item in form.items if isinstance(item, Choice) and item.right]
    assert {tag for item in asked for tag in item.tags} & TEACH_TAGS == TEACH_TAGS
    for item in asked:
        assert len(item.options) >= 3
        assert form.words(item.id, "en").help
        assert isinstance(form.item(item.explains), Statement)
    assert len({item.options.index(item.right) for item in asked}) > 1  # not always the first


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_longest_answer_is_never_the_right_one(language: str) -> None:
    """Who takes the longest line without reading must not come through. Proves: Q13."""
    form = book().forms["consent"]
    for item in form.items:
        if isinstance(item, Choice) and item.right:
            long = {option: len(label) for option, label in form.words(item.id, language).options.items()}
            assert long[item.right] < max(long.values()), (item.id, long)


@pytest.mark.parametrize(("language", "until"), [("en", "up to the first"), ("es", "hasta la primera")])
def test_no_page_says_that_stopping_ends_with_the_first_injection(language: str, until: str) -> None:
    """The record's withdrawal ends there; a patient may say stop to the last needle. Proves: Q16."""
    for name in PATIENT_FORMS:
        form = EVERY_FORM[name]
        for item in form.items:
            words = form.words(item.id, language)
            assert until not in " ".join((*words.body, *words.help)), (name, item.id)


def test_what_to_call_for_is_one_list_in_the_consent_and_at_home() -> None:
    """A reader of two lists asks which one counts. Proves: Q47 (the words)."""
    for language in ("en", "es"):
        told, home = (
            EVERY_FORM[form].words(item, language).body
            for form, item in (("consent", "contacts"), ("aftercare", "when_to_call"))
        )
        assert [line for line in told if line.startswith("- ")] == [
            line for line in home if line.startswith("- ")
        ]


def test_the_aftercare_emergencies_are_all_there() -> None:
    """C31 wins over the idea that fever after treatment is normal. Proves: Q47 (the words)."""
    text = " ".join(book().forms["consent"].words("contacts", "en").body)
    for sign in (
        "100.4",
        "38.0",
        "chills",
        "Redness",
        "pus",
        "Severe pain",
        "breathe",
        "face",
        "faint",
        "911",
        "1-800-FDA-1088",
    ):
        assert sign in text


@pytest.mark.parametrize("item", [item.id for item in book().forms["health_check"].items])
def test_no_help_tells_the_patient_what_an_answer_leads_to(item: str) -> None:
    """The help says what is meant; who reads "then you are not treated" may answer for the treatment."""
    said = " ".join(book().forms["health_check"].words(item, "en").help).casefold()
    for consequence in ("if yes", "not given", "another day", "put off", "put the treatment off", "defer"):
        assert consequence not in said


def test_nothing_is_promised_that_chairside_does_not_do() -> None:
    """No log of who looked, no printed date or number, no list of papers owed: none of them is built."""
    for form in ("consent", "notices_california", "sign", "vial"):
        words = [book().forms[form].words(item.id, "en") for item in book().forms[form].items]
        text = " ".join(part for each in words for part in (*each.body, *each.help)).casefold()
        for promise in (
            "each time someone",
            "the date in writing",
            "papers you take home",
            "we print",
            "the list until",
        ):
            assert promise not in text, (form, promise)


def test_fainting_is_for_911_alone() -> None:
    """The same sign under two numbers is a choice nobody should have to make."""
    body = book().forms["consent"].words("contacts", "en").body
    assert ["911" in part for part in body if "faint" in part] == [True]


def test_the_physician_signs_for_reasons_that_are_there_and_a_checklist_that_may_not_be() -> None:
    """A stop may come before the checklist is whole."""
    for meaning in ("meaning_defer", "meaning_do_not_treat"):
        text = " ".join(book().forms["countersign"].words(meaning, "en").body)
        assert "looked at what was answered" in text
        assert "for the reasons written here" in text
        assert "reviewed the checklist" not in text


def test_no_form_tells_anyone_to_stop_a_prescribed_drug() -> None:
    """Proves: Q22 (the forms' part)."""
    for form in ("consent", "medicines"):
        text = (FORMS / form / "1.0.0" / "en.md").read_text("utf-8")
        assert "prescribed" in text
    assert "Do not stop any drug that a doctor has prescribed" in (FORMS / "consent/1.0.0/en.md").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("name", sorted(EVERY_FORM))
def test_every_text_is_marked_a_sample_until_somebody_reviews_it(name: str) -> None:
    """Proves: Q48."""
    prose = EVERY_FORM[name].prose["en"]
    assert (prose.status, prose.reviewed_by, prose.reviewed_on) == ("sample", "", "")


@pytest.mark.parametrize("name", sorted(EVERY_FORM))
def test_every_block_is_plain(name: str) -> None:
    """Each item's text and help at grade 8 or below, the patient's questions too; the law's words are exempt.

    Proves: Q12.
    """
    form = EVERY_FORM[name]
    for item in form.items:
        if item.id in VERBATIM:
            continue
        words = form.words(item.id, "en")
        asks = name in PATIENT_FORMS and isinstance(item, Choice)
        for block in (words.body, words.help, (words.title,) if asks else ()):
            assert grade(block) <= HARDEST_GRADE, (item.id, grade(block), block)


def test_the_consent_as_a_whole_is_at_its_target() -> None:
    """Proves: Q12 (target 6)."""
    form = book().forms["consent"]
    assert grade(tuple(text for item in form.items for text in form.words(item.id, "en").body)) <= 6


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("no", 1), ("approved", 2), ("umbilical", 4), ("infection", 3), ("injected", 3), ("serious", 3),
        ("acetaminophen", 6), ("uses", 2), ("scalp", 1), ("2018", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_hard_text_is_graded_hard() -> None:
    """The counter can fail: a sentence from a typical hospital form is far above the limit."""
    hard = (
        "Participation necessitates acknowledgement of potential complications, including but not limited "
        "to hypersensitivity reactions, disease transmission and unanticipated long-term consequences."
    )
    assert grade((hard,)) > 20
    assert grade(("The cat sat on the mat.",)) < 1
    assert grade(()) == 0


@pytest.mark.parametrize(
    "text",
    [
        "This is FDA approved.", "The product is FDA-compliant.", "It was approved by the FDA.",
        "There are no side effects.", "It is safe.", "It cures hair loss.", "Results are guaranteed.",
        "The donor passed all the tests.", "It is risk-free.", "There is no risk.",
        "It works in 100% of people.", "There is no doubt that it is safe.", "It is not only safe but fast.",
        "The FDA has approved it.", "Why not? It is a cure.", "Nobody may push you. It is safe.",
    ],
)  # fmt: skip
def test_a_claim_is_found(text: str) -> None:
    """Proves: Q11."""
    assert list(claims(text))


@pytest.mark.parametrize(
    "text",
    [
        "It is not FDA-approved.", "It is not approved by the FDA for hair loss.",
        "The FDA has not approved it.", "We do not know if it is safe.", "It is not a cure.",
        "It does not mean there is no risk.", "Nobody can say that it is safe.",
        "The clinic has said that there are no side effects.", "Safety comes first.",
        "It isn't guaranteed.", "A secure place.",
    ],
)  # fmt: skip
def test_an_honest_sentence_passes(text: str) -> None:
    """Proves: Q11."""
    assert list(claims(text)) == []


def test_no_shipped_text_claims_compliance() -> None:
    """Proves: Q45 (forms and interface words)."""
    for path in (*FORMS.rglob("*.md"), ROOT / "resources" / "words" / "en.toml"):
        text = path.read_text("utf-8").casefold()
        for body in ("hipaa", "part 11", "aatb", "joint commission", "compliant"):
            assert body not in text, path


def test_an_area_beside_the_scalp_is_refused_until_the_consent_names_it(tmp_path: Path) -> None:
    """By a page that carries the tag and says the word, in each language. Proves: X27."""
    folder = copied(tmp_path)

    def put(file: str, now: str, then: str) -> None:
        path = folder / file
        text = path.read_text("utf-8")
        assert now in text
        path.write_text(text.replace(now, then, 1), "utf-8")

    def unnamed() -> list[str]:
        return [each.text for each in complaints(folder) if "area" in each.text or "eyebrow" in each.text]

    put("open/1.0.0/form.toml", '["scalp"]', '["scalp", "eyebrows"]')
    put("open/1.0.0/en.md", "- [scalp] Scalp\n", "- [scalp] Scalp\n- [eyebrows] Eyebrows\n")
    put("open/1.0.0/es.md", "- [scalp] Cuero cabelludo\n", "- [scalp] Cuero cabelludo\n- [eyebrows] Cejas\n")
    assert [text for text in unnamed() if "'eyebrows' is no area before" in text]
    put("consent/1.0.0/form.toml", '["key_not_approved", ', '["area_eyebrows", "key_not_approved", ')
    assert [
        text for text in unnamed() if "eyebrow" in text and "is no area" not in text
    ]  # it does not say so
    put("consent/1.0.0/en.md", "into your scalp.", "into your scalp and your eyebrows.")
    put("consent/1.0.0/es.md", "en el cuero cabelludo", "en el cuero cabelludo y las cejas")
    assert unnamed() == []
