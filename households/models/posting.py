"""The ledger."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import PostingKind, Stock
from households.models.household import Household
from households.models.person import Person
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class Posting(TenantModel):
    """One line of the ledger of stocks: written once, never changed. docs/ledger.md says what each line means.

    `village_code` is the village in which the change counts, a fact; `scope_code` is who may see the line now.
    """

    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="postings")
    person = TenantForeignKey(Person, verbose_name=_("person"), null=True, blank=True, related_name="postings")
    kind = models.CharField(_("kind"), max_length=15, choices=PostingKind.choices)
    stock = models.CharField(_("stock"), max_length=10, choices=Stock.choices)
    effective_on = models.DateField(_("effective on"))
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    households_delta = models.SmallIntegerField(_("households"))
    persons_delta = models.SmallIntegerField(_("persons"))
    village_code = models.CharField(_("village"), max_length=12, db_collation="C")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["effective_on", "recorded_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="posting_household"),
            models.Index(fields=["tenant", "effective_on"], name="posting_effective"),
        ]
        constraints = [
            models.CheckConstraint(name="posting_kind_is_known", condition=Q(kind__in=PostingKind.values)),
            models.CheckConstraint(name="posting_stock_is_known", condition=Q(stock__in=Stock.values)),
            models.CheckConstraint(
                name="posting_moves_one_household_at_most",
                condition=Q(households_delta__gte=-1, households_delta__lte=1),
            ),
            models.CheckConstraint(name="posting_says_something", condition=~Q(households_delta=0, persons_delta=0)),
            models.CheckConstraint(name="posting_village_has_12_digits", condition=Q(village_code__regex=r"^\d{12}$")),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"
