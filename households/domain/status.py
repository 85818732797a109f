"""Change what a household is on the register for."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.claims import refresh_claims
from households.domain.ledger import Flow, enter, leave, post
from households.domain.locking import lock_household, require_day_after_changes, require_reason
from households.domain.news import household_closed
from households.enums import STOCK_OF_STATUS, MonitoringState, PostingKind, Stock
from households.models import Household, HouseholdSpell
from households.queries.history import Standing, current_monitoring, current_spell, present_members, standing_on
from households.workflow import STATUS_TRANSITIONS, Transition, transition
from registry.audit import record
from registry.domain.codes import code_list
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor


def change_status(
    household_id: UUID, name: str, *, actor: Actor, on: date, reason: str, version: int | None = None
) -> Household:
    """Do one transition of the status table from the day `on`: status, spell, postings and audit.

    A closed household leaves every stock, its memberships and its monitoring end that day.
    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion; Conflict when the status does not allow it;
    DomainError for a day that is too early or too late, or a missing reason.
    """
    household = lock_household(household_id, "households.change_status", actor=actor, version=version)
    line = transition(STATUS_TRANSITIONS, name, present=household.status)
    reason = require_reason(reason)
    require_day_after_changes(household, on)
    standing = _standing(household, on)
    before = {name: getattr(household, name) for name in ("status", "monitoring_state")}
    post(household, _flows(standing, line), on=on, reason=reason)
    _write_spell(household, line, on)
    if line.closing_code:
        members = list(present_members(household).values_list("person_id", flat=True))
        _end_everything(household, line.closing_code, on)
        refresh_claims(members, actor=actor)
    household.status = line.target
    household.touch().save(update_fields=["status", "monitoring_state", "version", "updated_at"])
    changes = {name: (old, getattr(household, name)) for name, old in before.items() if getattr(household, name) != old}
    record(
        f"households.{line.name}",
        household,
        actor=actor,
        changes={**changes, "effective_on": (None, on)},
        reason=reason,
    )
    if line.closing_code:
        label = code_list("closing_reason", on=on).labels.get(line.closing_code, line.closing_code)
        household_closed.send(sender=None, household=household, on=on, actor=actor, reason=label)
    return household


def _standing(household: Household, on: date) -> Standing:
    standing = standing_on(household, on)
    if standing is None or not standing.persons:
        raise Conflict("household.no_member", _("The household has no member on that day. Enter its members first."))
    return standing


def _flows(standing: Standing, line: Transition) -> list[Flow]:
    """Leave the stock of the former status, or every stock when closed, and enter the stock of the new one."""
    left = [stock for stock in standing.stocks if line.closing_code or stock != Stock.MONITORED]
    flows = leave(standing, line.kind, left)
    if line.target in STOCK_OF_STATUS:
        flows.append(
            enter(
                STOCK_OF_STATUS[line.target],
                PostingKind(line.kind),
                persons=standing.persons,
                village_code=standing.village_code,
            )
        )
    return flows


def _write_spell(household: Household, line: Transition, on: date) -> None:
    spell = current_spell(household)
    spell.ends_on = on
    spell.save(update_fields=["ends_on"])
    HouseholdSpell.objects.create(
        scope_code=household.scope_code,
        household=household,
        village_code=spell.village_code,
        status=line.target,
        starts_on=on,
    )


def _end_everything(household: Household, end_code: str, on: date) -> None:
    present_members(household).update(ends_on=on, end_reason_code=end_code)
    monitoring = current_monitoring(household)
    if monitoring is not None:
        monitoring.ends_on, monitoring.end_code = on, end_code
        monitoring.save(update_fields=["ends_on", "end_code"])
        household.monitoring_state = MonitoringState.REMOVED
