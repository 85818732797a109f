"""Background jobs of a tenant, and the work that is due."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.enums import JobState
from registry.models.sentence import SentenceField
from registry.tenancy.models import TenantModel


class Job(TenantModel):
    """One piece of background work: same key, same job. Arguments and result hold ids and counts only."""

    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=100)
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    arguments = models.JSONField(_("arguments"), default=dict)
    actor = models.JSONField(_("in whose name"), default=dict)
    progress_done = models.PositiveIntegerField(_("done"), default=0)
    progress_total = models.PositiveIntegerField(_("of"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    result = models.JSONField(_("result"), default=dict)
    error_code = models.CharField(_("error code"), max_length=100, blank=True)
    error = SentenceField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    started_at = models.DateTimeField(_("started at"), null=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["tenant", "kind", "key"], name="job_key_once")]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class DueWork(models.Model):
    """What is to be done for a tenant at a moment: schedules, retries, lost jobs. A platform table, read by beat."""

    tenant = models.ForeignKey("registry.Tenant", models.PROTECT, verbose_name=_("tenant"), related_name="+")
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=100)
    due_at = models.DateTimeField(_("due at"))

    class Meta:
        verbose_name = _("due work")
        verbose_name_plural = _("due work")
        ordering = ["due_at"]
        constraints = [models.UniqueConstraint(fields=["tenant", "kind", "key"], name="duework_once")]
        indexes = [models.Index(fields=["due_at"], name="duework_due")]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
