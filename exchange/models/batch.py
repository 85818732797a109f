"""An uploaded roster and what came of it."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from exchange.enums import BatchState
from exchange.workflow import DECIDED
from households.enums import PostingKind
from registry.models import SentenceField
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel


class ImportBatch(VersionedModel):
    """One upload of a roster: from the file to the decision.

    `scope_code` is the division of the person who uploaded it. The file lies encrypted in `document`, and what the
    check accepted of it in `drafts`, until the batch is decided; name, hash, size and columns remain. `counts` and
    `result` hold numbers only.
    """

    state = models.CharField(_("state"), max_length=10, choices=BatchState.choices, default=BatchState.UPLOADED)
    document = TenantForeignKey(
        "registry.Document", verbose_name=_("file"), null=True, blank=True, related_name="import_batches"
    )
    drafts = TenantForeignKey(
        "registry.Document", verbose_name=_("accepted households"), null=True, blank=True, related_name="+"
    )
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    byte_count = models.PositiveBigIntegerField(_("size in bytes"))
    uploaded_by = models.UUIDField(_("uploaded by"), null=True)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    data_date = models.DateField(_("data date"), null=True, blank=True)
    kept_columns = ArrayField(models.CharField(max_length=40), verbose_name=_("columns kept"), default=list, blank=True)
    refused_columns = ArrayField(
        models.CharField(max_length=40), verbose_name=_("columns not needed for assistance"), default=list, blank=True
    )
    unknown_columns = ArrayField(
        models.CharField(max_length=40), verbose_name=_("unknown columns"), default=list, blank=True
    )
    posting_kind = models.CharField(_("posted as"), max_length=20, choices=PostingKind.choices, blank=True, default="")
    counts = models.JSONField(_("counts of the check"), default=dict)
    result = models.JSONField(_("counts of the application"), default=dict)
    error_code = models.CharField(_("error code"), max_length=100, blank=True)
    error = SentenceField(_("error"), blank=True)
    decided_by = models.UUIDField(_("decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.CharField(_("reason"), max_length=200, blank=True)
    rows_kept_until = models.DateField(_("refused rows are kept until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        ordering = ["-uploaded_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "uploaded_at", "id"], name="importbatch_newest"),
            models.Index(fields=["tenant", "sha256"], name="importbatch_file"),
        ]
        constraints = [
            models.CheckConstraint(
                name="importbatch_file_goes_with_the_decision",
                condition=Q(state__in=sorted(DECIDED), document__isnull=True, drafts__isnull=True)
                | (~Q(state__in=sorted(DECIDED)) & Q(document__isnull=False)),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.file_name

    @property
    def is_decided(self) -> bool:
        """Tell whether nothing more will happen to this roster."""
        return self.state in DECIDED

    def count(self, name: str) -> int:
        """Give one number of the check, 0 where it is not known."""
        counts: dict[str, Any] = self.counts
        return int(counts.get(name, 0))
