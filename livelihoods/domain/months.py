"""Confirm the months of a post that were worked and paid, and take back what was confirmed in error."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.domain.days import require_past
from households.domain.locking import require_reason
from households.domain.near import in_whole_county
from households.models import Membership
from households.queries.offers import source_of_month
from livelihoods.domain.refusals import written
from livelihoods.models import PostHolding, PostMonth, WelfarePost
from livelihoods.queries.posts import last_day_of
from livelihoods.queries.visibility import holdings_visible_to, months_visible_to
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.tenancy.context import Actor

_ACTION: Final = "livelihoods.confirm_months"
_MOST_YUAN: Final = Decimal("99999999.99")


def confirm_month(
    holding_id: UUID, month: date, *, actor: Actor, amount_yuan: Decimal | None = None, version: int | None = None
) -> PostMonth:
    """Confirm that a month of a term was worked and paid, with the pay of the post where no other is said.

    Locks: the term. Raises: NotFound, NotAllowed, StaleVersion, Conflict when it was confirmed, DomainError.
    """
    holding = lock_version(holdings_visible_to(actor), holding_id, version)
    require(actor, _ACTION, holding)
    if month.day != 1:
        message = _("Pay is counted in whole months. Enter the first day of the month.")
        raise DomainError("post_month.whole", message, field="month")
    require_past(month, field="month")
    if not holding.starts_on <= last_day_of(month) or month >= holding.ends_on:
        message = _("The month lies outside the term. Check the month.")
        raise DomainError("post_month.outside", message, field="month")
    post = _post_of(holding, month, actor)
    amount = post.monthly_yuan if amount_yuan is None else amount_yuan
    if not amount.is_finite() or not 0 < amount <= _MOST_YUAN or amount != round(amount, 2):
        message = _("The pay is above zero, in yuan with two decimals at most. Check it.")
        raise DomainError("post_month.pay", message, field="amount_yuan")
    row = _month_of(holding, post, month, amount, actor)
    written(row.save)
    changes = {"holding": (None, holding.pk), "month": (None, month), "amount_yuan": (None, amount)}
    record("livelihoods.confirm_month", row, actor=actor, changes=changes)
    return row


def reverse_month(month_id: UUID, *, reason: str, actor: Actor) -> PostMonth:
    """Take a confirmed month back by its mirror; both stay on file.

    Locks: the month. Raises: NotFound, NotAllowed, Conflict, DomainError without a reason.
    """
    month = months_visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=month_id).first()
    if month is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    require(actor, _ACTION, month)
    given = require_reason(reason)[:200]
    if month.reverses_id is not None:
        raise Conflict("post_month.is_a_reversal", _("A reversal is not reversed. Confirm the right month anew."))
    row = PostMonth(
        holding_id=month.holding_id,
        person_id=month.person_id,
        scope_code=month.scope_code,
        month=month.month,
        amount_yuan=-month.amount_yuan,
        item_code=month.item_code,
        source=month.source,
        reverses=month,
        recorded_by=actor.user_id,
    )
    written(row.save)
    changes = {"reverses": (None, month.pk), "amount_yuan": (month.amount_yuan, row.amount_yuan)}
    record("livelihoods.reverse_month", row, actor=actor, changes=changes, reason=given)
    return row


def _post_of(holding: PostHolding, month: date, actor: Actor) -> WelfarePost:
    """Give the post of a term, whose holder may have moved out of its township.

    Raises: DomainError where the holder lived in no household in the month.
    """
    with in_whole_county(actor):
        post = WelfarePost.objects.get(pk=holding.post_id)
        lived = Membership.objects.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=last_day_of(month)),
            Q(ends_on__isnull=True) | Q(ends_on__gt=month),
            person=holding.person_id,
        ).exists()
    if not lived:
        message = _("The person died or left before this month. Check the month, and end the term.")
        raise DomainError("post_month.gone", message, field="month")
    return post


def _month_of(holding: PostHolding, post: WelfarePost, month: date, amount: Decimal, actor: Actor) -> PostMonth:
    row = PostMonth(
        holding=holding,
        person_id=holding.person_id,
        scope_code=holding.scope_code,
        month=month,
        amount_yuan=amount,
        item_code=post.pay_item_code,
        recorded_by=actor.user_id,
    )
    row.source = source_of_month(post.name, month, row.pk)
    return row
