"""Public-welfare posts, who holds them, and the months that were worked and paid."""

from datetime import date
from typing import ClassVar, Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.models import Person
from livelihoods.definitions.posts import PAY_ITEMS
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from villages.models import Village

_TERM: Final = Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField())
_A_YEAR_LATER: Final = Func(
    F("starts_on"), template="((%(expressions)s) + interval '1 year')::date", output_field=models.DateField()
)


class WelfarePost(VersionedModel):
    """A public-welfare post of a village with a number of seats (公益性岗位).

    `pay_item_code` says who pays, as the item of income under which the pay counts; `ends_on` is the first day without
    the post. Units: yuan a month and seat. Source: item of the household form; kinds of the list `public_post`.
    """

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="welfare_posts")
    name = models.CharField(_("name"), max_length=60)
    kind_code = models.CharField(_("kind of post"), max_length=20)
    seat_count = models.PositiveSmallIntegerField(_("seats"))
    monthly_yuan = models.DecimalField(_("pay a month (yuan)"), max_digits=10, decimal_places=2)
    funding_code = models.CharField(_("source of the money"), max_length=20)
    pay_item_code = models.CharField(_("paid by"), max_length=20)
    duties = models.CharField(_("duties"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("public-welfare post")
        verbose_name_plural = _("public-welfare posts")
        ordering = ["village", "name"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="welfarepost_scope")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "village", "name"], name="welfarepost_name_once_a_village"),
            models.CheckConstraint(
                name="welfarepost_is_described",
                condition=~Q(name="") & ~Q(kind_code="") & ~Q(funding_code="") & ~Q(duties=""),
            ),
            models.CheckConstraint(
                name="welfarepost_has_seats_and_pay", condition=Q(seat_count__gte=1, monthly_yuan__gt=0)
            ),
            models.CheckConstraint(name="welfarepost_is_paid_by_somebody", condition=Q(pay_item_code__in=PAY_ITEMS)),
            models.CheckConstraint(
                name="welfarepost_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class PostHolding(VersionedModel):
    """A person in a seat of a post for a term of a year at most; a renewal is the next term.

    `ends_on` is the first day without the post. Seats are numbered, so that the database holds their number also
    against who sees one village alone. A term that was entered in error ends on the day it starts.
    """

    post = TenantForeignKey(WelfarePost, verbose_name=_("public-welfare post"), related_name="holdings")
    person = TenantForeignKey(Person, verbose_name=_("person"), related_name="post_holdings")
    seat_number = models.PositiveSmallIntegerField(_("seat"), editable=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"))
    end_reason = models.CharField(_("why it ended early"), max_length=200, blank=True)

    telling: ClassVar = ("end_reason",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("term in a post")
        verbose_name_plural = _("terms in posts")
        ordering = ["-starts_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "person"], name="postholding_person"),
            models.Index(fields=["tenant", "post"], name="postholding_post"),
            models.Index(fields=["tenant", "scope_code", "ends_on"], name="postholding_scope"),
        ]
        constraints = [
            ExclusionConstraint(
                name="postholding_one_a_seat_a_day",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    ("seat_number", RangeOperators.EQUAL),
                    (_TERM, RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="postholding_one_post_a_day",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (_TERM, RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="postholding_has_a_seat", condition=Q(seat_number__gte=1)),
            models.CheckConstraint(
                name="postholding_lasts_a_year_at_most",
                condition=Q(starts_on__gte=date(2000, 1, 1), ends_on__gte=F("starts_on"), ends_on__lte=_A_YEAR_LATER),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.starts_on)


class PostMonth(TenantModel):
    """A month of a term that was worked and paid: written once, taken back by an entry that mirrors it.

    Item and source are those that a line of income names, so that the pay can be followed from there also when the
    person lives elsewhere since. Units: yuan; `month` is the first day of it.
    """

    holding = TenantForeignKey(PostHolding, verbose_name=_("term in a post"), related_name="months")
    person = TenantForeignKey(Person, verbose_name=_("person"), related_name="post_months")
    month = models.DateField(_("month"))
    amount_yuan = models.DecimalField(_("pay (yuan)"), max_digits=10, decimal_places=2)
    item_code = models.CharField(_("item of income"), max_length=20)
    source = models.CharField(_("source in the income ledger"), max_length=100)
    reverses = TenantForeignKey(
        "livelihoods.PostMonth", verbose_name=_("reverses"), null=True, blank=True, related_name="reversals"
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.UUIDField(_("recorded by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("month in a post")
        verbose_name_plural = _("months in posts")
        ordering = ["-month", "id"]
        indexes = [
            models.Index(fields=["tenant", "holding", "month"], name="postmonth_holding"),
            models.Index(fields=["tenant", "person", "month"], name="postmonth_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "reverses"], name="postmonth_reversed_once"),
            models.CheckConstraint(name="postmonth_is_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="postmonth_only_reversals_are_negative",
                condition=Q(reverses__isnull=True, amount_yuan__gt=0) | Q(reverses__isnull=False, amount_yuan__lt=0),
            ),
            models.CheckConstraint(name="postmonth_counts_under_an_item", condition=Q(item_code__in=PAY_ITEMS)),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
