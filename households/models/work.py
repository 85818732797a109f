"""Where a person works, month by month."""

from typing import Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.models.constraints import ends_not_before_start
from households.models.person import Person
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

# A record without an end lasts as long as its year: the next year's monitoring begins anew.
_NEXT_YEAR: Final = Func(F("year") + 1, template="make_date((%(expressions)s), 1, 1)", output_field=models.DateField())
_PERIOD: Final = Func(
    F("starts_on"),
    Func(F("ends_on"), _NEXT_YEAR, function="coalesce", output_field=models.DateField()),
    function="daterange",
    output_field=DateRangeField(),
)


def _one_a_month(name: str, *, is_planned: bool) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("tenant", RangeOperators.EQUAL),
            ("person", RangeOperators.EQUAL),
            (_PERIOD, RangeOperators.OVERLAPS),
        ],
        condition=Q(is_planned=is_planned),
    )


class WorkRecord(VersionedModel):
    """Work of a person in some months of one year, done or planned (务工月监测: 已外出, 计划外出).

    Whole months: `starts_on` is the first day of the first month, `ends_on` the first day of the first month without
    it; no end means "still there", at most until the year ends. Two records of the same kind never share a month; a
    record that was entered in error ends on the day it starts and counts for no month. Source: monthly report of work,
    sheets 已外出 and 计划外出.
    """

    person = TenantForeignKey(Person, verbose_name=_("person"), related_name="work_records")
    year = models.PositiveSmallIntegerField(_("year"))
    is_planned = models.BooleanField(_("planned"), default=False)
    starts_on = models.DateField(_("from the month of"))
    ends_on = models.DateField(_("until the month of (not included)"), null=True, blank=True)
    division_code = models.CharField(_("division of work"), max_length=12, blank=True, db_collation="C")
    employer = models.CharField(_("employer"), max_length=100, blank=True)
    industry_code = models.CharField(_("industry"), max_length=20, blank=True)
    monthly_income_yuan = models.DecimalField(
        _("income a month (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    channel_code = models.CharField(_("way into work"), max_length=20, blank=True)
    is_point_to_point = models.BooleanField(_("taken there point to point"), null=True, blank=True)
    transport_subsidy_yuan = models.DecimalField(
        _("transport subsidy of the year (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    service_codes = ArrayField(
        models.CharField(max_length=20), verbose_name=_("services wanted"), default=list, blank=True
    )

    class Meta(VersionedModel.Meta):
        verbose_name = _("work record")
        verbose_name_plural = _("work records")
        ordering = ["person", "-starts_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "person"], name="workrecord_person"),
            models.Index(fields=["tenant", "scope_code"], name="workrecord_scope"),
        ]
        constraints = [
            _one_a_month("workrecord_one_a_month", is_planned=False),
            _one_a_month("workrecord_one_plan_a_month", is_planned=True),
            ends_not_before_start("workrecord"),
            models.CheckConstraint(name="workrecord_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(
                name="workrecord_counts_whole_months",
                condition=Q(starts_on__day=1) & (Q(ends_on__isnull=True) | Q(ends_on__day=1)),
            ),
            models.CheckConstraint(
                name="workrecord_lies_in_its_year",
                condition=Q(starts_on__year=F("year")) & (Q(ends_on__isnull=True) | Q(ends_on__lte=_NEXT_YEAR)),
            ),
            models.CheckConstraint(
                name="workrecord_division_has_12_digits", condition=Q(division_code__regex=r"^(\d{12})?$")
            ),
            models.CheckConstraint(
                name="workrecord_money_is_not_negative",
                condition=(Q(monthly_income_yuan__isnull=True) | Q(monthly_income_yuan__gte=0))
                & (Q(transport_subsidy_yuan__isnull=True) | Q(transport_subsidy_yuan__gte=0)),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m}"
