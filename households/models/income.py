"""The income ledger of a household, and the county's own figures that it is computed with."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.models.household import Household
from households.models.visit import Visit
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel


class IncomeLine(TenantModel):
    """One line of a household's income or cost in a year, under an item of the list `income_item`.

    `amount_yuan` is what was received or spent; `own_consumed_yuan` is the worth of own produce that the household
    used itself, in addition to it. A line that does not count towards the net is kept and shown all the same. Lines
    have no version of their own: they count in that of their household. Source: national household form, section D.
    """

    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="income_lines")
    year = models.PositiveSmallIntegerField(_("year"))
    item_code = models.CharField(_("item of income"), max_length=20)
    product = models.CharField(_("product"), max_length=60, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit of quantity"), max_length=20, blank=True)
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    own_consumed_yuan = models.DecimalField(
        _("own produce used by the household (yuan)"), max_digits=14, decimal_places=2, default=0
    )
    counts_toward_net = models.BooleanField(_("counts towards net income"), default=True)
    # The line says otherwise than the county's rule when it was written: a rule that changes later leaves it alone.
    counts_by_exception = models.BooleanField(_("counts otherwise than the rule"), default=False, db_default=False)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    source = models.CharField(_("source of the figure"), max_length=100, blank=True)
    visit = TenantForeignKey(Visit, verbose_name=_("visit"), null=True, blank=True, related_name="income_lines")

    class Meta(TenantModel.Meta):
        verbose_name = _("line of income")
        verbose_name_plural = _("lines of income")
        ordering = ["household", "-year", "item_code", "product", "month", "id"]
        indexes = [models.Index(fields=["tenant", "household", "year"], name="incomeline_household_year")]
        constraints = [
            models.CheckConstraint(name="incomeline_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(name="incomeline_names_its_item", condition=~Q(item_code="")),
            models.CheckConstraint(
                name="incomeline_amounts_are_not_negative", condition=Q(amount_yuan__gte=0, own_consumed_yuan__gte=0)
            ),
            models.CheckConstraint(
                name="incomeline_quantity_is_not_negative",
                condition=Q(quantity__isnull=True) | Q(quantity__isnull=False, quantity__gte=0),
            ),
            models.CheckConstraint(
                name="incomeline_month_is_of_a_year",
                condition=Q(month__isnull=True) | Q(month__isnull=False, month__gte=1, month__lte=12),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.item_code} {self.year}"


def _once(name: str, *fields: str) -> models.UniqueConstraint:
    """Hold one figure in force of a kind; those withdrawn stay beside it."""
    return models.UniqueConstraint(fields=["tenant", *fields], name=name, condition=Q(withdrawn_on__isnull=True))


class CountysFigure(VersionedModel):
    """A figure of the county that income is computed with; one that is withdrawn stays on file and counts no more."""

    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        abstract = True


class IncomeRule(CountysFigure):
    """The county's own word, from a year on, on whether an item of income counts towards the net.

    Without one the default of `households/data/income_items.csv` holds. Places differ: some count no pensions, some no
    gifts.
    """

    item_code = models.CharField(_("item of income"), max_length=20)
    from_year = models.PositiveSmallIntegerField(_("from the year"))
    counts_toward_net = models.BooleanField(_("counts towards net income"))

    class Meta(CountysFigure.Meta):
        verbose_name = _("rule of income")
        verbose_name_plural = _("rules of income")
        ordering = ["item_code", "-from_year"]
        constraints = [
            _once("incomerule_once_a_year", "item_code", "from_year"),
            models.CheckConstraint(
                name="incomerule_year_is_plausible", condition=Q(from_year__gte=2000, from_year__lte=2100)
            ),
            models.CheckConstraint(name="incomerule_names_its_item", condition=~Q(item_code="")),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.item_code} {self.from_year}"


class CostCoefficient(CountysFigure):
    """The share of gross income that a product costs in a county and year, where a household has no own figure.

    An empty product holds for all products of the item that have no line of their own. Source: calculation sheets of
    county offices, which fix such shares by year (0.40 of grain and livestock in one of them).
    """

    year = models.PositiveSmallIntegerField(_("year"))
    item_code = models.CharField(_("item of income"), max_length=20)
    product = models.CharField(_("product"), max_length=60, blank=True)
    cost_ratio = models.DecimalField(_("cost as a share of gross income (0 to 1)"), max_digits=5, decimal_places=4)

    class Meta(CountysFigure.Meta):
        verbose_name = _("coefficient of cost")
        verbose_name_plural = _("coefficients of cost")
        ordering = ["-year", "item_code", "product"]
        constraints = [
            _once("costcoefficient_once", "year", "item_code", "product"),
            models.CheckConstraint(
                name="costcoefficient_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)
            ),
            models.CheckConstraint(name="costcoefficient_names_its_item", condition=~Q(item_code="")),
            models.CheckConstraint(
                name="costcoefficient_is_a_share", condition=Q(cost_ratio__gte=0, cost_ratio__lte=1)
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.year} {self.item_code} {self.product}".rstrip()


class YearLine(CountysFigure):
    """The poverty line and the monitoring line of a county in a year, per person.

    Units: yuan per person and year, current prices. `source` says where the figures are from, and whether that is
    confirmed. A year may have one line only: no poverty line was set after 2020.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    poverty_line_yuan = models.DecimalField(
        _("poverty line (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    monitoring_line_yuan = models.DecimalField(
        _("monitoring line (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source of the lines"), max_length=200, blank=True)

    class Meta(CountysFigure.Meta):
        verbose_name = _("lines of a year")
        verbose_name_plural = _("lines of the years")
        ordering = ["-year"]
        constraints = [
            _once("yearline_year_once", "year"),
            models.CheckConstraint(name="yearline_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(name="yearline_is_valid_in_its_year", condition=Q(valid_from__year=F("year"))),
            models.CheckConstraint(
                name="yearline_has_a_line",
                condition=Q(poverty_line_yuan__isnull=False) | Q(monitoring_line_yuan__isnull=False),
            ),
            models.CheckConstraint(
                name="yearline_lines_are_positive",
                condition=(Q(poverty_line_yuan__isnull=True) | Q(poverty_line_yuan__gt=0))
                & (Q(monitoring_line_yuan__isnull=True) | Q(monitoring_line_yuan__gt=0)),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.year)
