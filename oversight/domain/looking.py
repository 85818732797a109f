"""Look at the persons behind a published figure, by a county's grant, in that county's scope and for its area alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from oversight.enums import LookList
from oversight.models import LookGrant
from oversight.queries.looks import (
    LookedHousehold,
    LookedPerson,
    households_of,
    newest_published,
    persons_of,
)
from periods.models import Period
from registry.access import require
from registry.audit import record
from registry.lib.errors import DomainError, NotFound
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.models import GrantedLook
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

ROWS_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class OpenLook:
    """A look that is open now: the county's grant, who looks, and the published period whose households are shown."""

    grant: LookGrant
    actor: Actor
    period: Period
    county_name: str


@dataclass(frozen=True, slots=True)
class LookPage:
    """One page of a list; `following` is the key after which the next one begins."""

    look: OpenLook
    shown: LookList
    rows: tuple[LookedHousehold, ...]
    following: str


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One household with its members."""

    look: OpenLook
    household: LookedHousehold
    persons: tuple[LookedPerson, ...]


def look_at_list(granted_id: UUID, shown: str, *, actor: Actor, after: str = "") -> LookPage:
    """Give one page of the list behind a figure; the opening is audited in the county.

    Raises: NotAllowed; NotFound without an open grant, whatever the reason; DomainError for a list that is none.
    """
    with _opened(granted_id, actor=actor) as look:
        if shown not in LookList.values:
            message = _("There is no such list. Choose one of the page.")
            raise DomainError("look.list", message, field="list")
        rows = households_of(look.period, LookList(shown), look.grant.area_code, after=after, most=ROWS_A_PAGE + 1)
        page = rows[:ROWS_A_PAGE]
        changes = {"list": (None, shown), "period": (None, look.period.name)}
        record("oversight.open_list", look.grant, actor=look.actor, changes=changes, count=len(page))
        following = page[-1].key if len(rows) > ROWS_A_PAGE else ""
        return LookPage(look, LookList(shown), tuple(page), following)


def look_at_household(granted_id: UUID, household_id: UUID, *, actor: Actor) -> LookedAt:
    """Give one household of the area with its members; the opening is audited in the county.

    Raises: NotAllowed; NotFound without an open grant, and for a household outside its area.
    """
    with _opened(granted_id, actor=actor) as look:
        found = persons_of(look.period, household_id, look.grant.area_code)
        if found is None:
            raise _nothing()
        household, persons = found
        changes = {"household_id": (None, household_id), "period": (None, look.period.name)}
        record("oversight.open_household", look.grant, actor=look.actor, changes=changes, count=len(persons))
        return LookedAt(look, household, persons)


def look_open_to(granted_id: UUID, *, actor: Actor) -> OpenLook:
    """Give a look that is open to the actor now, without opening any list. Raises: NotAllowed, NotFound."""
    with _opened(granted_id, actor=actor) as look:
        return look


@contextmanager
def _opened(granted_id: UUID, *, actor: Actor) -> Iterator[OpenLook]:
    """Enter the county's scope for the area of an open grant; the grant is read anew for each opening.

    It is read in a scope without any range, in which no household is visible, before the one of its area is opened.
    """
    require(actor, "oversight.look")
    rows = GrantedLook.objects.select_related("tenant").filter(pk=granted_id, user=actor.user_id)
    pointer = rows.filter(tenant__is_active=True).first()
    if pointer is None or not actor.covers(pointer.tenant.code):
        raise _nothing()
    visitor = replace(actor, tenant_id=pointer.tenant_id, tenant_code=pointer.tenant.code, ranges=())
    with tenant_scope(visitor):
        grant = LookGrant.objects.select_related("reader").filter(pk=pointer.grant_id, reader=actor.user_id).first()
        period = newest_published()
    if grant is None or period is None or not grant.is_open_on(today()):
        raise _nothing()
    with tenant_scope(replace(visitor, ranges=(subtree(grant.area_code),))) as looking:
        yield OpenLook(grant, looking, period, pointer.tenant.name)


def _nothing() -> NotFound:
    return NotFound("look.none", _("There is nothing here that is open to you."))
