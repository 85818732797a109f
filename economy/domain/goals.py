"""Set the county's goal for the income of villages' collectives."""

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from economy.domain.refusals import written
from economy.models import IncomeGoal
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import DomainError
from registry.lib.text import clean
from registry.tenancy.context import Actor

_ACTION = "economy.manage_goals"


def set_income_goal(from_year: int, *, goal_yuan: Decimal, source: str, actor: Actor) -> IncomeGoal:
    """Enter the goal that holds from a year on.

    Raises: NotAllowed; Conflict for a year that has one; DomainError for a goal or a source that is none.
    """
    require(actor, _ACTION)
    if not 2000 <= from_year <= 2100:
        message = _("The year lies between 2000 and 2100. Check the year.")
        raise DomainError("goal.year", message, field="from_year")
    values = _checked(goal_yuan, source)
    row = IncomeGoal(scope_code=actor.tenant_code, from_year=from_year, goal_yuan=goal_yuan, source=values[1])
    written(row.save)
    changes = {"from_year": (None, from_year), "goal_yuan": (None, values[0]), "source": (None, values[1])}
    record("economy.set_income_goal", row, actor=actor, changes=changes)
    return row


def amend_income_goal(goal_id: UUID, *, goal_yuan: Decimal, source: str, actor: Actor, version: int) -> IncomeGoal:
    """Correct a goal; villages are compared with it at once, for all the years that it holds for.

    Locks: the goal. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    require(actor, _ACTION)
    row = lock_version(IncomeGoal.objects.all(), goal_id, version)
    values = dict(zip(("goal_yuan", "source"), _checked(goal_yuan, source), strict=True))
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    written(row.touch().save)
    record("economy.amend_income_goal", row, actor=actor, changes=changes)
    return row


def _checked(goal_yuan: Decimal, source: str) -> tuple[Decimal, str]:
    if goal_yuan <= 0:
        message = _("The goal is an amount above zero. Check the amount.")
        raise DomainError("goal.not_positive", message, field="goal_yuan")
    given = clean(source)
    if not given:
        message = _("The source is missing. Name the document that sets the goal.")
        raise DomainError("goal.source_missing", message, field="source")
    return goal_yuan, given
