"""The household."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import AT_RISK, ON_REGISTER, PRECISION_CHOICES, HouseholdStatus, MonitoringState
from households.models.constraints import date_has_its_precision, sealed_with_index
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel


class Household(VersionedModel):
    """A household on the register, for ever: a lifted or closed one stays with its history.

    `status` and `monitoring_state` are written by `households.domain.status` and `.monitoring` alone; a trigger holds
    them to the workflow tables. Phone and account are sealed and found by their blind index.
    """

    village = TenantForeignKey("villages.Village", verbose_name=_("village"), related_name="households")
    number = models.CharField(_("household number"), max_length=32, db_collation="C")
    group_name = models.CharField(_("natural village or group"), max_length=60, blank=True)
    # Finer than the group: house, street or what people say. Source: 家庭住址 of the household form.
    address = models.CharField(_("address"), max_length=200, blank=True, default="", db_default="")
    status = models.CharField(_("status"), max_length=10, choices=HouseholdStatus.choices)
    standard_code = models.CharField(_("standard of identification"), max_length=20, blank=True)
    attribute_code = models.CharField(_("household attribute"), max_length=20, blank=True)
    main_cause_code = models.CharField(_("main cause of poverty"), max_length=20, blank=True)
    other_cause_codes = ArrayField(
        models.CharField(max_length=20), verbose_name=_("other causes of poverty"), default=list, blank=True
    )
    identified_on = models.DateField(_("first identified on"), null=True, blank=True)
    identified_precision = models.CharField(
        _("precision of that date"), max_length=5, choices=PRECISION_CHOICES, blank=True
    )
    monitoring_state = models.CharField(
        _("monitoring"), max_length=10, choices=MonitoringState.choices, default=MonitoringState.NONE
    )
    monitoring_code = models.CharField(_("monitoring category"), max_length=20, blank=True)
    phone_sealed = models.BinaryField(_("telephone"), null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True)
    account_sealed = models.BinaryField(_("bank account"), null=True, blank=True)
    account_index = models.BinaryField(null=True, blank=True)
    bank_name = models.CharField(_("bank of the account"), max_length=100, blank=True, default="", db_default="")
    is_servicemans_family = models.BooleanField(_("is a family of a serviceman or martyr"), null=True, blank=True)
    # Source: 计划脱贫年度 of the household form; whether it is to be lifted this year (是否当年预脱贫) follows from it.
    planned_lifting_year = models.PositiveSmallIntegerField(_("planned year of lifting"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("household")
        verbose_name_plural = _("households")
        ordering = ["number"]
        indexes = [
            models.Index(fields=["tenant", "village"], name="household_village"),
            models.Index(fields=["tenant", "scope_code"], name="household_scope"),
            # Who is to be lifted this year is a list of the whole county; most households have no such plan.
            models.Index(
                fields=["tenant", "planned_lifting_year"],
                condition=Q(planned_lifting_year__isnull=False),
                name="household_planned_lifting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="household_number_once_a_tenant"),
            models.CheckConstraint(
                name="household_number_has_its_shape", condition=Q(number__regex=r"^[0-9A-Za-z-]{1,32}$")
            ),
            models.CheckConstraint(name="household_status_is_known", condition=Q(status__in=HouseholdStatus.values)),
            models.CheckConstraint(
                name="household_monitoring_has_a_category",
                condition=Q(monitoring_state=MonitoringState.NONE, monitoring_code="")
                | (Q(monitoring_state__in=sorted([*AT_RISK, MonitoringState.REMOVED])) & ~Q(monitoring_code="")),
            ),
            models.CheckConstraint(
                name="household_at_risk_is_on_the_register",
                condition=Q(monitoring_state__in=sorted(set(MonitoringState.values) - AT_RISK))
                | Q(status__in=sorted(ON_REGISTER)),
            ),
            models.CheckConstraint(
                name="household_other_causes_are_two_at_most", condition=Q(other_cause_codes__len__lte=2)
            ),
            models.CheckConstraint(
                name="household_other_causes_are_others",
                condition=Q(main_cause_code="")
                | ~Q(other_cause_codes__contains=Func(F("main_cause_code"), template="ARRAY[%(expressions)s]")),
            ),
            date_has_its_precision("household", "identified_on", "identified_precision"),
            models.CheckConstraint(
                name="household_planned_lifting_year_is_plausible",
                condition=Q(planned_lifting_year__isnull=True)
                | Q(planned_lifting_year__isnull=False, planned_lifting_year__gte=2000, planned_lifting_year__lte=2100),
            ),
            sealed_with_index("household", "phone"),
            sealed_with_index("household", "account"),
        ]

    @override
    def __str__(self) -> str:
        return self.number
