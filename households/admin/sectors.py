"""The working page of a sector clerk."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from households.queries.sectors import sector_facts
from registry.admin.site import actor_at, site
from registry.queries.divisions import division_names
from villages.admin.labels import labels_of

_ROWS = 50
# The columns of any sector and their headings.
_HEADINGS: Final = {
    "year": _("Year"),
    "education_code": _("Education"),
    "school_code": _("Stage of school"),
    "health_codes": _("Health"),
    "attribute_code": _("Household attribute"),
    "dropout_reason_code": _("reason for leaving school"),
    "has_basic_medical": _("has basic medical insurance"),
    "has_employee_medical": _("has medical insurance of employees"),
    "has_serious_illness_cover": _("has cover of serious illness"),
    "has_commercial_medical": _("has commercial medical insurance"),
    "receives_medical_assistance": _("receives medical assistance"),
    "receives_other_health_support": _("receives other health support"),
    "disability_category_code": _("category of disability"),
    "disability_grade_code": _("grade of disability"),
    "disability_card_year": _("year of the disability card"),
    "minimum_living_allowance_code": _("minimum living allowance"),
    "special_support_code": _("special support"),
    "is_unsupported_child": _("is a child without support in fact"),
    "dangerous_housing": _("Lives in a dangerous house"),
    "safe_water": _("Has safe drinking water"),
    "person_number": _("person number"),
    "person_name": _("Name"),
    "household_number": _("Household number"),
    "village_code": _("Village"),
}
_YES_NO: Final = {True: _("Yes"), False: _("No")}
_SCHEMES: Final = {
    "education_code": "education",
    "school_code": "school_status",
    "health_codes": "health",
    "attribute_code": "household_attribute",
    "dropout_reason_code": "dropout_reason",
    "disability_category_code": "disability_category",
    "disability_grade_code": "disability_grade",
    "minimum_living_allowance_code": "minimum_living_allowance",
    "special_support_code": "special_support",
}


def sector_page(request: HttpRequest) -> HttpResponse:
    """List the facts of the clerk's own sector."""
    rows = sector_facts(actor_at(request).sector).order_by("id")
    page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    villages = division_names({row["village_code"] for row in page if "village_code" in row})
    shown = [
        {_HEADINGS[name]: _shown(name, value, villages) for name, value in row.items() if name != "id"} for row in page
    ]
    context = site.each_context(request) | {
        "title": gettext("Facts of my sector"),
        "page": page,
        "columns": list(shown[0]) if shown else [],
        "rows": [list(row.values()) for row in shown],
    }
    return TemplateResponse(request, "households/admin/sector_facts.html", context)


def _shown(name: str, value: Any, villages: Mapping[str, str]) -> object:  # noqa: ANN401  (a column of any kind)
    """Give a value as people read it; an unknown one as nothing, which the page shows as a dash."""
    if name in _SCHEMES:
        return labels_of(_SCHEMES[name], value or ()) or None
    if isinstance(value, bool):
        return _YES_NO[value]
    return villages.get(value, value) if name == "village_code" else value
