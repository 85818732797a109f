"""Propose a dividend that adds up to the cent, and let a second person decide on it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from economy.domain.refusals import ADDS_UP, written
from economy.enums import DividendState
from economy.models import Dividend, DividendLine, ShareFund
from economy.queries.shares import Part, holdings_on, parts_of
from economy.workflow import DIVIDEND_STEPS
from households.domain.days import require_past
from households.domain.locking import require_reason
from households.domain.near import in_whole_county
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.tenancy.context import Actor

_MOST: Final = Decimal("999999999999.99")


def propose_dividend(
    fund_id: UUID,
    *,
    paid_on: date,
    amount_yuan: Decimal,
    kept_yuan: Decimal,
    actor: Actor,
    stated: Mapping[UUID | None, Decimal] | None = None,
    version: int | None = None,
) -> Dividend:
    """Share a dividend out over all who hold shares on its day, also those who moved to another village since.

    `stated` gives the parts as a list already has them, by household (None: the village): they must be all of the
    holders' and add up. Locks: the fund. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    fund = lock_version(ShareFund.objects.all(), fund_id, version)
    require(actor, "economy.propose_dividend", fund)
    proposer = _somebody(actor)
    require_past(paid_on, field="paid_on")
    _check_amounts(amount_yuan, kept_yuan)
    row = Dividend(
        fund=fund,
        scope_code=fund.scope_code,
        paid_on=paid_on,
        amount_yuan=amount_yuan,
        kept_yuan=kept_yuan,
        proposed_by=proposer,
    )
    with in_whole_county(actor):
        parts = _parts(fund_id, paid_on, amount_yuan - kept_yuan)
        _check_all_held(fund, parts)
        if stated is not None:
            _check_stated(parts, stated, amount_yuan - kept_yuan)
        written(row.save)
        DividendLine.objects.bulk_create(
            DividendLine(
                dividend=row,
                household_id=part.household_id,
                scope_code=part.scope_code,
                share_count=part.share_count,
                amount_yuan=part.amount_yuan,
            )
            for part in parts
        )
    names = ("paid_on", "amount_yuan", "kept_yuan")
    changes = {name: (None, getattr(row, name)) for name in names}
    record("economy.propose_dividend", row, actor=actor, changes=changes, count=len(parts))
    return row


def approve_dividend(dividend_id: UUID, *, actor: Actor, version: int | None, reason: str = "") -> Dividend:
    """Approve a dividend that somebody else proposed, while the shares of its day are what it was shared out by.

    Locks: the dividend. Raises: NotFound, NotAllowed, StaleVersion; Conflict when it was decided, or shares changed.
    """
    row = _locked(dividend_id, DividendState.APPROVED, actor=actor, version=version)
    with in_whole_county(actor):
        lines = DividendLine.objects.filter(dividend=row).values_list("household_id", "share_count", "amount_yuan")
        parts = _parts(row.fund_id, row.paid_on, row.amount_yuan - row.kept_yuan)
        if set(lines) != {(part.household_id, part.share_count, part.amount_yuan) for part in parts}:
            message = _("Shares of that day were changed since. Withdraw the dividend, and propose it anew.")
            raise Conflict("dividend.shares_changed", message)
        _decide(row, DividendState.APPROVED, reason.strip()[:200], actor)
    _record("economy.approve_dividend", row, actor)
    return row


def refuse_dividend(dividend_id: UUID, *, actor: Actor, version: int | None, reason: str) -> Dividend:
    """Refuse a dividend that somebody else proposed.

    Locks: the dividend. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _locked(dividend_id, DividendState.REFUSED, actor=actor, version=version)
    _decide(row, DividendState.REFUSED, require_reason(reason)[:200], actor)
    _record("economy.refuse_dividend", row, actor)
    return row


def withdraw_dividend(dividend_id: UUID, *, actor: Actor, version: int | None, reason: str) -> Dividend:
    """Take a proposal back before it is decided.

    Locks: the dividend. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _locked(dividend_id, DividendState.WITHDRAWN, actor=actor, version=version)
    _decide(row, DividendState.WITHDRAWN, require_reason(reason)[:200], actor)
    _record("economy.withdraw_dividend", row, actor)
    return row


def _locked(dividend_id: UUID, state: str, *, actor: Actor, version: int | None) -> Dividend:
    """Lock a proposed dividend for somebody who may do this to it."""
    row = lock_version(Dividend.objects.all(), dividend_id, version)
    withdraws = state == DividendState.WITHDRAWN
    require(actor, "economy.propose_dividend" if withdraws else "economy.decide_dividend", row)
    if state not in DIVIDEND_STEPS[row.state]:
        raise Conflict("dividend.decided", _("This dividend was decided or withdrawn already."))
    if not withdraws and _somebody(actor) == row.proposed_by:
        message = _("Whoever proposed a dividend does not decide on it. Ask a colleague.")
        raise NotAllowed("dividend.own_proposal", message)
    return row


def _decide(row: Dividend, state: str, reason: str, actor: Actor) -> None:
    row.state, row.decided_by, row.decided_at, row.decision_reason = state, actor.user_id, timezone.now(), reason
    names = ["state", "decided_by", "decided_at", "decision_reason", "version", "updated_at"]
    written(lambda: row.touch().save(update_fields=names))


def _record(verb: str, row: Dividend, actor: Actor) -> None:
    changes = {"state": (DividendState.PROPOSED, row.state)}
    record(verb, row, actor=actor, changes=changes, reason=row.decision_reason)


def _somebody(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise NotAllowed("dividend.nobody", _("A dividend is proposed and decided by persons with an account."))
    return actor.user_id


def _check_amounts(amount: Decimal, kept: Decimal) -> None:
    for name, value in (("amount_yuan", amount), ("kept_yuan", kept)):
        if not value.is_finite() or not 0 <= value <= _MOST or value != round(value, 2):
            message = _("The amount is not negative, in yuan with two decimals at most. Check it.")
            raise DomainError("dividend.amount", message, field=name)
    if kept >= amount:
        message = _("The village keeps a part of the amount: less than all of it. Check both amounts.")
        raise DomainError("dividend.kept", message, field="kept_yuan")


def _parts(fund_id: UUID, day: date, to_share: Decimal) -> list[Part]:
    holdings = list(holdings_on(fund_id, day))
    if not holdings:
        message = _("Nobody holds shares of this fund on that day. Enter the shares first.")
        raise DomainError("dividend.no_shares", message, field="paid_on")
    return parts_of(holdings, to_share)


def _check_all_held(fund: ShareFund, parts: list[Part]) -> None:
    held = sum((part.share_count for part in parts), start=Decimal(0))
    if fund.share_total is None or held == fund.share_total:
        return
    message = _("The fund has %(total)s shares, and %(held)s are held on that day. Enter or end shares first.")
    values = {"total": fund.share_total, "held": held}
    raise DomainError("dividend.shares_do_not_add_up", message % values, field="paid_on")


def _check_stated(parts: list[Part], stated: Mapping[UUID | None, Decimal], to_share: Decimal) -> None:
    if sum(stated.values()) != to_share:
        raise DomainError("dividend.does_not_add_up", ADDS_UP, field="lines")
    if {part.household_id: part.amount_yuan for part in parts} != dict(stated):
        message = _(
            "The parts are not those that follow from the shares of that day. Leave them out to have them made."
        )
        raise DomainError("dividend.not_by_shares", message, field="lines")
