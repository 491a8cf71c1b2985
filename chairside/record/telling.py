"""How a record puts things into words: sentences, people, times, replies and findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from chairside.domain import folding
from chairside.domain import vial as vials
from chairside.domain.codes.identity import identity
from chairside.domain.doses import AS_ORDERED
from chairside.domain.evidence import in_words
from chairside.domain.facts import Answered, HandedOver, IdentityConfirmed, PageRead, PaperChosen, Stamped
from chairside.domain.form import Form, Item
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    ChosenSeveral,
    Coded,
    CodesRead,
    DoseGiven,
    DoseNotGiven,
    DrugsTaken,
    Initialled,
    LastDose,
    Measured,
    Never,
    NotSure,
    OnDate,
    PanelRead,
    Pictured,
    Reply,
    Written,
)
from chairside.domain.vial import Vial
from chairside.domain.visit import Visit
from chairside.record.content import Content, Found
from chairside.record.local import local
from chairside.record.speech import Speech, begun


@dataclass(frozen=True)
class Teller(Speech):
    """The content, the visit folded from it, and the language of the part being told."""

    content: Content
    visit: Visit
    digest: str  # SHA-256 (hex) of record.json
    streams: dict[str, tuple[Stamped, ...]] = field(default_factory=dict)
    by_patient: dict[str, str] = field(default_factory=dict)  # hash -> who held the tablet
    from_paper: frozenset[str] = frozenset()  # hashes of what staff copied from the patient's paper

    # -- words ----------------------------------------------------------------------------------
    def title(self, form_id: str, item: str) -> str:
        """Return an item's title by ids."""
        form = self.content.form(form_id)
        return self.words(form, item).title if form else item.replace("_", " ")

    def step(self, step_id: str) -> str:
        """Return a step's name."""
        return self.say(f"step.{step_id}")

    def signed_for(self, form: Form) -> str:
        """Return what a signature on a form is under: words of the record's own, else the form's title."""
        key = f"signed_what.{form.id}"
        return self.say(key) if self.knows(key) else self.prose(form).title

    # -- people and time ------------------------------------------------------------------------
    def name(self, person: str) -> str:
        """Return a person's name, or their id where the content does not know them."""
        known = self.content.people.get(person)
        return known.name if known else person

    def role(self, person: str) -> str:
        """Return a person's role in words."""
        known = self.content.people.get(person)
        return self.say(f"role.{known.role}") if known else self.say("role.unknown")

    def both_times(self, at: datetime) -> str:
        """Return the clinic's time with its zone, and UTC."""
        return self.say("time.both", local=self.moment(at), zone=self.zone, utc=f"{at:%Y-%m-%d %H:%M:%S}")

    def by(self, stamped: Stamped) -> str:
        """Return who and when."""
        at = stamped.stamp.happened or stamped.stamp.utc
        late = self.say("time.late") if stamped.stamp.happened else ""
        paper = self.say("time.from_paper") if stamped.hash in self.from_paper else ""
        return self.who_when(stamped, at) + late + paper

    def who_when(self, stamped: Stamped, at: datetime) -> str:
        """Return who did it, and when."""
        return self.say("time.by", person=self.actor(stamped), time=self.hour(at))

    def hour(self, at: datetime) -> str:
        """Return the time of day with its zone; the day too where it is not the day the visit ended."""
        same = local(at, self.zone).date() == local(self.visit.facts[-1].stamp.utc, self.zone).date()
        return self.time_of_day(at) if same else self.moment(at)

    def time_of_day(self, at: datetime) -> str:
        """Return the time of day with its zone, where the day stands beside it."""
        return f"{self.clock(at)} {local(at, self.zone).tzname()}"

    def actor(self, stamped: Stamped) -> str:
        """Return who did it: who held the tablet on the patient's side, else the person of the stamp."""
        signer = self.by_patient.get(stamped.hash)
        return self.say(f"role.{signer}") if signer else self.name(stamped.stamp.person)

    # -- replies --------------------------------------------------------------------------------
    def option(self, form_id: str, item: str, option: str) -> str:
        """Return an option's label; what is no known option was typed, and stands as it was."""
        form = self.content.form(form_id)
        label = self.words(form, item).options.get(option) if form else None
        key = f"option.{option}"
        return label or (self.say(key) if self.knows(key) else option)

    def last_dose(self, dose: LastDose) -> str:
        """Return the last dose of a medicine in words."""
        match dose:
            case Never():
                return self.say("dose.never")
            case NotSure():
                return self.say("dose.unsure")
            case OnDate(day):
                return self.say("dose.on_day", day=self.day(day))
            case AtMoment(at):
                return self.moment(at)
            case _:
                assert_never(dose)

    def reply(self, form_id: str, item: str, reply: Reply) -> str:  # noqa: C901, PLR0911, PLR0912
        """Return any reply in words."""
        # one line per kind, so that the type checker finds a missing one
        match reply:
            case Chosen(option):
                return self.option(form_id, item, option)
            case ChosenSeveral(options):
                return "; ".join(self.option(form_id, item, option) for option in options)
            case OnDate(day):
                return self.day(day)
            case AtMoment(at):
                return self.moment(at)
            case Measured(value, unit):
                return in_words(value, unit)
            case Coded(text, entered):
                return f"{text} ({self.say(f'entered.{entered}')})"
            case Written(text):
                return text
            case Pictured(digest):
                return self.say("reply.picture", digest=digest[:16])
            case Initialled():
                return self.say("reply.initialled")
            case DrugsTaken(rows):
                return "; ".join(f"{row.name}: {self.last_dose(row.last_dose)}" for row in rows) or self.say(
                    "reply.none"
                )
            case DoseGiven(at, dose, form):
                amount = begun(self.say("dose.as_ordered")) if dose == AS_ORDERED else dose
                way = self.option(form_id, item, form)
                return self.say("dose.given", dose=amount, form=way, time=self.moment(at))
            case DoseNotGiven(reason):
                return self.say("dose.not_given", reason=reason)
            case CodesRead(codes):
                read = "; ".join(self.reply(form_id, item, code) for code in codes)
                return read or self.say("reply.no_codes")
            case PanelRead(rows):
                return "; ".join(f"{self.test(row.test)}: {self.say(f'result.{row.result}')}" for row in rows)
            case _:
                assert_never(reply)

    def test(self, test: str) -> str:
        """Return the name of a laboratory test."""
        return self.say(f"test.{test}") if self.knows(f"test.{test}") else test.replace("_", " ").upper()

    def finding(self, found: Found) -> str:
        """Return a finding in words, by its id or else by the questions it rests on."""
        about = found.about  # a question, a medicine or a label: as it was typed
        asked = "; ".join(self.title_of(item) for item in found.items)
        if self.knows(f"finding.{found.id}"):
            return self.say(f"finding.{found.id}", item=asked, about=about, days=found.days)
        return asked + (f" ({about})" if about else "")

    # -- items whose form is not known -----------------------------------------------------------
    def _form_with(self, item: str) -> Form | None:
        return next((form for form in self.content.forms if form.item(item)), None)

    def item(self, item: str) -> Item | None:
        """Return an item by its id alone."""
        form = self._form_with(item)
        return form.item(item) if form else None

    def title_of(self, item: str) -> str:
        """Return an item's title by its id alone."""
        form = self._form_with(item)
        return self.words(form, item).title if form else item.replace("_", " ")

    def reply_to(self, item: str, reply: Reply) -> str:
        """Return a reply in words, the item known by its id alone."""
        form = self._form_with(item)
        return self.reply(form.id if form else "", item, reply)


