"""What the county pays to households or persons."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from funds.enums import Cycle, Payee
from registry.tenancy.models import VersionedModel


class PaymentProgramme(VersionedModel):
    """An allowance, subsidy, wage, dividend or compensation with its rule (发放项目); the county's own.

    Payee and cycle are said once: lists and what was paid rest on them. `ends_on` is the first day without it.
    """

    name = models.CharField(_("name"), max_length=100)
    kind_code = models.CharField(_("kind"), max_length=20)
    payee = models.CharField(_("paid to"), max_length=10, choices=Payee.choices)
    cycle = models.CharField(_("cycle"), max_length=10, choices=Cycle.choices)
    rule_text = models.CharField(_("rule"), max_length=500)
    source = models.CharField(_("source of the rule"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("payment programme")
        verbose_name_plural = _("payment programmes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="paymentprogramme_name_once"),
            models.CheckConstraint(
                name="paymentprogramme_is_named",
                condition=~Q(name="") & ~Q(kind_code="") & ~Q(rule_text="") & ~Q(source=""),
            ),
            models.CheckConstraint(name="paymentprogramme_payee_is_known", condition=Q(payee__in=Payee.values)),
            models.CheckConstraint(name="paymentprogramme_cycle_is_known", condition=Q(cycle__in=Cycle.values)),
            models.CheckConstraint(
                name="paymentprogramme_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name
