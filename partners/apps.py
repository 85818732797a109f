"""The app of partners and benefit links."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class PartnersConfig(AppConfig):
    """Enterprises, income leaders and specialists, the households they help, and where an income comes from."""

    name = "partners"
    verbose_name = _("Partners")

    @override
    def ready(self) -> None:
        """End the links and the mark of a household that is closed, and tell of partners in its timeline."""
        import_module("partners.domain.demonstrations")
        import_module("partners.domain.links")
        import_module("partners.queries.teamwork")
        import_module("partners.queries.timeline")
