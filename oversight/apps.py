"""The app of oversight."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class OversightConfig(AppConfig):
    """What counties published, as those above them read it."""

    name = "oversight"
    verbose_name = _("Oversight")

    @override
    def ready(self) -> None:
        """Hear of periods that are published."""
        import_module("oversight.domain.following")