def spaced(digest: str) -> str:
    """Return a digest in groups of four, as people compare it with paper."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def teller(content: Content, digest: str) -> Teller:
    """Return a teller of this content in the patient's language, the visit folded with patient and vial."""
    streams: dict[str, tuple[Stamped, ...]] = {}
    for stamped in content.stamped():
        streams[stamped.stamp.stream] = (*streams.get(stamped.stamp.stream, ()), stamped)
    visit = folding.fold(content.visit, streams.get(f"visit:{content.visit}", ()))
    for name, facts in streams.items():
        if name.startswith("patient:"):
            visit = folding.with_patient(visit, facts)
    visit = folding.with_vials(visit, _vials(streams, visit.codes))
    marks = _by_patient(visit.facts), _from_paper(content, visit.facts)
    speech = content.language, content.words, content.clinic.zone
    return Teller(*speech, content, visit, digest, streams, *marks)


def _vials(streams: dict[str, tuple[Stamped, ...]], codes: tuple[str, ...]) -> tuple[Vial, ...]:
    """Return the vials with their sheets, in the order their codes were read."""
    held, read = [], [identity(code).key for code in codes]

    def place(vial: Vial) -> int:
        key = identity(vial.code).key
        return read.index(key) if key in read else len(read)

    for name, facts in streams.items():
        if name.startswith("vial:"):
            alone = vials.fold(facts)
            held.append(vials.fold(facts, streams.get(alone.sheet_stream, ())))
    return tuple(sorted(held, key=place))


def _by_patient(facts: tuple[Stamped, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    who = ""  # nobody but the staff
    for stamped in facts:
        if isinstance(stamped.fact, HandedOver):
            who = "patient" if stamped.fact.to == "patient" else ""
        elif who:
            who = stamped.fact.who if isinstance(stamped.fact, IdentityConfirmed) else who
            found[stamped.hash] = who
    return found


def _is_theirs(fact: object, theirs: set[str]) -> bool:
    """Tell whether a fact is of what the patient reads and answers: a page is theirs on any form."""
    return isinstance(fact, PageRead) or (isinstance(fact, Answered) and fact.form in theirs)


def _from_paper(content: Content, facts: tuple[Stamped, ...]) -> frozenset[str]:
    """Return what staff wrote down of the patient's own part after the turn to paper (P8)."""
    theirs = {step.form for step in content.plan.steps if step.owner == "patient"}
    found, on_paper = set(), False
    for stamped in facts:
        fact = stamped.fact
        if isinstance(fact, PaperChosen):
            on_paper = True
        elif isinstance(fact, HandedOver) and fact.to == "patient":
            on_paper = False  # back on glass
        elif on_paper and _is_theirs(fact, theirs):
            found.add(stamped.hash)
    return frozenset(found)
