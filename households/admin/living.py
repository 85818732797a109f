"""The page that shows what is on file of a household's living and production conditions, year beside year."""

from typing import Any, Final
from uuid import UUID

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from households.domain.visits import LIVING_CODES
from households.models import HouseholdYear
from households.models.years import LAND_AREAS
from households.queries.lists import latest_years
from households.queries.visibility import find_household
from registry.admin.site import actor_at, site
from villages.admin.fields import label_of
from villages.admin.labels import labels_of

_YEARS_SHOWN: Final = 5
# As section C of the household form goes; `households.models.years.LIVING_FACTS` is the same set.
SECTIONS: Final = (
    (_("Members"), ("persons_at_start", "persons_at_end")),
    (_("Land"), LAND_AREAS),
    (
        _("Production"),
        (
            "is_in_cooperative",
            "is_in_association",
            "is_in_mutual_fund",
            "is_led_by_enterprise",
            "is_led_by_pioneer",
            "industry_help_code",
            "has_production_power",
        ),
    ),
    (
        _("Water, power and road"),
        (
            "has_household_power",
            "has_broadcast",
            "has_water_difficulty",
            "safe_water",
            "water_source_code",
            "fuel_code",
            "road_distance_km",
            "entry_road_code",
        ),
    ),
    (
        _("House"),
        (
            "housing_area_m2",
            "house_structure_code",
            "built_year",
            "dangerous_housing",
            "dangerous_grade_code",
            "rebuilt_year",
            "has_sanitary_toilet",
        ),
    ),
)


def household_living_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show the living conditions of the last years side by side, section by section."""
    household = find_household(household_id, actor=actor_at(request))
    years = latest_years(household, _YEARS_SHOWN)
    context = site.each_context(request) | {
        "title": gettext("Living conditions by year"),
        "household": household,
        "years": years,
        "sections": [(title, [_line(name, years) for name in names]) for title, names in SECTIONS],
    }
    return TemplateResponse(request, "households/admin/living.html", context)


def _line(name: str, years: list[HouseholdYear]) -> tuple[str, list[str]]:
    return label_of(HouseholdYear, name), [_said(name, getattr(year, name)) for year in years]


def _said(name: str, value: Any) -> str:  # noqa: ANN401  (a value of any column)
    """Put a fact in words; an unknown one is empty."""
    if name in LIVING_CODES:
        return labels_of((LIVING_CODES[name],), value)
    if isinstance(HouseholdYear._meta.get_field(name), models.BooleanField):
        return {True: gettext("Yes"), False: gettext("No")}.get(value, "")
    return "" if value is None else str(value)
