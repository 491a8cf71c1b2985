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
    told = {"form": form.id, "version": form.version, "earlier": earlier.version}
    signed = _changed(_signed(form), _signed(earlier))
    if signed and new[0] == old[0]:
        raise FormError("publish_signs_anew", **told, items=", ".join(signed), next=f"{old[0] + 1}.0.0")
    asked = _changed(_asked(form), _asked(earlier))
    if asked and new[:2] == old[:2]:
        raise FormError("publish_asks_other", **told, items=", ".join(asked), next=f"{old[0]}.{old[1] + 1}.0")


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


def _changed(new: dict[str, object], old: dict[str, object]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys((*new, *old)) if new.get(name) != old.get(name))
