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


def allowed(actor: Actor, action: str, subject: object = None) -> bool:
    """Tell whether the actor may do the action, and on this subject where one is given.

    Raises: KeyError for an action that nobody named.
    """
    rule = _rules[action]
    if actor.role not in rule.roles:
        return False
    return rule.when is None or subject is None or rule.when(actor, subject)


def require(actor: Actor, action: str, subject: object = None) -> None:
    """Go on only when the actor may. Raises: NotAllowed."""
    if not allowed(actor, action, subject):
        raise NotAllowed(
            "access.not_allowed",
            _("Your role does not allow this. Ask the county office, or choose another of your roles."),
        )
