"""Open funds of shares, and enter and end what is held in them."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from economy.domain.refusals import written
from economy.models import ShareFund, Shareholding
from households.domain.days import require_past
from households.queries.visibility import find_household
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.text import clean
from registry.tenancy.context import Actor
from villages.queries.villages import find_village

_ACTION: Final = "economy.keep_shares"


def open_fund(village_id: UUID, *, name: str, folded_yuan: Decimal | None = None, actor: Actor) -> ShareFund:
    """Open a fund of shares in a village. Raises: NotFound, NotAllowed, Conflict for a name it has, DomainError."""
    village = find_village(village_id)
    require(actor, _ACTION, village)
    given = clean(name)
    if not given:
        raise DomainError("fund.name_missing", _("The name is missing. Name the collective or project."), field="name")
    if folded_yuan is not None and folded_yuan < 0:
        raise DomainError("fund.money", _("The money is not negative. Check the amount."), field="folded_yuan")
    row = ShareFund(village=village, scope_code=village.scope_code, name=given, folded_yuan=folded_yuan)
    written(row.save)
    changes = {"name": (None, given), "folded_yuan": (None, folded_yuan)}
    record("economy.open_fund", row, actor=actor, changes=changes)
    return row


def hold_shares(
    fund_id: UUID,
    household_id: UUID | None,
    *,
    share_count: Decimal,
    on: date,
    actor: Actor,
    version: int | None = None,
) -> Shareholding:
    """Enter the shares of a household of the fund's village, or without one of the village itself, from a day on.

    Locks: the fund. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    fund = lock_version(ShareFund.objects.all(), fund_id, version)
    require(actor, _ACTION, fund)
    require_past(on, field="on")
    if not share_count.is_finite() or share_count <= 0 or share_count != round(share_count, 2):
        message = _("The number of shares is above zero, with two decimals at most. Check it.")
        raise DomainError("shares.count", message, field="share_count")
    household = find_household(household_id, actor=actor) if household_id is not None else None
    if household is not None and household.village_id != fund.village_id:
        message = _("The household lives in another village. Shares are entered for households of the fund's village.")
        raise DomainError("shares.another_village", message, field="household_id")
    row = Shareholding(
        fund=fund, household=household, scope_code=fund.scope_code, share_count=share_count, starts_on=on
    )
    written(row.save)
    changes = {"fund": (None, fund.pk), "household": (None, household_id), "share_count": (None, share_count)}
    record("economy.hold_shares", row, actor=actor, changes={**changes, "starts_on": (None, on)})
    return row


def end_shares(holding_id: UUID, *, on: date, actor: Actor, version: int | None = None) -> Shareholding:
    """End a holding: `on` is the first day without it; another number is entered from that day on.

    Locks: the holding. Raises: NotFound, NotAllowed, StaleVersion, Conflict for one that has ended, DomainError.
    """
    row = lock_version(Shareholding.objects.all(), holding_id, version)
    require(actor, _ACTION, row)
    if row.ends_on is not None:
        raise Conflict("shares.ended", _("This holding has ended already."))
    require_past(on)
    if on <= row.starts_on:
        message = _("A holding ends after the day it began. Check the day.")
        raise DomainError("shares.ends_before_start", message, field="on")
    row.ends_on = on
    written(row.touch().save)
    record("economy.end_shares", row, actor=actor, changes={"ends_on": (None, on)})
    return row
