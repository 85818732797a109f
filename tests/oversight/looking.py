"""Asking for looks, granting them, and opening what they open."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from households.models import Household
from oversight.domain.looking import look_at_household, look_at_list, look_open_to
from oversight.domain.looks import LookDraft, ask_for_look, give_look
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.models import GrantedLook
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import actor_of, employed
from tests.oversight.ground import (
    TOWNSHIP,
)

DAYS = timedelta(days=10)


def draft(**changes: Any) -> LookDraft:
    values: dict[str, Any] = {
        "reader": "reader",
        "area_code": TOWNSHIP,
        "purpose": "数据质量检查",
        "starts_on": today(),
        "ends_on": today() + DAYS,
    }
    return LookDraft(**{**values, **changes})


def guardian(actor: Actor) -> Actor:
    """Give the security administrator of a county."""
    return replace(employed(actor_of(Role.SECURITY_ADMINISTRATOR)), tenant_id=actor.tenant_id,
                   tenant_code=actor.tenant_code, ranges=())  # fmt: skip


def granted(actor: Actor, **changes: Any) -> GrantedLook:
    """Ask for a look in a county, and let its security administrator grant it."""
    with tenant_scope(actor):
        grant = ask_for_look(draft(**changes), actor=actor)
    with tenant_scope(guardian(actor)) as decider:
        give_look(grant.pk, actor=decider)
    return GrantedLook.objects.get(grant_id=grant.pk)


def numbers(look: GrantedLook, actor: Actor, shown: str = "lifted") -> set[str]:
    """Give the numbers of the households that a look shows, as its reader opens it."""
    with tenant_scope(actor):
        return {row.number for row in look_at_list(look.pk, shown, actor=actor).rows}


def is_shut(look_id: UUID, actor: Actor, household_id: UUID | None = None) -> bool:
    """Tell whether nothing can be opened, with the one sentence for every reason."""
    with tenant_scope(actor):
        for attempt in (
            lambda: look_at_list(look_id, "lifted", actor=actor),
            lambda: look_at_household(look_id, household_id or uuid4(), actor=actor),
            lambda: look_open_to(look_id, actor=actor),
        ):
            with pytest.raises(NotFound) as refused:
                attempt()
            assert refused.value.code == "look.none"
    return True


def holder(actor: Actor) -> UUID:
    assert actor.user_id is not None
    return actor.user_id


def numbers_in(actor: Actor, *villages: str) -> set[str]:
    with tenant_scope(actor):
        return set(Household.objects.filter(scope_code__in=villages).values_list("number", flat=True))


def in_scope(actor: Actor) -> list[Household]:
    with tenant_scope(actor):
        return list(Household.objects.all())
