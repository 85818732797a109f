"""Lists of what is paid for a period, their lines, and the file that goes to the bank."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from funds.enums import PERIODS, CorrectionKind, ListState, period_text
from funds.models.budget import Allocation
from funds.models.programme import PaymentProgramme
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel

_PERIOD = "|".join(f"({pattern})" for pattern in PERIODS.values())


class PaymentList(VersionedModel):
    """What is paid by a programme for a period out of an allocation (发放清册); it stands in the allocation's division.

    The stated total and number of lines are those of the paper; a list whose lines do not give both cannot be
    submitted, and neither can one above what is free of the allocation: triggers hold it to that. Once its file was
    downloaded the bank may have paid: it is withdrawn with the bank's word alone. Units: yuan.
    """

    programme = TenantForeignKey(PaymentProgramme, verbose_name=_("payment programme"), related_name="lists")
    allocation = TenantForeignKey(Allocation, verbose_name=_("allocation"), related_name="lists")
    period = models.CharField(_("period"), max_length=10, db_collation="C")
    stated_yuan = models.DecimalField(_("total on paper (yuan)"), max_digits=14, decimal_places=2)
    stated_count = models.PositiveIntegerField(_("lines on paper"))
    state = models.CharField(_("state"), max_length=10, choices=ListState.choices, default=ListState.DRAFT)
    made_by = models.UUIDField(_("made by"), editable=False)
    submitted_by = models.UUIDField(_("submitted by"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    decided_by = models.UUIDField(_("decided by"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decision_reason = models.CharField(_("reason of the decision"), max_length=200, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_paper = models.CharField(_("paper of the payment"), max_length=200, blank=True)
    returned_yuan = models.DecimalField(_("returned (yuan)"), max_digits=14, decimal_places=2, default=0)
    file_taken_at = models.DateTimeField(_("file for the bank first downloaded at"), null=True, editable=False)
    bank_word = models.CharField(_("paper of the bank that it paid nothing"), max_length=200, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("payment list")
        verbose_name_plural = _("payment lists")
        ordering = ["-period", "-id"]
        indexes = [
            models.Index(fields=["tenant", "scope_code", "state"], name="paymentlist_scope"),
            models.Index(fields=["tenant", "allocation"], name="paymentlist_allocation"),
        ]
        constraints = [
            models.CheckConstraint(name="paymentlist_state_is_known", condition=Q(state__in=ListState.values)),
            models.CheckConstraint(name="paymentlist_period_is_known", condition=Q(period__regex=_PERIOD)),
            models.CheckConstraint(
                name="paymentlist_total_is_some", condition=Q(stated_yuan__gt=0, stated_count__gt=0)
            ),
            models.CheckConstraint(
                name="paymentlist_is_submitted_by_somebody",
                condition=Q(state__in=[ListState.DRAFT, ListState.WITHDRAWN])
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="paymentlist_is_approved_by_another",
                condition=~Q(state__in=[ListState.APPROVED, ListState.PAID])
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("made_by"))
                    & ~Q(decided_by=F("submitted_by"))
                ),
            ),
            models.CheckConstraint(
                name="paymentlist_payment_has_day_and_paper",
                condition=Q(state=ListState.PAID, paid_on__isnull=False) & ~Q(paid_paper="")
                | ~Q(state=ListState.PAID) & Q(paid_on__isnull=True, paid_paper="", returned_yuan=0),
            ),
            models.CheckConstraint(
                name="paymentlist_returns_its_total_at_most",
                condition=Q(returned_yuan__gte=0, returned_yuan__lte=F("stated_yuan")),
            ),
            models.CheckConstraint(
                name="paymentlist_withdrawn_was_not_paid_by_the_bank",
                condition=~Q(state=ListState.WITHDRAWN) | Q(file_taken_at__isnull=True) | ~Q(bank_word=""),
            ),
        ]

    @override
    def __str__(self) -> str:
        return period_text(self.period)


class PaymentLine(VersionedModel):
    """What one household, or one person of it, is paid by a list; it stands in the household's village.

    Programme, period and day of payment are the list's, so that twice in a period is refused across all lists, also at
    the same moment, and so that a township is told of what the county's list paid. `village_code` is where the
    household lived when it was paid: what was published of that village stays, wherever it moves. The account is the
    household's on the day of submission. A line leaves a draft by being struck; what the bank returned is paid again by
    a line of a later list that names it.
    """

    telling: ClassVar = ("account_sealed", "bank_name", "strike_reason")

    payment_list = TenantForeignKey(PaymentList, verbose_name=_("payment list"), related_name="lines")
    programme = TenantForeignKey(PaymentProgramme, verbose_name=_("payment programme"), related_name="lines")
    period = models.CharField(_("period"), max_length=10, db_collation="C")
    number = models.PositiveIntegerField(_("line"))
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="payment_lines")
    person = TenantForeignKey(
        "households.Person", verbose_name=_("person"), null=True, blank=True, related_name="payment_lines"
    )
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    reason_code = models.CharField(_("why it is paid"), max_length=20)
    entered_by = models.UUIDField(_("entered by"), editable=False)
    account_sealed = models.BinaryField(_("bank account"), null=True, blank=True)
    bank_name = models.CharField(_("bank of the account"), max_length=100, blank=True)
    is_live = models.BooleanField(_("stands"), default=True)
    strike_reason = models.CharField(_("struck because"), max_length=200, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    village_code = models.CharField(_("village when it was paid"), max_length=12, blank=True, db_collation="C")
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    return_code = models.CharField(_("returned because"), max_length=20, blank=True)
    repays = TenantForeignKey(
        "funds.PaymentLine", verbose_name=_("repays"), null=True, blank=True, related_name="repaid_by"
    )

    class Meta(VersionedModel.Meta):
        verbose_name = _("line of a payment list")
        verbose_name_plural = _("lines of payment lists")
        ordering = ["payment_list", "number"]
        indexes = [
            models.Index(fields=["tenant", "household", "paid_on"], name="paymentline_household"),
            models.Index(fields=["tenant", "village_code", "paid_on"], name="paymentline_village"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "payment_list", "number"], name="paymentline_number_once"),
            models.UniqueConstraint(
                fields=["tenant", "programme", "period", "household"],
                name="paymentline_household_once_a_period",
                condition=Q(is_live=True, repays__isnull=True, person__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["tenant", "programme", "period", "person"],
                name="paymentline_person_once_a_period",
                condition=Q(is_live=True, repays__isnull=True, person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["tenant", "repays"], name="paymentline_repaid_once", condition=Q(is_live=True)
            ),
            models.CheckConstraint(name="paymentline_is_some", condition=Q(amount_yuan__gt=0, number__gt=0)),
            models.CheckConstraint(name="paymentline_says_why", condition=~Q(reason_code="")),
            models.CheckConstraint(
                name="paymentline_struck_has_a_reason",
                condition=Q(is_live=True, strike_reason="") | (Q(is_live=False) & ~Q(strike_reason="")),
            ),
            models.CheckConstraint(
                name="paymentline_return_follows_payment",
                condition=Q(returned_on__isnull=True, return_code="")
                | (Q(paid_on__isnull=False, returned_on__gte=F("paid_on")) & ~Q(return_code="")),
            ),
            models.CheckConstraint(name="paymentline_paid_stands", condition=Q(paid_on__isnull=True) | Q(is_live=True)),
            models.CheckConstraint(
                name="paymentline_paid_has_its_village",
                condition=Q(paid_on__isnull=True, village_code="") | (Q(paid_on__isnull=False) & ~Q(village_code="")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.number)

    @property
    def period_text(self) -> str:
        """The period as people read it."""
        return period_text(self.period)


class BankFile(TenantModel):
    """The file of an approved list for the bank: made once, kept sealed for a while, each download audited."""

    payment_list = TenantForeignKey(PaymentList, verbose_name=_("payment list"), related_name="bank_files")
    document = TenantForeignKey("registry.Document", verbose_name=_("file"), related_name="+")
    line_count = models.PositiveIntegerField(_("lines"))
    total_yuan = models.DecimalField(_("total (yuan)"), max_digits=14, decimal_places=2)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = _("file for the bank")
        verbose_name_plural = _("files for the bank")
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["tenant", "payment_list"], name="bankfile_once_a_list")]

    @override
    def __str__(self) -> str:
        return str(self.id)


class PaymentCorrection(TenantModel):
    """What was noted in error of a list and is taken back: its payment, or the return of one of its lines.

    It holds what was noted. A trigger on it alone brings the list back to its approval, or the line back to its
    payment, and sums follow; one that would leave an allocation below zero is refused with them. Units: yuan.
    """

    telling: ClassVar = ("was_paper", "reason")

    payment_list = TenantForeignKey(PaymentList, verbose_name=_("payment list"), related_name="corrections")
    line = TenantForeignKey(
        PaymentLine, verbose_name=_("line of a payment list"), null=True, blank=True, related_name="corrections"
    )
    kind = models.CharField(_("noted in error"), max_length=10, choices=CorrectionKind.choices)
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    was_on = models.DateField(_("day that was noted"))
    was_paper = models.CharField(_("paper that was noted"), max_length=200, blank=True)
    was_code = models.CharField(_("reason of the bank that was noted"), max_length=20, blank=True)
    reason = models.CharField(_("reason of the correction"), max_length=200)
    corrected_by = models.UUIDField(_("corrected by"), editable=False)
    corrected_at = models.DateTimeField(_("corrected at"), default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("correction of a payment")
        verbose_name_plural = _("corrections of payments")
        ordering = ["corrected_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "payment_list"], name="paymentcorrection_list"),
            models.Index(fields=["tenant", "line"], name="paymentcorrection_line"),
        ]
        constraints = [
            models.CheckConstraint(
                name="paymentcorrection_holds_what_was_noted",
                condition=(Q(kind=CorrectionKind.PAYMENT, line__isnull=True, was_code="") & ~Q(was_paper=""))
                | (Q(kind=CorrectionKind.RETURN, line__isnull=False, was_paper="") & ~Q(was_code="")),
            ),
            models.CheckConstraint(name="paymentcorrection_is_some", condition=Q(amount_yuan__gt=0)),
            models.CheckConstraint(name="paymentcorrection_says_why", condition=~Q(reason="")),
        ]

    @override
    def __str__(self) -> str:
        return str(self.was_on)
