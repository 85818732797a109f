"""Industry projects: from the county's library to acceptance, the villages they reach, and their money by source."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from economy.enums import MONEY, ProjectState
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from villages.models import Village

_APPROVED = [ProjectState.APPROVED, ProjectState.UNDER_WAY, ProjectState.COMPLETED, ProjectState.ACCEPTED]


class IndustryProject(VersionedModel):
    """A project that is to bring villages an income (产业项目), with what was planned and what came of it.

    `scope_code` is the smallest division that holds all villages it reaches: the village, the township or the county.
    """

    name = models.CharField(_("name"), max_length=100)
    kind_code = models.CharField(_("kind"), max_length=20)
    action_code = models.CharField(_("enrichment action"), max_length=20, blank=True)
    content = models.CharField(_("what is done"), max_length=500, blank=True)
    library_year = models.PositiveSmallIntegerField(_("year of the project library"))
    planned_from = models.DateField(_("planned from"), null=True, blank=True)
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
    household_count = models.PositiveIntegerField(_("households that are to gain"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ProjectState.choices, default=ProjectState.LIBRARY)
    state_on = models.DateField(_("since"))
    result = models.CharField(_("result"), max_length=500, blank=True)
    gaining_count = models.PositiveIntegerField(_("households that gained"), null=True, blank=True)
    proposed_by = models.UUIDField(_("proposed by"), null=True, editable=False)
    approved_by = models.UUIDField(_("approved by"), null=True, editable=False)
    completed_by = models.UUIDField(_("reported complete by"), null=True, editable=False)
    accepted_by = models.UUIDField(_("accepted by"), null=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("industry project")
        verbose_name_plural = _("industry projects")
        ordering = ["-library_year", "name", "id"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="industryproject_scope")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "scope_code", "library_year", "name"], name="industryproject_name_once_a_year"
            ),
            models.CheckConstraint(name="industryproject_is_named", condition=~Q(name="") & ~Q(kind_code="")),
            models.CheckConstraint(name="industryproject_state_is_known", condition=Q(state__in=ProjectState.values)),
            models.CheckConstraint(
                name="industryproject_year_is_plausible", condition=Q(library_year__gte=2000, library_year__lte=2100)
            ),
            models.CheckConstraint(
                name="industryproject_planned_in_order",
                condition=Q(planned_from__isnull=True)
                | Q(planned_until__isnull=True)
                | Q(planned_until__gte=F("planned_from")),
            ),
            models.CheckConstraint(
                name="industryproject_is_approved_by_another",
                condition=(Q(approved_by__isnull=True) & ~Q(state__in=_APPROVED))
                | (Q(approved_by__isnull=False, proposed_by__isnull=False) & ~Q(approved_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="industryproject_is_accepted_by_another",
                condition=(Q(accepted_by__isnull=True) & ~Q(state=ProjectState.ACCEPTED))
                | (Q(accepted_by__isnull=False, completed_by__isnull=False) & ~Q(accepted_by=F("completed_by"))),
            ),
            models.CheckConstraint(
                name="industryproject_complete_has_its_result",
                condition=~Q(state__in=[ProjectState.COMPLETED, ProjectState.ACCEPTED]) | ~Q(result=""),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class IndustryReach(TenantModel):
    """A village that a project reaches."""

    project = TenantForeignKey(IndustryProject, verbose_name=_("industry project"), related_name="reach")
    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="industry_reach")

    class Meta(TenantModel.Meta):
        verbose_name = _("village that a project reaches")
        verbose_name_plural = _("villages that a project reaches")
        # Not by project: one that is wider than the area is hidden, and the join would hide this row with it.
        ordering = ["scope_code", "id"]
        indexes = [models.Index(fields=["tenant", "village"], name="industryreach_village")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "project", "village"], name="industryreach_village_once")
        ]

    @override
    def __str__(self) -> str:
        return self.scope_code


class IndustryStep(TenantModel):
    """A state that a project came to on a day. It is never changed."""

    project = TenantForeignKey(IndustryProject, verbose_name=_("industry project"), related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=ProjectState.choices)
    entered_on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    entered_by = models.UUIDField(_("entered by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("step of an industry project")
        verbose_name_plural = _("steps of industry projects")
        ordering = ["project", "id"]
        indexes = [models.Index(fields=["tenant", "project"], name="industrystep_project")]
        constraints = [
            models.CheckConstraint(name="industrystep_state_is_known", condition=Q(state__in=ProjectState.values)),
            models.CheckConstraint(
                name="industrystep_decision_has_its_note",
                condition=~Q(state__in=[ProjectState.ACCEPTED, ProjectState.STOPPED]) | ~Q(note=""),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.state


class IndustryMoney(TenantModel):
    """Money of a project from one source, as of a day: planned, arrived and where it went since the entry before.

    What arrived was spent, turned to shares of a fund, or given back to its source. An entry is never changed: one in
    error is taken back by another with the amounts reversed. A trigger keeps each sum of a source at zero or above,
    and what went at most at what arrived. Units: yuan.
    """

    project = TenantForeignKey(IndustryProject, verbose_name=_("industry project"), related_name="money")
    source_code = models.CharField(_("source of the money"), max_length=20)
    noted_on = models.DateField(_("as of"))
    planned_yuan = models.DecimalField(_("planned (yuan)"), max_digits=14, decimal_places=2, default=0)
    arrived_yuan = models.DecimalField(_("arrived (yuan)"), max_digits=14, decimal_places=2, default=0)
    spent_yuan = models.DecimalField(_("spent (yuan)"), max_digits=14, decimal_places=2, default=0)
    folded_yuan = models.DecimalField(_("turned to shares (yuan)"), max_digits=14, decimal_places=2, default=0)
    returned_yuan = models.DecimalField(_("given back (yuan)"), max_digits=14, decimal_places=2, default=0)
    fund = TenantForeignKey(
        "economy.ShareFund", verbose_name=_("fund of shares"), null=True, blank=True, related_name="folded_money"
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    entered_by = models.UUIDField(_("entered by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("money of an industry project")
        verbose_name_plural = _("money of industry projects")
        ordering = ["project", "noted_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "project"], name="industrymoney_project"),
            models.Index(fields=["tenant", "fund"], name="industrymoney_fund", condition=Q(fund__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="industrymoney_has_a_source", condition=~Q(source_code="")),
            models.CheckConstraint(name="industrymoney_says_something", condition=~Q(**dict.fromkeys(MONEY, 0))),
            models.CheckConstraint(
                name="industrymoney_shares_name_their_fund",
                condition=Q(folded_yuan=0, fund__isnull=True) | (Q(fund__isnull=False) & ~Q(folded_yuan=0)),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.noted_on:%Y-%m-%d}"
