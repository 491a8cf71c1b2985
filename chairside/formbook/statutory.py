"""The texts that the law words: shown byte for byte or not at all.

A form cannot reword them, and no other text may call itself statutory, because statutory text is
exempt from the rules on plain language and links.
"""

from __future__ import annotations

# Source: Bus. & Prof. Code s.684, read in R12.
S684 = (
    "THIS NOTICE MUST BE PROVIDED TO YOU UNDER CALIFORNIA LAW. This health care practitioner performs"
    " one or more stem cell therapies that have not been approved by the United States Food and Drug"
    " Administration. You are encouraged to consult with your primary care physician prior to undergoing"
    " a stem cell therapy."
)
# Source: 16 CCR 1355.4, read in R16; the lines are the code's.
MEDICAL_BOARD = (
    "NOTICE TO PATIENTS",
    "Medical doctors are licensed and regulated by the Medical Board of California.",
    "To check up on a license or to file a complaint go to",
    "www.mbc.ca.gov,",
    "email: licensecheck@mbc.ca.gov,",
    "or call (800) 633-2322.",
)
MEDICAL_BOARD_QR = "https://www.mbc.ca.gov/licensing/Notice-to-Consumers.aspx"
VERBATIM: dict[str, tuple[str, ...]] = {"s684": (S684,), "medical_board": MEDICAL_BOARD}
QR: dict[str, str] = {"medical_board": MEDICAL_BOARD_QR}
