"""A form: the clinic's questions and words, as values; loaded and linted by formbook.

Logic and prose are apart: items say what is asked and what it weighs, `Prose` holds every word.
The kinds of item are a closed union; adding a question of a known kind touches no Python.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import Literal, TypeAlias, get_args

from msgspec import NODEFAULT, Struct, field, structs

from chairside.domain.facts.kinds import Signer
from chairside.domain.source import SOURCE

Owner: TypeAlias = Literal["patient", "nurse", "physician", "any"]
Manner: TypeAlias = Literal[
    "reading", "questions", "picker", "sheet", "review", "signing", "record", "procedure", "desk"
]
Closing: TypeAlias = Literal["read", "tap", "pin", "decision", "signature", "countersign", "seal", "marks"]
Due: TypeAlias = Literal["always", "signed_ahead", "minor"]


class Verdict(IntEnum):
    """What the gate says, laxest first, so that the worst is `max`."""

    CLEAR = 0
    PHYSICIAN = 1
    INCOMPLETE = 2
    HOLD = 3
    DEFER = 4
    DO_NOT_TREAT = 5

    @property
    def word(self) -> str:
        """The verdict as it is written in files: lower case with underscores."""
        return self.name.lower()


Weight: TypeAlias = Literal["none", "relative", "defer", "do_not_treat"]
STRICTNESS: dict[str, int] = {weight: place for place, weight in enumerate(get_args(Weight))}


class _Item(Struct, frozen=True, tag_field="kind", kw_only=True, forbid_unknown_fields=True):
    """What every item has: an id that is also its FHIR linkId, and who answers it.

    `off`: shipped and linted, yet not asked until the clinic takes the line away (C10). `only_if`: an item
    of the same form and the options of it after one of which this is asked.
    """

    id: str
    required: bool = True
    owner: Owner = "any"
    tags: tuple[str, ...] = ()
    clinic_added: bool = False
    off: bool = False
    only_if: tuple[str, ...] = ()


class Statement(_Item, frozen=True, tag="statement", kw_only=True):
    """Text to be read on a page of its own; `statutory` text is verbatim and never scaled below 40 pt."""

    statutory: bool = False
    qr: str = ""


class Choice(_Item, frozen=True, tag="choice", kw_only=True):
    """One of several options, none preset. `weight` is what a yes means; `right` makes it teach-back."""

    options: tuple[str, ...] = ("yes", "no", "unsure")
    weight: Weight = "none"
    right: str = ""
    explains: str = ""
    private: bool = False
    mitigations: tuple[str, ...] = ()  # what may lift a yes: the physician's ruling names one of them (Q27)


class Several(_Item, frozen=True, tag="several", kw_only=True):
    """Any of several options, none preset; the option `none` stands alone, where there is one."""

    options: tuple[str, ...]
    none: str = ""
    private: bool = False

    def tapped(self, chosen: tuple[str, ...], option: str) -> tuple[str, ...]:
        """Return what is chosen after a tap on one more option, or on one to let go of.

        The last one stays: nothing chosen would be an answer that nobody gave.
        """
        left = {option} if option == self.none else ({*chosen} ^ {option}) - {self.none}
        return tuple(each for each in self.options if each in left) or chosen


class Moment(_Item, frozen=True, tag="moment", kw_only=True):
    """A day or an instant, never in the future unless the item says so."""

    precision: Literal["day", "minute"] = "day"
    future: bool = False


class Measure(_Item, frozen=True, tag="measure", kw_only=True):
    """A number in one of the units; limits are decimal text, one for each unit in their order."""

    units: tuple[str, ...]
    least: tuple[str, ...]
    most: tuple[str, ...]


class Code(_Item, frozen=True, tag="code", kw_only=True):
    """A code from a label: scanned once, or typed twice."""

    twice: bool = True
    many: bool = False  # several labels, one reply `CodesRead`


class Drugs(_Item, frozen=True, tag="drugs", kw_only=True):
    """Rows of drugs with last dose. Units: hours before, days after; stricter than the floor only."""

    washout_hours: int = 72
    resume_days: int = 21
    tiles: tuple[str, ...] = ()


class Dose(_Item, frozen=True, tag="dose", kw_only=True):
    """A dose given or not given."""

    drug: str
    doses: tuple[str, ...]
    forms: tuple[str, ...]


class Panel(_Item, frozen=True, tag="panel", kw_only=True):
    """Lines of laboratory tests with a result each."""

    tests: tuple[str, ...]


class Text(_Item, frozen=True, tag="text", kw_only=True):
    """Free text of limited length (characters); `expires` makes it a label's date, not yet passed."""

    most: int = 200
    expires: bool = False


