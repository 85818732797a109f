"""What a sector clerk sees: the facts of that sector with the person or household they belong to, and nothing else."""

from typing import Any, Final

from django.db.models import F, QuerySet

from households.models import Household, HouseholdYear, PersonYear
from registry.enums import Sector

_OF_PERSON: Final[dict[str, tuple[str, ...]]] = {
    Sector.EDUCATION: ("education_code", "school_code"),
    Sector.MEDICAL_INSURANCE: ("has_basic_medical", "has_serious_illness_cover"),
    Sector.DISABILITY: ("health_codes",),
}
_OF_HOUSEHOLD_YEAR: Final[dict[str, tuple[str, ...]]] = {
    Sector.HOUSING: ("dangerous_housing",),
    Sector.WATER: ("safe_water",),
}


def sector_facts(sector: str) -> "QuerySet[Any, Any]":
    """Give the rows of a sector in scope: `id`, whom they are about, and the sector's own columns.

    Education, medical insurance and disability see the year of a person, housing and water the year of a household,
    civil affairs the attribute of the household. An unknown sector sees nothing.
    """
    if sector in _OF_PERSON:
        persons: QuerySet[Any, Any] = PersonYear.objects.values(
            "id",
            "year",
            *_OF_PERSON[sector],
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
    rows = Household.objects.all() if sector == Sector.CIVIL_AFFAIRS else Household.objects.none()
    return rows.values("id", "attribute_code", household_number=F("number"), village_code=F("scope_code"))
