"""The plan of a village for a year, its editions, projects and their progress."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from villages.enums import PlanState
from villages.models.village import Village

_OPEN = [PlanState.DRAFTED, PlanState.ADOPTED, PlanState.AMENDED]


class VillagePlan(VersionedModel):
    """What a village sets out to do in a year (一村一策). `edition` counts how often it was adopted."""

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="plans")
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFTED)
    edition = models.PositiveSmallIntegerField(_("edition"), default=0)
    goals = models.TextField(_("goals"), max_length=2000)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    result = models.TextField(_("result"), max_length=2000, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("village plan")
        verbose_name_plural = _("village plans")
        ordering = ["-year", "village"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="villageplan_scope")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "village", "year"], name="villageplan_year_once"),
            models.CheckConstraint(name="villageplan_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(name="villageplan_has_goals", condition=~Q(goals="")),
            models.CheckConstraint(
                name="villageplan_adopted_has_its_day",
                condition=Q(state=PlanState.DRAFTED, edition=0, adopted_on__isnull=True)
                | Q(~Q(state=PlanState.DRAFTED), edition__gte=1, adopted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="villageplan_closed_has_its_result",
                condition=Q(state__in=_OPEN, closed_on__isnull=True, result="")
                | Q(~Q(result=""), state=PlanState.CLOSED, closed_on__gte=F("adopted_on"), closed_on__isnull=False),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.scope_code} {self.year}"


class PlanEdition(TenantModel):
    """A plan as it was adopted: goals and projects of that day. It is never changed.

    `projects` are those that were not dropped: name, kind_code, action_code, planned_yuan (a text), due_on of each.
    """

    plan = TenantForeignKey(VillagePlan, verbose_name=_("village plan"), related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    adopted_on = models.DateField(_("adopted on"))
    goals = models.TextField(_("goals"), max_length=2000)
    reason = models.CharField(_("reason of the amendment"), max_length=300, blank=True)
    planned_yuan = models.DecimalField(_("planned (yuan)"), max_digits=14, decimal_places=2)
    projects = models.JSONField(_("projects"))

    class Meta(TenantModel.Meta):
        verbose_name = _("edition of a village plan")
        verbose_name_plural = _("editions of village plans")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "plan", "number"], name="planedition_number_once"),
            models.CheckConstraint(name="planedition_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="planedition_later_has_its_reason", condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason=""))
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.number)


class PlanProject(VersionedModel):
    """A project of a plan. What arrived and was spent are the sums of its progress."""

    plan = TenantForeignKey(VillagePlan, verbose_name=_("village plan"), related_name="projects")
    name = models.CharField(_("name"), max_length=100)
    kind_code = models.CharField(_("kind"), max_length=20)
    action_code = models.CharField(_("enrichment action"), max_length=20, blank=True)
    planned_yuan = models.DecimalField(_("planned (yuan)"), max_digits=14, decimal_places=2)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("project of a village plan")
        verbose_name_plural = _("projects of village plans")
        ordering = ["plan", "name"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="planproject_scope")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "plan", "name"], name="planproject_name_once"),
            models.CheckConstraint(name="planproject_is_named", condition=~Q(name="") & ~Q(kind_code="")),
            models.CheckConstraint(name="planproject_money_is_not_negative", condition=Q(planned_yuan__gte=0)),
            models.CheckConstraint(
                name="planproject_finished_or_dropped",
                condition=Q(finished_on__isnull=True) | Q(dropped_on__isnull=True),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class PlanProgress(TenantModel):
    """What happened in a project up to a day, with the money that arrived and was spent since the entry before.

    It is never changed: an entry in error is set right by another with the amounts reversed.
    """

    plan = TenantForeignKey(VillagePlan, verbose_name=_("village plan"), related_name="progress")
    project = TenantForeignKey(PlanProject, verbose_name=_("project of a village plan"), related_name="progress")
    noted_on = models.DateField(_("as of"))
    note = models.CharField(_("note"), max_length=300)
    arrived_yuan = models.DecimalField(_("arrived (yuan)"), max_digits=14, decimal_places=2, default=0)
    spent_yuan = models.DecimalField(_("spent (yuan)"), max_digits=14, decimal_places=2, default=0)
    entered_by = models.UUIDField(_("entered by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("progress of a project")
        verbose_name_plural = _("progress of projects")
        ordering = ["project", "-noted_on", "-id"]
        indexes = [
            models.Index(fields=["tenant", "project"], name="planprogress_project"),
            models.Index(fields=["tenant", "plan"], name="planprogress_plan"),
        ]
        constraints = [models.CheckConstraint(name="planprogress_says_what", condition=~Q(note=""))]

    @override
    def __str__(self) -> str:
        return f"{self.noted_on:%Y-%m-%d}"
