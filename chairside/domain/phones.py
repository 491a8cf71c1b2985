"""What a telephone number looks like, by itself: the first page of set-up asks for one."""

from __future__ import annotations

import re

_PHONE = re.compile(r"\+?[0-9 ().-]+(?: ?(?:x|ext\.?) ?[0-9]{1,6})?\Z")
_DIGITS = range(7, 16)  # Source: ITU-T E.164, at most 15


def is_phone(text: str) -> bool:
    """Tell whether this is a phone number: digits and what stands between them, an extension at most."""
    digits = re.sub(r"x.*|ext.*|[^0-9]", "", text)
    return _PHONE.match(text) is not None and len(digits) in _DIGITS
