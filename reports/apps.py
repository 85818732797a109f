"""The app of reports."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

# The reports of the register, cards first: importing a module enters what is in it.
_OF_THE_REGISTER = (
    "handbook",
    "income_card",
    "file_index",
    "work_months",
    "assistance_lists",
    "livelihood_lists",
    "village_ledger",
    "findings",
    "money_lists",
    "sector_list",
)


class ReportsConfig(AppConfig):
    """See docs/architecture.md."""

    name = "reports"
    verbose_name = _("Reports")

    @override
    def ready(self) -> None:
        """Hear of frozen periods; enter the reports of the catalogue, in the order in which its page shows them."""
        import_module("reports.domain.waiting")
        pictured = ("account", "roster", "monitoring", "causes", "coverage", "due", "villages", "notices")
        for subject in (*pictured, *_OF_THE_REGISTER, "own"):
            import_module(f"reports.catalogue.{subject}")
