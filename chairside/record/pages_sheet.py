"""A donor-test sheet: whose donor, who copied and who checked it, the panel, and its photo."""

from __future__ import annotations

from chairside.domain.form import Panel
from chairside.domain.panel import TESTS
from chairside.domain.replies import PanelRead, Pictured, Reply
from chairside.domain.vial import Vial
from chairside.record.blocks import Block, Heading, Para, Together
from chairside.record.pages_answers import panel
from chairside.record.pages_photos import photos
from chairside.record.pages_summary import pairs
from chairside.record.setting import STAFF
from chairside.record.telling import Teller

_PANEL = "donor_tests"  # drawn as its own table
_PHOTO = "sheet_photo"  # drawn as a figure
# what a sheet says; on the vial's own stream too, where no sheet was named at receiving
ON_SHEET = frozenset(
    (
        "donor_eligible", "ineligible_why", "leukocyte_rich", "recovered_in", "recovered_on",
        "laboratory_certified", "donor_laboratory", "sterility", "sterility_laboratory",
        "eligibility_decided_by", "eligibility_address", "released_by", "storage_temperature",
        "instructions_id", "cryoprotectant", "post_thaw", _PANEL, _PHOTO,
    )
)  # fmt: skip


def sheet_of(t: Teller, covered: tuple[Vial, ...]) -> tuple[Block, ...]:
    """Return the sheet that these vials rest on; without one of its own, what the vial's entries say."""
    first = covered[0]
    told = first.paper
    picture = told.get(_PHOTO)
    digests = (picture.digest,) if isinstance(picture, Pictured) else ()
    title = Heading(t.say("sheet.title"), small=True)
    return (
        Together((title, pairs(_whose(t, covered)))),
        *((pairs(answers),) if (answers := _answers(t, told)) else ()),
        Together((Heading(t.say("vial.panel"), 3), Para(t.say("vial.panel_told"), STAFF), _panel(t, told))),
        *photos(t, digests, t.say("sheet.photo")),
    )


def _whose(t: Teller, covered: tuple[Vial, ...]) -> tuple[tuple[str, str], ...]:
    sheet = covered[0].sheet
    codes = (t.say("sheet.covers"), ", ".join(each.code for each in covered))
    if sheet is None:
        return (codes,)
    return (
        codes,
        (t.say("sheet.supplier"), sheet.supplier),
        (t.say("sheet.donor"), sheet.donor),
        (t.say("sheet.lot"), sheet.lot),
        (t.say("sheet.entered"), t.name(sheet.entered_by)),
        (t.say("sheet.checked"), t.name(sheet.checked_by) if sheet.checked_by else t.say("vial.nobody")),
    )


def _answers(t: Teller, told: dict[str, Reply]) -> tuple[tuple[str, str], ...]:
    shown = ON_SHEET - {_PANEL, _PHOTO}
    return tuple((t.title_of(item), t.reply_to(item, reply)) for item, reply in told.items() if item in shown)


def _panel(t: Teller, told: dict[str, Reply]) -> Block:
    reply = told.get(_PANEL)
    asked = t.item(_PANEL)
    tests = asked.tests if isinstance(asked, Panel) else TESTS
    return panel(t, tests, reply if isinstance(reply, PanelRead) else None)
