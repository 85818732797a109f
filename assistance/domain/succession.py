"""Keep a lead where a household is split or merged: neither side stands alone that must have one."""

from datetime import date
from typing import Any

from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assistance.models import Pairing
from households.domain.refusals import constraint_name
from households.models import Household
from registry.audit import record
from registry.lib.errors import Conflict
from registry.lib.periods import Precision
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint


def lead_along(*, household: Household, origin: Household, on: date, actor: Actor, **_signal: Any) -> None:
    """Let whoever leads the household that was split lead the new one too; connected to `household_split`.

    A unit that stands in does so until the same day; further helpers stay with the first household.
    """
    _copy_leads(origin, household, on=on, actor=actor)


def lead_of_merged(*, household: Household, merged: Household, on: date, actor: Actor, **_signal: Any) -> None:
    """Give a household without a lead those of the household which ends in it; connected to `household_merged`.

    Raises: Conflict when that helper stands by the household already, and does not lead.
    """
    if not _leads_from(household, on).exists():
        _copy_leads(merged, household, on=on, actor=actor)


def _leads_from(household: Household, on: date) -> "QuerySet[Pairing]":
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return Pairing.objects.filter(lasting, household=household, is_lead=True)


def _copy_leads(origin: Household, household: Household, *, on: date, actor: Actor) -> None:
    """Copy every lead of the day and of later ones, since a handing over after that day may be on file."""
    for lead in _leads_from(origin, on).order_by("starts_on"):
        starts_on = max(on, lead.starts_on) if lead.starts_on else on
        pairing = Pairing(
            scope_code=household.scope_code,
            household=household,
            helper_id=lead.helper_id,
            unit_id=lead.unit_id,
            is_lead=True,
            starts_on=starts_on,
            starts_precision=Precision.DAY,
            ends_on=lead.ends_on,
            end_reason=lead.end_reason,
        )
        try:
            with savepoint():
                pairing.save()
        except IntegrityError as error:
            message = _(
                "The helper who leads the household that ends stands by the other one already. Let that helper lead "
                "there first."
            )
            raise Conflict(f"database.{constraint_name(error)}", message) from error
        changes = {"helper": (None, pairing.helper_id), "is_lead": (None, True), "starts_on": (None, starts_on)}
        record("assistance.pair", pairing, actor=actor, changes=changes)
