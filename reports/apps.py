"""The app of reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """See docs/architecture.md."""

    name = "reports"
    verbose_name = _("Reports")
