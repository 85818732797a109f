"""Monitoring cases: from a lead to its decision, and to the end of the risk.

Monitoring itself is begun and ended by `households.domain.monitoring` alone; a case follows it, whichever door was used
(`dossiers.domain.following`). The household is locked before its case.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from dossiers.domain.due import decision_due
from dossiers.domain.following import confirmed_days
from dossiers.domain.sweeps import open_sweep_village
from dossiers.enums import CaseState
from dossiers.models import MonitoringCase
from dossiers.models.case import DISASTER, MOST_RISKS, OTHER
from dossiers.queries.cases import cases_in_scope, find_case, monitoring_line_of
from dossiers.queries.templates import county_procedure
from dossiers.workflow import CASE_CHANGES, change
from households.domain.days import require_past
from households.domain.locking import lock_household, require_reason
from households.domain.monitoring import identify_for_monitoring, relapse, remove_risk
from households.enums import AT_RISK, HouseholdStatus, MonitoringState
from households.models import Household
from households.queries.history import current_monitoring, first_day
from households.queries.labour import has_labour
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code, require_codes

_ONE_OPEN: Final = _("The household has an open case already. Go on with that one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadDraft:
    """A lead as it is stated. `is_without_labour` counts only where the ability of the members is not known."""

    lead_on: date
    lead_channel_code: str
    category_code: str
    risk_codes: tuple[str, ...]
    disaster_code: str = ""
    other_remark: str = ""
    is_without_labour: bool = False
    campaign_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalCheck:
    """What was found in the household before its risk is removed by support."""

    checked_on: date
    checked_year: int
    net_per_head_yuan: Decimal
    has_schooling: bool
    has_medical_care: bool
    has_safe_housing: bool
    has_safe_water: bool


def raise_lead(household_id: UUID, draft: LeadDraft, *, actor: Actor, version: int | None = None) -> MonitoringCase:
    """Open a case with a lead on a household; `version` is that of the household, where somebody read it.

    Locks: the household. Raises: NotFound, NotAllowed, StaleVersion; Conflict when it is closed, monitored already or
    has an open case; DomainError with the field at fault.
    """
    household = lock_household(household_id, "dossiers.raise_lead", actor=actor, version=version)
    if household.status == HouseholdStatus.CLOSED:
        raise Conflict("household.closed", _("The household is closed and cannot be changed any more."))
    if household.monitoring_state in AT_RISK:
        message = _("The household is monitored already. Enter its case instead of a lead.")
        raise Conflict("case.monitored_already", message)
    case = MonitoringCase(scope_code=household.scope_code, household=household)
    _write_lead(case, draft, household)
    _insert(case)
    _record("dossiers.raise_lead", case, actor, draft)
    return case


def amend_lead(case_id: UUID, draft: LeadDraft, *, actor: Actor, version: int | None = None) -> MonitoringCase:
    """Correct a lead that is not decided yet; its deadline is counted anew.

    Locks: the household and the case. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household, case = _lock_case(case_id, "dossiers.raise_lead", actor=actor, version=version)
    if case.state != CaseState.LEAD:
        raise Conflict("case.decided", _("The lead is decided already and stays as it is."))
    _write_lead(case, draft, household)
    case.touch().save()
    _record("dossiers.amend_lead", case, actor, draft)
    return case


def confirm_lead(case_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None) -> MonitoringCase:
    """Confirm a lead: the household is monitored from the day on, by the category of its case.

    In a county that asks for dossiers this is refused, and finishing the dossier confirms the lead.
    Locks: the household and the case. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household, case = _lock_case(case_id, "dossiers.decide_lead", actor=actor, version=version)
    change(CASE_CHANGES, "confirm", present=case.state)
    begin = identify_for_monitoring if household.monitoring_state == MonitoringState.NONE else relapse
    begin(household.pk, case.category_code, actor=actor, on=on, reason=reason)
    return find_case(case.pk, actor=actor)


def drop_lead(case_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None) -> MonitoringCase:
    """Drop a lead that was not found to be so, with the reason.

    Locks: the household and the case. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    _household, case = _lock_case(case_id, "dossiers.decide_lead", actor=actor, version=version)
    line = change(CASE_CHANGES, "drop", present=case.state)
    reason = require_reason(reason)
    require_past(on)
    if on < case.lead_on:
        message = _("The lead was raised on %(day)s. Enter that day or a later one.")
        raise DomainError("case.before_lead", message % {"day": case.lead_on.isoformat()}, field="on")
    case.state, case.ended_on, case.end_reason = line.target, on, reason[:300]
    case.touch().save(update_fields=["state", "ended_on", "end_reason", "version", "updated_at"])
    changes: dict[str, tuple[object, object]] = {"state": (CaseState.LEAD, case.state), "ended_on": (None, on)}
    record("dossiers.drop_lead", case, actor=actor, changes=changes, reason=reason)
    return case


