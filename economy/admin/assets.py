"""Assets of projects, their upkeep, and wages on the site."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from economy.admin import project_forms as forms
from economy.admin.projects import asset_draft
from economy.domain import assets, work
from economy.domain.projects import KEEP
from economy.enums import ASSET_SCHEME, AssetState
from economy.models import AssetUpkeep, ProjectAsset, ProjectWork
from economy.queries.assets import STANDING, kept_up_by_nobody
from households.admin.filters import TownshipFilter
from households.admin.links import household_link, person_link
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.verbs import Verb
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.drafts import amending, entering
from villages.admin.labels import code_label
from villages.domain.infrastructure import UpkeepDraft
from villages.enums import FUNDING_SCHEME


def _amend(row: ProjectAsset, values: dict[str, Any], actor: Actor) -> ProjectAsset:
    version = values.pop("version")
    return assets.amend_asset(row.pk, asset_draft(values), actor=actor, version=version)


def _initial(row: ProjectAsset) -> dict[str, Any]:
    names = (name for name in forms.AssetForm.base_fields if name != "is_idle")
    return {name: getattr(row, name) for name in names} | {"is_idle": row.state == AssetState.IDLE}


def _dispose(row: ProjectAsset, values: dict[str, Any], actor: Actor) -> ProjectAsset:
    return assets.dispose_asset(row.pk, actor=actor, **values)


def _withdraw(row: ProjectAsset, values: dict[str, Any], actor: Actor) -> ProjectAsset:
    return assets.withdraw_asset(row.pk, actor=actor, **values)


def _withdraw_work(row: ProjectWork, values: dict[str, Any], actor: Actor) -> ProjectWork:
    return work.withdraw_work(row.pk, actor=actor, **values)


def _stands(row: ProjectAsset) -> bool:
    return row.state in STANDING


class UpkeepFilter(admin.SimpleListFilter):
    """Narrow to what stands and nobody keeps up."""

    title = _("Upkeep")
    parameter_name = "upkeep"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the one worklist."""
        return [("none", _("Kept up by nobody today"))]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Ask for today."""
        return kept_up_by_nobody(queryset, today()) if self.value() == "none" else queryset


class AssetUpkeepInline(TenantTabularInline):
    """Who keeps an asset up."""

    model = AssetUpkeep
    view_action = "economy.view"
    fields = ("keeper", "source_label", "yearly_yuan", "starts_on", "ends_on")
    show_change_link = True
    source_label = code_label(AssetUpkeep, "source_code", FUNDING_SCHEME)


@admin.register(ProjectAsset)
class ProjectAssetAdmin(TenantModelAdmin):
    """The assets of the area's projects; one is entered on the page of its project."""

    view_action = "economy.view"
    list_display = ("name", "project", "kind_label", "value_yuan", "owner", "custodian", "state")
    list_select_related = ("project",)
    list_filter = (TownshipFilter, "state", "owner", UpkeepFilter)
    fields = readonly_fields = (
        "project", "name", "kind_label", "value_yuan", "acquired_on", "owner", "village", "owner_name", "custodian",
        "state", "disposed_on", "disposed_yuan", "end_reason",
    )  # fmt: skip
    inlines = (AssetUpkeepInline,)
    history = History(codes={"kind_code": ASSET_SCHEME})
    kind_label = code_label(ProjectAsset, "kind_code", ASSET_SCHEME)
    verbs: ClassVar = (
        Verb("amend", _("Amend"), KEEP, run=_amend, form=forms.AmendAssetForm, icon="edit", initial=_initial,
             offered=_stands),
        entering("upkeep", _("Say who keeps it up"), KEEP, form=forms.UpkeepForm, draft=UpkeepDraft,
                 enter=assets.add_asset_upkeep, offered=_stands, icon="handyman"),
        Verb("dispose", _("Dispose of the asset"), assets.DISPOSE, run=_dispose, form=forms.DisposalForm,
             offered=_stands, icon="sell", danger=True,
             intro=_("It was sold, scrapped or lost. Upkeep that goes on ends with it.")),
        Verb("withdraw", _("Take back an entry in error"), assets.DISPOSE, run=_withdraw, form=forms.ErrorForm,
             offered=_stands, icon="undo", danger=True, intro=_("It stays on file and counts no more.")),
    )  # fmt: skip


@admin.register(AssetUpkeep)
class AssetUpkeepAdmin(TenantModelAdmin):
    """Who keeps which asset up; entered on the asset's page."""

    view_action = "economy.view"
    list_display = ("asset", "keeper", "source_label", "yearly_yuan", "starts_on", "ends_on")
    list_select_related = ("asset",)
    fields = readonly_fields = ("asset", "keeper", "source_label", "yearly_yuan", "starts_on", "ends_on")
    history = History(codes={"source_code": FUNDING_SCHEME})
    source_label = code_label(AssetUpkeep, "source_code", FUNDING_SCHEME)
    verbs: ClassVar = (amending(KEEP, form=forms.UpkeepForm, draft=UpkeepDraft, amend=assets.amend_asset_upkeep),)


@admin.register(ProjectWork)
class ProjectWorkAdmin(TenantModelAdmin):
    """Wages of members of the area's households; one is recorded on the page of its project."""

    view_action = "economy.view"
    has_history = False
    # The person may live in another area by now: a join would hide the wage with the person.
    list_display = ("paid_on", "person_page", "day_count", "wage_yuan", "withdrawn_on")
    list_filter = (TownshipFilter,)
    fields = readonly_fields = (
        "project", "household_page", "person_page", "day_count", "wage_yuan", "paid_on", "withdrawn_on",
        "withdrawal_reason",
    )  # fmt: skip
    verbs: ClassVar = (
        Verb("withdraw", _("Take back an entry in error"), work.KEEP, run=_withdraw_work, form=forms.ErrorForm,
             offered=lambda row: row.withdrawn_on is None, icon="undo", danger=True,
             intro=_("It stays on file and counts no more.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[ProjectWork]:
        return ProjectWork.objects.prefetch_related("person")

    @admin.display(description=_("household"))
    def household_page(self, row: ProjectWork) -> str:
        """Lead to the household."""
        return household_link(row.household)

    @admin.display(description=_("person"))
    def person_page(self, row: ProjectWork) -> str:
        """Lead to the person."""
        return person_link(row.person)
