"""What was measured, tested or dated beside a health question stands in the record, with its sign."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from chairside.domain.checklist import HEALTH_CHECK
from chairside.domain.replies import Chosen, ChosenSeveral, Measured, OnDate, Reply
from chairside.record.colour import DANGER
from chairside.record.pages_answers import _sign, answer_rows
from chairside.record.telling import teller
from tests.record.visits import book, ordinary

FORM = book().forms[HEALTH_CHECK]


@pytest.mark.parametrize(
    ("item", "reply", "said", "sign"),
    [
        ("temperature", Measured("38.0", "°C"), "38.0 °C (100.4 °F)", "cross"),
        ("temperature", Measured("98.6", "°F"), "98.6 °F (37.0 °C)", "tick"),
        ("hcg_result", Chosen("positive"), "Positive", "cross"),
        ("hcg_result", Chosen("unclear"), "Not clear", "cross"),
        ("immune_categories", ChosenSeveral(("no_spleen", "other")), "No spleen; Something else", ""),
        ("cancer_last_on", OnDate(date(2020, 5, 3)), "2020", ""),
    ],
)
def test_it_is_told_in_words_and_a_stop_has_the_sign_of_a_stop(
    item: str, reply: Reply, said: str, sign: str
) -> None:
    """Proves: Q18 and Q19 in the record."""
    asked = FORM.item(item)
    assert asked is not None
    assert said in teller(ordinary(), "0" * 64).reply(HEALTH_CHECK, item, reply)
    assert _sign(asked, reply)[0] == sign
    assert (_sign(asked, reply)[1] == DANGER) is (sign == "cross")


def test_what_the_clinic_added_says_so_in_the_record() -> None:
    """And nothing else does. Proves: Q28."""
    mark, asked = "(added by clinic, not in base list)", FORM.items[0]
    told = teller(ordinary(), "0" * 64)
    assert mark in str(answer_rows(told, FORM, (structs.replace(asked, clinic_added=True),)))
    assert mark not in str(answer_rows(told, FORM, (asked,)))
