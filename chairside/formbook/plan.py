"""Reads visit.toml: the steps of a visit, which form each shows and what each waits for."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from chairside.canon.encoding import digest
from chairside.domain.form import Closing, Due, Owner, Step, VisitPlan, content
from chairside.formbook.source import Complaints, Source, line_of, parsed, read
from chairside.formbook.structure import steps

FILE = "visit.toml"
PROFILE = "{profile}"  # in a step's form: the clinic's state profile
# What each step must at least wait for, and how it closes: the plan may ask for more, never for less.
# Source: product.md P2.
NEEDS: dict[str, frozenset[str]] = {
    "open": frozenset(),
    "health_check": frozenset({"open"}),
    "medicines": frozenset({"open"}),
    "notices": frozenset({"open"}),
    "read": frozenset({"open"}),
    "decision": frozenset({"health_check", "medicines", "read", "notices"}),
    "assent": frozenset({"decision"}),
    "sign": frozenset({"decision", "assent"}),
    "reaffirm": frozenset({"sign"}),
    "premedication": frozenset({"reaffirm"}),
    "vial": frozenset({"reaffirm"}),
    "countersign": frozenset({"premedication", "vial"}),
    "record": frozenset({"countersign"}),
    "procedure": frozenset({"record"}),
}
CLOSES: dict[str, Closing] = {
    "health_check": "pin",
    "decision": "decision",
    "assent": "signature",
    "sign": "signature",
    "reaffirm": "signature",
    "vial": "pin",
    "countersign": "countersign",
    "record": "seal",
    "procedure": "marks",
}
# Acts that close one step of the plan and mean nothing in another.
_ONE_STEP: frozenset[Closing] = frozenset({"decision", "countersign", "seal", "marks"})
OWNERS: dict[str, Owner] = {
    "read": "patient",
    "notices": "patient",
    "decision": "physician",
    "assent": "patient",
    "sign": "patient",
    "reaffirm": "patient",
    "countersign": "physician",
}
# No lock and no PIN on the procedure's page, so no other step may look like it.
_OPEN_PAGE, _AT_THE_CHAIR = "procedure", "procedure"
# What may be left out, and when: reaffirming where the consent is of today (P6), an assent of an adult (Q14).
SOMETIMES: dict[str, Due] = {"reaffirm": "signed_ahead", "assent": "minor"}
NO_FORM = frozenset({"record"})


def _circular(plan: tuple[Step, ...]) -> frozenset[str]:
    """Return the steps that wait, in the end, for themselves."""
    waiting = {step.id: set(step.needs) for step in plan}
    while free := [name for name, needs in waiting.items() if not needs & set(waiting)]:
        for name in free:
            del waiting[name]
    return frozenset(waiting)


def _lint_step(step: Step, known: set[str], forms: frozenset[str]) -> list[tuple[str, str]]:
    """Return (key, text) of every complaint about one step alone."""
    told = [
        ("needs", f"step '{step.id}' needs '{need}', which is no step")
        for need in step.needs
        if need not in known
    ]
    if missing := NEEDS.get(step.id, frozenset()) - set(step.needs):
        told.append(("needs", f"step '{step.id}' must also need {', '.join(sorted(missing))}"))
    if step.closes != CLOSES.get(step.id, step.closes):
        told.append(("closes", f"step '{step.id}' must close by '{CLOSES[step.id]}'"))
    elif step.closes in _ONE_STEP and step.id not in CLOSES:
        told.append(("closes", f"step '{step.id}' cannot close by '{step.closes}'"))
    if step.owner != OWNERS.get(step.id, step.owner):
        told.append(("owner", f"step '{step.id}' must be the {OWNERS[step.id]}'s"))
    if (step.manner == _OPEN_PAGE) != (step.id == _AT_THE_CHAIR):
        told.append(("manner", f"manner '{_OPEN_PAGE}' belongs to the step '{_AT_THE_CHAIR}'"))
    if step.due not in ("always", SOMETIMES.get(step.id)):
        told.append(("due", f"step '{step.id}' is always due"))
    if step.form not in forms and not (step.id in NO_FORM and step.form == ""):
        told.append(("form", f"step '{step.id}' shows '{step.form}', which is no form here"))
    return told


def _lint(source: Source, plan: tuple[Step, ...], forms: frozenset[str], complaints: Complaints) -> None:
    known, circular = {step.id for step in plan}, _circular(plan)
    for index, step in enumerate(plan):
        told = _lint_step(step, known, forms)
        if step.id in circular and not set(step.needs) - known:
            told.append(("needs", f"step '{step.id}' waits in a circle"))
        if step.id in {earlier.id for earlier in plan[:index]}:
            told.append(("id", f"step '{step.id}' stands here twice"))
        for key, text in told:
            complaints.add(source.name, line_of(source, "step", index, key), text)
    for name in sorted(set(NEEDS) - known):
        complaints.add(source.name, 1, f"step '{name}' must be there")


def read_plan(folder: Path, profile: str, forms: frozenset[str], complaints: Complaints) -> VisitPlan:
    """Return the plan for a profile; after a complaint it may be empty."""
    source = read(folder, FILE, complaints)
    told = parsed(source, complaints) if source is not None else None
    if source is None or told is None:
        return VisitPlan("", ())
    written = steps(source, told, complaints)
    plan = tuple(structs.replace(step, form=step.form.replace(PROFILE, profile)) for step in written)
    if plan:
        _lint(source, plan, forms, complaints)
    made = VisitPlan("", plan)
    return structs.replace(made, digest=digest(content(made)))
