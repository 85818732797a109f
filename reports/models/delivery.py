"""The mail of a finished run to one recipient."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel
from reports.enums import DeliveryReason, DeliveryState
from reports.models.run import ReportRun
from reports.workflow import SENT_AGAIN_BY_HAND


class Delivery(TenantModel):
    """Whether one recipient got the mail of one run. Every recipient has such a row: nobody is silently left out.

    Automatic sending is at most once. `sending` is committed before the mail server is spoken to, and the Message-ID
    is fixed from the first, so that even a mail sent again by a person is the same mail. No address is kept.
    """

    run = TenantForeignKey(ReportRun, verbose_name=_("report run"), related_name="deliveries")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recipient"), related_name="+", db_index=False
    )
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    reason = models.CharField(_("reason"), max_length=30, choices=DeliveryReason.choices, blank=True, default="")
    smtp_code = models.PositiveSmallIntegerField(_("answer of the mail server"), null=True, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    attempts_in_row = models.PositiveSmallIntegerField(_("attempts since a person asked"), default=0)
    requests = models.PositiveSmallIntegerField(_("sent again by hand"), default=0)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    sending_at = models.DateTimeField(_("last tried at"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "run", "recipient"], name="delivery_once_a_run_and_recipient"),
            models.UniqueConstraint(fields=["tenant", "message_id"], name="delivery_message_id_once"),
            models.CheckConstraint(name="delivery_state_is_known", condition=Q(state__in=DeliveryState.values)),
            models.CheckConstraint(
                name="delivery_not_sent_has_a_reason",
                condition=~Q(state__in=[DeliveryState.FAILED, DeliveryState.UNCLEAR]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="delivery_sending_was_begun",
                condition=~Q(state=DeliveryState.SENDING) | Q(sending_at__isnull=False, attempts__gte=1),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.message_id

    @property
    def is_on_its_way(self) -> bool:
        """Tell whether its state changes within moments: a refused one waits for its next attempt."""
        return self.state == DeliveryState.SENDING or (self.state == DeliveryState.PENDING and not self.reason)

    @property
    def may_be_sent_again(self) -> bool:
        """Tell whether a person may have it sent again."""
        return self.state in SENT_AGAIN_BY_HAND
