"""The notices come first: read before anything is signed, on paper before anybody proceeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from chairside.domain.facts import Answered, Decided, PageRead, Signed, StepClosed
from chairside.errors import NotAllowed
from tests.session.clinics import Visitors, clinic_in


@pytest.fixture
def visitors(tmp_path: Path) -> Visitors:
    return clinic_in(tmp_path / "clinic")


def test_the_notice_is_read_before_the_signature_and_its_copy_handed_before_the_decision(
    visitors: Visitors,
) -> None:
    """In the order of the store, whose times only grow. Proves: Q6."""
    visitors.until_vial()
    facts = [stamped.fact for stamped in visitors.here().visit.facts]
    times = [stamped.stamp.utc for stamped in visitors.here().visit.facts]
    read = next(n for n, fact in enumerate(facts) if isinstance(fact, PageRead) and fact.item == "s684")
    copy = next(n for n, fact in enumerate(facts) if isinstance(fact, Answered) and fact.item == "paper_copy")
    decided = next(n for n, fact in enumerate(facts) if isinstance(fact, Decided))
    signed = next(n for n, fact in enumerate(facts) if isinstance(fact, Signed))
    assert read < copy < decided < signed
    assert times[read] < times[copy] < times[decided] < times[signed]


def test_nobody_proceeds_before_the_paper_copy_was_handed(visitors: Visitors) -> None:
    """Proves: Q6."""
    visitors.open()
    visitors.health()
    visitors.tell(StepClosed("health_check"), "nurse-1")
    visitors.medicines()
    visitors.hand_over("notices")
    visitors.read("notices_california")
    visitors.read("consent")
    visitors.hand_back()
    with pytest.raises(NotAllowed, match="step_waits"):
        visitors.decide()
    visitors.staff.arrive(visitors.proof("nurse-1"))
    visitors.choose("notices_california", paper_copy="handed")
    visitors.decide()
