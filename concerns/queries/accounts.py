"""Accounts at work in the county, asked for by the name of the login: nobody here reads a list of them."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry.enums import Role
from registry.lib.errors import NotFound
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.models import Membership
from registry.queries.people import valid_on
from registry.tenancy.context import Actor


def posts_in_county(user_ids: Iterable[UUID], *, actor: Actor) -> set[Role]:
    """Give the roles in which any of these people work in the actor's county today."""
    rows = Membership.objects.filter(valid_on(today()), user__in=list(user_ids), tenant=actor.tenant_id)
    return {Role(role) for role in rows.values_list("role", flat=True)}


def login_in_county(username: str, *, actor: Actor) -> UUID:
    """Give the id of who works in the actor's county under the name of a login. Raises: NotFound."""
    rows = Membership.objects.filter(
        valid_on(today()), user__username=username.strip().lower(), tenant=actor.tenant_id, user__is_active=True
    )
    found = rows.values_list("user_id", flat=True).first()
    if found is None:
        raise _nobody()
    return found


def account_at_work(username: str, role: Role, *, code: str, actor: Actor) -> UUID:
    """Give the id of who works in that role for a division that holds the code. Raises: NotFound."""
    rows = Membership.objects.filter(
        valid_on(today()),
        user__username=username.strip().lower(),
        user__is_active=True,
        tenant=actor.tenant_id,
        role=role,
    )
    for user_id, division_code in rows.values_list("user_id", "division_code"):
        if subtree(division_code).contains(code):
            return user_id
    raise _nobody()


def holders_of(role: Role, division_codes: Iterable[str], *, actor: Actor) -> set[UUID]:
    """Give the ids of all who work in that role for just these divisions today."""
    rows = Membership.objects.filter(
        valid_on(today()), tenant=actor.tenant_id, role=role, division_code__in=list(division_codes)
    )
    return set(rows.values_list("user_id", flat=True))


def active_holders_of(role: Role, *, actor: Actor) -> set[UUID]:
    """Give the ids of all who can work in that role in the actor's county today."""
    rows = Membership.objects.filter(valid_on(today()), tenant=actor.tenant_id, role=role, user__is_active=True)
    return set(rows.values_list("user_id", flat=True))


def clerks_at_work(*, actor: Actor) -> list[tuple[UUID, str]]:
    """Give the ids of all who can work as clerks of townships in the actor's county today, each with the township."""
    rows = Membership.objects.filter(
        valid_on(today()), tenant=actor.tenant_id, role=Role.TOWNSHIP_CLERK, user__is_active=True
    )
    return list(rows.values_list("user_id", "division_code"))


def _nobody() -> NotFound:
    message = _("Nobody works here under this login. Check it, or leave it empty.")
    return NotFound("account.not_found", message, field="username")
