"""Figures that a county published for those above it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class PublishedFigure(models.Model):
    """The county totals of one finished report: all that prefecture and province see. A platform table without persons.

    A correction is a new edition; a published edition never changes.
    """

    tenant = models.ForeignKey("registry.Tenant", models.PROTECT, verbose_name=_("county"), related_name="+")
    report = models.CharField(_("report"), max_length=60)
    month = models.DateField(_("month"), help_text=_("First day of the month."))
    edition = models.PositiveIntegerField(_("edition"), default=1)
    figures = models.JSONField(_("figures"))
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published at"), default=timezone.now)

    class Meta:
        verbose_name = _("published figures")
        verbose_name_plural = _("published figures")
        ordering = ["-month", "tenant", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "report", "month", "edition"], name="publishedfigure_edition_once"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.report} {self.month:%Y-%m}"
