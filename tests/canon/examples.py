"""One invented example of every kind of fact and of every kind of reply, the same for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

from chairside.domain import facts, replies
from chairside.domain.facts import people

NOON = datetime(2026, 3, 4, 20, 0, 0, 250_000, tzinfo=UTC)
MORNING = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
A, B, C = "a" * 64, "b" * 64, "c" * 64

PRESCRIBER = replies.Prescriber("Dr. Lake", "555-0114", asked=True)
REPLIES: tuple[replies.Reply, ...] = (
    replies.Chosen("unsure"),
    replies.ChosenSeveral(("no_spleen", "other")),
    replies.OnDate(date(2026, 2, 28)),
    replies.AtMoment(MORNING),
    replies.Measured("37.4", "degC"),
    replies.Coded("=A99992600000100", "scanned"),
    replies.CodesRead((replies.Coded("=A1", "scanned"), replies.Coded("=A2", "typed"))),
    replies.Written('Señora "Ñandú" \\ said:\n\t15 € — 漢 \U0001f33f \x7f'),
    replies.Pictured(A),
    replies.Initialled(),
    replies.DrugsTaken(
        (
            replies.DrugTaken("Aspirin", replies.OnDate(date(2026, 2, 27)), True, PRESCRIBER),
            replies.DrugTaken("Naproxen", replies.AtMoment(MORNING), False),
            replies.DrugTaken("Ibuprofen", replies.Never()),
            replies.DrugTaken("Other", replies.NotSure()),
        )
    ),
    replies.DoseGiven(MORNING, "10 mg", "tablet"),
    replies.DoseNotGiven("took it at home"),
    replies.PanelRead((replies.TestLine("HIV", "nonreactive"), replies.TestLine("WNV", "not_required"))),
)

_RULED = facts.RuledOn("glycerol_sensitivity", "mild, once", "antihistamine")
FACTS: tuple[facts.Fact, ...] = (
    facts.ClinicFounded(
        "Example Hair Clinic",
        "1 Example Street",
        "+1 555 0100",
        "America/Los_Angeles",
        "california",
        "en",
        A,
        True,
        30,
        4,
    ),
    facts.StaffAdded("p1", "Nora Example", "nurse", "-----BEGIN CERTIFICATE-----\n"),
    facts.StaffDisabled("p1", "left"),
    facts.FormAdopted("consent", "1.0.0", B),
    facts.TabletEnrolled("Tablet one", "-----BEGIN CERTIFICATE-----\n"),
    facts.SignedIn("p1"),
    facts.SignedOut("p1", "handed_over"),
    facts.PinRefused("p1", 3),
    facts.HeadSigned(7, A, 1, B, "c2ln"),
    facts.ClockCorrected("battery was flat"),
    facts.PatientAdded("Zoë Ågren", date(1980, 2, 29), "+1 555 0101", "2 Example Street", "post", "es"),
    facts.VialReceived("=A99992600000100", "Example Tissue", "Cord allograft 5 M", "L-1", date(2027, 1, 31)),
    facts.VialChecked("p2"),
    facts.VialAccepted(),
    facts.VialAssigned("v1"),
    facts.VisitOpened("pt1", 1, NOON, ("name", "born"), {"notices": B, "consent": A}, C),
    facts.LanguageChosen("es"),
    facts.HandedOver("patient", "read"),
    facts.IdentityConfirmed(),
    facts.PageRead("consent", "fda_status", C),
    facts.Answered("health", "transplant", replies.Chosen("no"), True),
    facts.Corrected("health", "transplant", replies.Chosen("no"), "letter", "misheard"),
    facts.Explained("consent", "teach_fda"),
    facts.QuestionRaised("consent", "risks"),
    facts.QuestionSettled("consent", "risks"),
    facts.BreakTaken("read"),
    facts.StepClosed("health_check"),
    _RULED,
    facts.Decided("proceed", "in_person", 5, ("loratadine",), (_RULED,)),
    facts.StrokeDrawn("sign", A),
    facts.InkCleared("sign"),
    facts.ClearUndone("sign"),
    facts.Signed("sign", "patient", "Zoë Ågren", "I agree", (A, B)),
    facts.Countersigned("Petra Example", "I approve", (C,)),
    facts.Stopped("withdrawn", "changed my mind"),
    facts.Concluded("countersigned"),
    facts.Sealed(A, 0),
    facts.NoticeWaived("s684", "ind", "IND 12345", date(2026, 2, 28)),
    facts.NoticeRestored("s684"),
    facts.SupplierAdded("Example Tissue", "3 Example Street", "+1 555 0102", 30, True),
    facts.DayOpened(date(2026, 3, 4), {"clock": "right", "printer": "none"}),
    facts.DayClosed(date(2026, 3, 4), ("visit:v1",), "to be given tomorrow"),
    facts.Printed("aftercare", "visit:v1", "printer", A),
    facts.CopyHanded("v1", "notices"),
    facts.PatientSeen("searched"),
    facts.VialExpected("ORDER-7", "Example Tissue", 5, NOON, "v1"),
    facts.ExpectationEnded("", "the courier was late"),
    facts.VialQuarantined("label torn"),
    facts.VialRejected("thawed on arrival"),
    facts.VialFreed("v1", "the patient did not come"),
    facts.VialOpened("v1"),
    facts.VialThawed("v1"),
    facts.VialUsed("v1", False),
    facts.VialDiscarded("past its limit"),
    facts.VialEndTakenBack("v1", "the wrong vial was tapped"),
    facts.VialReturned("not needed"),
    facts.SheetEntered("Example Tissue", "D-1", "L-1"),
    facts.SheetChecked("p2"),
    facts.Replanned(NOON, "the courier was late"),
    facts.FormsRenewed({"consent": C}),
    facts.TextGiven("consent", "consent", "1.0.0"),
    facts.WaitBegan("courier", "on the road"),
    facts.WaitEnded("courier"),
    facts.PaperChosen("prefers"),
    facts.SignedOnPaper("sign", "patient", "Zoë Ågren", "I agree", (A,)),
    facts.PaperAttested("sign"),
    facts.OpenedInError("opened for another patient"),
    facts.ProcedureMarked("thawed", ("=A1",), "both"),
    facts.MarkTakenBack("thawed"),
    facts.ReleaseRenewed("the courier was late"),
    facts.LimitPassed(True, "asked the supplier"),
    facts.AddendumSigned(1, "procedure", "", "Nora Example", "I gave it", (A,)),
    facts.AddendumConcluded(1, "procedure"),
    facts.AddendumSealed(1, B, 2),
    people.RepresentativeNamed("Olga Example", "parent", "birth certificate"),
    people.InterpreterNamed("Ivo Example", "77", "Tagalog", "phone", True, "an emergency"),
    people.WitnessNamed("Wim Example"),
    people.PersonLeft("witness", "had to go"),
    people.InterpreterAttested("sign.interpreter_signature", "Ivo Example", "I left nothing out"),
    people.AssentNotAsked("too young to understand"),
    people.MinorMaySign("emancipated, court order seen"),
    people.WayChosen("patient", "by_mark", "cannot write"),
)
KINDS = frozenset(kind.__name__ for kind in get_args(facts.Fact))


def body(fact: facts.Fact, number: int = 3) -> facts.Body:
    """Return a fact in a full envelope."""
    stamp = facts.Stamp(
        schema=facts.SCHEMA,
        clinic="c1",
        stream="visit:v1",
        tablet="t1",
        number=number,
        after=(A, B),
        person="p1",
        utc=NOON,
        offset_minutes=-480,
        zone="America/Los_Angeles",
        monotonic_ms=123_456,
        boot="boot-1",
        form=C,
        language="en",
        happened=MORNING,
    )
    return facts.Body(stamp, fact)


def examples() -> dict[str, facts.Body]:
    """Return every example under its golden file's name."""
    named = {type(fact).__name__: body(fact) for fact in FACTS}
    return named | {
        f"Answered.{type(reply).__name__}": body(facts.Answered("form", "item", reply)) for reply in REPLIES
    }
