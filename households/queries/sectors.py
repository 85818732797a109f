"""What a sector clerk sees: the facts of that sector with the person or household they belong to, and nothing else."""

from typing import Any, Final

from django.db.models import F, OuterRef, QuerySet, Subquery

from households.models import HouseholdYear, Membership, PersonYear
from registry.enums import Sector

_OF_PERSON: Final[dict[str, tuple[str, ...]]] = {
    Sector.EDUCATION: ("education_code", "school_code", "dropout_reason_code"),
    Sector.MEDICAL_INSURANCE: (
        "has_basic_medical",
        "has_employee_medical",
        "has_serious_illness_cover",
        "has_commercial_medical",
        "receives_medical_assistance",
        "receives_other_health_support",
    ),
    Sector.DISABILITY: ("health_codes", "disability_card_year"),
}
_MARKS: Final[dict[str, tuple[str, ...]]] = {
    Sector.DISABILITY: ("disability_category_code", "disability_grade_code"),
}
_OF_HOUSEHOLD_YEAR: Final[dict[str, tuple[str, ...]]] = {
    Sector.HOUSING: ("dangerous_housing",),
    Sector.WATER: ("safe_water",),
}
_ALLOWANCES: Final = ("year", "minimum_living_allowance_code", "special_support_code", "is_unsupported_child")


def sector_facts(sector: str) -> "QuerySet[Any, Any]":
    """Give the rows of a sector in scope: `id`, whom they are about, and the sector's own columns.

    Education, medical insurance and disability see the year of a person, housing and water the year of a household,
    civil affairs the present members with the attribute of their household and the allowances of the latest year on
    file. An unknown sector sees nothing.
    """
    if sector in _OF_PERSON:
        persons: QuerySet[Any, Any] = PersonYear.objects.values(
            "id",
            "year",
            *_OF_PERSON[sector],
            **{mark: F(f"person__{mark}") for mark in _MARKS.get(sector, ())},
            person_number=F("person__number"),
            person_name=F("person__name"),
            village_code=F("scope_code"),
        )
        return persons
    if sector in _OF_HOUSEHOLD_YEAR:
        households: QuerySet[Any, Any] = HouseholdYear.objects.values(
            "id",
            "year",
            *_OF_HOUSEHOLD_YEAR[sector],
            household_number=F("household__number"),
            village_code=F("scope_code"),
        )
        return households
    return _members_with_allowances() if sector == Sector.CIVIL_AFFAIRS else Membership.objects.none().values("id")


def _members_with_allowances() -> "QuerySet[Any, Any]":
    years = PersonYear.objects.filter(person=OuterRef("person_id"), tenant=OuterRef("tenant_id")).order_by("-year")
    latest = {name: Subquery(years.values(name)[:1]) for name in _ALLOWANCES}
    return Membership.objects.filter(ends_on__isnull=True).values(
        "id",
        person_number=F("person__number"),
        person_name=F("person__name"),
        household_number=F("household__number"),
        attribute_code=F("household__attribute_code"),
        village_code=F("scope_code"),
        **latest,
    )
