"""The yearly facts of a village: one form a section, and a page that shows the last years side by side."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.site import SitePage, site
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor
from villages.admin.drafts import count_field
from villages.admin.fields import VersionedForm, label_of, year_field, yes_no_field, yuan_field
from villages.domain.years import record_village_facts
from villages.models import SECTIONS, Village, VillageYear
from villages.queries.villages import find_village, village_years, year_facts

_TITLES = {
    "facilities": _("Facilities"),
    "people": _("Households and persons"),
    "land": _("Land"),
    "income": _("Income and trades"),
    "services": _("Public services"),
}
# The verb of each section: its name in addresses, its button, its icon.
_VERBS = {
    "facilities": ("record-year", _("Record the facilities"), "event"),
    "people": ("record-people", _("Record households and persons"), "groups_2"),
    "land": ("record-land", _("Record the land"), "landscape"),
    "income": ("record-income", _("Record income and trades"), "payments"),
    "services": ("record-services", _("Record the public services"), "local_hospital"),
}
_YEARS_SHOWN = 4
_RECORD = "villages.record_year"


def _field(name: str) -> forms.Field:
    column = VillageYear._meta.get_field(name)
    label = label_of(VillageYear, name)
    if isinstance(column, models.BooleanField):
        return yes_no_field(label)
    return yuan_field(label) if isinstance(column, models.DecimalField) else count_field(label)


class SectionForm(VersionedForm):
    """The facts of one section of a year; the other sections stay as they are."""

    year = year_field()


def _section_form(section: str) -> type[SectionForm]:
    return type(f"{section.title()}Form", (SectionForm,), {name: _field(name) for name in SECTIONS[section]})


def _recording(section: str) -> Callable[[Village, dict[str, Any], Actor], VillageYear]:
    def run(village: Village, values: dict[str, Any], actor: Actor) -> VillageYear:
        version, year = values.pop("version"), values.pop("year")
        return record_village_facts(village.pk, year, values, actor=actor, version=version)

    return run


YEAR_VERBS = tuple(
    Verb(name, label, _RECORD, run=_recording(section), form=_section_form(section), icon=icon, facts=year_facts)
    for section, (name, label, icon) in _VERBS.items()
)


def profile_page(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """Show the facts of the last years side by side, section by section."""
    village = find_village(village_id)
    years = list(village_years(village)[:_YEARS_SHOWN])
    context = site.each_context(request) | {
        "title": gettext("Yearly facts of the village"),
        "village": village,
        "years": years,
        "sections": [(title, [_line(name, years) for name in SECTIONS[section]]) for section, title in _TITLES.items()],
    }
    return TemplateResponse(request, "villages/admin/profile.html", context)


def _line(name: str, years: list[VillageYear]) -> tuple[str, list[Any]]:
    return label_of(VillageYear, name), [getattr(year, name) for year in years]


site.add_page(SitePage("village-profile", "villages/<uuid:village_id>/profile/", "villages.view", profile_page))