class Picture(_Item, frozen=True, tag="picture", kw_only=True):
    """A photograph."""


class Initial(_Item, frozen=True, tag="initial", kw_only=True):
    """One tap that acknowledges the statement named by `covers`, on the same page."""

    covers: str


class Ink(_Item, frozen=True, tag="ink", kw_only=True):
    """A signature pad."""

    signer: Signer


Item: TypeAlias = (
    Statement
    | Choice
    | Several
    | Moment
    | Measure
    | Code
    | Drugs
    | Dose
    | Panel
    | Text
    | Picture
    | Initial
    | Ink
)


def is_private(item: Item) -> bool:
    """Tell whether the patient may answer this alone, by their own tap (product.md P2)."""
    return isinstance(item, Choice | Several) and item.private


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one item: title, paragraphs ("- " starts a list line), help, option labels."""

    title: str
    body: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)


class Prose(Struct, frozen=True, forbid_unknown_fields=True):
    """All words of a form in one language; `reviewed_by` empty means SAMPLE.

    A translation says the digest of the English it was made from (`translates`); where that English has
    changed since, it is `stale`.
    """

    language: str
    title: str
    status: Literal["sample", "draft", "approved", "stale"]
    reviewed_by: str
    reviewed_on: str
    items: dict[str, Words]
    machine_assisted: bool = False
    translates: str = ""


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """One version of one form; `digest` is the SHA-256 (hex) of its canonical content."""

    id: str
    version: str
    digest: str
    items: tuple[Item, ...]
    prose: dict[str, Prose]

    def item(self, item_id: str) -> Item | None:
        """Return the item with this id, or None."""
        return next((item for item in self.items if item.id == item_id), None)

    def told_in(self, language: str) -> Prose:
        """Return the form's prose in this language, or in English where it has no other."""
        return self.prose.get(language) or self.prose[SOURCE]

    def words(self, item_id: str, language: str) -> Words:
        """Return the item's words in this language, or in English where there is no other."""
        return self.told_in(language).items[item_id]


def major(version: str) -> int:
    """Return the first number of a form's version: where it rose, the patient signs again (P6)."""
    return int(version.partition(".")[0])


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the visit: whose it is, how it looks, what must be done before it."""

    id: str
    owner: Owner
    manner: Manner
    form: str
    needs: tuple[str, ...]
    closes: Closing
    due: Due = "always"  # signed_ahead: the consent is of an earlier day (P6); minor: a child is asked (Q14)


class VisitPlan(Struct, frozen=True, forbid_unknown_fields=True):
    """The steps of a visit in rail order; `digest` is the SHA-256 (hex) of their canonical content."""

    digest: str
    steps: tuple[Step, ...]

    def step(self, step_id: str) -> Step:
        """Return the step with this id. Raises: KeyError."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)


_fields = cache(structs.fields)  # it reads the annotations anew each time


def _stripped(value: object) -> object:
    match value:
        case Struct():
            tag = value.__struct_config__.tag
            told: dict[str, object] = {"kind": tag} if tag else {}
            for known in _fields(type(value)):
                held = getattr(value, known.name)
                factory = known.default_factory
                default = known.default if factory is NODEFAULT else factory()
                if held != default:
                    told[known.name] = _stripped(held)
            return told
        case tuple():
            return [_stripped(part) for part in value]
        case dict():
            return {name: _stripped(part) for name, part in value.items()}
        case _:
            return value


def content(whole: Form | VisitPlan) -> dict[str, object]:
    """Return what a digest covers: everything but the digest, without fields left at their default.

    A field added later with a default therefore leaves every published digest as it was.
    """
    told = _stripped(whole)
    assert isinstance(told, dict)
    return {name: part for name, part in told.items() if name != "digest"}
