"""Write the county's standards of a village's exit, and decide on the exit of a village."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.models import ExitStandard, VillageExit
from assistance.queries.exits import COUNTS, YES_NO, Condition, exit_check
from households.domain.days import require_past
from households.domain.locking import require_reason
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.models import Village


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardDraft:
    """A standard as it is to be written. Units: the incidence is a ratio (0.03 are 3 percent); yuan a year."""

    from_year: int
    poverty_ratio_below: Decimal
    collective_income_least_yuan: Decimal
    source: str
    needed_facts: tuple[str, ...] = ()
    zero_facts: tuple[str, ...] = ()


def add_standard(draft: StandardDraft, *, actor: Actor) -> ExitStandard:
    """Write the county's standard from a year on. Raises: NotAllowed, Conflict for a year that has one; DomainError."""
    require(actor, "assistance.manage_exit_standards")
    values = _values(draft)
    row = ExitStandard(scope_code=actor.tenant_code, **values)
    _save(row)
    changes = {name: (None, value) for name, value in values.items()}
    record("assistance.add_exit_standard", row, actor=actor, changes=changes)
    return row


def amend_standard(
    standard_id: UUID, draft: StandardDraft, *, actor: Actor, version: int | None = None
) -> ExitStandard:
    """Amend a standard; what was decided by it keeps the thresholds of its day.

    Locks: the row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = lock_version(ExitStandard.objects.all(), standard_id, version)
    require(actor, "assistance.manage_exit_standards", row)
    values = _values(draft)
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    _save(row.touch())
    record("assistance.amend_exit_standard", row, actor=actor, changes=changes)
    return row


def decide_exit(village_id: UUID, *, on: date, is_exit: bool, reason: str, actor: Actor) -> VillageExit:
    """Decide on the exit of a village on the figures of a day; the check of that day is kept as it was shown.

    Locks: the village. Raises: NotFound, NotAllowed; Conflict for an exit with a condition that is not met or not
    known, and for a second exit; DomainError for a day to come or a missing reason.
    """
    village = Village.objects.select_for_update(of=("self",)).filter(pk=village_id).first()
    if village is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    require(actor, "assistance.decide_exit", village)
    require_past(on)
    given = require_reason(reason)
    check = exit_check(village, on)
    last = VillageExit.objects.filter(village=village).order_by("-checked_on", "-id").first()
    if last is not None and on < last.checked_on:
        message = _("A later decision is on file, of %(day)s. Enter that day or a later one.")
        raise DomainError("exit.before_last", message % {"day": last.checked_on.isoformat()}, field="on")
    if is_exit:
        if last is not None and last.is_exit:
            raise Conflict("exit.decided", _("This village has exited already."))
        if not check.may_exit:
            message = _("A condition is not met, or nothing is known of it. The check of the village shows which.")
            raise Conflict("exit.not_met", message)
    if last is not None and (last.checked_on, last.is_exit, last.reason) == (on, is_exit, given):
        raise Conflict("exit.on_file", _("The same decision of this day is on file."))
    row = VillageExit(
        scope_code=village.code,
        village=village,
        checked_on=on,
        is_exit=is_exit,
        poor_person_count=check.poor_person_count,
        rural_person_count=check.rural_person_count,
        reason=given,
        conditions=[_kept(condition) for condition in check.conditions],
        decided_by=actor.user_id,
        decided_at=timezone.now(),
    )
    row.save()
    changes: dict[str, tuple[object, object]] = {
        "checked_on": (None, on),
        "is_exit": (None, is_exit),
        "poor_person_count": (None, check.poor_person_count),
    }
    record("assistance.decide_exit", row, actor=actor, changes=changes, reason=given)
    return row


def _values(draft: StandardDraft) -> dict[str, Any]:
    if not 2000 <= draft.from_year <= 2100:
        raise DomainError("exit.year", _("The year lies between 2000 and 2100. Check the year."), field="from_year")
    if not 0 < draft.poverty_ratio_below <= 1:
        message = _("The incidence is a ratio above 0 and up to 1: 3 percent are 0.03.")
        raise DomainError("exit.ratio", message, field="poverty_ratio_below")
    if draft.collective_income_least_yuan < 0:
        message = _("The amount is not negative. Check it.")
        raise DomainError("exit.income", message, field="collective_income_least_yuan")
    for field, names, known in (("needed_facts", draft.needed_facts, YES_NO), ("zero_facts", draft.zero_facts, COUNTS)):
        if set(names) - set(known):
            message = _("The value is not in its list. Choose one from the list.")
            raise DomainError("code.unknown", message, field=field)
    source = clean(draft.source)
    if not source:
        message = _("Name the document that sets these figures.")
        raise DomainError("exit.source_missing", message, field="source")
    lists = {"needed_facts": list(draft.needed_facts), "zero_facts": list(draft.zero_facts)}
    return asdict(draft) | lists | {"source": source}


def _save(row: ExitStandard) -> None:
    try:
        with savepoint():
            row.save()
    except IntegrityError as error:
        message = _("There is a standard from this year on already. Amend that one.")
        raise Conflict("exit.standard_on_file", message, field="from_year") from error


def _kept(condition: Condition) -> dict[str, Any]:
    """Give a line as it is kept: amounts as texts, so that no digit is lost."""
    line = asdict(condition)
    return {name: str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) and name != "facts_of"
            else value for name, value in line.items()}  # fmt: skip
