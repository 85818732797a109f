"""The app of reports."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class ReportsConfig(AppConfig):
    """See docs/architecture.md."""

    name = "reports"
    verbose_name = _("Reports")

    @override
    def ready(self) -> None:
        """Hear of frozen periods; enter the reports of the catalogue, in the order in which its page shows them."""
        import_module("reports.domain.waiting")
        for subject in ("roster", "monitoring", "causes", "coverage", "due", "villages", "notices", "own"):
            import_module(f"reports.catalogue.{subject}")
