"""Record what persons want to learn, and take back what was entered in error."""

from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from assistance.models import HelpVisit
from assistance.queries.help_visits import help_visits_visible_to
from households.domain.days import require_past
from households.domain.locking import require_reason
from livelihoods.domain.refusals import written
from livelihoods.domain.takers import lock_member
from livelihoods.enums import KIND_SCHEME
from livelihoods.models import TrainingWish
from livelihoods.queries.training import is_open_wish
from livelihoods.queries.visibility import wishes_visible_to
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.domain.codes import require_code

_ACTION: Final = "livelihoods.record_wish"


def record_wish(
    person_id: UUID, kind_code: str, *, told_on: date, actor: Actor, help_visit_id: UUID | None = None
) -> TrainingWish:
    """Enter a wish of a present member; a wish of the same kind that is open still is not told twice.

    Locks: the person. Raises: NotFound, NotAllowed, Conflict, DomainError with the field at fault.
    """
    person, membership = lock_member(person_id, actor=actor)
    require(actor, _ACTION, person)
    require_past(told_on, field="told_on")
    if told_on < date(2000, 1, 1):
        message = _("Wishes are kept from the year 2000 on. Check the day.")
        raise DomainError("wish.too_early", message, field="told_on")
    require_code(KIND_SCHEME, kind_code, on=told_on, field="kind_code")
    visit = _visit(help_visit_id, membership.household_id, actor)
    if TrainingWish.objects.filter(is_open_wish(), person=person, kind_code=kind_code).exists():
        message = _("A wish of this kind is open for this person already. Withdraw it first where it was wrong.")
        raise Conflict("wish.open_already", message, field="kind_code")
    row = TrainingWish(
        person=person, scope_code=person.scope_code, kind_code=kind_code, told_on=told_on, help_visit=visit
    )
    written(row.save)
    changes = {"person": (None, person.pk), "kind_code": (None, kind_code), "told_on": (None, told_on)}
    record(_ACTION, row, actor=actor, changes=changes)
    return row


def withdraw_wish(wish_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> TrainingWish:
    """Take a wish back: it stays on file and counts nowhere.

    Locks: the wish. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = lock_version(wishes_visible_to(actor), wish_id, version)
    require(actor, _ACTION, row)
    given = require_reason(reason)
    if row.withdrawn_on is not None:
        raise Conflict("wish.withdrawn", _("This wish was withdrawn already."))
    row.withdrawn_on = today()
    written(lambda: row.touch().save(update_fields=["withdrawn_on", "version", "updated_at"]))
    changes = {"withdrawn_on": (None, row.withdrawn_on)}
    record("livelihoods.withdraw_wish", row, actor=actor, changes=changes, reason=given)
    return row


def _visit(visit_id: UUID | None, household_id: UUID, actor: Actor) -> HelpVisit | None:
    if visit_id is None:
        return None
    visit = help_visits_visible_to(actor).filter(pk=visit_id, household=household_id).first()
    if visit is None:
        message = _("There is no such visit to this person's household. Choose one of the household's visits.")
        raise DomainError("wish.another_visit", message, field="help_visit_id")
    return visit
