"""Files of a tenant, encrypted and found by their content."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import TenantModel


class Document(TenantModel):
    """A file by its SHA-256; its content lies encrypted in the storage. After removal hash and size remain."""

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=100)
    kind = models.CharField(_("kind"), max_length=40)
    byte_count = models.PositiveBigIntegerField(_("size in bytes"))
    stored_at = models.DateTimeField(_("stored at"), default=timezone.now)
    stored_by = models.UUIDField(_("stored by"), null=True)
    expires_on = models.DateField(_("kept until (not included)"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-stored_at"]
        indexes = [models.Index(fields=["tenant", "sha256"], name="document_sha256")]

    @override
    def __str__(self) -> str:
        return self.name
