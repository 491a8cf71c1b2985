"""What is a telephone number, and what is not."""

from __future__ import annotations

import pytest

from chairside.domain.phones import is_phone


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("555 0100", True),  # seven digits, the least
        ("555 010", False),
        ("+1 (213) 555-0100", True),
        ("213.555.0100 x 12", True),
        ("213.555.0100 ext. 123456", True),
        ("213.555.0100 ext. 1234567", False),
        ("+123 456 789 012 345", True),  # fifteen, the most
        ("+123 456 789 012 3456", False),
        ("12 Nowhere Street 5550100", False),
        ("555 0100 or 555 0101", False),
        ("555 010 x 123456", False),  # an extension makes no number long enough
        ("x 5550100", False),
        ("", False),
    ],
)
def test_a_number_has_seven_to_fifteen_digits_and_nothing_but_what_stands_between_them(
    text: str, is_one: bool
) -> None:
    assert is_phone(text) is is_one
