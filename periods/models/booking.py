"""Which posting of the ledger was booked in which picture of a period."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from periods.models.snapshot import Snapshot
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class Booking(TenantModel):
    """A posting counted in the month of a snapshot: each posting counts in exactly one month of the current editions.

    `is_late` says that it took effect before the month began, and was recorded after that earlier month was frozen.
    `scope_code` is the village of the posting.
    """

    snapshot = TenantForeignKey(Snapshot, verbose_name=_("snapshot"), related_name="+")
    posting_id = models.UUIDField(_("posting"))
    is_late = models.BooleanField(_("recorded late"), default=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("booking of a posting")
        verbose_name_plural = _("bookings of postings")
        ordering = ["snapshot", "posting_id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "snapshot", "posting_id"], name="booking_once_a_snapshot"),
        ]
        indexes = [models.Index(fields=["tenant", "posting_id"], name="booking_posting")]

    @override
    def __str__(self) -> str:
        return str(self.posting_id)
