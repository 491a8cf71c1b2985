"""What the procedure asks in place of its buttons: why it stopped, past the limit, after a lapsed release."""

from __future__ import annotations

from collections.abc import Callable

from chairside.domain.facts import LimitPassed, Mark, ReleaseRenewed
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.why import Asking, Deed, WhyCard

WHY: dict[Mark, tuple[str, ...]] = {
    "stopped_part_way": ("patient_asked", "unwell", "vial_trouble"),
    "not_given": ("patient_asked", "unwell", "vial_trouble", "too_late"),
}


def why_card(
    screen: Screen, mark: Mark, mark_it: Callable[[str], None], leave: Callable[[], None]
) -> WhyCard:
    """Ask why it was stopped part-way, or is not given."""
    chips = [(key, screen.say(f"procedure.why_{key}")) for key in WHY[mark]]
    asking = Asking("procedure.why", screen.say(f"procedure.ask_{mark}"), (), chips, leave)
    return WhyCard(screen, asking, [Deed("confirm", f"procedure.{mark}", mark_it, "primary")])


def limit_card(screen: Screen) -> WhyCard:
    """Ask the physician, under PIN, what to do with a vial past its supplier's limit (Q35)."""
    chips = [(key, screen.say(f"procedure.limit_{key}")) for key in ("supplier_asked", "nearly_done")]
    title, lines = screen.say("procedure.limit_title"), (screen.say("procedure.limit_help"),)
    deeds = [
        Deed("go_on", "procedure.limit_go_on", lambda why: screen.tell(LimitPassed(True, why))),
        Deed("end", "procedure.limit_end", lambda why: screen.tell(LimitPassed(False, why)), "danger"),
    ]
    return WhyCard(screen, Asking("procedure.limit", title, lines, chips), deeds)


def lapsed_card(screen: Screen, view: View) -> WhyCard:
    """Say that the release lapsed; the physician's PIN renews it."""
    at = saying.moment(screen.words, view.release, view.zone) if view.release is not None else ""
    chips = [(key, screen.say(f"procedure.renew_{key}")) for key in ("courier", "patient", "physician")]
    lines = (screen.say("procedure.lapsed_help"),)
    asking = Asking("procedure.lapsed", screen.say("procedure.lapsed", at=at), lines, chips)
    renew = Deed("renew", "procedure.renew", lambda why: screen.tell(ReleaseRenewed(why)), "primary")
    return WhyCard(screen, asking, [renew])
