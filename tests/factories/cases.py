"""Leads and cases of invented households."""

from datetime import date
from decimal import Decimal
from typing import Any

from dossiers.domain.cases import LeadDraft, RemovalCheck, confirm_lead, raise_lead
from dossiers.models import MonitoringCase
from households.domain.facts import PersonYearDraft, record_person_year
from households.models import Household, Membership, YearLine
from registry.tenancy.context import current_actor
from tests.factories.households import registered

LEAD_ON = date(2021, 1, 4)
CONFIRMED_ON = date(2021, 1, 12)
# The first day on which all guards of time let a case confirmed on that day end.
REMOVABLE_ON = date(2021, 7, 12)


def lead(**changes: Any) -> LeadDraft:
    """Give a lead that the village found: illness."""
    values: dict[str, Any] = {
        "lead_on": LEAD_ON,
        "lead_channel_code": "2",
        "category_code": "1",
        "risk_codes": ("01",),
    }
    return LeadDraft(**{**values, **changes})


def raised(household: Household | None = None, **changes: Any) -> MonitoringCase:
    """Raise a lead on a lifted household."""
    household = household or registered(status="lifted")
    return raise_lead(household.pk, lead(**changes), actor=current_actor())


def confirmed(household: Household | None = None, *, on: date = CONFIRMED_ON, **changes: Any) -> MonitoringCase:
    """Raise a lead and confirm it."""
    case = raised(household, **changes)
    return confirm_lead(case.pk, on=on, reason="县公告", actor=current_actor())


def skills(household: Household, *codes: str) -> None:
    """State the ability to work of the members, in the order of their relations."""
    members = Membership.objects.filter(household=household, ends_on__isnull=True).order_by("relation_code")
    for member, code in zip(members, codes, strict=True):
        record_person_year(member.person_id, PersonYearDraft(year=2020, skill_code=code), actor=current_actor())


def monitoring_line(year: int = 2021, yuan: str = "6000") -> None:
    """State the county's monitoring line of a year."""
    YearLine.objects.get_or_create(
        year=year,
        defaults={
            "scope_code": current_actor().tenant_code,
            "monitoring_line_yuan": Decimal(yuan),
            "valid_from": date(year, 1, 1),
        },
    )


def check(**changes: Any) -> RemovalCheck:
    """Give a check before removal that is met."""
    values: dict[str, Any] = {
        "checked_on": date(2021, 7, 5),
        "checked_year": 2021,
        "net_per_head_yuan": Decimal(9000),
        "has_schooling": True,
        "has_medical_care": True,
        "has_safe_housing": True,
        "has_safe_water": True,
    }
    return RemovalCheck(**{**values, **changes})
