"""How many visits of helpers the county owes each household in a year."""

from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from assistance.models import VisitPlan
from assistance.models.visit_plan import VISITS_A_YEAR
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint


def set_visit_plan(year: int, *, visits: int, actor: Actor, risk_visits: int | None = None) -> VisitPlan:
    """State the visits of a year; `risk_visits` are those of households whose risk is not removed, where they differ.

    Raises: NotAllowed; Conflict when the year is on file; DomainError.
    """
    require(actor, "assistance.manage_visit_plans")
    _check(visits, risk_visits)
    plan = VisitPlan(year=year, visits=visits, risk_visits=risk_visits, scope_code=actor.tenant_code)
    try:
        with savepoint():
            plan.save()
    except IntegrityError as error:
        message = _("The visit plan of this year is on file already, or the year is impossible. Open the plan there.")
        raise Conflict("visit_plan.year_on_file", message, field="year") from error
    changes = {"year": (None, year), "visits": (None, visits), "risk_visits": (None, risk_visits)}
    record("assistance.set_visit_plan", plan, actor=actor, changes=changes)
    return plan


def amend_visit_plan(
    plan_id: UUID, *, visits: int, actor: Actor, version: int, risk_visits: int | None = None
) -> VisitPlan:
    """Change the visits of a plan that is still at `version`; what is due follows at once.

    Locks: the plan. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    plan = lock_version(VisitPlan.objects.all(), plan_id, version)
    require(actor, "assistance.manage_visit_plans", plan)
    _check(visits, risk_visits)
    wanted = {"visits": visits, "risk_visits": risk_visits}
    changes = {name: (getattr(plan, name), value) for name, value in wanted.items() if getattr(plan, name) != value}
    if not changes:
        return plan
    plan.visits, plan.risk_visits = visits, risk_visits
    plan.touch().save(update_fields=["visits", "risk_visits", "version", "updated_at"])
    record("assistance.amend_visit_plan", plan, actor=actor, changes=changes)
    return plan


def _check(visits: int, risk_visits: int | None) -> None:
    for field, count in (("visits", visits), ("risk_visits", risk_visits)):
        if count is not None and count not in VISITS_A_YEAR:
            message = _("The visits of a year cut it into whole months: 1, 2, 3, 4, 6 or 12.")
            raise DomainError("visit_plan.visits", message, field=field)
