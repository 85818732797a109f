"""Wages of those who worked on a project: recorded once, withdrawn when in error, offered to the household's ledger."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from economy.domain.refusals import written
from economy.enums import ProjectState
from economy.models import IndustryProject, ProjectWork
from economy.queries.projects import require_reaching
from households.domain.days import require_past
from households.domain.locking import lock_household, require_reason
from households.domain.near import in_whole_county
from households.models import Household, Person
from households.queries.labour import WORKING_AGE
from households.queries.visibility import find_person, memberships_visible_to
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import age_on, today
from registry.tenancy.context import Actor

KEEP: Final = "economy.record_work"
# In which states of a project wages are recorded.
PAYING: Final = frozenset({ProjectState.UNDER_WAY, ProjectState.COMPLETED})
_MOST: Final = Decimal("999999999999.99")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDraft:
    """Days that a person worked on a project, and the wage paid for them. Units: yuan."""

    person_id: UUID
    day_count: Decimal
    wage_yuan: Decimal
    paid_on: date


def record_work(project_id: UUID, draft: WorkDraft, *, actor: Actor, version: int | None = None) -> ProjectWork:
    """Record the wage of a member of a household for work on a project that reaches a village of the area.

    Locks: the household, then the project. Raises: NotFound, NotAllowed, StaleVersion; Conflict for a second wage of
    the same day or where wages exceed the money; DomainError for a child, for nobody's member, or for amounts.
    """
    require_reaching(project_id)
    person = find_person(draft.person_id, actor=actor)
    home = _household_of(person, draft.paid_on, actor)
    household = lock_household(home.pk, KEEP, actor=actor, version=None)
    with in_whole_county(actor):
        project = lock_version(IndustryProject.objects.all(), project_id, version)
        require(actor, KEEP, project)
        _check(project, draft)
        _require_age(person, draft.paid_on)
        row = ProjectWork(
            project=project, household=household, scope_code=household.scope_code, recorded_by=actor.user_id,
            **asdict(draft),
        )  # fmt: skip
        written(row.save)
    changes = {name: (None, getattr(row, name)) for name in ("day_count", "wage_yuan", "paid_on")}
    record("economy.record_work", row, actor=actor, changes=changes | {"project": (None, project.pk)})
    return row


def withdraw_work(work_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> ProjectWork:
    """Take back a wage that was recorded in error: it counts no more, and is offered to no visit.

    Locks: the row. Raises: NotFound, NotAllowed, StaleVersion, Conflict for one taken back already, DomainError.
    """
    row = lock_version(ProjectWork.objects.all(), work_id, version)
    require(actor, KEEP, row)
    if row.withdrawn_on is not None:
        raise Conflict("work.withdrawn", _("This wage was taken back already."))
    row.withdrawn_on, row.withdrawal_reason = today(), require_reason(reason)[:200]
    names = ["withdrawn_on", "withdrawal_reason", "version", "updated_at"]
    with in_whole_county(actor):
        written(lambda: row.touch().save(update_fields=names))
    changes = {"withdrawn_on": (None, row.withdrawn_on)}
    record("economy.withdraw_work", row, actor=actor, changes=changes, reason=row.withdrawal_reason)
    return row


def _household_of(person: Person, day: date, actor: Actor) -> Household:
    begun, lasting = (
        Q(starts_on__isnull=True) | Q(starts_on__lte=day),
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
    )
    rows = memberships_visible_to(actor).filter(begun, lasting, person=person)
    membership = rows.select_related("household").order_by(F("starts_on").desc(nulls_last=True)).first()
    if membership is None:
        message = _("The person was no member of a household of your area on that day. Check the person and the day.")
        raise DomainError("work.no_member", message, field="paid_on")
    household: Household = membership.household
    return household


def _check(project: IndustryProject, draft: WorkDraft) -> None:
    if project.state not in PAYING:
        raise Conflict("work.not_under_way", _("Wages are recorded while the project is under way, until acceptance."))
    require_past(draft.paid_on, field="paid_on")
    days, wage = draft.day_count, draft.wage_yuan
    if not days.is_finite() or not 0 < days <= 366 or days != round(days, 1):
        message = _("Days are above zero, up to 366, with one decimal at most. Check them.")
        raise DomainError("work.days", message, field="day_count")
    if not wage.is_finite() or not 0 < wage <= _MOST or wage != round(wage, 2):
        message = _("The wage is above zero, in yuan with two decimals at most. Check it.")
        raise DomainError("work.wage", message, field="wage_yuan")


def _require_age(person: Person, day: date) -> None:
    if person.birth_on is not None and age_on(person.birth_on, day) < WORKING_AGE:
        message = _("The person was under 16 on that day, and may not be hired. Check the person and the day.")
        raise DomainError("work.too_young", message, field="person_id")
