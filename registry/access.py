"""The rules table: who may do what. Admin site, REST, reports and jobs ask it by the same names.

Each app names its actions in `<app>/rules.py` with `allow`. An action that nobody named is a programming error.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.enums import Role
from registry.lib.errors import NotAllowed
from registry.tenancy.context import Actor

Predicate = Callable[[Actor, Any], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: the roles that may, and what must hold of the subject besides."""

    action: str
    roles: frozenset[Role]
    when: Predicate | None = None


_rules: dict[str, Rule] = {}


def allow(action: str, *, roles: Collection[Role], when: Predicate | None = None) -> None:
    """Name an action (`app.verb`), the roles that may do it, and a predicate of actor and subject."""
    if action in _rules:
        raise ValueError(f"The action {action} is named twice.")
    _rules[action] = Rule(action, frozenset(roles), when)


def rules() -> list[Rule]:
    """Give the table, for its documentation and its tests."""
    return sorted(_rules.values(), key=lambda rule: rule.action)


def role_may(actor: Actor, action: str) -> bool:
    """Tell whether the actor's role may do the action on some subject: what a door asks before it knows of any.

    Raises: KeyError for an action that nobody named.
    """
    return actor.role in _rules[action].roles


def allowed(actor: Actor, action: str, subject: object = None) -> bool:
    """Tell whether the actor may do the action on the subject.

    Raises: KeyError for an action that nobody named; ValueError without a subject for one whose rule asks about it.
    """
    rule = _rules[action]
    if rule.when is not None and subject is None:
        raise ValueError(f"The rule of {action} asks about a subject.")
    return actor.role in rule.roles and (rule.when is None or rule.when(actor, subject))


def require_role(actor: Actor, action: str) -> None:
    """Go on only when the actor's role may do the action on some subject. Raises: NotAllowed; KeyError."""
    if not role_may(actor, action):
        raise _refused()


def require(actor: Actor, action: str, subject: object = None) -> None:
    """Go on only when the actor may do the action on the subject. Raises: NotAllowed; as `allowed`."""
    if not allowed(actor, action, subject):
        raise _refused()


def _refused() -> NotAllowed:
    return NotAllowed(
        "access.not_allowed",
        _("Your role does not allow this. Ask the county office, or choose another of your roles."),
    )
