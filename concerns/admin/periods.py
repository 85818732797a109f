"""The county's own periods."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from concerns.domain.periods import amend_period, set_period
from concerns.enums import ACKNOWLEDGE, ANSWER, KIND_SCHEME
from concerns.models import ConcernPeriod
from registry.admin.base import TenantModelAdmin
from registry.domain.codes import code_list
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm

_STEPS = {ACKNOWLEDGE: _("Acknowledge a grievance"), ANSWER: _("Answer a grievance")}


def _codes() -> list[tuple[str, Any]]:
    listed = code_list(KIND_SCHEME)
    return [*((code, listed.label_of(code)) for code in listed.entries), *_STEPS.items()]


class PeriodForm(DressedForm):
    """A period; of what is chosen once."""

    code = forms.ChoiceField(label=_("kind of request, or step of a grievance"), choices=_codes)


@admin.register(ConcernPeriod)
class ConcernPeriodAdmin(TenantModelAdmin):
    """The periods by what they are for; without one that of the product holds, which docs/concerns.md names."""

    view_action = "concerns.view_periods"
    add_action = change_action = "concerns.manage_periods"
    fields: ClassVar = ("code", "days", "counts_working_days", "source")
    list_display = ("code_label", "days", "counts_working_days", "source")
    form = PeriodForm

    @admin.display(description=_("kind of request, or step of a grievance"))
    def code_label(self, row: ConcernPeriod) -> str:
        """Name what the period is for."""
        return str(_STEPS.get(row.code) or code_list(KIND_SCHEME).label_of(row.code))

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("code",) if obj else ()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> ConcernPeriod:
        return set_period(actor=actor, **values)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> ConcernPeriod:
        values.pop("code", None)
        return amend_period(record.pk, actor=actor, version=version, **values)
