"""Which part of a version's number must rise for what changed: a text people sign is signed anew (P6)."""

from __future__ import annotations

from chairside.domain.form import SOURCE, Choice, Form, Initial, Ink, Item, Statement
from chairside.errors import FormError

_READ = "consent"  # with the notices: read, initialled and answered, and signed for on a page of its own
_NOTICES = "notices_"


def demand(form: Form, earlier: Form) -> None:
    """Refuse a number that rose too little since the version in force.

    What a person signs (statements, initials, signature lines, questions asked back; in English, without
    its help) raises the first number: then who signed the old text signs again. A question that came, went
    or works otherwise raises the second. Raises: FormError("publish_signs_anew" | "publish_asks_other").
    """
    new, old = _parts(form.version), _parts(earlier.version)
    told, was = form.version, earlier.version
    if new[0] == old[0] and (signed := _changed(_signed(form), _signed(earlier))):
        to = f"{old[0] + 1}.0.0"
        raise FormError("publish_signs_anew", form=form.id, version=told, earlier=was, items=signed, next=to)
    if new[:2] == old[:2] and (asked := _changed(_asked(form), _asked(earlier))):
        to = f"{old[0]}.{old[1] + 1}.0"
        raise FormError("publish_asks_other", form=form.id, version=told, earlier=was, items=asked, next=to)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _is_signed(form: Form) -> bool:
    return form.id == _READ or form.id.startswith(_NOTICES) or any(isinstance(i, Ink) for i in form.items)


def _binds(item: Item) -> bool:
    return isinstance(item, Statement | Initial | Ink) or (isinstance(item, Choice) and bool(item.right))


def _signed(form: Form) -> dict[str, object]:
    """Return what a signature on a form, or for it, stands under: item -> its logic and words."""
    if not _is_signed(form):
        return {}
    words = form.prose[SOURCE].items
    held = ((item, words[item.id]) for item in form.items if _binds(item))
    return {item.id: (item, said.title, said.body, said.options) for item, said in held}


def _asked(form: Form) -> dict[str, object]:
    return {item.id: item for item in form.items}


def _changed(new: dict[str, object], old: dict[str, object]) -> str:
    return ", ".join(name for name in dict.fromkeys((*new, *old)) if new.get(name) != old.get(name))
