"""Who acts, as every rule sees it: the person, the role, and whether a PIN was given for this very act."""

from __future__ import annotations

from msgspec import Struct

from chairside.domain.facts import Role

CLINICAL: frozenset[Role] = frozenset({"nurse", "physician"})


class Actor(Struct, frozen=True):
    """Who acts: the staff person, the role, whether a PIN was given for this very act, and their own name.

    An empty name is not compared with the one under a signature: the session always fills it.
    """

    person: str
    role: Role
    proved: bool = False
    name: str = ""


def clinical(actor: Actor) -> str | None:
    """Refuse whoever is neither nurse nor physician."""
    return None if actor.role in CLINICAL else "not_this_role"


def may_do(owner: str, role: Role, *, alone: bool) -> bool:
    """Tell whether a role may do what is an owner's; `alone`: a physician may do a nurse's part too (T6)."""
    if owner == "any":
        return role in CLINICAL
    return role == owner or (alone and owner == "nurse" and role == "physician")


def own_name(name: str, actor: Actor) -> str | None:
    """Refuse a staff signature under another person's name."""
    return None if actor.name in ("", name) else "name_differs"


def physician_pin(actor: Actor) -> str | None:
    """Refuse everybody but a physician who gave a PIN for this act."""
    return None if actor.role == "physician" and actor.proved else "physician_pin_needed"


def staff_pin(actor: Actor) -> str | None:
    """Refuse whoever is not clinical staff, or gave no PIN for this act."""
    if not actor.proved:
        return "pin_needed"
    return clinical(actor)
