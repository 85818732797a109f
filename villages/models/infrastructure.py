"""Infrastructure projects: what they reach, their stages, money by source, acceptance, and who keeps them up."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from villages.enums import Stage
from villages.models.basics import SettlementPoint
from villages.models.place import ends_not_before_start, no_overlap
from villages.models.plan import PlanProject
from villages.models.village import Village


class InfrastructureProject(VersionedModel):
    """A project that builds something for a village, all of it or some of its settlement points (基础设施项目)."""

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="infrastructure")
    name = models.CharField(_("name"), max_length=100)
    kind_code = models.CharField(_("kind"), max_length=20)
    reaches_all = models.BooleanField(_("reaches the whole village"), default=True)
    household_count = models.PositiveIntegerField(_("households reached"), null=True, blank=True)
    planned_from = models.DateField(_("planned from"), null=True, blank=True)
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
    plan_project = TenantForeignKey(
        PlanProject, verbose_name=_("project of a village plan"), null=True, blank=True, related_name="infrastructure"
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.PLANNED)
    stage_on = models.DateField(_("since"))

    class Meta(VersionedModel.Meta):
        verbose_name = _("infrastructure project")
        verbose_name_plural = _("infrastructure projects")
        ordering = ["village", "name"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="infrastructure_scope")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "village", "name"], name="infrastructure_name_once"),
            models.CheckConstraint(name="infrastructure_is_named", condition=~Q(name="") & ~Q(kind_code="")),
            models.CheckConstraint(name="infrastructure_stage_is_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="infrastructure_planned_in_order",
                condition=Q(planned_from__isnull=True)
                | Q(planned_until__isnull=True)
                | Q(planned_until__gte=F("planned_from")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class ProjectReach(TenantModel):
    """A settlement point that a project reaches, where it does not reach the whole village."""

    project = TenantForeignKey(InfrastructureProject, verbose_name=_("infrastructure project"), related_name="reach")
    point = TenantForeignKey(SettlementPoint, verbose_name=_("settlement point"), related_name="projects")

    class Meta(TenantModel.Meta):
        verbose_name = _("reach of a project")
        verbose_name_plural = _("reach of projects")
        ordering = ["project", "point"]
        constraints = [models.UniqueConstraint(fields=["tenant", "project", "point"], name="projectreach_point_once")]

    @override
    def __str__(self) -> str:
        return str(self.id)


class StageEntry(TenantModel):
    """A stage that a project came to on a day. It is never changed."""

    project = TenantForeignKey(InfrastructureProject, verbose_name=_("infrastructure project"), related_name="stages")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    entered_on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    entered_by = models.UUIDField(_("entered by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("stage of a project")
        verbose_name_plural = _("stages of projects")
        ordering = ["project", "id"]
        indexes = [models.Index(fields=["tenant", "project"], name="stageentry_project")]
        constraints = [
            models.CheckConstraint(name="stageentry_stage_is_known", condition=Q(stage__in=Stage.values)),
            # What was accepted, and why something was stopped, is said.
            models.CheckConstraint(
                name="stageentry_decision_has_its_note",
                condition=~Q(stage__in=[Stage.ACCEPTED, Stage.STOPPED]) | ~Q(note=""),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.stage


class ProjectMoney(TenantModel):
    """Money of a project from one source, as of a day: planned, arrived and spent since the entry before.

    It is never changed: an entry in error is taken back by another with the amounts reversed.
    """

    project = TenantForeignKey(InfrastructureProject, verbose_name=_("infrastructure project"), related_name="money")
    source_code = models.CharField(_("source of the money"), max_length=20)
    noted_on = models.DateField(_("as of"))
    planned_yuan = models.DecimalField(_("planned (yuan)"), max_digits=14, decimal_places=2, default=0)
    arrived_yuan = models.DecimalField(_("arrived (yuan)"), max_digits=14, decimal_places=2, default=0)
    spent_yuan = models.DecimalField(_("spent (yuan)"), max_digits=14, decimal_places=2, default=0)
    note = models.CharField(_("note"), max_length=200, blank=True)
    entered_by = models.UUIDField(_("entered by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("money of a project")
        verbose_name_plural = _("money of projects")
        ordering = ["project", "noted_on", "id"]
        indexes = [models.Index(fields=["tenant", "project"], name="projectmoney_project")]
        constraints = [
            models.CheckConstraint(name="projectmoney_has_a_source", condition=~Q(source_code="")),
            models.CheckConstraint(
                name="projectmoney_says_something",
                condition=~Q(planned_yuan=0, arrived_yuan=0, spent_yuan=0),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.noted_on:%Y-%m-%d}"


class ProjectUpkeep(VersionedModel):
    """Who keeps a project up over a period, and with what money a year; `ends_on` is the first day without it."""

    project = TenantForeignKey(InfrastructureProject, verbose_name=_("infrastructure project"), related_name="upkeep")
    keeper = models.CharField(_("kept up by"), max_length=100)
    source_code = models.CharField(_("source of the money"), max_length=20)
    yearly_yuan = models.DecimalField(_("money a year (yuan)"), max_digits=14, decimal_places=2)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("upkeep of a project")
        verbose_name_plural = _("upkeep of projects")
        ordering = ["project", "-starts_on"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="projectupkeep_scope")]
        constraints = [
            ends_not_before_start("projectupkeep"),
            no_overlap("projectupkeep_one_a_day", "project"),
            models.CheckConstraint(name="projectupkeep_is_named", condition=~Q(keeper="") & ~Q(source_code="")),
            models.CheckConstraint(name="projectupkeep_money_is_not_negative", condition=Q(yearly_yuan__gte=0)),
        ]

    @override
    def __str__(self) -> str:
        return self.keeper
