"""Let a case follow its household, whichever door changed it: a dossier, the household's page, a closing, a split.

So there is one truth: monitoring is what the household's spells say, and the case holds why and by when.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dossiers.domain.gate import dossier_of
from dossiers.domain.measures import first_measures
from dossiers.enums import CaseState
from dossiers.models import MonitoringCase
from dossiers.queries.templates import county_procedure
from dossiers.workflow import CASE_CHANGES, change
from households.domain.news import household_closed, household_split, monitoring_changed
from households.domain.package import send_along
from households.models import Household, MonitoringSpell
from households.queries.history import current_monitoring
from households.queries.labour import has_labour
from registry.audit import record
from registry.lib.errors import DomainError
from registry.lib.periods import months_after
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id

_OWN = frozenset(
    {
        "id",
        "tenant",
        "scope_code",
        "household",
        "spell",
        "dossier",
        "sweep_village",
        "version",
        "created_at",
        "updated_at",
    }
)


def confirmed_days(case: MonitoringCase, spell: MonitoringSpell, *, on: date) -> None:
    """Write into the case that it was confirmed on a day, and count what is due from the county's rules."""
    rules = county_procedure()
    case.state, case.spell, case.confirmed_on = CaseState.CONFIRMED, spell, on
    case.measures_due_on = months_after(on, rules.measure_months)
    case.development_due_on = months_after(on, rules.development_months)
    case.removable_on = months_after(on, rules.removal_months)
    case.measured_on, case.developed_on = first_measures(case.household_id, on)


def follow_monitoring(
    *, household: Household, spell: MonitoringSpell, name: str, on: date, actor: Actor, reason: str, **_signal: Any
) -> None:
    """Confirm the household's lead, or end its case; connected to `monitoring_changed`. Raises: DomainError."""
    if name == "remove_risk":
        _end(household, spell.end_code, on=on, actor=actor, reason=reason)
        return
    case = _locked(household, CaseState.LEAD)
    if case is None:
        return
    change(CASE_CHANGES, "confirm", present=case.state)
    if on < case.lead_on:
        message = _("The lead was raised on %(day)s. It is not confirmed before that day.")
        raise DomainError("case.before_lead", message % {"day": case.lead_on.isoformat()}, field="on")
    confirmed_days(case, spell, on=on)
    case.category_code = spell.category_code
    case.dossier = dossier_of(household)
    _refresh_labour(case, household)
    case.touch().save()
    changes: dict[str, tuple[object, object]] = {
        "state": (CaseState.LEAD, case.state),
        "confirmed_on": (None, on),
        "category_code": (None, case.category_code),
        "measures_due_on": (None, case.measures_due_on),
    }
    record("dossiers.confirm_lead", case, actor=actor, changes=changes, reason=reason)


def follow_closing(*, household: Household, on: date, actor: Actor, reason: str, **_signal: Any) -> None:
    """End what is open when a household was closed; connected to `household_closed`."""
    case = _locked(household, CaseState.LEAD)
    if case is None:
        spell = MonitoringSpell.objects.filter(household=household, ends_on=on).order_by("-starts_on").first()
        _end(household, spell.end_code if spell else "", on=on, actor=actor, reason=reason)
        return
    case.state = change(CASE_CHANGES, "drop", present=case.state).target
    case.ended_on, case.end_reason = max(on, case.lead_on), reason[:300]
    case.touch().save()
    changes: dict[str, tuple[object, object]] = {
        "state": (CaseState.LEAD, case.state),
        "ended_on": (None, case.ended_on),
    }
    record("dossiers.drop_lead", case, actor=actor, changes=changes, reason=reason)


def case_along(*, household: Household, origin: Household, actor: Actor, reason: str, **_signal: Any) -> None:
    """Give the household founded by a split the case of the one it came from; connected to `household_split`.

    A lead stays where it was raised.
    """
    case = _locked(origin, CaseState.CONFIRMED)
    if case is not None and current_monitoring(household) is not None:
        copy = _copied(_facts(case), household)
        record("dossiers.enter_case", copy, actor=actor, changes={"origin": (None, case.pk)}, reason=reason)


def _packed(household: Household) -> dict[str, Any] | None:
    """Give the facts of the open case of a household that goes to another county, a lead too: its day stays due."""
    case = _locked(household, CaseState.CONFIRMED) or _locked(household, CaseState.LEAD)
    return None if case is None else _facts(case)


def _unpacked(household: Household, packed: dict[str, Any] | None, actor: Actor, reason: str) -> None:
    """Open the case in the receiving county with the days that it had."""
    if packed is None:
        return
    copy = _copied(packed, household)
    days = ("lead_on", "due_on", "confirmed_on", "removable_on")
    changes: dict[str, tuple[object, object]] = {name: (None, getattr(copy, name)) for name in ("state", *days)}
    record("dossiers.enter_case", copy, actor=actor, changes=changes, reason=reason)


def _facts(case: MonitoringCase) -> dict[str, Any]:
    """Give what a case says, without what belongs to the household and county that hold it."""
    columns = {field.name for field in case._meta.concrete_fields if not field.generated}
    return {name: getattr(case, name) for name in columns - _OWN}


def _copied(facts: dict[str, Any], household: Household) -> MonitoringCase:
    """Open a case of the same facts; one that is confirmed belongs to the present monitoring of the household."""
    copy = MonitoringCase(**facts, pk=new_id(), household=household, scope_code=household.scope_code)
    if copy.state == CaseState.CONFIRMED:
        copy.spell = current_monitoring(household)
    _refresh_labour(copy, household)
    copy.save()
    return copy


def _end(household: Household, code: str, *, on: date, actor: Actor, reason: str) -> None:
    case = _locked(household, CaseState.CONFIRMED)
    if case is None or case.confirmed_on is None:
        return
    case.state = change(CASE_CHANGES, "remove", present=case.state).target
    case.ended_on, case.removal_code, case.end_reason = max(on, case.confirmed_on), code, reason[:300]
    case.removable_on = months_after(case.confirmed_on, county_procedure().removal_months)
    _refresh_labour(case, household)
    case.touch().save()
    changes: dict[str, tuple[object, object]] = {
        "state": (CaseState.CONFIRMED, case.state),
        "ended_on": (None, case.ended_on),
        "removal_code": (None, code),
    }
    record("dossiers.end_case", case, actor=actor, changes=changes, reason=reason)


def _locked(household: Household, state: CaseState) -> MonitoringCase | None:
    rows = MonitoringCase.objects.filter(household=household, state=state)
    return rows.select_for_update(of=("self",)).first()


def _refresh_labour(case: MonitoringCase, household: Household) -> None:
    """Let the ability of the members decide, where it is known."""
    known = has_labour(household)
    if known is not None:
        case.is_without_labour = not known


monitoring_changed.connect(follow_monitoring, dispatch_uid="dossiers.follow_monitoring")
household_closed.connect(follow_closing, dispatch_uid="dossiers.follow_closing")
household_split.connect(case_along, dispatch_uid="dossiers.case_along")
send_along("dossiers.case", _packed, _unpacked)
