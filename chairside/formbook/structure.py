"""The shape of form.toml, RELEASES.toml and visit.toml, checked so that every complaint is told at once.

The pydantic models are made from the domain's own structs: a new field or kind of item is known
here without another line. msgspec alone would stop at the first fault.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal, TypeVar, get_args

import msgspec
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from chairside.domain.form import Item, Step
from chairside.formbook.source import MOST_ITEMS, Complaints, Source, line_of

NAME = r"^[a-z][a-z0-9_]{0,39}$"
VERSION = r"^\d{1,3}\.\d{1,3}\.\d{1,3}$"
Id = Annotated[str, Field(pattern=NAME)]
_Names = Annotated[list[str], Field(max_length=MOST_ITEMS)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Release(_Closed):
    """One published version; SAMPLE where nobody has approved it."""

    version: Annotated[str, Field(pattern=VERSION)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    effective_from: date
    approved_by: Annotated[str, Field(min_length=1)]
    approved_on: date | Literal["SAMPLE"]
    second: Annotated[str, Field(min_length=1)] = ""  # who read it as well; `publish` asks for both


class Releases(_Closed):
    """RELEASES.toml: every version that was ever published, oldest first."""

    release: Annotated[list[Release], Field(min_length=1, max_length=MOST_ITEMS)]


def _fields(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """Return a struct's fields as pydantic takes them; a TOML array is a list, never a tuple."""
    fields: dict[str, Any] = {}
    for known in msgspec.structs.fields(struct):
        kind: Any = _Names if known.type == tuple[str, ...] else known.type
        if known.name == "id":
            kind = Id
        fields[known.name] = (kind, ... if known.default is msgspec.NODEFAULT else known.default)
    return fields


def _item_model(struct: type[msgspec.Struct]) -> Any:
    tag = str(struct.__struct_config__.tag)
    kind: Any = Literal[tag]  # the tag is data here
    return create_model(struct.__name__, __base__=_Closed, kind=(kind, ...), **_fields(struct))


_AnyItem: Any = Annotated[
    reduce(or_, [_item_model(struct) for struct in get_args(Item)]), Field(discriminator="kind")
]
_FormFile = create_model(
    "_FormFile",
    __base__=_Closed,
    item=(Annotated[list[_AnyItem], Field(min_length=1, max_length=MOST_ITEMS)], ...),
)
_AnyStep: Any = create_model("_AnyStep", __base__=_Closed, **_fields(Step))
_StepFile = create_model(
    "_StepFile",
    __base__=_Closed,
    step=(Annotated[list[_AnyStep], Field(min_length=1, max_length=MOST_ITEMS)], ...),
)
Model = TypeVar("Model", bound=BaseModel)


def _plain(error: Any) -> str:
    key = str(error["loc"][-1]) if error["loc"] else ""
    told = {
        "missing": f"'{key}' is missing",
        "extra_forbidden": f"'{key}' is not a known key here",
        "union_tag_invalid": f"kind {str(error.get('ctx', {}).get('tag'))!r} is not a known kind of item",
        "union_tag_not_found": "'kind' is missing",
        "string_pattern_mismatch": f"'{key}' is not written as it must be: {error.get('input')!r}",
    }
    return told.get(error["type"], f"'{key}': {error['msg']}")


def _where(source: Source, loc: tuple[int | str, ...]) -> int:
    """Return the line a pydantic location speaks of: (table, index, [kind], key, ...)."""
    if len(loc) < 2 or not isinstance(loc[1], int):
        key = str(loc[0]) if loc else ""
        return max(line_of(source, key=key), line_of(source, table=key))
    keys = [str(part) for part in loc[2:] if isinstance(part, str)]
    lines = [line_of(source, str(loc[0]), loc[1], key) for key in keys]
    return max(lines, default=line_of(source, str(loc[0]), loc[1]))


def _checked(model: type[Model], told: object, source: Source, complaints: Complaints) -> Model | None:
    try:
        return model.model_validate(told)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            loc = (*fault["loc"], "kind") if fault["type"].startswith("union_tag") else fault["loc"]
            complaints.add(source.name, _where(source, loc), _plain(fault))
        return None


def items(source: Source, told: dict[str, object], complaints: Complaints) -> tuple[Item, ...]:
    """Return the items of a form.toml; none after a complaint."""
    if _checked(_FormFile, told, source, complaints) is None:
        return ()
    return msgspec.convert(told["item"], tuple[Item, ...])


def steps(source: Source, told: dict[str, object], complaints: Complaints) -> tuple[Step, ...]:
    """Return the steps of visit.toml; none after a complaint."""
    if _checked(_StepFile, told, source, complaints) is None:
        return ()
    return msgspec.convert(told["step"], tuple[Step, ...])


def releases(source: Source, told: dict[str, object], complaints: Complaints) -> tuple[Release, ...]:
    """Return the releases, oldest first; none after a complaint."""
    checked = _checked(Releases, told, source, complaints)
    return tuple(checked.release) if checked else ()
