"""Shares of households and of the village in its collective or a project, and what is paid out on them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from economy.enums import DividendState
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from villages.models import Village

_DAYS = Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField())


class ShareFund(VersionedModel):
    """What shares are held in (折股项目): a village's collective, or a project whose money was turned to shares.

    With a project, `folded_yuan` is what entries of its money say went to this fund; a trigger holds it to that. Where
    `share_total` says how many shares there are, holdings never exceed it, and a dividend asks for all of them.
    """

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="share_funds")
    name = models.CharField(_("name"), max_length=100)
    folded_yuan = models.DecimalField(
        _("money turned to shares (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    project = TenantForeignKey(
        "economy.IndustryProject", verbose_name=_("industry project"), null=True, blank=True, related_name="funds"
    )
    share_total = models.DecimalField(_("number of all shares"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("fund of shares")
        verbose_name_plural = _("funds of shares")
        ordering = ["village", "name"]
        indexes = [
            models.Index(fields=["tenant", "scope_code"], name="sharefund_scope"),
            models.Index(fields=["tenant", "project"], name="sharefund_project", condition=Q(project__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="sharefund_has_shares", condition=Q(share_total__isnull=True) | Q(share_total__gt=0)
            ),
            models.UniqueConstraint(fields=["tenant", "village", "name"], name="sharefund_name_once_a_village"),
            models.CheckConstraint(name="sharefund_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="sharefund_money_is_not_negative", condition=Q(folded_yuan__isnull=True) | Q(folded_yuan__gte=0)
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Shareholding(VersionedModel):
    """A number of shares over a period, of a household, or of the village itself where none is named.

    `ends_on` is the first day without them. Another number is another holding, from the day the former one ends.
    """

    fund = TenantForeignKey(ShareFund, verbose_name=_("fund of shares"), related_name="holdings")
    household = TenantForeignKey(
        "households.Household", verbose_name=_("household"), null=True, blank=True, related_name="shareholdings"
    )
    share_count = models.DecimalField(_("number of shares"), max_digits=12, decimal_places=2)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("shareholding")
        verbose_name_plural = _("shareholdings")
        # Not by fund: it stays in the village from which a household may have moved, and the join would hide the row.
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "fund"], name="shareholding_fund"),
            models.Index(fields=["tenant", "household"], name="shareholding_household"),
        ]
        constraints = [
            models.CheckConstraint(name="shareholding_is_some", condition=Q(share_count__gt=0)),
            models.CheckConstraint(
                name="shareholding_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
            ),
            ExclusionConstraint(
                name="shareholding_one_a_household_a_day",
                condition=Q(household__isnull=False),
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("fund", RangeOperators.EQUAL),
                    ("household", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="shareholding_one_of_the_village_a_day",
                condition=Q(household__isnull=True),
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("fund", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.share_count)


class Dividend(VersionedModel):
    """What a fund pays out on a day: the part that the village keeps, and a line for each holder.

    Kept part and lines add up to the amount to the cent; a trigger holds an approved one to it, and what was proposed
    never changes. Units: yuan.
    """

    fund = TenantForeignKey(ShareFund, verbose_name=_("fund of shares"), related_name="dividends")
    paid_on = models.DateField(_("day of the dividend"))
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    kept_yuan = models.DecimalField(_("kept by the village (yuan)"), max_digits=14, decimal_places=2)
    state = models.CharField(_("state"), max_length=10, choices=DividendState.choices, default=DividendState.PROPOSED)
    proposed_by = models.UUIDField(_("proposed by"), editable=False)
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now, editable=False)
    decided_by = models.UUIDField(_("decided by"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decision_reason = models.CharField(_("reason of the decision"), max_length=200, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("dividend")
        verbose_name_plural = _("dividends")
        ordering = ["-paid_on", "id"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="dividend_scope")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "fund", "paid_on"],
                name="dividend_once_a_day",
                condition=Q(state__in=[DividendState.PROPOSED, DividendState.APPROVED]),
            ),
            models.CheckConstraint(name="dividend_state_is_known", condition=Q(state__in=DividendState.values)),
            models.CheckConstraint(
                name="dividend_keeps_a_part_at_most", condition=Q(kept_yuan__gte=0, amount_yuan__gt=F("kept_yuan"))
            ),
            models.CheckConstraint(
                name="dividend_is_decided_by_another",
                condition=Q(state__in=[DividendState.PROPOSED, DividendState.WITHDRAWN])
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount_yuan}"


class DividendLine(TenantModel):
    """The part of one holder in a dividend; of the village itself where no household is named."""

    dividend = TenantForeignKey(Dividend, verbose_name=_("dividend"), related_name="lines")
    household = TenantForeignKey(
        "households.Household", verbose_name=_("household"), null=True, blank=True, related_name="dividend_lines"
    )
    share_count = models.DecimalField(_("number of shares"), max_digits=12, decimal_places=2)
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)

    class Meta(TenantModel.Meta):
        verbose_name = _("part of a dividend")
        verbose_name_plural = _("parts of a dividend")
        # Not by dividend, likewise.
        ordering = ["id"]
        indexes = [models.Index(fields=["tenant", "household"], name="dividendline_household")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "dividend", "household"], name="dividendline_once_a_holder", nulls_distinct=False
            ),
            models.CheckConstraint(name="dividendline_is_not_negative", condition=Q(amount_yuan__gte=0)),
            models.CheckConstraint(name="dividendline_has_shares", condition=Q(share_count__gt=0)),
        ]

    @override
    def __str__(self) -> str:
        return str(self.amount_yuan)
