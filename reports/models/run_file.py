"""One stored file of a run."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel
from reports.enums import Format
from reports.models.run import ReportRun


class RunFile(TenantModel):
    """The file of a run in one format, as it was made; `scope_code` is that of its run.

    The document of a report with persons lapses after some days (docs/catalogue.md); that of another one stays.
    """

    run = TenantForeignKey(ReportRun, verbose_name=_("report run"), related_name="files")
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    document = TenantForeignKey("registry.Document", verbose_name=_("file"), related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("file of a report run")
        verbose_name_plural = _("files of report runs")
        ordering = ["run", "format"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "run", "format"], name="runfile_once_a_run_and_format"),
            models.CheckConstraint(name="runfile_format_is_known", condition=Q(format__in=Format.values)),
        ]

    @override
    def __str__(self) -> str:
        return self.format
