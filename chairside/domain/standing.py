"""How a visit stands among the others: one of the states of P1, what it waits for, and since when."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

State: TypeAlias = Literal[
    "planned", "open", "waiting", "decided", "released", "given", "partly_given", "not_given",
    "deferred", "do_not_treat", "refused", "withdrawn", "no_show", "opened_in_error",
]  # fmt: skip


class Wait(Struct, frozen=True):
    """One thing a visit waits for.

    `what` is somebody or something: courier, physician, supplier, patient, laboratory, other, the PIN of
    the certifier ("seal"), a lapsed release ("release"); `step` is the step it holds up, `since` unknown
    where nobody said.
    """

    what: str
    step: str
    since: datetime | None
    note: str = ""


class Status(Struct, frozen=True):
    """A visit's state, since when, and what it waits for, the longest first."""

    state: State
    since: datetime
    waits: tuple[Wait, ...] = ()
