"""Change what a household is on the register for."""

from datetime import date
from uuid import UUID

from households.domain.ending import end_everything, standing_with_members, write_spell
from households.domain.ledger import Flow, enter, leave, post
from households.domain.locking import lock_household, require_day_after_changes, require_reason
from households.domain.news import household_closed
from households.domain.procedure import require_way
from households.enums import STOCK_OF_STATUS, PostingKind, Stock
from households.models import Household
from households.queries.history import Standing
from households.workflow import STATUS_TRANSITIONS, Transition, transition
from registry.audit import record
from registry.domain.codes import code_list
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
    require_way(household, line.name)
    reason = require_reason(reason)
    require_day_after_changes(household, on)
    standing = standing_with_members(household, on)
    before = {name: getattr(household, name) for name in ("status", "monitoring_state")}
    post(household, _flows(standing, line), on=on, reason=reason)
    write_spell(household, line.target, on)
    if line.closing_code:
        end_everything(household, line.closing_code, on, actor=actor)
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
