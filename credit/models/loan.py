"""A loan of a household, what was paid out and back, and its extensions."""

from datetime import date
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from credit.enums import LoanEntryKind
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel

OWED: Final = Q(outstanding_yuan__gt=0)
# What stands in place of the lender once the borrower was forgotten: two such loans may look the same then.
_FORGOTTEN: Final = "已清除"


class Loan(VersionedModel):
    """A loan to a grown-up member of a household (小额信贷).

    `drawn_yuan` and `outstanding_yuan` are the sums of its entries: a trigger writes them, and nobody else can. A loan
    entered in error is withdrawn and stays on file. Units: yuan; `rate_percent` a year.
    Source: ledger of finance of one county (用途, 评级, 银行, 总额, 时间, 年利率, 贴息, 还款, 逾期额, 逾期时间).
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="loans")
    person = TenantForeignKey("households.Person", verbose_name=_("borrower"), related_name="loans")
    lender = models.CharField(_("lender"), max_length=100)
    purpose_code = models.CharField(_("purpose"), max_length=20)
    rating = models.CharField(_("credit rating"), max_length=20, blank=True)
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    granted_on = models.DateField(_("granted on"))
    due_on = models.DateField(_("due on"))
    rate_percent = models.DecimalField(_("yearly rate (%)"), max_digits=6, decimal_places=3)
    is_subsidised = models.BooleanField(_("interest is subsidised"))
    is_guaranteed = models.BooleanField(_("is guaranteed"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    drawn_yuan = models.DecimalField(_("paid out (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False)
    outstanding_yuan = models.DecimalField(_("owed (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False)

    telling: ClassVar = ("lender", "rating")

    class Meta(VersionedModel.Meta):
        verbose_name = _("loan")
        verbose_name_plural = _("loans")
        ordering = ["household", "-granted_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="loan_household"),
            models.Index(fields=["tenant", "person"], name="loan_person"),
            models.Index(fields=["tenant", "due_on", "scope_code"], name="loan_owed", condition=OWED),
            models.Index(fields=["tenant", "scope_code"], name="loan_owed_scope", condition=OWED),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "household", "person", "lender", "granted_on", "amount_yuan"],
                name="loan_on_file_once",
                condition=Q(~Q(lender=_FORGOTTEN), withdrawn_on__isnull=True),
            ),
            models.CheckConstraint(name="loan_is_named", condition=~Q(lender="") & ~Q(purpose_code="")),
            models.CheckConstraint(name="loan_amount_is_positive", condition=Q(amount_yuan__gt=0)),
            models.CheckConstraint(name="loan_due_after_grant", condition=Q(due_on__gt=F("granted_on"))),
            models.CheckConstraint(
                name="loan_day_is_plausible", condition=Q(granted_on__gte=date(2000, 1, 1), due_on__lt=date(2101, 1, 1))
            ),
            models.CheckConstraint(
                name="loan_rate_is_plausible", condition=Q(rate_percent__gte=0, rate_percent__lte=100)
            ),
            models.CheckConstraint(
                name="loan_drawn_within_its_amount", condition=Q(drawn_yuan__gte=0, drawn_yuan__lte=F("amount_yuan"))
            ),
            models.CheckConstraint(name="loan_owed_not_below_zero", condition=Q(outstanding_yuan__gte=0)),
            models.CheckConstraint(
                name="loan_withdrawn_is_empty",
                condition=Q(withdrawn_on__isnull=True) | Q(drawn_yuan=0, outstanding_yuan=0),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.granted_on)


class LoanEntry(TenantModel):
    """What was paid out, paid back, subsidised or written off on a day; written once, set right by its mirror.

    A reversal stands on the day and kind of what it reverses with the amount below zero; a trigger holds it to that.
    Units: yuan.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="loan_entries")
    loan = TenantForeignKey(Loan, verbose_name=_("loan"), related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=LoanEntryKind.choices)
    occurred_on = models.DateField(_("on"))
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    reverses = TenantForeignKey(
        "credit.LoanEntry", verbose_name=_("reverses"), null=True, blank=True, related_name="reversals"
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    recorded_by = models.UUIDField(_("recorded by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("entry of a loan")
        verbose_name_plural = _("entries of loans")
        ordering = ["loan", "-occurred_on", "-id"]
        indexes = [
            models.Index(fields=["tenant", "loan"], name="loanentry_loan"),
            models.Index(fields=["tenant", "household"], name="loanentry_household"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "reverses"], name="loanentry_reversed_once"),
            models.CheckConstraint(name="loanentry_kind_is_known", condition=Q(kind__in=LoanEntryKind.values)),
            models.CheckConstraint(
                name="loanentry_only_reversals_are_negative",
                condition=Q(reverses__isnull=True, amount_yuan__gt=0) | Q(reverses__isnull=False, amount_yuan__lt=0),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.occurred_on} {self.amount_yuan}"


class LoanExtension(TenantModel):
    """A later due day of a loan, agreed on a day (展期); the reason stands in the audit trail."""

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="loan_extensions")
    loan = TenantForeignKey(Loan, verbose_name=_("loan"), related_name="extensions")
    number = models.PositiveSmallIntegerField(_("number"))
    agreed_on = models.DateField(_("agreed on"))
    former_due_on = models.DateField(_("due before"))
    due_on = models.DateField(_("due on"))

    class Meta(TenantModel.Meta):
        verbose_name = _("extension of a loan")
        verbose_name_plural = _("extensions of loans")
        ordering = ["loan", "number"]
        indexes = [models.Index(fields=["tenant", "household"], name="loanextension_household")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "loan", "number"], name="loanextension_number_once"),
            models.CheckConstraint(name="loanextension_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="loanextension_is_later", condition=Q(due_on__gt=F("former_due_on"))),
        ]

    @override
    def __str__(self) -> str:
        return str(self.number)
