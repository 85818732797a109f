"""Villages with their years and teams."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor
from villages.admin.activities import ACTIVITY_VERB
from villages.admin.basics import VILLAGE_VERBS, FacilityInline, MemberInline, PointInline
from villages.admin.fields import DressedForm, code_field
from villages.admin.filters import TownshipFilter
from villages.admin.infrastructure import INFRASTRUCTURE_VERB, InfrastructureInline
from villages.admin.labels import code_label
from villages.admin.plans import PLAN_VERB, PlanInline
from villages.admin.profile import YEAR_VERBS
from villages.admin.teams import ASSIGN_CONTACT, SEND_TEAM, ContactInline, TeamInline
from villages.domain.villages import amend_village, open_villages
from villages.enums import ATTRIBUTE_SCHEME, DIRECTION_SCHEME, PRIORITY_SCHEME, TERRAIN_SCHEME
from villages.models import FACILITIES, Village, VillageYear
from villages.queries.priorities import of_priority, offered_priorities, priority_names

_CODES = {
    "priority_codes": PRIORITY_SCHEME,
    "attribute_code": ATTRIBUTE_SCHEME,
    "direction_code": DIRECTION_SCHEME,
    "terrain_code": TERRAIN_SCHEME,
}


class VillageForm(DressedForm):
    """A village."""

    priority_codes = forms.MultipleChoiceField(
        label=_("Priority categories"),
        choices=offered_priorities,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By the need for assistance alone."),
    )
    attribute_code = code_field(ATTRIBUTE_SCHEME, _("kind of village"))
    direction_code = code_field(DIRECTION_SCHEME, _("direction of development"))
    terrain_code = code_field(TERRAIN_SCHEME, _("terrain"))


class OpeningForm(DressedForm):
    """A new village: its code and name."""


class VillageYearInline(TenantTabularInline):
    """The years of a village."""

    model = VillageYear
    view_action = "villages.view"
    fields = ("year", *FACILITIES, "collective_income_yuan")


class PriorityFilter(admin.SimpleListFilter):
    """Narrow to the villages of a priority category, or to those of none."""

    title = _("priority categories")
    parameter_name = "priority"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*offered_priorities(), ("none", str(_("No category")))]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        code = self.value()
        return of_priority(queryset, "" if code == "none" else code) if code else queryset


@admin.register(Village)
class VillageAdmin(TenantModelAdmin):
    """List, form, years and teams."""

    view_action, add_action, change_action = "villages.view", "villages.open", "villages.amend"
    list_display = ("name", "code", "natural_village_count")
    list_filter = (TownshipFilter, PriorityFilter)
    search_fields = ("code", "name")
    ordering = ("code",)
    inlines: tuple[type[TenantTabularInline], ...] = (
        VillageYearInline,
        FacilityInline,
        MemberInline,
        PointInline,
        PlanInline,
        InfrastructureInline,
        TeamInline,
        ContactInline,
    )
    history = History(models=(VillageYear,), codes=_CODES)
    attribute_label = code_label(Village, "attribute_code", ATTRIBUTE_SCHEME)
    direction_label = code_label(Village, "direction_code", DIRECTION_SCHEME)
    terrain_label = code_label(Village, "terrain_code", TERRAIN_SCHEME)
    verbs: ClassVar = (
        *YEAR_VERBS,
        *VILLAGE_VERBS,
        PLAN_VERB,
        ACTIVITY_VERB,
        INFRASTRUCTURE_VERB,
        SEND_TEAM,
        ASSIGN_CONTACT,
    )

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("code", "name")
        reads = not self.has_change_permission(request, obj)
        coded = ("attribute", "direction", "terrain")
        return (
            "name",
            "priority_label" if reads else "priority_codes",
            "natural_village_count",
            *(f"{name}_{'label' if reads else 'code'}" for name in coded),
            "longitude",
            "latitude",
            "profile",
        )

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("profile", "priority_label", "attribute_label", "direction_label", "terrain_label")

    @admin.display(description=_("Priority categories"))
    def priority_label(self, village: Village) -> str:
        """Show the categories by the county's words."""
        return priority_names(village.priority_codes) or str(self.get_empty_value_display())

    @admin.display(description=_("Yearly facts"))
    def profile(self, village: Village) -> str:
        """Show the link to the years side by side."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:village-profile", args=[village.pk]), _("Show the years")
        )

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = VillageForm if obj else OpeningForm
        return super().get_form(request, obj, change=change, **kwargs)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> Village:
        opened = open_villages([(values["code"], values["name"])], actor=actor)
        if not opened:
            raise Conflict("village.on_file", _("This village is on file already. Search for it."), field="code")
        return opened[0]

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> Village:
        return amend_village(
            record.pk,
            {
                "name": values["name"],
                "priority_codes": values["priority_codes"],
                "natural_village_count": values["natural_village_count"],
                "attribute_code": values["attribute_code"],
                "direction_code": values["direction_code"],
                "terrain_code": values["terrain_code"],
                "longitude": values["longitude"],
                "latitude": values["latitude"],
            },
            actor=actor,
            version=version,
        )