def enter_case(household_id: UUID, draft: LeadDraft, *, actor: Actor, version: int | None = None) -> MonitoringCase:
    """Enter the case of a household that is monitored without one, as rosters tell them: lead, risks and channel.

    It counts as confirmed on the day on which monitoring began, or on the household's first day where that is unknown.
    Locks: the household. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_household(household_id, "dossiers.raise_lead", actor=actor, version=version)
    spell = current_monitoring(household)
    if household.monitoring_state not in AT_RISK or spell is None:
        raise Conflict("case.not_monitored", _("The household is not monitored. Raise a lead on it."))
    case = MonitoringCase(scope_code=household.scope_code, household=household)
    _write_lead(case, draft, household)
    confirmed_on = spell.starts_on or first_day(household)
    if draft.lead_on > confirmed_on:
        message = _("Monitoring began on %(day)s. The lead was raised on that day or before it.")
        raise DomainError("case.lead_after", message % {"day": confirmed_on.isoformat()}, field="lead_on")
    case.category_code = spell.category_code
    confirmed_days(case, spell, on=confirmed_on)
    _insert(case)
    _record("dossiers.enter_case", case, actor, draft)
    return case


def check_removal(case_id: UUID, found: RemovalCheck, *, actor: Actor, version: int | None = None) -> MonitoringCase:
    """Write what was found before the risk is removed by support; a later check replaces the former one.

    The line is the county's monitoring line of the year of the income.
    Locks: the household and the case. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household, case = _lock_case(case_id, "dossiers.check_removal", actor=actor, version=version)
    if case.state != CaseState.CONFIRMED or case.confirmed_on is None:
        raise Conflict("case.not_confirmed", _("Only a confirmed case is checked before its end."))
    require_past(found.checked_on, field="checked_on")
    if found.checked_on < case.confirmed_on:
        message = _("The case was confirmed on %(day)s. The check comes after it.")
        raise DomainError("removal.checked_early", message % {"day": case.confirmed_on.isoformat()}, field="checked_on")
    if found.checked_year not in range(case.confirmed_on.year - 1, found.checked_on.year + 1):
        message = _("The income is of a year since the one before the confirmation, up to that of the check.")
        raise DomainError("removal.year", message, field="checked_year")
    values: dict[str, Any] = {name: getattr(found, name) for name in found.__slots__}
    values["line_yuan"] = monitoring_line_of(found.checked_year)
    known = has_labour(household)
    values["is_without_labour"] = case.is_without_labour if known is None else not known
    changes = {name: (getattr(case, name), value) for name, value in values.items() if getattr(case, name) != value}
    for name, value in values.items():
        setattr(case, name, value)
    case.touch().save(update_fields=[*values, "version", "updated_at"])
    record("dossiers.check_removal", case, actor=actor, changes=changes)
    return case


def remove_case(
    case_id: UUID, manner_code: str, *, on: date, reason: str, actor: Actor, version: int | None = None
) -> MonitoringCase:
    """End a confirmed case: the household's risk is removed from the day on, by support or naturally.

    Locks: the household and the case. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household, case = _lock_case(case_id, "dossiers.decide_lead", actor=actor, version=version)
    change(CASE_CHANGES, "remove", present=case.state)
    remove_risk(household.pk, manner_code, actor=actor, on=on, reason=reason)
    return find_case(case.pk, actor=actor)


def _lock_case(case_id: UUID, action: str, *, actor: Actor, version: int | None) -> tuple[Household, MonitoringCase]:
    known = find_case(case_id, actor=actor)
    household = lock_household(known.household_id, action, actor=actor, version=None)
    return household, lock_version(cases_in_scope(actor), case_id, version)


def _write_lead(case: MonitoringCase, draft: LeadDraft, household: Household) -> None:
    """Put a draft that passed every check into the case. Raises: DomainError with the field at fault."""
    risks = _checked_risks(draft)
    case.disaster_code = draft.disaster_code
    case.other_remark = clean(draft.other_remark)[:200]
    if (DISASTER in risks) != bool(draft.disaster_code):
        message = _("A natural disaster has its kind, and no other risk has one.")
        raise DomainError("case.disaster", message, field="disaster_code")
    if OTHER in risks and not case.other_remark:
        raise DomainError("case.remark", _("Say in words which other risk it is."), field="other_remark")
    if draft.campaign_id is None:
        case.sweep_village = None
    elif case.sweep_village is None or case.sweep_village.campaign_id != draft.campaign_id:
        case.sweep_village = open_sweep_village(draft.campaign_id, village_code=household.scope_code)
    known = has_labour(household)
    case.is_without_labour = draft.is_without_labour if known is None else not known
    case.lead_on, case.risk_codes = draft.lead_on, list(risks)
    case.lead_channel_code, case.category_code = draft.lead_channel_code, draft.category_code
    case.due_on, case.due_basis = decision_due(draft.lead_on, county_procedure())


def _checked_risks(draft: LeadDraft) -> tuple[str, ...]:
    on = draft.lead_on
    require_past(on, field="lead_on")
    require_code("lead_channel", draft.lead_channel_code, on=on, field="lead_channel_code")
    require_code("monitoring_category", draft.category_code, on=on, field="category_code")
    require_codes({"disaster_code": ("natural_disaster", draft.disaster_code)}, on=on)
    risks = tuple(dict.fromkeys(draft.risk_codes))
    if not 1 <= len(risks) <= MOST_RISKS:
        message = _("A case has one to five risks.")
        raise DomainError("case.risks", message, field="risk_codes")
    for code in risks:
        require_code("risk", code, on=on, field="risk_codes")
    return risks


def _insert(case: MonitoringCase) -> None:
    try:
        with savepoint():
            case.save()
    except IntegrityError as error:
        raise Conflict("case.is_open", _ONE_OPEN) from error


def _record(verb: str, case: MonitoringCase, actor: Actor, draft: LeadDraft) -> None:
    changes: dict[str, tuple[object, object]] = {
        name: (None, getattr(case, name))
        for name in ("lead_on", "lead_channel_code", "category_code", "risk_codes", "disaster_code", "due_on")
    }
    changes["campaign"] = (None, draft.campaign_id)
    record(verb, case, actor=actor, changes=changes)
