"""Open funds of shares, and enter and end what is held in them."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from economy.domain.refusals import written
from economy.domain.writing import change
from economy.models import ShareFund, Shareholding
from economy.queries.shares import most_held
from households.domain.days import require_past
from households.domain.locking import lock_household
from households.domain.near import in_whole_county
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from villages.queries.villages import find_village

_ACTION: Final = "economy.keep_shares"


def open_fund(
    village_id: UUID,
    *,
    name: str,
    folded_yuan: Decimal | None = None,
    share_total: Decimal | None = None,
    actor: Actor,
) -> ShareFund:
    """Open a fund of shares in a village. Raises: NotFound, NotAllowed, Conflict for a name it has, DomainError."""
    village = find_village(village_id)
    require(actor, _ACTION, village)
    given = clean(name)
    if not given:
        raise DomainError("fund.name_missing", _("The name is missing. Name the collective or project."), field="name")
    if folded_yuan is not None and folded_yuan < 0:
        raise DomainError("fund.money", _("The money is not negative. Check the amount."), field="folded_yuan")
    if share_total is not None:
        _check_count(share_total, "share_total")
    row = ShareFund(
        village=village,
        scope_code=village.scope_code,
        name=given,
        folded_yuan=folded_yuan,
        share_total=share_total,
    )
    written(row.save)
    changes = {"name": (None, given), "folded_yuan": (None, folded_yuan), "share_total": (None, share_total)}
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

    Locks: the fund, then the household. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    fund = lock_version(ShareFund.objects.all(), fund_id, version)
    require(actor, _ACTION, fund)
    require_past(on, field="on")
    _check_count(share_count, "share_count")
    household = None
    if household_id is not None:
        household = lock_household(household_id, _ACTION, actor=actor, version=None)
    if household is not None and household.village_id != fund.village_id:
        message = _("The household lives in another village. Shares are entered for households of the fund's village.")
        raise DomainError("shares.another_village", message, field="household_id")
    row = Shareholding(
        fund=fund, household=household, scope_code=fund.scope_code, share_count=share_count, starts_on=on
    )
    with in_whole_county(actor):
        _check_total(fund, share_count, on)
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


def set_share_total(
    fund_id: UUID, *, share_total: Decimal | None, actor: Actor, version: int | None = None
) -> ShareFund:
    """Say how many shares a fund has in all, or that this is not said; dividends ask for holders of all of them.

    Locks: the fund. Raises: NotFound, NotAllowed, StaleVersion; DomainError for fewer than are held.
    """
    fund = lock_version(ShareFund.objects.all(), fund_id, version)
    require(actor, _ACTION, fund)
    if share_total is not None:
        _check_count(share_total, "share_total")
    with in_whole_county(actor):
        held = most_held(fund.pk, today())
    if share_total is not None and held > share_total:
        message = _("%(held)s shares are held already. Enter that number or a greater one.")
        raise DomainError("shares.total_below_held", message % {"held": held}, field="share_total")
    change(fund, "economy.set_share_total", {"share_total": share_total}, actor=actor)
    return fund


def _check_count(count: Decimal, field: str) -> None:
    if not count.is_finite() or count <= 0 or count != round(count, 2):
        message = _("The number of shares is above zero, with two decimals at most. Check it.")
        raise DomainError("shares.count", message, field=field)


def _check_total(fund: ShareFund, share_count: Decimal, on: date) -> None:
    if fund.share_total is None:
        return
    rest = fund.share_total - most_held(fund.pk, on)
    if share_count > rest:
        message = _(
            "The fund has %(total)s shares, of which %(rest)s are not held. Check the number, or end others first."
        )
        values = {"total": fund.share_total, "rest": rest}
        raise DomainError("shares.do_not_add_up", message % values, field="share_count")
