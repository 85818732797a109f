"""The ledger of a village's collective."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from economy.enums import EntryKind
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel
from villages.models import Village


class LedgerEntry(TenantModel):
    """An income or a cost of the village's collective: written once, corrected by an entry that reverses it.

    An income names its source, of the list `collective_source`. A reversal stands on the day, side and source of what
    it reverses with the amount below zero, so that a sum over entries is right without asking which were reversed; a
    trigger holds it to that. One that names a dividend books it: another trigger lets one such entry stand, with the
    amount that follows from the dividend. Units: yuan.
    """

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="ledger_entries")
    kind = models.CharField(_("income or cost"), max_length=10, choices=EntryKind.choices)
    source_code = models.CharField(_("source of the income"), max_length=20, blank=True)
    occurred_on = models.DateField(_("received or paid on"))
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    purpose = models.CharField(_("what for"), max_length=200)
    document = TenantForeignKey(
        "registry.Document", verbose_name=_("supporting document"), null=True, blank=True, related_name="+"
    )
    reverses = TenantForeignKey(
        "economy.LedgerEntry", verbose_name=_("reverses"), null=True, blank=True, related_name="reversals"
    )
    project = TenantForeignKey(
        "economy.IndustryProject", verbose_name=_("industry project"), null=True, blank=True, related_name="entries"
    )
    dividend = TenantForeignKey(
        "economy.Dividend", verbose_name=_("dividend"), null=True, blank=True, related_name="entries"
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.UUIDField(_("recorded by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("entry of the collective ledger")
        verbose_name_plural = _("entries of the collective ledger")
        ordering = ["-occurred_on", "-recorded_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "village", "occurred_on"], name="ledgerentry_village"),
            models.Index(fields=["tenant", "scope_code", "occurred_on"], name="ledgerentry_scope"),
            models.Index(
                fields=["tenant", "dividend"], name="ledgerentry_dividend", condition=Q(dividend__isnull=False)
            ),
            models.Index(fields=["tenant", "project"], name="ledgerentry_project", condition=Q(project__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "reverses"], name="ledgerentry_reversed_once"),
            models.UniqueConstraint(fields=["tenant", "document"], name="ledgerentry_document_once"),
            models.CheckConstraint(name="ledgerentry_kind_is_known", condition=Q(kind__in=EntryKind.values)),
            models.CheckConstraint(
                name="ledgerentry_income_alone_has_a_source",
                condition=(Q(kind=EntryKind.INCOME) & ~Q(source_code="")) | Q(kind=EntryKind.COST, source_code=""),
            ),
            models.CheckConstraint(
                name="ledgerentry_only_reversals_are_negative",
                condition=Q(reverses__isnull=True, amount_yuan__gt=0) | Q(reverses__isnull=False, amount_yuan__lt=0),
            ),
            models.CheckConstraint(
                name="ledgerentry_day_is_plausible",
                condition=Q(occurred_on__gte=date(2000, 1, 1), occurred_on__lt=date(2101, 1, 1)),
            ),
            models.CheckConstraint(name="ledgerentry_says_what_for", condition=~Q(purpose="")),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.occurred_on} {self.amount_yuan}"
