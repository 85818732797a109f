"""The audit trail: one append-only event for each domain verb."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.enums import Role
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class AuditCounter(TenantModel):
    """The last number given to an event of the tenant; locked last in each transaction, so that numbers have no gap."""

    last_seq = models.PositiveBigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        verbose_name = _("counter of audit events")
        verbose_name_plural = _("counters of audit events")
        constraints = [models.UniqueConstraint(fields=["tenant"], name="auditcounter_one_a_tenant")]

    @override
    def __str__(self) -> str:
        return str(self.last_seq)


class AuditEvent(TenantModel):
    """Who did what, when, from where, to which object, in which fields, and why. Never a value of a person.

    `digest` is the HMAC-SHA256 of the detail (before and after), which lies in AuditDetail.
    """

    seq = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("when"))
    user_id = models.UUIDField(_("user id"), null=True)
    username = models.CharField(_("who"), max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    origin = models.CharField(_("from where"), max_length=100, blank=True)
    verb = models.CharField(_("verb"), max_length=60)
    object_type = models.CharField(_("object"), max_length=60, blank=True)
    object_id = models.UUIDField(_("object id"), null=True)
    field_names = ArrayField(models.CharField(max_length=60), verbose_name=_("fields"), default=list)
    object_count = models.PositiveIntegerField(_("objects"), default=1)
    digest = models.CharField(_("digest of the detail"), max_length=64, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-seq"]
        constraints = [models.UniqueConstraint(fields=["tenant", "seq"], name="auditevent_seq_once_a_tenant")]
        indexes = [models.Index(fields=["tenant", "object_id"], name="auditevent_object")]

    @override
    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class AuditDetail(TenantModel):
    """Before and after of an event, visible with the object itself; only the retention verb may empty it."""

    event = TenantForeignKey(AuditEvent, verbose_name=_("event"), related_name="details")
    at = models.DateTimeField(_("when"))
    object_id = models.UUIDField(_("object id"), null=True)
    # What of the event may be read with the object itself; empty for events before these columns came.
    verb = models.CharField(_("verb"), max_length=60, blank=True)
    username = models.CharField(_("who"), max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=30, choices=Role.choices, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    transaction_at = models.DateTimeField(_("moment of the transaction"), null=True)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("detail of an audit event")
        verbose_name_plural = _("details of audit events")
        constraints = [models.UniqueConstraint(fields=["tenant", "event"], name="auditdetail_one_an_event")]
        indexes = [
            models.Index(fields=["tenant", "object_id"], name="auditdetail_object"),
            # What somebody entered in a month: the month of a work team.
            models.Index(fields=["tenant", "username", "at"], name="auditdetail_entered"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.event_id)
