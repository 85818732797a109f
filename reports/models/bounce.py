"""What mail servers said later of mails that they had taken."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel
from reports.enums import BounceKind
from reports.models.address import OutsideAddress
from reports.models.delivery import Delivery


class Bounce(TenantModel):
    """One message of a mail server on one attempt of a mail: its kind and its code, never an address or its words.

    The county as a whole sees it, since the administrators who look after addresses have no area.
    """

    delivery = TenantForeignKey(Delivery, verbose_name=_("mail"), related_name="bounces")
    attempt = models.PositiveSmallIntegerField(_("attempt"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recipient"), null=True, blank=True,
        related_name="+", db_index=False,
    )  # fmt: skip
    outside = TenantForeignKey(
        OutsideAddress, verbose_name=_("outside address"), null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=BounceKind.choices)
    status_code = models.CharField(_("status code"), max_length=11, blank=True, help_text=_("As in 5.1.1."))
    smtp_code = models.PositiveSmallIntegerField(_("answer of the mail server"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = _("mail that came back")
        verbose_name_plural = _("mails that came back")
        ordering = ["-received_at", "-id"]
        constraints = [
            # The same message read twice, from a folder that was not emptied, is one.
            models.UniqueConstraint(
                fields=["tenant", "delivery", "attempt", "kind", "status_code"], name="bounce_once"
            ),
            models.CheckConstraint(name="bounce_kind_is_known", condition=Q(kind__in=BounceKind.values)),
            models.CheckConstraint(
                name="bounce_is_of_one_recipient",
                condition=Q(user__isnull=False, outside__isnull=True) | Q(user__isnull=True, outside__isnull=False),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.status_code}"
