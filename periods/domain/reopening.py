"""Open a frozen period again: one person asks with a reason, another one decides."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from periods.definitions.calendar import UNIONS
from periods.domain.scope import require_whole_county
from periods.domain.writing import locked_period, step, written
from periods.enums import PeriodKind, PeriodState
from periods.hooks import tell_reopened
from periods.models import Period, Reopening
from periods.queries.periods import latest_frozen_month, resting_on, running_freeze
from periods.workflow import FIXED
from registry import audit
from registry.access import require
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.tenancy.context import Actor
from villages.domain.days import require_reason


def ask_reopening(period_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> Reopening:
    """Ask that a frozen or published period be opened again: the latest frozen month, or a campaign.

    Locks: the period. Raises: NotFound, NotAllowed, StaleVersion; Conflict unless it is frozen and the latest, or when
    it is asked for already; DomainError without a reason.
    """
    require(actor, "periods.ask_reopening")
    require_whole_county(actor)
    asked_by = _somebody(actor)
    row = locked_period(period_id, version)
    _require_reopenable(row)
    request = Reopening(
        period=row, reason=require_reason(reason)[:200], asked_by_id=asked_by, scope_code=row.scope_code
    )
    written(request.save)
    audit.record("periods.ask_reopening", request, actor=actor, changes={"period": (None, row.name)}, reason=reason)
    return request


def decide_reopening(reopening_id: UUID, *, approve: bool, actor: Actor, version: int | None = None) -> Reopening:
    """Decide, as another person than the one who asked, that a period is opened again or stays.

    A month takes along the quarters, half-years and years that rest on it. What was frozen stays readable as edition.
    Locks: the request, the periods. Raises: NotFound, NotAllowed; Conflict when it was decided, or a later month is
    frozen meanwhile, or while a freeze runs.
    """
    require(actor, "periods.decide_reopening")
    require_whole_county(actor)
    decided_by = _somebody(actor)
    request = Reopening.objects.select_for_update(of=("self",)).filter(pk=reopening_id).first()
    if request is None:
        raise NotFound("reopening.no_such", _("There is no such request to open a period again."))
    row = locked_period(request.period_id, version)
    if request.decided_at is not None:
        raise Conflict("reopening.decided", _("This was decided already. Load the page again."))
    if request.asked_by_id == decided_by:
        raise NotAllowed("reopening.own", _("Another person decides than the one who asked."))
    request.decided_by_id, request.decided_at, request.is_approved = decided_by, timezone.now(), approve
    written(lambda: request.save(update_fields=["decided_by", "decided_at", "is_approved"]))
    audit.record("periods.decide_reopening", request, actor=actor, changes={"is_approved": (None, approve)})
    if approve:
        _reopen(row, request.reason, actor=actor)
    return request


def _reopen(row: Period, reason: str, *, actor: Actor) -> None:
    _require_reopenable(row)
    along = resting_on(row) if row.kind == PeriodKind.MONTH else []
    for period in [*(locked_period(other.pk) for other in along), row]:
        period.snapshot, period.frozen_at, period.published_at = None, None, None
        fields = ("snapshot", "frozen_at", "published_at")
        step(period, PeriodState.OPEN, "periods.reopen", actor=actor, fields=fields, reason=reason)
        tell_reopened(period, actor)


def _require_reopenable(row: Period) -> None:
    if row.kind in UNIONS:
        message = _("%(period)s is the union of its months. Open its last month again, and it opens too.")
        raise DomainError("reopening.union", message % {"period": row.name})
    if row.state not in FIXED:
        raise Conflict("period.not_frozen", _("%(period)s is not frozen.") % {"period": row.name})
    latest = latest_frozen_month()
    if row.kind == PeriodKind.MONTH and latest is not None and latest.pk != row.pk:
        message = _("%(latest)s rests on %(period)s. Only the latest frozen month can be opened again.")
        raise Conflict("reopening.not_latest", message % {"latest": latest.name, "period": row.name})
    if running_freeze() is not None:
        raise Conflict("period.freeze_runs", _("A period is being frozen. Wait until it is done, then start again."))


def _somebody(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise NotAllowed("reopening.nobody", _("A period is opened again by persons with an account."))
    return actor.user_id
