"""Monitor a household against (renewed) poverty."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.ledger import enter, leave, post
from households.domain.locking import lock_household, require_day_after_changes, require_reason
from households.domain.news import monitoring_changed
from households.domain.procedure import require_way
from households.domain.removal import require_removable
from households.enums import ON_REGISTER, Stock
from households.models import Household, MonitoringSpell
from households.queries.history import Standing, current_monitoring, standing_on
from households.workflow import MONITORING_TRANSITIONS, Transition, transition
from registry.audit import record
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import Precision
from registry.tenancy.context import Actor
from villages.domain.codes import require_code


def identify_for_monitoring(
    household_id: UUID, category_code: str, *, actor: Actor, on: date, reason: str, version: int | None = None
) -> Household:
    """Enter the household in the monitored stock under a category (脱贫不稳定户, 边缘易致贫户, 突发严重困难户).

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    return _begin(household_id, "identify", category_code, actor=actor, on=on, reason=reason, version=version)


def relapse(
    household_id: UUID, category_code: str, *, actor: Actor, on: date, reason: str, version: int | None = None
) -> Household:
    """Enter a household whose risk had been removed in the monitored stock again.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    return _begin(household_id, "relapse", category_code, actor=actor, on=on, reason=reason, version=version)


def remove_risk(
    household_id: UUID, manner_code: str, *, actor: Actor, on: date, reason: str, version: int | None = None
) -> Household:
    """Take the household out of the monitored stock, by support or naturally (`risk_removal`).

    Never on the day on which it was identified, and by support only when `require_removable` lets it pass. Locks: the
    household row.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household, line, standing = _prepare(household_id, "remove_risk", actor=actor, on=on, version=version)
    reason = require_reason(reason)
    require_code("risk_removal", manner_code, on=on, field="manner_code")
    spell = current_monitoring(household)
    if spell is None or (spell.starts_on is not None and spell.starts_on >= on):
        message = _("A risk is not removed on the day on which it was identified. Enter a later day.")
        raise DomainError("monitoring.same_day", message, field="on")
    require_removable(household, spell, manner_code, on=on)
    spell.ends_on, spell.end_code = on, manner_code
    spell.save(update_fields=["ends_on", "end_code"])
    post(household, leave(standing, line.kind, [Stock.MONITORED]), on=on, reason=reason)
    return _write(household, line, household.monitoring_code, spell, actor=actor, on=on, reason=reason)


def _begin(
    household_id: UUID, name: str, category_code: str, *, actor: Actor, on: date, reason: str, version: int | None
) -> Household:
    household, line, standing = _prepare(household_id, name, actor=actor, on=on, version=version)
    reason = require_reason(reason)
    require_code("monitoring_category", category_code, on=on, field="category_code")
    spell = MonitoringSpell.objects.create(
        scope_code=household.scope_code,
        household=household,
        category_code=category_code,
        starts_on=on,
        starts_precision=Precision.DAY,
    )
    flow = enter(Stock.MONITORED, line.kind, persons=standing.persons, village_code=standing.village_code)
    post(household, [flow], on=on, reason=reason)
    return _write(household, line, category_code, spell, actor=actor, on=on, reason=reason)


def _prepare(
    household_id: UUID, name: str, *, actor: Actor, on: date, version: int | None
) -> tuple[Household, Transition, Standing]:
    household = lock_household(household_id, "households.monitor", actor=actor, version=version)
    line = transition(MONITORING_TRANSITIONS, name, present=household.monitoring_state)
    require_way(household, line.name)
    if household.status not in ON_REGISTER:
        message = _("A candidate or a closed household is not monitored. File it or register it as ordinary first.")
        raise Conflict("monitoring.not_on_register", message)
    require_day_after_changes(household, on)
    standing = standing_on(household, on)
    if standing is None or not standing.persons:
        raise Conflict("household.no_member", _("The household has no member on that day. Enter its members first."))
    return household, line, standing


def _write(
    household: Household,
    line: Transition,
    category_code: str,
    spell: MonitoringSpell,
    *,
    actor: Actor,
    on: date,
    reason: str,
) -> Household:
    before = (household.monitoring_state, household.monitoring_code)
    household.monitoring_state, household.monitoring_code = line.target, category_code
    household.touch().save(update_fields=["monitoring_state", "monitoring_code", "version", "updated_at"])
    # Before the event is noted: whoever listens to events looks at the household with all that goes along.
    monitoring_changed.send(
        sender=None, household=household, spell=spell, name=line.name, on=on, actor=actor, reason=reason
    )
    record(
        f"households.{line.name}",
        household,
        actor=actor,
        changes={
            "monitoring_state": (before[0], line.target),
            "monitoring_code": (before[1], category_code),
            "effective_on": (None, on),
        },
        reason=reason,
    )
    return household
