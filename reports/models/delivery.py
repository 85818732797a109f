"""The mail of a finished run to one recipient."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel
from reports.enums import DeliveryReason, DeliveryState, MailForm
from reports.models.address import OutsideAddress
from reports.models.run import ReportRun
from reports.workflow import SENT_AGAIN_BY_HAND


def new_bounce_token() -> str:
    """Make what the return path of a mail is known by: small letters and digits, since servers may fold the case."""
    return secrets.token_hex(16)


class Delivery(TenantModel):
    """Whether one recipient got the mail of one run. Every recipient has such a row: nobody is silently left out.

    Automatic sending is at most once. `sending` is committed before the mail server is spoken to, and the Message-ID
    is fixed from the first, so that even a mail sent again by a person is the same mail. No address is kept: the
    `address_mark` is a keyed digest of the one of the last attempt, and `bounce_token` stands in the return path.
    """

    run = TenantForeignKey(ReportRun, verbose_name=_("report run"), related_name="deliveries")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recipient"), null=True, blank=True,
        related_name="+", db_index=False,
    )  # fmt: skip
    outside = TenantForeignKey(
        OutsideAddress, verbose_name=_("outside address"), null=True, blank=True, related_name="+"
    )
    form = models.CharField(_("what the mail holds"), max_length=10, choices=MailForm.choices, default="attachment")
    # The division that its reader must cover; empty for the whole county.
    area_code = models.CharField(_("division"), max_length=12, blank=True, default="", db_collation="C")
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    reason = models.CharField(_("reason"), max_length=30, choices=DeliveryReason.choices, blank=True, default="")
    smtp_code = models.PositiveSmallIntegerField(_("answer of the mail server"), null=True, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200)
    # None for mails from before return paths had one.
    bounce_token = models.CharField(
        _("token of the return path"), max_length=40, null=True, blank=True, default=new_bounce_token
    )
    address_mark = models.CharField(_("mark of the address"), max_length=64, blank=True, default="")
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
        indexes = [models.Index(fields=["tenant", "created_at", "id"], name="delivery_log")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "run", "recipient"],
                condition=Q(recipient__isnull=False),
                name="delivery_once_a_run_and_recipient",
            ),
            models.UniqueConstraint(
                fields=["tenant", "run", "outside"],
                condition=Q(outside__isnull=False),
                name="delivery_once_a_run_and_address",
            ),
            models.UniqueConstraint(fields=["tenant", "bounce_token"], name="delivery_bounce_token_once"),
            models.CheckConstraint(
                name="delivery_is_for_one_recipient",
                condition=Q(recipient__isnull=False, outside__isnull=True)
                | Q(recipient__isnull=True, outside__isnull=False),
            ),
            models.CheckConstraint(name="delivery_form_is_known", condition=Q(form__in=MailForm.values)),
            models.UniqueConstraint(fields=["tenant", "message_id"], name="delivery_message_id_once"),
            models.CheckConstraint(name="delivery_state_is_known", condition=Q(state__in=DeliveryState.values)),
            models.CheckConstraint(
                name="delivery_not_sent_has_a_reason",
                condition=~Q(state__in=[DeliveryState.FAILED, DeliveryState.UNCLEAR, DeliveryState.BOUNCED])
                | ~Q(reason=""),
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
    def name(self) -> str:
        """The name of the person or office that it is for."""
        if self.outside is not None:
            return str(self.outside.name)
        return self.recipient.name if self.recipient is not None else ""

    @property
    def is_on_its_way(self) -> bool:
        """Tell whether its state changes within moments: a refused one waits for its next attempt."""
        return self.state == DeliveryState.SENDING or (self.state == DeliveryState.PENDING and not self.reason)

    @property
    def may_be_sent_again(self) -> bool:
        """Tell whether a person may have it sent again."""
        return self.state in SENT_AGAIN_BY_HAND
