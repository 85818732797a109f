"""Change what a household is on the register for."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.ending import end_everything, standing_with_members, write_spell
from households.domain.ledger import Flow, enter, leave, post
from households.domain.locking import lock_household, require_day_after_changes, require_reason
from households.domain.news import household_closed
from households.domain.procedure import require_way
from households.enums import STOCK_OF_STATUS, HouseholdStatus, PostingKind, Stock
from households.models import Household
from households.queries.history import Standing
from households.workflow import STATUS_TRANSITIONS, Transition, transition
from registry.audit import record
from registry.domain.codes import code_list
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from villages.domain.codes import require_code


def change_status(
    household_id: UUID,
    name: str,
    *,
    actor: Actor,
    on: date,
    reason: str,
    version: int | None = None,
    cause_code: str = "",
) -> Household:
    """Do one transition of the status table from the day `on`: status, spell, postings and audit.

    A closed household leaves every stock, its memberships and its monitoring end that day. `cause_code`, of the list
    `poverty_cause`, says why a household returned to poverty; no other transition takes one.
    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion; Conflict when the status does not allow it;
    DomainError for a day that is too early or too late, a missing reason, or a cause that does not fit.
    """
    household = lock_household(household_id, "households.change_status", actor=actor, version=version)
    line = transition(STATUS_TRANSITIONS, name, present=household.status)
    require_way(household, line.name)
    reason = require_reason(reason)
    _require_cause(line, cause_code, on=on)
    require_day_after_changes(household, on)
    standing = standing_with_members(household, on)
    before = {name: getattr(household, name) for name in ("status", "monitoring_state")}
    post(household, _flows(standing, line), on=on, reason=reason)
    write_spell(household, line.target, on, cause_code=cause_code)
    if line.closing_code:
        end_everything(household, line.closing_code, on, actor=actor)
    household.status = line.target
    household.touch().save(update_fields=["status", "monitoring_state", "version", "updated_at"])
    changes = {name: (old, getattr(household, name)) for name, old in before.items() if getattr(household, name) != old}
    record(
        f"households.{line.name}",
        household,
        actor=actor,
        changes=changes | {"effective_on": (None, on)} | ({"cause_code": ("", cause_code)} if cause_code else {}),
        reason=reason,
    )
    if line.closing_code:
        label = code_list("closing_reason", on=on).labels.get(line.closing_code, line.closing_code)
        household_closed.send(sender=None, household=household, on=on, actor=actor, reason=label)
    return household


def _require_cause(line: Transition, cause_code: str, *, on: date) -> None:
    """Refuse a cause that is not on the list, or of a change that is no return. Raises: DomainError."""
    if not cause_code:
        return
    if line.target != HouseholdStatus.RETURNED:
        message = _("Only a return to poverty has a cause. Leave the cause empty.")
        raise DomainError("status.cause_of_no_return", message, field="code")
    require_code("poverty_cause", cause_code, on=on, field="code")


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
