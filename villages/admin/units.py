"""Units."""

from typing import Any, Final, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm, code_field
from villages.admin.labels import code_label
from villages.domain.units import FIELDS, UnitChanges, add_unit, amend_unit
from villages.enums import PAIRED_PROVINCE_SCHEME, UNIT_KIND_SCHEME, UNIT_LEVEL_SCHEME
from villages.models import Unit

_SCHEMES: Final = {
    "kind_code": UNIT_KIND_SCHEME,
    "level_code": UNIT_LEVEL_SCHEME,
    "paired_province_code": PAIRED_PROVINCE_SCHEME,
}


class UnitForm(DressedForm):
    """A unit."""

    kind_code = code_field(UNIT_KIND_SCHEME, _("Kind of unit"))
    level_code = code_field(UNIT_LEVEL_SCHEME, _("Level"))
    paired_province_code = code_field(PAIRED_PROVINCE_SCHEME, _("Paired-aid province"))
    # Wider than the column, for the blanks and dashes with which a certificate is copied.
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=30, required=False)


def _changes(values: dict[str, Any]) -> UnitChanges:
    return cast("UnitChanges", {name: values[name] for name in FIELDS})


@admin.register(Unit)
class UnitAdmin(TenantModelAdmin):
    """The county's units."""

    view_action = "villages.view"
    add_action = change_action = "villages.manage_units"
    form = UnitForm
    list_display = ("name", "kind_label", "level_label", "uscc")
    search_fields = ("name", "uscc")
    history = History(codes=_SCHEMES)
    kind_label = code_label(Unit, "kind_code", UNIT_KIND_SCHEME)
    level_label = code_label(Unit, "level_code", UNIT_LEVEL_SCHEME)
    province_label = code_label(Unit, "paired_province_code", PAIRED_PROVINCE_SCHEME)

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None and not self.has_change_permission(request, obj):
            return ("name", "kind_label", "level_label", "province_label", "uscc")
        return FIELDS

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> Unit:
        return add_unit(_changes(values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> Unit:
        return amend_unit(record.pk, _changes(values), actor=actor, version=version)
