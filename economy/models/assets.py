"""What a project's money became: assets, who owns and keeps them, what upkeep costs, and how they went."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from economy.enums import AssetOwner, AssetState
from economy.models.projects import IndustryProject
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel
from villages.models import Village
from villages.models.place import ends_not_before_start, no_overlap


class ProjectAsset(VersionedModel):
    """A thing that was made or bought with a project's money (项目资产).

    The value of a project's assets is never above what was spent of its money; a trigger holds it to that. Units: yuan.
    """

    project = TenantForeignKey(IndustryProject, verbose_name=_("industry project"), related_name="assets")
    name = models.CharField(_("name"), max_length=100)
    kind_code = models.CharField(_("kind"), max_length=20)
    value_yuan = models.DecimalField(_("value (yuan)"), max_digits=14, decimal_places=2)
    acquired_on = models.DateField(_("acquired on"))
    owner = models.CharField(_("owner"), max_length=12, choices=AssetOwner.choices)
    village = TenantForeignKey(
        Village, verbose_name=_("village that owns it"), null=True, blank=True, related_name="project_assets"
    )
    owner_name = models.CharField(_("name of the owner"), max_length=100, blank=True)
    custodian = models.CharField(_("in the care of"), max_length=100)
    state = models.CharField(_("state"), max_length=10, choices=AssetState.choices, default=AssetState.IN_USE)
    disposed_on = models.DateField(_("disposed of on"), null=True, blank=True)
    disposed_yuan = models.DecimalField(
        _("received for it (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    end_reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("project asset")
        verbose_name_plural = _("project assets")
        ordering = ["project", "name", "id"]
        indexes = [
            models.Index(fields=["tenant", "scope_code"], name="projectasset_scope"),
            models.Index(fields=["tenant", "project"], name="projectasset_project"),
        ]
        constraints = [
            models.CheckConstraint(
                name="projectasset_is_named", condition=~Q(name="") & ~Q(kind_code="") & ~Q(custodian="")
            ),
            models.CheckConstraint(name="projectasset_has_a_value", condition=Q(value_yuan__gt=0)),
            models.CheckConstraint(name="projectasset_owner_is_known", condition=Q(owner__in=AssetOwner.values)),
            models.CheckConstraint(name="projectasset_state_is_known", condition=Q(state__in=AssetState.values)),
            models.CheckConstraint(
                name="projectasset_names_its_owner",
                condition=Q(owner=AssetOwner.VILLAGE, village__isnull=False)
                | (Q(owner=AssetOwner.COOPERATIVE, village__isnull=True) & ~Q(owner_name=""))
                | Q(owner__in=[AssetOwner.TOWNSHIP, AssetOwner.COUNTY], village__isnull=True),
            ),
            models.CheckConstraint(
                name="projectasset_disposal_is_whole",
                condition=(
                    Q(state=AssetState.DISPOSED, disposed_on__gte=F("acquired_on"), disposed_yuan__gte=0)
                    & Q(disposed_on__isnull=False, disposed_yuan__isnull=False)
                    & ~Q(end_reason="")
                )
                | (Q(state=AssetState.WITHDRAWN, disposed_on__isnull=True, disposed_yuan__isnull=True)
                   & ~Q(end_reason=""))
                | Q(
                    state__in=[AssetState.IN_USE, AssetState.IDLE],
                    disposed_on__isnull=True,
                    disposed_yuan__isnull=True,
                    end_reason="",
                ),
            ),
        ]  # fmt: skip

    @override
    def __str__(self) -> str:
        return self.name


class AssetUpkeep(VersionedModel):
    """Who keeps an asset up over a period, and with what money a year; `ends_on` is the first day without it."""

    asset = TenantForeignKey(ProjectAsset, verbose_name=_("project asset"), related_name="upkeep")
    keeper = models.CharField(_("kept up by"), max_length=100)
    source_code = models.CharField(_("source of the money"), max_length=20)
    yearly_yuan = models.DecimalField(_("money a year (yuan)"), max_digits=14, decimal_places=2)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("upkeep of an asset")
        verbose_name_plural = _("upkeep of assets")
        ordering = ["asset", "-starts_on"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="assetupkeep_scope")]
        constraints = [
            ends_not_before_start("assetupkeep"),
            no_overlap("assetupkeep_one_a_day", "asset"),
            models.CheckConstraint(name="assetupkeep_is_named", condition=~Q(keeper="") & ~Q(source_code="")),
            models.CheckConstraint(name="assetupkeep_money_is_not_negative", condition=Q(yearly_yuan__gte=0)),
        ]

    @override
    def __str__(self) -> str:
        return self.keeper
