"""Units that an authority can send."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from planning.domain.units import UnitFacts, add_dispatch_unit, amend_dispatch_unit
from planning.enums import Need
from planning.models import DispatchUnit
from planning.queries.plans import units_on_list
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm, code_field
from villages.admin.labels import code_label
from villages.enums import PAIRED_PROVINCE_SCHEME, UNIT_KIND_SCHEME, UNIT_LEVEL_SCHEME

_SCHEMES = {
    "kind_code": UNIT_KIND_SCHEME,
    "level_code": UNIT_LEVEL_SCHEME,
    "paired_province_code": PAIRED_PROVINCE_SCHEME,
}
_LABELS = {"kind_code": "kind_label", "level_code": "level_label", "paired_province_code": "province_label"}
_FIELDS = (
    "name", "kind_code", "level_code", "paired_province_code", "uscc", "capacity", "strength", "skills", "longitude",
    "latitude", "is_active",
)  # fmt: skip


class DispatchUnitForm(DressedForm):
    """A unit to be sent."""

    kind_code = code_field(UNIT_KIND_SCHEME, _("Kind of unit"))
    level_code = code_field(UNIT_LEVEL_SCHEME, _("Level"), required=True)
    paired_province_code = code_field(PAIRED_PROVINCE_SCHEME, _("Paired-aid province"))
    skills = forms.MultipleChoiceField(
        label=_("Good at"), choices=Need.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _facts(values: dict[str, Any]) -> UnitFacts:
    facts = UnitFacts()
    for name in _FIELDS:
        facts[name] = values[name]  # type: ignore[literal-required]  # the names are those of UnitFacts
    return facts


@admin.register(DispatchUnit)
class DispatchUnitAdmin(TenantModelAdmin):
    """The units of an authority, with how many teams each can send and what it is good at."""

    view_action = "planning.view"
    add_action = change_action = "planning.manage_units"
    form = DispatchUnitForm
    list_display = ("name", "kind_label", "level_label", "capacity", "strength", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name",)
    history = History(codes=_SCHEMES)
    kind_label = code_label(DispatchUnit, "kind_code", UNIT_KIND_SCHEME)
    level_label = code_label(DispatchUnit, "level_code", UNIT_LEVEL_SCHEME)
    province_label = code_label(DispatchUnit, "paired_province_code", PAIRED_PROVINCE_SCHEME)

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[DispatchUnit]:
        return units_on_list()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        reads = obj is not None and not self.has_change_permission(request, obj)
        return tuple(_LABELS.get(name, name) if reads else name for name in _FIELDS)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> DispatchUnit:
        return add_dispatch_unit(_facts(values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> DispatchUnit:
        return amend_dispatch_unit(record.pk, _facts(values), actor=actor, version=version)
