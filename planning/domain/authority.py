"""The authority for which somebody plans: a county, or a prefecture or region above the counties."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotAllowed
from registry.lib.gbcode import Level, level_of, subtree
from registry.models import PLATFORM_TENANT_ID
from registry.queries.tenants import platform_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope


def authority_code(actor: Actor) -> str:
    """Give the division whose units and plans the actor makes: the county's own, or the one of the post above it.

    Raises: NotAllowed when a post above the counties is for several divisions, so that none is meant.
    """
    if actor.tenant_id != PLATFORM_TENANT_ID:
        return actor.tenant_code
    if len(actor.ranges) != 1 or level_of(actor.ranges[0].lo) not in {Level.PREFECTURE, Level.PROVINCE}:
        message = _("Your post is for several divisions. A plan is of one: ask for a post of that division alone.")
        raise NotAllowed("dispatch.no_one_division", message)
    return actor.ranges[0].lo


@contextmanager
def at_authority(code: str, *, origin: str) -> Iterator[Actor]:
    """Work in the platform's tenant on the rows of one authority, for a letter that reaches it."""
    with tenant_scope(dataclasses.replace(platform_actor(origin=origin), ranges=(subtree(code),))) as actor:
        yield actor
