"""Which part of a version's number must rise for what changed: a text people sign is signed anew (P6)."""

from __future__ import annotations

from chairside.domain.form import Choice, Form, Initial, Ink, Item, Statement
from chairside.domain.languages import may_be_shown
from chairside.errors import FormError

_READ = "consent"  # with the notices: read, initialled and answered, and signed for on a page of its own
_NOTICES = "notices_"


def demand(form: Form, earlier: Form) -> None:
    """Refuse a number that rose too little since the version in force.

    What a person signs (statements, initials, signature lines, questions asked back; without its help)
    raises the first number: then who signed the old text signs again. That is so in each language in which
    patients could sign before and still can; a draft was signed by nobody. A question that came, went or
    works otherwise raises the second. Raises: FormError("publish_signs_anew" | "publish_asks_other").
    """
    new, old = _parts(form.version), _parts(earlier.version)
    told, was, spoken = form.version, earlier.version, _spoken(form, earlier)
    if new[0] == old[0] and (signed := _changed(_signed(form, spoken), _signed(earlier, spoken))):
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


def _spoken(form: Form, earlier: Form) -> tuple[str, ...]:
    """Return the languages in which a clinic's patients could read the old text and can read the new one."""
    both = (form, earlier)
    known = sorted(set(form.prose) & set(earlier.prose))
    return tuple(each for each in known if all(may_be_shown(one, each, drafts=False) for one in both))


def _signed(form: Form, spoken: tuple[str, ...]) -> dict[str, object]:
    """Return what a signature on a form, or for it, stands under: item -> its logic and words."""
    held = [item for item in form.items if _is_signed(form) and _binds(item)]
    return {item.id: (item, [_told(form, item, each) for each in spoken]) for item in held}


def _told(form: Form, item: Item, language: str) -> tuple[object, ...]:
    said = form.prose[language].items[item.id]
    return said.title, said.body, said.options


def _asked(form: Form) -> dict[str, object]:
    return {item.id: item for item in form.items}


def _changed(new: dict[str, object], old: dict[str, object]) -> str:
    return ", ".join(name for name in dict.fromkeys((*new, *old)) if new.get(name) != old.get(name))
