"""Villages with their years and teams."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.verbs import Verb
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor
from villages.admin.fields import (
    DressedForm,
    VersionedForm,
    codes_field,
    label_of,
    year_field,
    yes_no_field,
    yuan_field,
)
from villages.admin.labels import code_label
from villages.admin.teams import ASSIGN_CONTACT, SEND_TEAM, ContactInline, TeamInline
from villages.domain.villages import VillageYearDraft, amend_village, open_villages, record_village_year
from villages.enums import PRIORITY_SCHEME
from villages.models import FACILITIES, Village, VillageYear
from villages.queries.villages import year_facts


class VillageForm(DressedForm):
    """A village."""

    priority_codes = codes_field(PRIORITY_SCHEME, _("Priority categories"))


class OpeningForm(DressedForm):
    """A new village: its code and name."""


class YearForm(VersionedForm):
    """What a village has and earns in one year."""

    year = year_field()
    collective_income_yuan = yuan_field(_("Collective income (yuan)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FACILITIES:
            self.fields[name] = yes_no_field(label_of(VillageYear, name))


def _record_year(village: Village, values: dict[str, Any], actor: Actor) -> VillageYear:
    version = values.pop("version")
    return record_village_year(village.pk, VillageYearDraft(**values), actor=actor, version=version)


class VillageYearInline(TenantTabularInline):
    """The years of a village."""

    model = VillageYear
    view_action = "villages.view"
    fields = ("year", *FACILITIES, "collective_income_yuan")


@admin.register(Village)
class VillageAdmin(TenantModelAdmin):
    """List, form, years and teams."""

    view_action, add_action, change_action = "villages.view", "villages.open", "villages.amend"
    list_display = ("name", "code", "natural_village_count")
    search_fields = ("code", "name")
    ordering = ("code",)
    inlines = (VillageYearInline, TeamInline, ContactInline)
    history = History(models=(VillageYear,), codes={"priority_codes": PRIORITY_SCHEME})
    priority_label = code_label(Village, "priority_codes", PRIORITY_SCHEME)
    verbs: ClassVar = (
        Verb(
            "record-year",
            _("Record a year"),
            "villages.record_year",
            run=_record_year,
            form=YearForm,
            icon="event",
            facts=year_facts,
        ),
        SEND_TEAM,
        ASSIGN_CONTACT,
    )

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("code", "name")
        reads = not self.has_change_permission(request, obj)
        return ("name", "priority_label" if reads else "priority_codes", "natural_village_count")

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
            },
            actor=actor,
            version=version,
        )
